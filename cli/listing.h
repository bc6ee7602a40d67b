/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of named cells, printed as an aligned table or as a JSON array of objects. */
#ifndef SPILLWAY_CLI_LISTING_H
#define SPILLWAY_CLI_LISTING_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

typedef struct cli_listing {
    const char *const *names; /* of the columns; also the keys in JSON */
    size_t columns;
    json_t *rows; /* array of arrays */
    json_t *row;  /* the one being filled */
    bool failed;  /* no memory somewhere */
} cli_listing;

void listing_create(cli_listing *listing, const char *const *names, size_t columns);
void listing_destroy(cli_listing *listing);
/* Cells are added from left to right; a full row is closed by itself. */
void listing_text(cli_listing *listing, const char *text);
void listing_number(cli_listing *listing, double value);
void listing_switch(cli_listing *listing, bool value);

/* Aligned columns under their names; the last column is not padded. */
void listing_print(FILE *out, const cli_listing *listing);
/* An array of objects; NULL without memory. */
json_t *listing_json(const cli_listing *listing);

#endif
