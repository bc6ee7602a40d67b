/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diagrams/phase_map.h"

#include "diagrams/solutions.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OXYGEN 8
#define SAMPLES 50
#define EDGE 1e-9   /* of the axis */
#define NARROW 1e-6 /* of the axis: such intervals may come and go without an event, */
#define EVENTS 12   /* after so many between two temperatures of the sweep */
#define EVENT 1e-5  /* K */
#define THERE 1e-10 /* of the metal: less is none */

/* What the search needs besides the map. */
struct work {
    const struct sw_map_settings *settings;
    struct sw_diagram_phase_map *map;
    sw_system *system;
    sw_assessed *assessed;
    sw_equilibrium *equilibrium;
    sw_context *context;
    size_t events;                         /* since the last temperature of the sweep */
    double metal;                          /* sum of the amounts */
    double oxygen, water;                  /* eV: half an O2; H2 + 1/2 O2 = H2O; at `temperature` */
    double temperature;                    /* K */
    double amounts[SW_SYSTEM_ELEMENTS];    /* the metals' and no oxygen */
    double potentials[SW_SYSTEM_ELEMENTS]; /* NaN but for oxygen, the last */
};

/* ---- one point ------------------------------------------------------------------------------- */

struct seen {
    int set;
    double nickel; /* share in the metal of halite, NaN without it */
};

static void add_name(char name[MAP_NAME], const char *part) {
    const size_t used = strlen(name);
    snprintf(name + used, MAP_NAME - used, "%s%s", used > 0 ? " + " : "", part);
}

/* Alloys first, then oxides: solutions stand the other way round in the system. */
static void name_set(char name[MAP_NAME], double *nickel, const struct work *work) {
    name[0] = '\0';
    *nickel = (double)NAN;
    for (size_t k = sw_system_solutions(work->system); k-- > 0;)
        for (size_t i = 0; i < sw_equilibrium_solutions(work->equilibrium); i++) {
            const sw_solution_phase *phase = sw_system_solution(work->system, k);
            const sw_solution_present present = sw_equilibrium_solution(work->equilibrium, i);
            if (present.solution != k || !(present.amount > THERE * work->metal))
                continue;
            add_name(name, phase->name);
            if (strcmp(phase->name, "halite") == 0)
                *nickel = sw_diagram_solution_ratio(phase, present.fraction, NICKEL_SHARE);
        }
    for (size_t k = 0; k < sw_system_phases(work->system); k++)
        if (sw_equilibrium_phase(work->equilibrium, k) > THERE * work->metal)
            add_name(name, sw_substance_name(sw_system_phase(work->system, k)));
}

static sw_status number_of(int *set, struct sw_diagram_phase_map *map, const char *name,
                           sw_error *error) {
    size_t i = 0;
    while (i < map->sets && strcmp(map->name[i], name) != 0)
        i++;
    if (i == MAP_SETS)
        return sw_error_set(error, SW_ERROR_UNSUPPORTED, "metal", "take fewer metals",
                            "more than %d sets of phases come up", MAP_SETS);
    if (i == map->sets)
        snprintf(map->name[map->sets++], MAP_NAME, "%s", name);
    *set = (int)i;
    return SW_OK;
}

static sw_status set_temperature(struct work *work, double temperature, sw_error *error) {
    sw_standard_state state;
    sw_status status = SW_OK;
    if (work->temperature == temperature)
        return SW_OK;
    status = sw_substance_state(&state, sw_substance_find("O2"), temperature, error);
    if (status == SW_OK)
        status = sw_reaction_gibbs(&work->water, "H2 + 1/2 O2 = H2O", temperature, error);
    work->oxygen = status == SW_OK ? 0.5 * state.gibbs : 0.0;
    work->temperature = temperature;
    return status;
}

