/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The embedded atoms: what the page holds must be what the frames held. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "markup.h"
#include "report/element_style.h"
#include "report/scene.h"

/* ---- scenes made by hand --------------------------------------------------------------------- */

static void make_scene(sw_scene *scene, size_t frames, size_t columns) {
    *scene = (sw_scene){.source_frames = frames,
                        .frames = frames,
                        .columns = columns,
                        .low = {0, 0, 0},
                        .high = {100, 50, 20}};
    scene->frame = calloc(frames, sizeof *scene->frame);
    assert_non_null(scene->frame);
    for (size_t c = 0; c < columns; c++) {
        scene->column[c] = (sw_scene_column){.low = -1, .high = 3, .integer = c == 0};
        snprintf(scene->column[c].name, sizeof scene->column[c].name, "column %zu [nm]", c);
    }
}

static void make_frame(sw_scene *scene, size_t index, size_t count) {
    sw_scene_frame *frame = &scene->frame[index];
    *frame = (sw_scene_frame){.source = index, .time = 1e-6 * (double)index, .count = count};
    frame->position = calloc(3 * count + 1, sizeof(float));
    frame->element = calloc(count + 1, 1);
    frame->column = calloc(scene->columns * count + 1, sizeof(float));
    assert_true(frame->position && frame->element && frame->column);
}

/* A cheap sequence of numbers in 0..1, the same everywhere. */
static double next_number(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) / 16777216.0;
}

static void fill_at_random(sw_scene *scene, size_t index, uint32_t seed) {
    sw_scene_frame *frame = &scene->frame[index];
    for (size_t i = 0; i < frame->count; i++) {
        for (size_t k = 0; k < 3; k++) {
            frame->position[3 * i + k] = (float)(scene->high[k] * next_number(&seed));
        }
        frame->element[i] = next_number(&seed) < 0.5 ? 26 : 8;
        for (size_t c = 0; c < scene->columns; c++) {
            double value = -1 + 4 * next_number(&seed);
            frame->column[i * scene->columns + c] = (float)(c == 0 ? round(value) : value);
        }
    }
    if (scene->columns > 1 && frame->count > 0) {
        frame->column[1] = NAN;
    }
}

/* ---- reading the JSON back, by its description in scene.h ------------------------------------ */

static unsigned char *decode_base64(size_t *size, const char *text) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned char *bytes = malloc(strlen(text) + 1);
    assert_non_null(bytes);
    unsigned group = 0;
    int held = 0;
    *size = 0;
    for (; *text != '\0' && *text != '='; text++) {
        group = group << 6 | (unsigned)(strchr(digits, *text) - digits);
        held += 6;
        if (held >= 8) {
            held -= 8;
            bytes[(*size)++] = (unsigned char)(group >> held & 0xFF);
        }
    }
    return bytes;
}

static void apply_changes(unsigned char *present, const char *text, unsigned char value) {
    size_t size;
    unsigned char *bytes = decode_base64(&size, text);
    size_t id = 0, part = 0;
    int shift = 0;
    for (size_t i = 0; i < size; i++) {
        part |= (size_t)(bytes[i] & 0x7F) << shift;
        shift += 7;
        if (bytes[i] < 0x80) {
            id += part;
            assert_int_not_equal(present[id], value);
            present[id] = value;
            part = 0;
            shift = 0;
        }
    }
    free(bytes);
}

typedef struct embedded {
    json_t *json;
    size_t records, columns;
    unsigned char *data, *present;
} embedded;

static embedded read_back(const sw_writer *text) {
    embedded made = {0};
    json_error_t wrong;
    made.json = json_loadb(text->text, text->size, 0, &wrong);
    assert_non_null(made.json);
    made.records = (size_t)json_integer_value(json_object_get(made.json, "records"));
    made.columns = json_array_size(json_object_get(made.json, "columns"));
    size_t size;
    made.data = decode_base64(&size, json_string_value(json_object_get(made.json, "data")));
    assert_int_equal(size, made.records * (7 + made.columns));
    made.present = calloc(made.records + 1, 1);
    assert_non_null(made.present);
    return made;
}

static void free_embedded(embedded *made) {
    json_decref(made->json);
    free(made->data);
    free(made->present);
}

