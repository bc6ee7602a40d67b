/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diagrams/predominance_map.h"

#include "diagrams/phase_fields.h"
#include "diagrams/solutions.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *const sw_predominance_axes[] = {"auto", "oxygen", "water", NULL};

static const int not_metals[] = {1, 2, 6, 7, 8, 9, 10, 16, 17, 18};
static const char *const names[] = {"log10 pO2/bar", "log10 pH2O/pH2"};
static const double standard_low[] = {-35.0, -3.0}, standard_high[] = {0.0, 6.0};

static sw_status read_metals(struct sw_diagram_mixture *metals,
                             const sw_instrument_settings *settings, sw_error *error) {
    const char *text = sw_setting_text(settings, "metal");
    const sw_status status = sw_diagram_mixture_read(metals, text, "metal", error);
    double sum = 0.0;
    for (size_t i = 0; i < metals->elements && status == SW_OK; i++) {
        sum += metals->amount[i];
        for (size_t k = 0; k < sizeof not_metals / sizeof *not_metals; k++)
            if (metals->element[i] == not_metals[k])
                return sw_error_set(error, SW_ERROR_ARGUMENT, "metal",
                                    "write it like Fe, or like '0.65 Fe, 0.35 Ni'",
                                    "expected metals, found \"%s\"", text);
    }
    if (status != SW_OK || sum > 0.0)
        return status;
    return sw_error_set(error, SW_ERROR_ARGUMENT, "metal",
                        "write it like Fe, or like '0.65 Fe, 0.35 Ni'",
                        "expected an amount of a metal, found \"%s\"", text);
}

sw_status sw_predominance_has_fields(bool *fields, const sw_instrument_settings *settings,
                                     sw_error *error) {
    struct sw_diagram_mixture metals;
    *fields = sw_setting_choice(settings, "axis") == AXIS_WATER;
    const sw_status status = read_metals(&metals, settings, error);
    *fields = *fields || (status == SW_OK && metals.elements > 1);
    return status;
}

/* "-2..4", or what is usual. */
static sw_status read_range(double *low, double *high, const sw_instrument_settings *settings,
                            enum sw_map_axis axis, sw_error *error) {
    const char *text = sw_setting_text(settings, "range"), *dots = strstr(text, "..");
    char first[32];
    *low = standard_low[axis];
    *high = standard_high[axis];
    if (sw_setting_is_automatic(settings, "range"))
        return SW_OK;
    sw_status status =
        dots == NULL || (size_t)(dots - text) >= sizeof first ? SW_ERROR_ARGUMENT : SW_OK;
    if (status == SW_OK) {
        snprintf(first, sizeof first, "%.*s", (int)(dots - text), text);
        status = sw_quantity_parse(low, first, SW_NUMBER, error);
    }
    if (status == SW_OK)
        status = sw_quantity_parse(high, dots + 2, SW_NUMBER, error);
    if (status == SW_OK && *high > *low && *low >= -300.0 && *high <= 300.0)
        return SW_OK;
    return sw_error_set(error, SW_ERROR_ARGUMENT, "range", "write it like -2..4",
                        "expected two powers of ten, the lower one first, found \"%s\"", text);
}

static sw_status read(struct sw_map_settings *map, const sw_instrument_settings *settings,
                      sw_error *error) {
    const size_t axis = sw_setting_choice(settings, "axis");
    sw_status status = sw_sweep_read(&map->sweep, settings, error);
    if (status == SW_OK)
        status = read_metals(&map->metals, settings, error);
    if (status != SW_OK)
        return status;
    map->axis = axis == AXIS_WATER || (axis == AXIS_AUTO && map->metals.elements > 1) ? MAP_WATER
                                                                                      : MAP_OXYGEN;
    if (map->sweep.points < 2)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "temperature",
                            "write it like '400 degC..1000 degC'",
                            "expected a range of temperatures");
    return read_range(&map->low, &map->high, settings, map->axis, error);
}

/* The intervals of one temperature. */
static sw_status add_phases(sw_measurement *measurement, const struct sw_map_row *row,
                            const struct sw_diagram_phase_map *map, const char *axis) {
    sw_table *table = NULL;
    char from[80], to[80];
    snprintf(from, sizeof from, "from %s", axis);
    snprintf(to, sizeof to, "to %s", axis);
    sw_status status = sw_table_create(&table);
    if (status == SW_OK)
        status = sw_table_add_text_column(table, "phases");
    if (status == SW_OK)
        status = sw_table_add_column(table, from, NULL);
    if (status == SW_OK)
        status = sw_table_add_column(table, to, NULL);
    for (size_t k = 0; k < row->intervals && status == SW_OK; k++) {
        char name[MAP_NAME];
        sw_phase_fields_name(name, map->name[row->set[k]], row->least[k], row->most[k]);
        status = sw_table_add_row(table, NULL);
        if (status == SW_OK)
            status = sw_table_set_text(table, k, 0, name);
        if (status == SW_OK && k > 0)
            sw_diagram_table_set(table, k, from, row->edge[k]);
        if (status == SW_OK && k + 1 < row->intervals)
            sw_diagram_table_set(table, k, to, row->edge[k + 1]);
    }
    if (status == SW_OK)
        return sw_measurement_add_table(measurement, "phases", table);
    sw_table_destroy(table);
    return status;
}

static sw_status add_notes(sw_measurement *measurement, const struct sw_diagram_phase_map *map) {
    bool halite = false;
    for (size_t i = 0; i < map->sets; i++)
        halite = halite || strstr(map->name[i], "halite") != NULL;
    sw_status status = SW_OK;
    if (halite)
        status = sw_measurement_note(measurement,
                                     "halite is (Fe,Ni)O; where it is rich in iron all over a "
                                     "field it is called wustite, where in nickel bunsenite");
    return status == SW_OK ? sw_beyond_tell(&map->beyond, measurement) : status;
}

sw_status sw_predominance_map(sw_measurement *measurement, const sw_instrument_settings *settings,
                              sw_context *context, sw_error *error) {
    struct sw_map_row row = {.temperature = sw_setting_number(settings, "at")};
    struct sw_map_settings wanted = {.at = &row};
    struct sw_diagram_phase_map map = {0};
    sw_status status = read(&wanted, settings, error);
    if (status == SW_OK)
        status = sw_diagram_phase_map_make(&map, &wanted, context, error);
    if (status == SW_OK)
        status = add_phases(measurement, &row, &map, names[wanted.axis]);
    if (status == SW_OK)
        status = sw_phase_fields_add(measurement, &map, names[wanted.axis]);
    if (status == SW_OK)
        status = sw_measurement_add(measurement, "temperature of the table",
                                    row.temperature - SW_ICE_POINT, (double)NAN, (double)NAN,
                                    "degC", "parameter \"at\": table \"phases\"");
    if (status == SW_OK && !map.oxides)
        status = sw_measurement_note(measurement,
                                     "wustite with its defects, halite and spinel are there where "
                                     "iron is, and all temperatures are from %g to %g K",
                                     SW_WUSTITE_LOWEST, SW_WUSTITE_HIGHEST);
    if (status == SW_OK)
        status = sw_diagram_alloys_tell(measurement, &wanted.metals,
                                        fmin(wanted.sweep.low, row.temperature),
                                        fmax(wanted.sweep.high, row.temperature));
    if (status == SW_OK)
        status = add_notes(measurement, &map);
    sw_diagram_phase_map_clear(&map);
    return status;
}