static sw_status look(struct seen *seen, struct work *work, double temperature, double axis,
                      sw_error *error) {
    char name[MAP_NAME];
    const size_t metals = work->settings->metals.elements;
    const double thermal = SW_BOLTZMANN * temperature;
    sw_status status = set_temperature(work, temperature, error);
    if (status != SW_OK)
        return status;
    work->potentials[metals] = work->oxygen + (work->settings->axis == MAP_OXYGEN
                                                   ? 0.5 * thermal * log(10.0) * axis
                                                   : thermal * log(10.0) * axis + work->water);
    const sw_equilibrium_conditions conditions = {.temperature = temperature,
                                                  .pressure = SW_BAR,
                                                  .amounts = work->amounts,
                                                  .potentials = work->potentials,
                                                  .beyond = true};
    status = sw_equilibrium_find(work->equilibrium, &conditions, error);
    for (size_t i = 0; status == SW_OK && i < sw_equilibrium_beyond(work->equilibrium); i++)
        sw_beyond_add(&work->map->beyond, sw_equilibrium_beyond_at(work->equilibrium, i));
    if (status != SW_OK)
        return status;
    name_set(name, &seen->nickel, work);
    return number_of(&seen->set, work->map, name, error);
}

/* ---- one row --------------------------------------------------------------------------------- */

static void note_nickel(struct sw_map_row *row, double nickel) {
    const size_t k = row->intervals - 1;
    row->least[k] = fmin(row->least[k], nickel); /* of a number and none, the number */
    row->most[k] = fmax(row->most[k], nickel);
}

static sw_status begin_interval(struct sw_map_row *row, const struct seen *seen, double edge,
                                sw_error *error) {
    const size_t k = row->intervals;
    if (k == MAP_INTERVALS)
        return sw_error_set(error, SW_ERROR_UNSUPPORTED, "range", "take a shorter range",
                            "at %g K more than %d intervals come up", row->temperature,
                            MAP_INTERVALS);
    row->intervals++;
    row->set[k] = seen->set;
    row->edge[k] = edge;
    row->least[k] = row->most[k] = seen->nickel;
    return SW_OK;
}

/* The edges between two points of the axis, by halving. */
static sw_status split(struct sw_map_row *row, struct work *work, double low,
                       const struct seen *below, double high, const struct seen *above,
                       sw_error *error) {
    struct seen middle;
    if (below->set == above->set)
        return SW_OK;
    const double half = 0.5 * (low + high);
    if (high - low <= EDGE) {
        note_nickel(row, below->nickel);
        return begin_interval(row, above, half, error);
    }
    sw_status status = look(&middle, work, row->temperature, half, error);
    if (status == SW_OK)
        status = split(row, work, low, below, half, &middle, error);
    return status == SW_OK ? split(row, work, half, &middle, high, above, error) : status;
}

static sw_status make_row(struct sw_map_row *row, struct work *work, double temperature,
                          sw_error *error) {
    const double low = work->settings->low, step = (work->settings->high - low) / SAMPLES;
    struct seen below, above;
    *row = (struct sw_map_row){.temperature = temperature};
    sw_status status = look(&below, work, temperature, low, error);
    if (status == SW_OK)
        status = begin_interval(row, &below, low, error);
    for (int i = 1; i <= SAMPLES && status == SW_OK; i++) {
        status = look(&above, work, temperature, low + step * i, error);
        if (status == SW_OK)
            status = split(row, work, low + step * (i - 1), &below, low + step * i, &above, error);
        if (status == SW_OK)
            note_nickel(row, above.nickel);
        below = above;
    }
    row->edge[row->intervals] = work->settings->high;
    return status;
}

/* ---- all rows -------------------------------------------------------------------------------- */

bool sw_map_row_same_sets(const struct sw_map_row *one, const struct sw_map_row *other) {
    return one->intervals == other->intervals &&
           memcmp(one->set, other->set, one->intervals * sizeof one->set[0]) == 0;
}

static bool is_narrow(const struct sw_map_row *row, size_t interval) {
    return interval < row->intervals && row->edge[interval + 1] - row->edge[interval] < NARROW;
}

/* The same sets, but for narrow intervals of either: near the resolution of edges they are seen in
 * one row and not in the next, and would be events without end. */
static bool same_but_for_narrow(const struct sw_map_row *one, const struct sw_map_row *other) {
    size_t i = 0, k = 0;
    while (i < one->intervals || k < other->intervals) {
        if (i < one->intervals && k < other->intervals && one->set[i] == other->set[k])
            i++, k++;
        else if (is_narrow(one, i))
            i++;
        else if (is_narrow(other, k))
            k++;
        else
            return false;
    }
    return true;
}

