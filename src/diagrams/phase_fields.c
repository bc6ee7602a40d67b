/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diagrams/phase_fields.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of the figure that the page draws, in parts of its axes. */
#define CAPITAL 0.0235
#define LETTER 0.0172
#define NARROW 0.0086
#define MARGIN 0.02
#define LINE_HEIGHT 0.075
#define ENOUGH 3.0 /* lines of text: more height makes a place no better */
#define RICH 0.5   /* share of nickel */
#define NEAR 1e-5  /* of the axis: what edges move between rows at almost the same temperature */

void sw_phase_fields_name(char name[MAP_NAME], const char *set, double least, double most) {
    static const char general[] = "halite";
    const char *instead = most < RICH ? "wustite" : least > RICH ? "bunsenite" : general;
    const char *found = strstr(set, general);
    snprintf(name, MAP_NAME, "%s", set);
    if (found != NULL && strstr(found + 1, general) == NULL) /* of two of them neither is all */
        snprintf(name, MAP_NAME, "%.*s%s%s", (int)(found - set), set, instead,
                 found + strlen(general));
}

/* ---- fields ---------------------------------------------------------------------------------- */

/* Intervals of all rows are numbered one after the other. */
struct fields {
    const struct sw_diagram_phase_map *map;
    size_t *base;   /* [rows + 1] number of the first interval of a row */
    size_t *parent; /* [intervals] of the trees of the same field */
    size_t count;
    size_t *root; /* [count] */
    double cold, hot, low, high;
};

static size_t root_of(const struct fields *fields, size_t interval) {
    while (fields->parent[interval] != interval)
        interval = fields->parent[interval];
    return interval;
}

static bool touch(const struct sw_map_row *one, size_t k, const struct sw_map_row *other,
                  size_t j) {
    return one->set[k] == other->set[j] && one->edge[k] < other->edge[j + 1] + NEAR &&
           other->edge[j] < one->edge[k + 1] + NEAR;
}

/* Rows of the same sets go on interval by interval, others, which are close, where they overlap. */
static void join_rows(struct fields *fields, size_t r) {
    const struct sw_map_row *one = &fields->map->row[r], *other = one + 1;
    const bool same = sw_map_row_same_sets(one, other);
    for (size_t k = 0; k < one->intervals; k++)
        for (size_t j = 0; j < other->intervals; j++)
            if (same ? k == j : touch(one, k, other, j)) {
                const size_t a = root_of(fields, fields->base[r] + k);
                const size_t b = root_of(fields, fields->base[r + 1] + j);
                fields->parent[a > b ? a : b] = a > b ? b : a;
            }
}

static bool make_fields(struct fields *fields, const struct sw_diagram_phase_map *map) {
    const size_t rows = map->rows;
    *fields = (struct fields){.map = map};
    fields->base = calloc(rows + 1, sizeof *fields->base);
    if (fields->base == NULL)
        return false;
    for (size_t r = 0; r < rows; r++)
        fields->base[r + 1] = fields->base[r] + map->row[r].intervals;
    const size_t intervals = fields->base[rows];
    fields->parent = calloc(intervals + 1, sizeof *fields->parent);
    fields->root = calloc(intervals + 1, sizeof *fields->root);
    if (fields->parent == NULL || fields->root == NULL)
        return false;
    for (size_t i = 0; i < intervals; i++)
        fields->parent[i] = i;
    for (size_t r = 0; r + 1 < rows; r++)
        join_rows(fields, r);
    for (size_t i = 0; i < intervals; i++) {
        if (fields->parent[i] == i)
            fields->root[fields->count++] = i;
        fields->parent[i] = root_of(fields, i);
    }
    fields->cold = map->row[0].temperature;
    fields->hot = map->row[rows - 1].temperature;
    fields->low = map->row[0].edge[0];
    fields->high = map->row[0].edge[map->row[0].intervals];
    return true;
}

static void clear_fields(struct fields *fields) {
    free(fields->base);
    free(fields->parent);
    free(fields->root);
}

/* What is told of a field. */
struct extent {
    const char *set;
    double cold, hot, low, high, least, most;
};