/* Brings `present` from frame index - 1 to frame index. */
static size_t step_to(embedded *made, size_t index) {
    const json_t *frame = json_array_get(json_object_get(made->json, "frames"), index);
    apply_changes(made->present, json_string_value(json_object_get(frame, "removed")), 0);
    apply_changes(made->present, json_string_value(json_object_get(frame, "returned")), 1);
    size_t first = (size_t)json_integer_value(json_object_get(frame, "first"));
    size_t end = (size_t)json_integer_value(json_object_get(frame, "end"));
    memset(made->present + first, 1, end - first);
    size_t count = 0;
    for (size_t i = 0; i < made->records; i++) {
        count += made->present[i];
    }
    return count;
}

static bool record_is_atom(const embedded *made, size_t id, const sw_scene *scene,
                           const sw_scene_frame *frame, size_t atom) {
    for (size_t k = 0; k < 3; k++) {
        const unsigned char *two = made->data + 2 * (k * made->records + id);
        double place = (two[0] | two[1] << 8) / 65535.0 * scene->high[k];
        if (fabs(place - (double)frame->position[3 * atom + k]) > 0.51 * scene->high[k] / 65535) {
            return false;
        }
    }
    if (made->data[6 * made->records + id] != frame->element[atom]) {
        return false;
    }
    for (size_t c = 0; c < made->columns; c++) {
        double value = (double)frame->column[atom * scene->columns + c];
        unsigned char steps = made->data[(7 + c) * made->records + id];
        double step = c == 0 ? 1 : 4.0 / 254;
        bool same = isnan(value) ? steps == 255 : fabs(-1 + steps * step - value) < 0.51 * step;
        if (!same || (c == 0 && fabs(-1 + steps - value) > 1e-6)) {
            return false;
        }
    }
    return true;
}

static void check_frame(const embedded *made, const sw_scene *scene, size_t index) {
    const sw_scene_frame *frame = &scene->frame[index];
    for (size_t i = 0; i < frame->count; i++) {
        bool found = false;
        for (size_t id = 0; id < made->records && !found; id++) {
            found = made->present[id] && record_is_atom(made, id, scene, frame, i);
        }
        assert_true(found);
    }
}

static void frames_come_back_as_they_were(void **state) {
    (void)state;
    sw_scene scene;
    make_scene(&scene, 5, 2);
    for (size_t f = 0; f < 5; f++) {
        make_frame(&scene, f, 90 + f);
        /* frames 0, 2 and 4 hold the same atoms but for their number: they leave and return */
        fill_at_random(&scene, f, f % 2 == 0 ? 7 : 7 + (uint32_t)f);
    }
    sw_writer text = {0};
    sw_scene_choice choice;
    sw_error error = {0};
    assert_int_equal(sw_scene_write(&text, &choice, &scene, 1000000, &error), SW_OK);
    assert_int_equal(choice.frames, 5);
    assert_true(!choice.drop_buried && choice.stride == 1 && choice.columns == 2);
    embedded made = read_back(&text);
    /* 94 of seed 7, 91 and 93 of the others: pooled, not repeated */
    assert_int_equal(made.records, 94 + 91 + 93);
    for (size_t f = 0; f < 5; f++) {
        assert_int_equal(step_to(&made, f), 90 + f);
        check_frame(&made, &scene, f);
    }
    free_embedded(&made);
    sw_writer_clear(&text);
    sw_scene_clear(&scene);
}

static void an_empty_frame_is_embedded(void **state) {
    (void)state;
    sw_scene scene;
    make_scene(&scene, 2, 0);
    make_frame(&scene, 0, 3);
    fill_at_random(&scene, 0, 1);
    make_frame(&scene, 1, 0);
    sw_writer text = {0};
    sw_scene_choice choice;
    assert_int_equal(sw_scene_write(&text, &choice, &scene, 100000, NULL), SW_OK);
    embedded made = read_back(&text);
    assert_int_equal(step_to(&made, 0), 3);
    assert_int_equal(step_to(&made, 1), 0);
    free_embedded(&made);
    sw_writer_clear(&text);
    sw_scene_clear(&scene);
}

/* A block of n x n x n atoms, 2.5 A apart. */
static void fill_block(sw_scene *scene, size_t index, size_t n) {
    make_frame(scene, index, n * n * n);
    for (size_t i = 0; i < n * n * n; i++) {
        size_t place[3] = {i % n, i / n % n, i / (n * n)};
        for (size_t k = 0; k < 3; k++) {
            scene->frame[index].position[3 * i + k] = 2.5F * (float)place[k];
        }
        scene->frame[index].element[i] = 26;
    }
    for (size_t k = 0; k < 3; k++) {
        scene->high[k] = 2.5 * (double)(n - 1);
    }
}

