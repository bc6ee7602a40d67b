/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/listing.h"

#include "cli/console.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GAP 2
#define MOST_COLUMNS 16

void listing_create(cli_listing *listing, const char *const *names, size_t columns) {
    *listing = (cli_listing){.names = names, .columns = columns};
    listing->rows = json_array();
    listing->row = json_array();
    listing->failed = listing->rows == NULL || listing->row == NULL || columns > MOST_COLUMNS;
}

void listing_destroy(cli_listing *listing) {
    json_decref(listing->rows);
    json_decref(listing->row);
    *listing = (cli_listing){0};
}

static void add(cli_listing *listing, json_t *value) {
    if (json_array_append_new(listing->row, value) != 0)
        listing->failed = true;
    if (json_array_size(listing->row) < listing->columns)
        return;
    if (json_array_append_new(listing->rows, listing->row) != 0)
        listing->failed = true;
    listing->row = json_array();
}

void listing_text(cli_listing *listing, const char *text) {
    add(listing, json_of_text(text));
}

void listing_number(cli_listing *listing, double value) {
    add(listing, json_of_number(value));
}

void listing_switch(cli_listing *listing, bool value) {
    add(listing, json_boolean(value));
}

static const char *cell_text(char number[32], const json_t *cell) {
    if (json_is_string(cell))
        return json_string_value(cell);
    if (json_is_boolean(cell))
        return json_is_true(cell) ? "yes" : "-";
    if (!json_is_number(cell))
        return "-";
    snprintf(number, 32, "%.6g", json_number_value(cell));
    return number;
}

/* Characters, not bytes: those that continue a UTF-8 character take no room. */
static int text_width(const char *text) {
    int width = 0;
    for (; *text != '\0'; text++)
        width += ((unsigned char)*text & 0xc0) != 0x80;
    return width;
}

static void find_widths(int *widths, const cli_listing *listing) {
    char number[32];
    for (size_t column = 0; column < listing->columns; column++) {
        widths[column] = text_width(listing->names[column]);
        for (size_t row = 0; row < json_array_size(listing->rows); row++) {
            const json_t *cell = json_array_get(json_array_get(listing->rows, row), column);
            int width = text_width(cell_text(number, cell));
            if (width > widths[column])
                widths[column] = width;
        }
    }
}

static void print_cell(FILE *out, const char *text, int width, bool last) {
    fputs(text, out);
    if (last)
        fputc('\n', out);
    else
        fprintf(out, "%*s", width - text_width(text) + GAP, "");
}

void listing_print(FILE *out, const cli_listing *listing) {
    char number[32];
    int widths[MOST_COLUMNS] = {0};
    size_t columns = listing->columns;
    if (listing->failed)
        return;
    find_widths(widths, listing);
    for (size_t column = 0; column < columns; column++)
        print_cell(out, listing->names[column], widths[column], column + 1 == columns);
    for (size_t row = 0; row < json_array_size(listing->rows); row++)
        for (size_t column = 0; column < columns; column++) {
            const json_t *cell = json_array_get(json_array_get(listing->rows, row), column);
            print_cell(out, cell_text(number, cell), widths[column], column + 1 == columns);
        }
}

json_t *listing_json(const cli_listing *listing) {
    json_t *list = listing->failed ? NULL : json_array();
    for (size_t row = 0; list != NULL && row < json_array_size(listing->rows); row++) {
        json_t *object = json_object();
        for (size_t column = 0; column < listing->columns; column++)
            json_object_set(object, listing->names[column],
                            json_array_get(json_array_get(listing->rows, row), column));
        json_array_append_new(list, object);
    }
    return list;
}