static struct extent extent_of(const struct fields *fields, size_t root) {
    struct extent extent = {"", INFINITY, -INFINITY, INFINITY, -INFINITY, (double)NAN, (double)NAN};
    for (size_t r = 0; r < fields->map->rows; r++)
        for (size_t k = 0; k < fields->map->row[r].intervals; k++) {
            const struct sw_map_row *row = &fields->map->row[r];
            if (root_of(fields, fields->base[r] + k) != root)
                continue;
            extent.set = fields->map->name[row->set[k]];
            extent.cold = fmin(extent.cold, row->temperature);
            extent.hot = fmax(extent.hot, row->temperature);
            extent.low = fmin(extent.low, row->edge[k]);
            extent.high = fmax(extent.high, row->edge[k + 1]);
            extent.least = fmin(extent.least, row->least[k]);
            extent.most = fmax(extent.most, row->most[k]);
        }
    return extent;
}

/* ---- labels ---------------------------------------------------------------------------------- */

/* Free height of a field over a range of temperatures around interval k of row r, all rows of which
 * it has to go through; *middle is the middle of it. */
static double free_height(double *middle, const struct fields *fields, size_t root, size_t r,
                          size_t k, double half_width) {
    const struct sw_diagram_phase_map *map = fields->map;
    const double T = map->row[r].temperature;
    double low = map->row[r].edge[k], high = map->row[r].edge[k + 1];
    if (T - half_width < fields->cold || T + half_width > fields->hot)
        return -1.0;
    for (size_t i = 0; i < map->rows; i++) {
        const struct sw_map_row *row = &map->row[i];
        double best_low = 0.0, best_high = -1.0;
        if (fabs(row->temperature - T) > half_width)
            continue;
        for (size_t j = 0; j < row->intervals; j++) {
            const double from = fmax(low, row->edge[j]), to = fmin(high, row->edge[j + 1]);
            if (root_of(fields, fields->base[i] + j) == root && to - from > best_high - best_low) {
                best_low = from;
                best_high = to;
            }
        }
        low = best_low;
        high = best_high;
        if (!(high > low))
            return -1.0;
    }
    *middle = 0.5 * (low + high);
    return high - low;
}

struct label {
    double temperature, axis; /* NaN: there is no room */
    char text[MAP_NAME];
};

static double width_of(const char *text) {
    double width = MARGIN;
    for (; *text != '\0'; text++)
        width += strchr(" fijlt()|", *text) != NULL ? NARROW
                 : *text >= 'A' && *text <= 'Z'     ? CAPITAL
                                                    : LETTER;
    return width;
}

/* Where a text has height to spare, towards the middle of the field's temperatures. */
static bool place_text(struct label *label, const struct fields *fields, size_t root,
                       const char *text) {
    const double span = fields->hot - fields->cold;
    const double width = width_of(text) * span;
    const double line = LINE_HEIGHT * (fields->high - fields->low);
    const struct extent extent = extent_of(fields, root);
    double best = -INFINITY, middle = 0.0;
    bool placed = false;
    for (size_t r = 0; r < fields->map->rows; r++)
        for (size_t k = 0; k < fields->map->row[r].intervals; k++) {
            if (root_of(fields, fields->base[r] + k) != root)
                continue;
            const double height = free_height(&middle, fields, root, r, k, 0.5 * width);
            const double aside =
                fabs(fields->map->row[r].temperature - 0.5 * (extent.cold + extent.hot)) / span;
            const double worth = fmin(height / line, ENOUGH) - aside;
            if (!(height > line) || !(worth > best))
                continue;
            best = worth;
            *label = (struct label){fields->map->row[r].temperature, middle, ""};
            snprintf(label->text, sizeof label->text, "%s", text);
            placed = true;
        }
    return placed;
}

/* The name of the field, or where it does not fit its number. */
static struct label label_of(const struct fields *fields, size_t number, const char *name) {
    struct label label = {(double)NAN, (double)NAN, ""};
    char text[24];
    snprintf(text, sizeof text, "%zu", number + 1);
    if (!place_text(&label, fields, fields->root[number], name))
        (void)place_text(&label, fields, fields->root[number], text);
    return label;
}

static sw_status start_fields(sw_table **table, const char *axis) {
    char name[80];
    static const char *const temperatures[] = {"from temperature", "to temperature"};
    sw_status status = sw_table_create(table);
    if (status == SW_OK)
        status = sw_table_add_column(*table, "number", NULL);
    if (status == SW_OK)
        status = sw_table_add_text_column(*table, "phases");
    for (size_t i = 0; i < 2 && status == SW_OK; i++)
        status = sw_table_add_column(*table, temperatures[i], "degC");
    for (size_t i = 0; i < 2 && status == SW_OK; i++) {
        snprintf(name, sizeof name, "%s %s", i == 0 ? "from" : "to", axis);
        status = sw_table_add_column(*table, name, NULL);
    }
    if (status == SW_OK)
        status = sw_table_add_text_column(*table, "label");
    if (status == SW_OK)
        status = sw_table_add_column(*table, "temperature", "degC");
    return status == SW_OK ? sw_table_add_column(*table, axis, NULL) : status;
}

