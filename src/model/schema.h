/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The model language as tables: one row a key. Checking, error messages and the reference in
 * docs/model-language.md all follow these rows.
 */
#ifndef SPILLWAY_MODEL_SCHEMA_H
#define SPILLWAY_MODEL_SCHEMA_H

#include "model/reading.h"

typedef enum sw_key_type {
    SW_KEY_TEXT,
    SW_KEY_NAME,   /* an identifier */
    SW_KEY_CHOICE, /* one of `choices` */
    SW_KEY_FLAG,   /* true or false */
    SW_KEY_INTEGER,
    SW_KEY_QUANTITY, /* of `dimension` */
    SW_KEY_DISTANCE, /* a name, lattice constants, or a length */
    SW_KEY_SPECIES,  /* "Fe|Ni" */
    SW_KEY_SITES,    /* a kind, "a|b", or a list of kinds */
    SW_KEY_VECTOR,   /* three numbers */
    SW_KEY_SLOT,     /* sites, or the shape of a slot */
    SW_KEY_SHAPE,    /* a mapping with the keys of `shape` */
    SW_KEY_ANY       /* checked where it is read */
} sw_key_type;

typedef enum sw_key_form {
    SW_FORM_ONE,
    SW_FORM_LIST,       /* of `count` items, any number where 0 */
    SW_FORM_NAMED,      /* a mapping with names of the author's choice */
    SW_FORM_NAMED_LISTS /* the same, each a list */
} sw_key_form;

typedef struct sw_shape sw_shape;

typedef struct sw_key {
    const char *name;
    sw_key_type type;
    sw_key_form form;
    sw_dimension dimension;
    bool required;
    const char *fallback; /* the default as it would be written; NULL where none */
    bool bounded, above;  /* low <= value <= high; low itself excluded where `above` */
    double low, high;
    size_t count;
    const sw_shape *shape;
    const char *choices; /* "a|b" */
    const char *help;
} sw_key;

struct sw_shape {
    const char *name; /* "a process", for messages */
    const sw_key *keys;
    size_t count;
};

#define SW_BETWEEN(lowest, highest) .bounded = true, .low = (lowest), .high = (highest)
#define SW_ABOVE_ZERO .bounded = true, .above = true, .low = 0, .high = 1e300
#define SW_SHAPE(shape_name, key_rows)                                                             \
    { .name = (shape_name), .keys = (key_rows), .count = sizeof(key_rows) / sizeof *(key_rows) }

/* Rows that the models of all simulators share: at the head, and at the end. */
#define SW_SIMULATORS "lattice|powder|diffusion"
#define SW_HEADER_ROWS                                                                             \
    {"format", SW_KEY_INTEGER, .required = true, SW_BETWEEN(1, 1), .help = "write 'format: 1'"},   \
        {"name", SW_KEY_NAME, .required = true, .help = "the name of the model"},                  \
        {"title", SW_KEY_TEXT, .help = "one line"},                                                \
        {"description", SW_KEY_TEXT, .help = "some sentences"},                                    \
        {"citation", SW_KEY_TEXT, .help = "the paper it follows"},                                 \
        {"simulator", SW_KEY_CHOICE, .required = true, .choices = SW_SIMULATORS,                   \
         .help = "what advances it"},                                                              \
    {                                                                                              \
        "parameters", SW_KEY_SHAPE, SW_FORM_NAMED,                                                 \
            .shape = &sw_schema_parameter, .help = "values with their sources, used as $name"      \
    }
#define SW_CLOSING_ROWS                                                                            \
    {"ablations", SW_KEY_ANY, SW_FORM_NAMED,                                                       \
     .help = "named lists of settings, applied by --without NAME"},                                \
        {"experiments", SW_KEY_ANY, SW_FORM_NAMED,                                                 \
         .help = "named lists of settings, applied by --experiment NAME"},                         \
    {                                                                                              \
        "without", SW_KEY_TEXT, SW_FORM_LIST, .help = "mechanisms and processes left out"          \
    }

extern const sw_shape sw_schema_root;      /* a model on a lattice */
extern const sw_shape sw_schema_powder;    /* a model of a powder */
extern const sw_shape sw_schema_diffusion; /* a model of diffusion */
extern const sw_shape sw_schema_recipe;    /* a recipe */
extern const sw_shape sw_schema_parameter, sw_schema_frame, sw_schema_species, sw_schema_energetics,
    sw_schema_structure, sw_schema_gas, sw_schema_supply, sw_schema_spillover, sw_schema_process,
    sw_schema_leg, sw_schema_run, sw_schema_observe, sw_schema_bound, sw_schema_acceleration,
    sw_schema_step;

const sw_key *sw_shape_find(const sw_shape *shape, const char *name);
/* The names of the keys of a shape. */
bool sw_shape_names(sw_reading *reading, sw_names *names, const sw_shape *shape);

/* The keys of the file, by its language (language.h). */
const sw_shape *sw_schema_of(const sw_reading *reading);
/* Checks the whole tree against the tables and fills shape and number of the nodes. */
bool sw_schema_check(sw_reading *reading);
/* Checks one mapping against a shape: keys, types, units, ranges, what is missing. */
bool sw_shape_check(sw_reading *reading, sw_node *node, const sw_shape *shape);

/* Values of a checked mapping: what the file says, else the default of the schema. */
double sw_number_of(const sw_node *mapping, const char *key);
int sw_integer_of(const sw_node *mapping, const char *key);
bool sw_flag_of(const sw_node *mapping, const char *key);
const char *sw_text_of(const sw_node *mapping, const char *key); /* "" where none */

#endif
