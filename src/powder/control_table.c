/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table "control": what holds each front back as the iron's oxygen leaves. */
#include "powder/powder.h"

/* Of the iron's oxygen: Fe2O3 to Fe3O4 ends at 0.11, Fe3O4 to FeO at 0.30. */
static const double levels[] = {0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9};
#define LEVELS (sizeof levels / sizeof *levels)

static const struct {
    const char *name, *unit;
} columns[] = {{"iron conversion", ""}, {"temperature", "K"}, {"rate", "1/s"},
               {"reaction", ""},        {"product", ""},      {"water", ""},
               {"activation", ""},      {"gas", ""},          {"served", ""}};
#define COLUMNS (sizeof columns / sizeof *columns)

static const char *const fronts[SW_FRONTS] = {"Fe2O3 to Fe3O4", "Fe3O4 to FeO", "FeO to Fe"};

static sw_status add_row(sw_table *table, const sw_powder_amounts *point, int front) {
    const sw_powder_control *control = &point->control[front];
    const double values[COLUMNS] = {point->iron_conversion, point->temperature, control->rate,
                                    control->reaction,      control->product,   control->water,
                                    control->activation,    control->gas,       control->served};
    size_t row;
    sw_status status = sw_table_add_row(table, &row);
    if (status == SW_OK)
        status = sw_table_set_text(table, row, 0, fronts[front]);
    for (size_t i = 0; i < COLUMNS && status == SW_OK; i++)
        sw_table_numbers(table, 1 + i)[row] = values[i];
    return status;
}

sw_status sw_powder_control_table(const sw_powder *powder, sw_table *table) {
    sw_status status = sw_table_add_text_column(table, "front");
    for (size_t i = 0; i < COLUMNS && status == SW_OK; i++)
        status = sw_table_add_column(table, columns[i].name, columns[i].unit);
    for (size_t level = 0, i = 0; i < powder->points && level < LEVELS; i++) {
        if (!(powder->point[i].iron_conversion >= levels[level]))
            continue;
        for (int front = 0; front < SW_FRONTS && status == SW_OK; front++)
            if (powder->point[i].control[front].rate > 0)
                status = add_row(table, &powder->point[i], front);
        while (level < LEVELS && powder->point[i].iron_conversion >= levels[level])
            level++;
    }
    return status;
}