static sw_status add_field(sw_table *table, const struct fields *fields, size_t number,
                           const char *axis) {
    char name[MAP_NAME], column[80];
    const struct extent extent = extent_of(fields, fields->root[number]);
    sw_phase_fields_name(name, extent.set, extent.least, extent.most);
    const struct label label = label_of(fields, number, name);
    sw_status status = sw_table_add_row(table, NULL);
    if (status == SW_OK)
        status = sw_table_set_text(table, number, (size_t)sw_table_find(table, "phases"), name);
    if (status == SW_OK)
        status =
            sw_table_set_text(table, number, (size_t)sw_table_find(table, "label"), label.text);
    if (status != SW_OK)
        return status;
    sw_diagram_table_set(table, number, "number", (double)number + 1.0);
    sw_diagram_table_set(table, number, "from temperature", extent.cold - SW_ICE_POINT);
    sw_diagram_table_set(table, number, "to temperature", extent.hot - SW_ICE_POINT);
    snprintf(column, sizeof column, "from %s", axis);
    sw_diagram_table_set(table, number, column, extent.low);
    snprintf(column, sizeof column, "to %s", axis);
    sw_diagram_table_set(table, number, column, extent.high);
    sw_diagram_table_set(table, number, "temperature", label.temperature - SW_ICE_POINT);
    sw_diagram_table_set(table, number, axis, label.axis);
    return SW_OK;
}

/* ---- boundaries ------------------------------------------------------------------------------ */

static sw_status add_point(sw_table *table, const char *between, double temperature, double axis) {
    size_t row;
    sw_status status = sw_table_add_row(table, &row);
    if (status == SW_OK)
        status = sw_table_set_text(table, row, 0, between);
    if (status == SW_OK) {
        sw_table_numbers(table, 1)[row] = temperature - SW_ICE_POINT;
        sw_table_numbers(table, 2)[row] = axis;
    }
    return status;
}

static sw_status end_line(sw_table *table) {
    return add_point(table, "", (double)NAN, (double)NAN);
}

/* The edge of the next row between the same sets that is nearest, or 0. */
static size_t same_edge(const struct sw_map_row *row, int below, int above, double axis) {
    size_t found = 0;
    for (size_t k = 1; k < row->intervals; k++)
        if (row->set[k - 1] == below && row->set[k] == above &&
            (found == 0 || fabs(row->edge[k] - axis) < fabs(row->edge[found] - axis)))
            found = k;
    return found;
}

/* From edge k of row r on, through all rows that have it; marks it there. */
static sw_status add_line(sw_table *table, const struct sw_diagram_phase_map *map, size_t r,
                          size_t k, bool *done) {
    const int below = map->row[r].set[k - 1], above = map->row[r].set[k];
    char between[2 * MAP_NAME + 4];
    sw_status status = SW_OK;
    snprintf(between, sizeof between, "%s | %s", map->name[below], map->name[above]);
    while (status == SW_OK && k > 0 && k < MAP_INTERVALS && !done[r * MAP_INTERVALS + k]) {
        done[r * MAP_INTERVALS + k] = true;
        status = add_point(table, between, map->row[r].temperature, map->row[r].edge[k]);
        if (++r == map->rows)
            break;
        k = same_edge(&map->row[r], below, above, map->row[r - 1].edge[k]);
    }
    return status == SW_OK ? end_line(table) : status;
}

/* Where sets change along a whole stretch at one temperature: the edges between two rows. */
static sw_status add_upright(sw_table *table, const struct sw_diagram_phase_map *map, size_t r) {
    const struct sw_map_row *cold = &map->row[r], *hot = cold + 1;
    sw_status status = SW_OK;
    for (size_t k = 0; k < cold->intervals; k++)
        for (size_t j = 0; j < hot->intervals && status == SW_OK; j++) {
            char between[2 * MAP_NAME + 4];
            const double from = fmax(cold->edge[k], hot->edge[j]);
            const double to = fmin(cold->edge[k + 1], hot->edge[j + 1]);
            if (!(to - from > 1e-4) || cold->set[k] == hot->set[j])
                continue;
            snprintf(between, sizeof between, "%s | %s", map->name[cold->set[k]],
                     map->name[hot->set[j]]);
            status = add_point(table, between, cold->temperature, from);
            if (status == SW_OK)
                status = add_point(table, between, hot->temperature, to);
            if (status == SW_OK)
                status = end_line(table);
        }
    return status;
}

