/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <spillway/io.h>

#include "report/scene.h"

size_t sw_scene_evenly(size_t i, size_t count, size_t of) {
    return count < 2 ? of - 1 : (i * (of - 1) + (count - 1) / 2) / (count - 1);
}

void sw_scene_clear(sw_scene *scene) {
    for (size_t i = 0; i < scene->frames; i++) {
        free(scene->frame[i].position);
        free(scene->frame[i].element);
        free(scene->frame[i].column);
        free(scene->frame[i].hidden);
    }
    free(scene->frame);
    *scene = (sw_scene){0};
}

static sw_status no_memory(sw_error *error) {
    return sw_error_set(error, SW_ERROR_MEMORY, "trajectory", "close other programs",
                        "not enough memory for the atoms of the report");
}

/* Numbers, and the length of vectors of three, can colour the atoms. */
static void choose_columns(sw_scene *scene, const sw_atoms *atoms) {
    for (size_t i = 0; i < sw_atoms_columns(atoms); i++) {
        size_t width = sw_atoms_column_width(atoms, i);
        if (scene->columns == SW_SCENE_COLUMNS || (width != 1 && width != 3)) {
            continue;
        }
        sw_scene_column *column = &scene->column[scene->columns++];
        snprintf(column->name, sizeof column->name, width == 3 ? "|%.60s|" : "%.60s",
                 sw_atoms_column_name(atoms, i));
        column->integer = width == 1 && sw_atoms_column_is_integer(atoms, i);
        column->low = INFINITY;
        column->high = -INFINITY;
    }
}

static ptrdiff_t find_column(const sw_atoms *atoms, const char *shown) {
    char name[64];
    size_t length = strlen(shown);
    bool vector = length > 1 && shown[0] == '|' && shown[length - 1] == '|';
    snprintf(name, sizeof name, "%.*s", (int)(vector ? length - 2 : length), shown + vector);
    ptrdiff_t index = sw_atoms_find(atoms, name);
    size_t width = index >= 0 ? sw_atoms_column_width(atoms, (size_t)index) : 0;
    return width == (vector ? 3 : 1) ? index : -1;
}

static void copy_column(sw_scene *scene, sw_scene_frame *frame, size_t c, const sw_atoms *atoms) {
    sw_scene_column *column = &scene->column[c];
    ptrdiff_t index = find_column(atoms, column->name);
    const double *from = index >= 0 ? sw_atoms_column_const(atoms, (size_t)index) : NULL;
    bool vector = from != NULL && sw_atoms_column_width(atoms, (size_t)index) == 3;
    for (size_t i = 0; i < frame->count; i++) {
        double value = NAN;
        if (vector) {
            const double *v = from + 3 * i;
            value = sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        } else if (from != NULL) {
            value = from[i];
        }
        frame->column[i * scene->columns + c] = (float)value;
        if (isfinite(value) && fabs(value) < 1e30) {
            column->low = fmin(column->low, value);
            column->high = fmax(column->high, value);
        }
    }
}

/* A coordinate that is not a finite number is shown at 0. */
static void copy_atoms(sw_scene *scene, sw_scene_frame *frame, const sw_atoms *atoms) {
    const double *position = sw_atoms_positions_const(atoms);
    const uint8_t *element = sw_atoms_elements_const(atoms);
    for (size_t i = 0; i < frame->count; i++) {
        for (int k = 0; k < 3; k++) {
            double x = position[3 * i + (size_t)k];
            x = isfinite(x) && fabs(x) < 1e8 ? x : 0;
            frame->position[3 * i + (size_t)k] = (float)x;
            scene->low[k] = fmin(scene->low[k], x);
            scene->high[k] = fmax(scene->high[k], x);
        }
        frame->element[i] = element[i];
    }
    for (size_t c = 0; c < scene->columns; c++) {
        copy_column(scene, frame, c, atoms);
    }
}

static double frame_time(const sw_atoms *atoms) {
    const char *text = sw_atoms_note(atoms, "time");
    double value = NAN;
    if (text != NULL && sw_quantity_parse(&value, text, SW_NUMBER, NULL) != SW_OK &&
        sw_quantity_parse(&value, text, SW_TIME, NULL) != SW_OK) {
        value = NAN;
    }
    return value;
}

static sw_status keep_frame(sw_scene *scene, const sw_atoms *atoms, size_t source,
                            sw_error *error) {
    size_t count = sw_atoms_count(atoms);
    if (scene->frames == 0) {
        choose_columns(scene, atoms);
        bool periodic[3];
        scene->has_cell = sw_atoms_cell(atoms, scene->cell, periodic);
    }
    sw_scene_frame *frame = &scene->frame[scene->frames++];
    *frame = (sw_scene_frame){.source = source, .time = frame_time(atoms), .count = count};
    if (count > SIZE_MAX / 64) {
        return no_memory(error);
    }
    frame->position = malloc((3 * count + 1) * sizeof(float));
    frame->element = malloc(count + 1);
    frame->column = malloc((scene->columns * count + 1) * sizeof(float));
    if (frame->position == NULL || frame->element == NULL || frame->column == NULL) {
        return no_memory(error);
    }
    copy_atoms(scene, frame, atoms);
    return SW_OK;
}

static sw_status read_frames(sw_scene *scene, const char *path, size_t wanted, sw_context *context,
                             sw_error *error) {
    const sw_format *format = NULL;
    sw_status status = sw_identify(&format, path, error);
    for (size_t i = 0; status == SW_OK && i < wanted; i++) {
        size_t source = sw_scene_evenly(i, wanted, scene->source_frames);
        sw_content content = {0};
        sw_progress(context, (double)i / (double)wanted, "reading frames for the report");
        if (sw_context_cancelled(context)) {
            return sw_error_set(error, SW_ERROR_CANCELLED, path, NULL, "the report was cancelled");
        }
        status = sw_read(&content, path, format, (ptrdiff_t)source, error);
        if (status == SW_OK && content.noun != SW_NOUN_ATOMS) {
            status = sw_error_set(error, SW_ERROR_FORMAT, path, NULL, "expected atoms");
        }
        if (status == SW_OK) {
            status = keep_frame(scene, content.atoms, source, error);
        }
        sw_content_clear(&content);
    }
    return status;
}

static void settle_ranges(sw_scene *scene) {
    for (int k = 0; k < 3; k++) {
        if (!(scene->low[k] <= scene->high[k])) {
            scene->low[k] = scene->high[k] = 0;
        }
    }
    for (size_t c = 0; c < scene->columns; c++) {
        if (!(scene->column[c].low <= scene->column[c].high)) {
            scene->column[c].low = scene->column[c].high = 0;
        }
    }
}

sw_status sw_scene_read(sw_scene *scene, const char *path, size_t most, sw_context *context,
                        sw_error *error) {
    *scene = (sw_scene){.low = {INFINITY, INFINITY, INFINITY},
                        .high = {-INFINITY, -INFINITY, -INFINITY}};
    sw_status status = sw_frame_count(&scene->source_frames, path, error);
    if (status != SW_OK) {
        return status;
    }
    if (scene->source_frames == 0) {
        return sw_error_set(error, SW_ERROR_FORMAT, path, NULL, "it holds no frame");
    }
    size_t wanted = scene->source_frames < most ? scene->source_frames : most;
    scene->frame = calloc(wanted, sizeof *scene->frame);
    if (scene->frame == NULL) {
        return no_memory(error);
    }
    status = read_frames(scene, path, wanted, context, error);
    settle_ranges(scene);
    return status;
}
