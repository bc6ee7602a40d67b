/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The state of one load, passed to every step of it. Functions of the room return true, or false
 * with reading->error filled; the first failure ends the load.
 */
#ifndef SPILLWAY_MODEL_READING_H
#define SPILLWAY_MODEL_READING_H

#include "model/node.h"

#include <spillway/model.h>

typedef struct sw_names {
    const char **list;
    size_t count;
} sw_names;

struct sw_model {
    sw_arena arena;
    const char *name, *title, *description, *citation, *simulator;
    const char *resolved;
    size_t parameters;
    sw_parameter *parameter;
    sw_names mechanisms, experiments;
    bool is_recipe;
    /* one of these holds something, by the simulator */
    sw_lattice_model lattice;
    sw_powder_model powder;
    sw_diffusion_model diffusion;
    sw_recipe recipe;
};

typedef struct sw_reading {
    sw_model *model;
    sw_arena *arena;               /* the model's */
    sw_lattice_model *lattice;     /* the model's, being filled */
    sw_powder_model *powder;       /* the same, of a powder */
    sw_diffusion_model *diffusion; /* the same, of diffusion */
    sw_recipe *recipe;             /* the same, of a recipe */
    sw_error error;
    sw_node *root;
    sw_names parameter_names; /* in the order of model->parameter */
    sw_node **parameter_nodes;
    unsigned char *parameter_states;
    bool *parameter_used;
    sw_names distance_names;
    double *distances;      /* A, by distance_names */
    sw_names species_names; /* species_names.list[0] is "empty" */
    sw_names kind_names;
    sw_names gas_names;
    sw_names crystal_names, region_names, fill_names; /* of a recipe, as far as read */
    sw_names without;                                 /* mechanisms and processes left out */
    size_t nodes;                                     /* read so far, against a limit */
    bool changed; /* by settings, which may take the place of what used a parameter */
} sw_reading;

/* Fails with SW_ERROR_MODEL at a node (its key where at_key). Always false. hint may be NULL. */
bool sw_fail(sw_reading *reading, const sw_node *node, const char *hint, const char *format, ...)
    SW_PRINTF(4, 5);
bool sw_fail_key(sw_reading *reading, const sw_node *node, const char *hint, const char *format,
                 ...) SW_PRINTF(4, 5);
bool sw_fail_as(sw_reading *reading, sw_status code, const char *place, const char *hint,
                const char *format, ...) SW_PRINTF(5, 6);
bool sw_fail_memory(sw_reading *reading);
/* "expected WHAT, found NODE". */
bool sw_fail_expected(sw_reading *reading, const sw_node *node, const char *what, const char *hint);
/* "unknown THING 'name'", with the nearest name or the whole list as the hint. */
bool sw_fail_unknown(sw_reading *reading, const sw_node *node, bool at_key, const char *thing,
                     const char *name, const sw_names *names);
/* "did you mean 'x'?" or "known are a, b, c". */
#define SW_HINT_SIZE 256
void sw_hint_names(char hint[SW_HINT_SIZE], const char *name, const sw_names *names);
/* "file:line:column" of a node or of its key. */
void sw_place(char place[SW_HINT_SIZE], const sw_node *node, bool at_key);

/* Index of a name, or -1. */
int sw_names_find(const sw_names *names, const char *name);
/* Room for `count` names. */
bool sw_names_create(sw_reading *reading, sw_names *names, size_t count);
/* The keys of a mapping. */
bool sw_names_of(sw_reading *reading, sw_names *names, const sw_node *mapping);
/* Letters, digits, '_', '-' and '+', beginning with a letter; not "empty" nor "rest". */
bool sw_is_name(const char *text);

/* Zero-filled array from the arena; on failure the reading has failed. */
void *sw_take(sw_reading *reading, size_t count, size_t size);

#endif
