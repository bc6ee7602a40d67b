/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/phase_truth.h"

#include "structure/atom_columns.h"
#include "structure/results.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REGION_LIMIT 64

typedef struct sw_confusion {
    size_t count[SW_PHASES][SW_PHASES]; /* [true][found] */
} sw_confusion;

/* phase[r]: that of region r; 0 where it has none. */
static sw_status read_phases(uint8_t phase[REGION_LIMIT], const char *text, sw_error *error) {
    const char *at = text;
    memset(phase, 0, REGION_LIMIT);
    for (size_t region = 1; *at != '\0'; region++) {
        char *end;
        long found = strtol(at, &end, 10);
        if (end == at || found < 0 || found >= SW_PHASES || region == REGION_LIMIT ||
            (*end != ',' && *end != '\0'))
            return sw_error_set(error, SW_ERROR_ARGUMENT, "truth-phases", "such as 1,2,2,3",
                                "\"%s\" is no list of phases from 0 to %d", text, SW_PHASES - 1);
        phase[region] = (uint8_t)found;
        at = *end == ',' ? end + 1 : end;
    }
    return SW_OK;
}

static void count(sw_confusion *confusion, const sw_phase_map *map, const uint32_t *index,
                  const double *truth, const uint8_t phase[REGION_LIMIT]) {
    memset(confusion, 0, sizeof *confusion);
    for (size_t i = 0; i < map->atoms; i++) {
        double region = truth[index[i]];
        if (region >= 1.0 && region < REGION_LIMIT)
            confusion->count[phase[(size_t)region]][map->phase[i]]++;
    }
}

static sw_status add_shares(sw_measurement *out, const sw_confusion *confusion) {
    size_t right = 0, all = 0;
    sw_status status = SW_OK;
    for (int p = SW_PHASE_DENSE; p < SW_PHASES && status == SW_OK; p++) {
        size_t of_phase = 0;
        char name[64];
        for (int q = SW_PHASE_DENSE; q < SW_PHASES; q++)
            of_phase += confusion->count[p][q];
        right += confusion->count[p][p];
        all += of_phase;
        snprintf(name, sizeof name, "true %s found", sw_phase_name((sw_phase_kind)p));
        if (of_phase > 0)
            status = sw_add_share(out, name, confusion->count[p][p], of_phase,
                                  "of the atoms that are of this phase");
    }
    return status == SW_OK ? sw_add_share(out, "true phase found", right, all,
                                          "of the atoms whose true phase is known")
                           : status;
}

static sw_status fill_table(sw_table *table, const sw_confusion *confusion) {
    size_t row;
    sw_status status = sw_table_add_text_column(table, "true phase");
    for (int p = SW_PHASE_DENSE; p < SW_PHASES && status == SW_OK; p++)
        status = sw_table_add_column(table, sw_phase_name((sw_phase_kind)p), "");
    for (int p = SW_PHASE_DENSE; p < SW_PHASES && status == SW_OK; p++) {
        status = sw_table_add_row(table, &row);
        if (status == SW_OK)
            status = sw_table_set_text(table, row, 0, sw_phase_name((sw_phase_kind)p));
        for (int q = SW_PHASE_DENSE; q < SW_PHASES && status == SW_OK; q++)
            sw_table_numbers(table, (size_t)q)[row] = (double)confusion->count[p][q];
    }
    return status;
}

sw_status sw_phase_truth(sw_measurement *measurement, const sw_phase_map *map,
                         const uint32_t *index, const sw_atoms *atoms, const char *column,
                         const char *phases, sw_error *error) {
    uint8_t phase[REGION_LIMIT];
    const double *truth = NULL;
    sw_confusion confusion;
    sw_table *table;
    if (strcmp(column, "none") == 0)
        return SW_OK;
    sw_status status = read_phases(phase, phases, error);
    if (status == SW_OK)
        status = sw_atom_column_named(&truth, atoms, column, "truth",
                                      "`spillway build` writes the column region", error);
    if (status != SW_OK)
        return status;
    count(&confusion, map, index, truth, phase);
    status = add_shares(measurement, &confusion);
    if (status == SW_OK)
        status = sw_table_create(&table);
    if (status != SW_OK)
        return status;
    status = fill_table(table, &confusion);
    return sw_add_filled_table(measurement, "confusion", table, status);
}
