/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The embedded form of a scene: a pool of distinct records and the changes of each frame. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/element_style.h"
#include "report/number_text.h"
#include "report/scene.h"

#define POSITION_STEPS 65535.0
#define COLUMN_STEPS 254.0
#define NO_VALUE 255
#define RECORD_SIZE (7 + SW_SCENE_COLUMNS)

typedef struct record {
    uint8_t bytes[RECORD_SIZE]; /* x, y, z low byte first, element, columns */
} record;

typedef struct pool {
    record *list;
    size_t count, capacity;
    uint32_t *slot;      /* open addressing by hash: 0 empty, else index + 1 */
    size_t slots;        /* a power of two */
    uint32_t *last_seen; /* [capacity]: frame + 1 that last held the record */
} pool;

static void pool_clear(pool *records) {
    free(records->list);
    free(records->slot);
    free(records->last_seen);
    *records = (pool){0};
}

/* FNV-1a, then mixed so that the low bits are good. */
static size_t record_hash(const record *key) {
    uint64_t hash = 1469598103934665603ULL;
    for (size_t i = 0; i < RECORD_SIZE; i++) {
        hash = (hash ^ key->bytes[i]) * 1099511628211ULL;
    }
    return (size_t)(hash ^ (hash >> 29));
}

static bool pool_grow(pool *records) {
    size_t capacity = records->capacity == 0 ? 4096 : 2 * records->capacity;
    if (capacity > UINT32_MAX / 4) {
        return false;
    }
    record *list = realloc(records->list, capacity * sizeof *list);
    records->list = list != NULL ? list : records->list;
    uint32_t *seen = realloc(records->last_seen, capacity * sizeof *seen);
    records->last_seen = seen != NULL ? seen : records->last_seen;
    uint32_t *slot = calloc(2 * capacity, sizeof *slot);
    if (list == NULL || seen == NULL || slot == NULL) {
        free(slot);
        return false;
    }
    free(records->slot);
    records->slot = slot;
    records->slots = 2 * capacity;
    records->capacity = capacity;
    for (size_t i = 0; i < records->count; i++) {
        size_t at = record_hash(&list[i]) & (records->slots - 1);
        while (slot[at] != 0) {
            at = (at + 1) & (records->slots - 1);
        }
        slot[at] = (uint32_t)i + 1;
    }
    return true;
}

/* Index of the record, added where it is new. */
static bool pool_find(size_t *index, pool *records, const record *key) {
    if (records->count == records->capacity && !pool_grow(records)) {
        return false;
    }
    size_t at = record_hash(key) & (records->slots - 1);
    while (records->slot[at] != 0) {
        *index = records->slot[at] - 1;
        if (memcmp(&records->list[*index], key, sizeof *key) == 0) {
            return true;
        }
        at = (at + 1) & (records->slots - 1);
    }
    *index = records->count++;
    records->list[*index] = *key;
    records->last_seen[*index] = 0;
    records->slot[at] = (uint32_t)*index + 1;
    return true;
}

/* An integer column of at most 255 values is kept exactly. */
static double column_step(const sw_scene_column *column) {
    double range = column->high - column->low;
    return column->integer && range <= COLUMN_STEPS ? 1 : range / COLUMN_STEPS;
}

static record make_record(const sw_scene *scene, const sw_scene_frame *frame, size_t atom,
                          size_t columns) {
    record made = {{0}};
    for (size_t k = 0; k < 3; k++) {
        double extent = scene->high[k] - scene->low[k];
        double place =
            extent > 0 ? ((double)frame->position[3 * atom + k] - scene->low[k]) / extent : 0;
        long steps = lround(fmin(fmax(place, 0), 1) * POSITION_STEPS);
        made.bytes[2 * k] = (uint8_t)(steps & 0xFF);
        made.bytes[2 * k + 1] = (uint8_t)(steps >> 8);
    }
    made.bytes[6] = frame->element[atom];
    for (size_t c = 0; c < columns; c++) {
        double value = (double)frame->column[atom * scene->columns + c];
        double step = column_step(&scene->column[c]);
        double steps = step > 0 ? (value - scene->column[c].low) / step : 0;
        bool known = isfinite(value) && fabs(value) < 1e30;
        made.bytes[7 + c] = known ? (uint8_t)lround(fmin(fmax(steps, 0), COLUMN_STEPS)) : NO_VALUE;
    }
    return made;
}

/* ---- changes between frames ------------------------------------------------------------------ */

/* Ascending numbers as differences, seven bits a byte, low bits first. */
typedef struct id_list {
    sw_writer bytes;
    uint32_t last;
    size_t count;
} id_list;

static void id_list_add(id_list *list, uint32_t id) {
    uint32_t difference = id - list->last;
    do {
        uint8_t byte = (uint8_t)((difference & 0x7F) | (difference > 0x7F ? 0x80 : 0));
        sw_writer_bytes(&list->bytes, &byte, 1);
        difference >>= 7;
    } while (difference > 0);
    list->last = id;
    list->count++;
}

typedef struct frame_change {
    size_t first, end; /* records that are new with this frame */
    id_list removed, returned;
} frame_change;

