/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The atoms that the page shows: some frames of a trajectory, in a form small enough to be
 * embedded. Positions are in A.
 *
 * Embedded form: a pool of distinct records (position in 1/65535 of the bounding box, element,
 * columns in 1/254 of their range) and, for each frame, which records leave and which come. On a
 * lattice most atoms stay, so a frame costs little more than its changes.
 */
#ifndef SPILLWAY_REPORT_SCENE_H
#define SPILLWAY_REPORT_SCENE_H

#include <spillway/data.h>

#include "report/writer.h"

#define SW_SCENE_COLUMNS 32

typedef struct sw_scene_frame {
    size_t source; /* number of the frame in the trajectory, from 0 */
    double time;   /* s, NaN where the file does not say */
    size_t count;
    float *position;  /* [count][3] */
    uint8_t *element; /* [count] */
    float *column;    /* [count][columns of the scene] */
    bool *hidden;     /* [count], buried; NULL where not computed */
} sw_scene_frame;

typedef struct sw_scene_column {
    char name[64];
    double low, high;
    bool integer;
} sw_scene_column;

typedef struct sw_scene {
    size_t source_frames; /* in the file */
    size_t frames;
    sw_scene_frame *frame;
    size_t columns;
    sw_scene_column column[SW_SCENE_COLUMNS];
    double low[3], high[3]; /* bounding box of all frames */
    bool has_cell;
    double cell[3][3];
} sw_scene;

/* Reads at most `most` frames, evenly spaced, first and last among them. */
SW_MUST_USE sw_status sw_scene_read(sw_scene *scene, const char *path, size_t most,
                                    sw_context *context, sw_error *error);
void sw_scene_clear(sw_scene *scene);

/* Marks atoms that no view can show: they and all their neighbours are enclosed on all sides. */
SW_MUST_USE sw_status sw_scene_find_buried(sw_scene *scene, sw_error *error);

/* What was embedded of the scene, for the page to say so. */
typedef struct sw_scene_choice {
    size_t frames;
    size_t columns;
    bool drop_buried;
    size_t stride; /* every stride-th atom */
} sw_scene_choice;

/*
 * Writes the scene as JSON of at most about `budget` bytes. Frames are thinned out first (down to
 * 6), then buried atoms dropped, then frames again, columns, and at last atoms by stride.
 */
SW_MUST_USE sw_status sw_scene_write(sw_writer *out, sw_scene_choice *choice, sw_scene *scene,
                                     size_t budget, sw_error *error);

/* Index into scene->frame of frame `i` of `count` evenly chosen ones. */
size_t sw_scene_evenly(size_t i, size_t count, size_t of);

/* A picture of one frame as PNG bytes (the writer's text), width x height pixels. */
SW_MUST_USE sw_status sw_scene_picture(sw_writer *png, const sw_scene *scene, size_t frame,
                                       int width, int height, sw_error *error);

#endif