static sw_status keep(struct sw_diagram_phase_map *map, const struct sw_map_row *row,
                      sw_error *error) {
    if (map->rows == map->room) {
        const size_t room = 2 * map->room + 64;
        struct sw_map_row *larger = realloc(map->row, room * sizeof *larger);
        if (larger == NULL)
            return sw_error_set(error, SW_ERROR_MEMORY, "points", "take fewer",
                                "no memory for the rows of a diagram");
        map->row = larger;
        map->room = room;
    }
    map->row[map->rows++] = *row;
    return SW_OK;
}

/* Rows just below and above each temperature between two rows at which the sets change. */
static sw_status find_events(struct work *work, const struct sw_map_row *low,
                             const struct sw_map_row *high, sw_error *error) {
    struct sw_map_row middle;
    if (sw_map_row_same_sets(low, high) ||
        (work->events > EVENTS && same_but_for_narrow(low, high)))
        return SW_OK;
    if (high->temperature - low->temperature <= EVENT) {
        work->events++;
        const sw_status status = keep(work->map, low, error);
        return status == SW_OK ? keep(work->map, high, error) : status;
    }
    if (sw_context_cancelled(work->context))
        return SW_ERROR_CANCELLED;
    sw_status status = make_row(&middle, work, 0.5 * (low->temperature + high->temperature), error);
    if (status == SW_OK)
        status = find_events(work, low, &middle, error);
    return status == SW_OK ? find_events(work, &middle, high, error) : status;
}

static sw_status make_rows(struct work *work, sw_error *error) {
    const struct sw_map_settings *settings = work->settings;
    struct sw_map_row before = {0}, row;
    sw_status status = SW_OK;
    for (size_t i = 0; i < settings->sweep.points && status == SW_OK; i++) {
        work->events = 0;
        status = make_row(&row, work, sw_sweep_at(&settings->sweep, i), error);
        if (status == SW_OK && i > 0)
            status = find_events(work, &before, &row, error);
        if (status == SW_OK)
            status = keep(work->map, &row, error);
        before = row;
    }
    if (status == SW_OK && settings->at != NULL)
        status = make_row(settings->at, work, settings->at->temperature, error);
    return status;
}

static sw_status prepare(struct work *work, sw_error *error) {
    const struct sw_diagram_mixture *metals = &work->settings->metals;
    int elements[SW_SYSTEM_ELEMENTS];
    double lowest = work->settings->sweep.low, highest = work->settings->sweep.high;
    if (metals->elements == SW_SYSTEM_ELEMENTS)
        return sw_error_set(error, SW_ERROR_UNSUPPORTED, "metal", "take fewer metals",
                            "at most %d metals are possible", SW_SYSTEM_ELEMENTS - 1);
    for (size_t i = 0; i < metals->elements; i++) {
        elements[i] = metals->element[i];
        work->metal += work->amounts[i] = metals->amount[i];
        work->potentials[i] = (double)NAN;
    }
    elements[metals->elements] = OXYGEN;
    if (work->settings->at != NULL) {
        lowest = fmin(lowest, work->settings->at->temperature);
        highest = fmax(highest, work->settings->at->temperature);
    }
    sw_status status = sw_system_create(&work->system, elements, metals->elements + 1, error);
    if (status == SW_OK)
        status = sw_system_add_all(work->system, error);
    if (status == SW_OK)
        status = sw_diagram_solutions_add(&work->assessed, &work->map->oxides, work->system, lowest,
                                          highest, error);
    return status == SW_OK ? sw_equilibrium_create(&work->equilibrium, work->system) : status;
}

sw_status sw_diagram_phase_map_make(struct sw_diagram_phase_map *map,
                                    const struct sw_map_settings *settings, sw_context *context,
                                    sw_error *error) {
    struct work work = {.settings = settings, .map = map, .context = context};
    *map = (struct sw_diagram_phase_map){0};
    sw_status status = prepare(&work, error);
    if (status == SW_OK)
        status = make_rows(&work, error);
    sw_equilibrium_destroy(work.equilibrium);
    sw_system_destroy(work.system);
    sw_assessed_destroy(work.assessed);
    return status;
}

void sw_diagram_phase_map_clear(struct sw_diagram_phase_map *map) {
    free(map->row);
    map->row = NULL;
    map->rows = map->room = 0;
}