typedef struct embedding {
    pool records;
    frame_change *change;
    size_t frames;
} embedding;

static void embedding_clear(embedding *made) {
    for (size_t i = 0; made->change != NULL && i < made->frames; i++) {
        sw_writer_clear(&made->change[i].removed.bytes);
        sw_writer_clear(&made->change[i].returned.bytes);
    }
    free(made->change);
    pool_clear(&made->records);
    *made = (embedding){0};
}

/* Estimated bytes of JSON, base64 included. */
static size_t embedding_size(const embedding *made, size_t columns) {
    size_t bytes = made->records.count * (7 + columns);
    for (size_t i = 0; i < made->frames; i++) {
        bytes += made->change[i].removed.bytes.size + made->change[i].returned.bytes.size + 120;
    }
    return bytes / 3 * 4 + 4000;
}

/* Which of the records known before this frame left with it, and which came back. */
static bool list_changes(frame_change *change, const pool *records, const uint8_t *was_there,
                         uint32_t stamp) {
    for (size_t i = 0; i < change->first; i++) {
        bool is_there = records->last_seen[i] == stamp;
        if (was_there[i] && !is_there) {
            id_list_add(&change->removed, (uint32_t)i);
        } else if (!was_there[i] && is_there) {
            id_list_add(&change->returned, (uint32_t)i);
        }
    }
    return !change->removed.bytes.failed && !change->returned.bytes.failed;
}

static bool embed_frame(embedding *made, const sw_scene *scene, const sw_scene_frame *frame,
                        const sw_scene_choice *choice) {
    pool *records = &made->records;
    frame_change *change = &made->change[made->frames];
    uint32_t stamp = (uint32_t)made->frames + 1;
    change->first = records->count;
    uint8_t *was_there = malloc(records->count + 1);
    if (was_there == NULL) {
        return false;
    }
    for (size_t i = 0; i < records->count; i++) {
        was_there[i] = stamp > 1 && records->last_seen[i] == stamp - 1;
    }
    bool done = true;
    for (size_t i = 0; done && i < frame->count; i += choice->stride) {
        if (choice->drop_buried && frame->hidden[i]) {
            continue;
        }
        record key = make_record(scene, frame, i, choice->columns);
        size_t index;
        done = pool_find(&index, records, &key);
        if (done) {
            records->last_seen[index] = stamp;
        }
    }
    change->end = records->count;
    made->frames++;
    done = done && list_changes(change, records, was_there, stamp);
    free(was_there);
    return done;
}

/* Stops early, with *size an extrapolation, when the budget is passed. */
static bool embed(embedding *made, size_t *size, const sw_scene *scene,
                  const sw_scene_choice *choice, size_t budget) {
    *made = (embedding){0};
    made->change = calloc(choice->frames, sizeof *made->change);
    if (made->change == NULL) {
        return false;
    }
    for (size_t i = 0; i < choice->frames; i++) {
        size_t index = sw_scene_evenly(i, choice->frames, scene->frames);
        if (!embed_frame(made, scene, &scene->frame[index], choice)) {
            return false;
        }
        *size = embedding_size(made, choice->columns);
        if (*size > budget && i + 1 < choice->frames) {
            *size = *size / (i + 1) * choice->frames;
            return true;
        }
    }
    return true;
}

/* ---- fitting into the budget ----------------------------------------------------------------- */

static const size_t few_frames = 6;