static sw_status add_frame(sw_table *table, const struct fields *fields) {
    const double T[] = {fields->cold, fields->hot, fields->hot, fields->cold, fields->cold};
    const double axis[] = {fields->low, fields->low, fields->high, fields->high, fields->low};
    sw_status status = SW_OK;
    for (size_t i = 0; i < 5 && status == SW_OK; i++)
        status = add_point(table, "frame", T[i], axis[i]);
    return status;
}

static sw_status fill_boundaries(sw_table *table, const struct fields *fields) {
    const struct sw_diagram_phase_map *map = fields->map;
    bool *done = calloc(map->rows * MAP_INTERVALS + 1, sizeof *done);
    sw_status status = done == NULL ? SW_ERROR_MEMORY : SW_OK;
    for (size_t r = 0; r < map->rows && status == SW_OK; r++) {
        for (size_t k = 1; k < map->row[r].intervals && status == SW_OK; k++)
            if (!done[r * MAP_INTERVALS + k])
                status = add_line(table, map, r, k, done);
        if (status == SW_OK && r + 1 < map->rows &&
            map->row[r + 1].temperature - map->row[r].temperature < 1e-4)
            status = add_upright(table, map, r);
    }
    free(done);
    return status == SW_OK ? add_frame(table, fields) : status;
}

static sw_status make_boundaries(sw_table **table, const struct fields *fields, const char *axis) {
    sw_status status = sw_table_create(table);
    if (status == SW_OK)
        status = sw_table_add_text_column(*table, "between");
    if (status == SW_OK)
        status = sw_table_add_column(*table, "temperature", "degC");
    if (status == SW_OK)
        status = sw_table_add_column(*table, axis, NULL);
    return status == SW_OK ? fill_boundaries(*table, fields) : status;
}

static sw_status make_list(sw_table **table, const struct fields *fields, const char *axis) {
    sw_status status = start_fields(table, axis);
    for (size_t i = 0; i < fields->count && status == SW_OK; i++)
        status = add_field(*table, fields, i, axis);
    return status;
}

/* The names that found no room in the figure. */
static sw_status tell_numbers(sw_measurement *measurement, const sw_table *list) {
    const size_t phases = (size_t)sw_table_find(list, "phases");
    const size_t label = (size_t)sw_table_find(list, "label");
    sw_status status = SW_OK;
    for (size_t i = 0; i < sw_table_rows(list) && status == SW_OK; i++)
        if (strcmp(sw_table_text(list, i, phases), sw_table_text(list, i, label)) != 0)
            status = sw_measurement_note(
                measurement, "field %zu is %s%s", i + 1, sw_table_text(list, i, phases),
                *sw_table_text(list, i, label) == '\0' ? ", too small for a label" : "");
    return status;
}

sw_status sw_phase_fields_add(sw_measurement *measurement, const struct sw_diagram_phase_map *map,
                              const char *axis) {
    struct fields fields;
    sw_table *list = NULL, *lines = NULL;
    sw_status status = make_fields(&fields, map) ? SW_OK : SW_ERROR_MEMORY;
    if (status == SW_OK)
        status = make_list(&list, &fields, axis);
    if (status == SW_OK)
        status = make_boundaries(&lines, &fields, axis);
    clear_fields(&fields);
    if (status == SW_OK)
        status = tell_numbers(measurement, list);
    if (status == SW_OK) {
        status = sw_measurement_add_table(measurement, "fields", list);
        list = NULL;
    }
    if (status == SW_OK) {
        status = sw_measurement_add_table(measurement, "boundaries", lines);
        lines = NULL;
    }
    sw_table_destroy(list);
    sw_table_destroy(lines);
    if (status != SW_OK)
        return status;
    return sw_measurement_add_plot(
        measurement,
        (sw_plot){"Stable phases", "boundaries", "temperature", axis, axis, "fields",
                  "Each field has one set of stable phases; a number stands for the set of that "
                  "number in the table of fields. Lines are where a phase appears or goes.",
                  false});
}