static void only_enclosed_atoms_are_buried(void **state) {
    (void)state;
    enum { N = 9 };
    sw_scene scene;
    make_scene(&scene, 1, 0);
    fill_block(&scene, 0, N);
    assert_int_equal(sw_scene_find_buried(&scene, NULL), SW_OK);
    for (size_t i = 0; i < N * N * N; i++) {
        size_t place[3] = {i % N, i / N % N, i / (N * N)};
        bool deep = true;
        for (size_t k = 0; k < 3; k++) {
            deep = deep && place[k] >= 2 && place[k] < N - 2;
        }
        assert_int_equal(scene.frame[0].hidden[i], deep);
    }
    sw_scene_clear(&scene);
}

static void the_budget_is_kept(void **state) {
    (void)state;
    sw_scene scene;
    make_scene(&scene, 10, 0);
    for (size_t f = 0; f < 10; f++) {
        fill_block(&scene, f, 13);
        for (size_t i = 0; i < scene.frame[f].count; i++) {
            scene.frame[f].element[i] = (uint8_t)(f + 1); /* every frame is new */
        }
    }
    /* 2197 atoms of 7 bytes are 20.5 kB in base64 */
    static const struct {
        size_t budget, frames;
        bool drop;
    } cases[] = {{300000, 10, false}, {200000, 8, false}, {150000, 6, false}, {90000, 5, true}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sw_writer text = {0};
        sw_scene_choice choice;
        assert_int_equal(sw_scene_write(&text, &choice, &scene, cases[i].budget, NULL), SW_OK);
        assert_true(text.size <= cases[i].budget);
        assert_int_equal(choice.drop_buried, cases[i].drop);
        assert_true(choice.frames <= cases[i].frames + 1 && choice.frames + 1 >= cases[i].frames);
        embedded made = read_back(&text);
        assert_int_equal(json_array_size(json_object_get(made.json, "frames")), choice.frames);
        free_embedded(&made);
        sw_writer_clear(&text);
    }
    sw_writer text = {0};
    sw_scene_choice choice;
    assert_int_equal(sw_scene_write(&text, &choice, &scene, 9000, NULL), SW_OK);
    assert_true(text.size <= 9000 && choice.stride > 1 && choice.frames == 2);
    sw_writer_clear(&text);
    sw_scene_clear(&scene);
}

static void chosen_frames_are_even(void **state) {
    (void)state;
    for (size_t of = 1; of < 60; of++) {
        for (size_t count = 1; count <= of; count++) {
            assert_int_equal(sw_scene_evenly(count - 1, count, of), of - 1);
            assert_true(count == 1 || sw_scene_evenly(0, count, of) == 0);
            for (size_t i = 1; i < count; i++) {
                assert_true(sw_scene_evenly(i, count, of) > sw_scene_evenly(i - 1, count, of));
            }
        }
    }
}

static void a_picture_is_a_png_of_the_atoms(void **state) {
    (void)state;
    sw_scene scene;
    make_scene(&scene, 2, 0);
    fill_block(&scene, 0, 4);
    make_frame(&scene, 1, 0);
    sw_writer full = {0}, empty = {0};
    assert_int_equal(sw_scene_picture(&full, &scene, 0, 160, 120, NULL), SW_OK);
    assert_int_equal(sw_scene_picture(&empty, &scene, 1, 160, 120, NULL), SW_OK);
    assert_memory_equal(full.text, "\x89PNG", 4);
    /* shaded spheres hold far more than an empty sheet with its scale bar */
    assert_true(full.size > empty.size + 3000);
    sw_writer_clear(&full);
    sw_writer_clear(&empty);
    sw_scene_clear(&scene);
}

static void every_element_has_a_style(void **state) {
    (void)state;
    for (int number = -1; number <= 255; number++) {
        const sw_element_style *style = sw_element_style_of(number);
        assert_true(strlen(style->name) > 2);
        assert_true(style->radius > 0.2 && style->radius < 3 && style->colour <= 0xFFFFFF);
    }
    assert_string_equal(sw_element_style_of(26)->name, "iron");
    assert_string_equal(sw_element_style_of(96)->name, "curium");
    assert_string_equal(sw_element_style_of(0)->name, "no element");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_come_back_as_they_were),
        cmocka_unit_test(an_empty_frame_is_embedded),
        cmocka_unit_test(only_enclosed_atoms_are_buried),
        cmocka_unit_test(the_budget_is_kept),
        cmocka_unit_test(chosen_frames_are_even),
        cmocka_unit_test(a_picture_is_a_png_of_the_atoms),
        cmocka_unit_test(every_element_has_a_style),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