/* The next smaller choice. False where there is none. */
static bool choose_less(sw_scene_choice *choice, const sw_scene *scene, size_t size,
                        size_t budget) {
    size_t frames = (size_t)((double)choice->frames * (double)budget / (double)size);
    frames = frames < choice->frames ? frames : choice->frames - 1;
    if (choice->frames > few_frames) {
        choice->frames = frames < few_frames ? few_frames : frames;
    } else if (!choice->drop_buried) {
        choice->drop_buried = true;
        choice->frames = scene->frames;
    } else if (choice->frames > 2) {
        choice->frames = frames < 2 ? 2 : frames;
    } else if (choice->columns > 0) {
        choice->columns = 0;
    } else if (choice->stride < 1024) {
        choice->stride *= 2;
    } else {
        return false;
    }
    return true;
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static void write_numbers(sw_writer *out, const char *name, const double *numbers, size_t count) {
    sw_writer_format(out, "\"%s\":[", name);
    for (size_t i = 0; i < count; i++) {
        sw_writer_add(out, i > 0 ? "," : "");
        sw_writer_json_number(out, numbers[i]);
    }
    sw_writer_add(out, "],\n");
}

static void write_elements(sw_writer *out, const pool *records) {
    bool present[256] = {false};
    for (size_t i = 0; i < records->count; i++) {
        present[records->list[i].bytes[6]] = true;
    }
    sw_writer_add(out, "\"elements\":[");
    const char *comma = "";
    for (int number = 0; number < 256; number++) {
        if (present[number]) {
            const sw_element_style *style = sw_element_style_of(number);
            sw_writer_format(out, "%s{\"number\":%d,\"symbol\":", comma, number);
            sw_writer_json(out, sw_element_symbol(number));
            sw_writer_add(out, ",\"name\":");
            sw_writer_json(out, style->name);
            sw_writer_format(out, ",\"colour\":\"#%06x\",\"radius\":", (unsigned)style->colour);
            sw_writer_json_number(out, style->radius);
            sw_writer_add(out, "}");
            comma = ",";
        }
    }
    sw_writer_add(out, "],\n");
}

static void write_columns(sw_writer *out, const sw_scene *scene, size_t columns) {
    sw_writer_add(out, "\"columns\":[");
    for (size_t c = 0; c < columns; c++) {
        const sw_scene_column *column = &scene->column[c];
        char name[64], unit[64];
        sw_label_split(name, sizeof name, unit, sizeof unit, column->name);
        sw_writer_add(out, c > 0 ? ",{\"name\":" : "{\"name\":");
        sw_writer_json(out, name);
        sw_writer_add(out, ",\"unit\":");
        sw_writer_json(out, unit);
        sw_writer_add(out, ",\"low\":");
        sw_writer_json_number(out, column->low);
        sw_writer_add(out, ",\"step\":");
        sw_writer_json_number(out, column_step(column));
        sw_writer_add(out, ",\"high\":");
        sw_writer_json_number(out, column->high);
        sw_writer_format(out, ",\"integer\":%s}", column->integer ? "true" : "false");
    }
    sw_writer_add(out, "],\n");
}

static void write_frames(sw_writer *out, const sw_scene *scene, const embedding *made) {
    sw_writer_add(out, "\"frames\":[");
    for (size_t i = 0; i < made->frames; i++) {
        const sw_scene_frame *frame =
            &scene->frame[sw_scene_evenly(i, made->frames, scene->frames)];
        const frame_change *change = &made->change[i];
        sw_writer_format(out, "%s{\"source\":%zu,\"atoms\":%zu,\"time\":", i > 0 ? ",\n" : "\n",
                         frame->source + 1, frame->count);
        sw_writer_json_number(out, frame->time);
        sw_writer_format(out, ",\"first\":%zu,\"end\":%zu,\"removed\":\"", change->first,
                         change->end);
        sw_writer_base64(out, change->removed.bytes.text, change->removed.bytes.size);
        sw_writer_add(out, "\",\"returned\":\"");
        sw_writer_base64(out, change->returned.bytes.text, change->returned.bytes.size);
        sw_writer_add(out, "\"}");
    }
    sw_writer_add(out, "],\n");
}

/* Bytes of the same kind side by side: all x, all y, all z, all elements, each column. */
static bool write_records(sw_writer *out, const pool *records, size_t columns) {
    size_t size = records->count * (7 + columns);
    uint8_t *bytes = malloc(size + 1);
    if (bytes == NULL) {
        return false;
    }
    uint8_t *at = bytes;
    for (size_t k = 0; k < 3; k++) {
        for (size_t i = 0; i < records->count; i++) {
            *at++ = records->list[i].bytes[2 * k];
            *at++ = records->list[i].bytes[2 * k + 1];
        }
    }
    for (size_t k = 6; k < 7 + columns; k++) {
        for (size_t i = 0; i < records->count; i++) {
            *at++ = records->list[i].bytes[k];
        }
    }
    sw_writer_format(out, "\"records\":%zu,\n\"data\":\"", records->count);
    sw_writer_base64(out, bytes, size);
    sw_writer_add(out, "\"");
    free(bytes);
    return true;
}

static bool write_json(sw_writer *out, const sw_scene *scene, const sw_scene_choice *choice,
                       const embedding *made) {
    sw_writer_add(out, "{");
    write_numbers(out, "low", scene->low, 3);
    write_numbers(out, "high", scene->high, 3);
    if (scene->has_cell) {
        write_numbers(out, "cell", &scene->cell[0][0], 9);
    }
    sw_writer_format(out, "\"sourceFrames\":%zu,\n", scene->source_frames);
    write_elements(out, &made->records);
    write_columns(out, scene, choice->columns);
    write_frames(out, scene, made);
    bool done = write_records(out, &made->records, choice->columns);
    sw_writer_add(out, "}");
    return done && !out->failed;
}

sw_status sw_scene_write(sw_writer *out, sw_scene_choice *choice, sw_scene *scene, size_t budget,
                         sw_error *error) {
    *choice = (sw_scene_choice){.frames = scene->frames, .columns = scene->columns, .stride = 1};
    embedding made = {0};
    size_t size = 0;
    bool done;
    while ((done = embed(&made, &size, scene, choice, budget)) && size > budget) {
        bool had_buried = choice->drop_buried;
        if (!choose_less(choice, scene, size, budget)) {
            break;
        }
        embedding_clear(&made);
        if (choice->drop_buried && !had_buried && sw_scene_find_buried(scene, error) != SW_OK) {
            return SW_ERROR_MEMORY;
        }
    }
    done = done && write_json(out, scene, choice, &made);
    embedding_clear(&made);
    return done ? SW_OK
                : sw_error_set(error, SW_ERROR_MEMORY, "trajectory", "close other programs",
                               "not enough memory to embed the atoms");
}
