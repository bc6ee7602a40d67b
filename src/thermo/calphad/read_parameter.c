/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PARAMETER G(FCC_A1,FE,NI:VA;0) 298.15 ...: mobilities as MQ(FCC_A1&FE,...) or MQ&FE(FCC_A1,...). */
#include "base/memory.h"
#include "thermo/calphad/read.h"

#include <stdio.h>
#include <string.h>

#define AT_ONCE 4 /* constituents in one sublattice of a parameter */
#define HIGHEST_ORDER 12
#define PARAMETERS 1000000

typedef struct reading {
    sw_calphad *database;
    sw_calphad_cursor *cursor, start; /* start: of the last name */
    char phase[CALPHAD_NAME], kind[CALPHAD_NAME], target[CALPHAD_NAME];
    ptrdiff_t phase_index;
    bool left_out; /* a note says why */
    int sublattices;
    sw_calphad_parameter parameter;
} reading;

static bool leave_out(reading *r, const char *why, const char *name) {
    if (r->left_out)
        return true;
    r->left_out = true;
    return sw_calphad_remark(r->database, &r->start, "%s(%s ...) is left out: %s%s", r->kind,
                             r->phase, name, why);
}

static enum sw_calphad_property property_of(const char *kind) {
    static const struct {
        const char *kind;
        enum sw_calphad_property property;
    } known[] = {{"G", CALPHAD_GIBBS},      {"L", CALPHAD_GIBBS},     {"TC", CALPHAD_CURIE},
                 {"BMAGN", CALPHAD_MOMENT}, {"BM", CALPHAD_MOMENT},   {"BMAG", CALPHAD_MOMENT},
                 {"MQ", CALPHAD_MOBILITY},  {"DQ", CALPHAD_MOBILITY}, {"MF", CALPHAD_FREQUENCY},
                 {"DF", CALPHAD_FREQUENCY}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(kind, known[i].kind) == 0)
            return known[i].property;
    return CALPHAD_OTHER;
}

static bool find_target(reading *r) {
    if (r->target[0] == '\0')
        return r->parameter.property < CALPHAD_MOBILITY || r->parameter.property == CALPHAD_OTHER ||
               leave_out(r, "a mobility without '&'", "");
    const ptrdiff_t index = sw_calphad_names_find(&r->database->species_names, r->target);
    if (index < 0)
        return leave_out(r, " is no species", r->target);
    r->parameter.target = (uint16_t)index;
    return true;
}

/* "G(FCC_A1," up to and with the first ',' */
static bool read_head(reading *r) {
    sw_calphad_cursor *cursor = r->cursor;
    if (!sw_calphad_word(r->kind, cursor, "(&", "the kind of parameter, as G or TC"))
        return false;
    if (sw_calphad_take(cursor, '&') &&
        !sw_calphad_word(r->target, cursor, "(", "the element that moves"))
        return false;
    if (!sw_calphad_take(cursor, '('))
        return sw_calphad_fail(cursor, SW_ERROR_FORMAT, "as G(FCC_A1,FE:VA;0)", "expected '('");
    sw_calphad_peek(cursor);
    r->start = *cursor;
    if (!sw_calphad_word(r->phase, cursor, ",&:", "the name of a phase"))
        return false;
    if (sw_calphad_take(cursor, ':') &&
        !sw_calphad_word(r->target, cursor, ",&", "the phase's letter"))
        return false;
    if (sw_calphad_take(cursor, '&') &&
        !sw_calphad_word(r->target, cursor, ",", "the element that moves"))
        return false;
    if (!sw_calphad_take(cursor, ','))
        return sw_calphad_fail(cursor, SW_ERROR_FORMAT, "as G(FCC_A1,FE:VA;0)",
                               "expected ',', found '%.12s'", cursor->at);
    r->parameter.property = property_of(r->kind);
    r->phase_index = sw_calphad_names_find(&r->database->phase_names, r->phase);
    if (r->phase_index < 0 && !leave_out(r, "the phase is not declared", ""))
        return false;
    return find_target(r);
}

static bool is_constituent(const sw_calphad *database, const sw_calphad_run *run,
                           ptrdiff_t species) {
    for (uint32_t i = 0; i < run->count; i++)
        if (database->constituents[run->first + i] == species)
            return true;
    return false;
}

/* The constituent of the sublattice whose name is nearest, for the note; NULL where none is. */
static const char *nearest(const sw_calphad *database, const sw_calphad_run *run,
                           const char *name) {
    const char *names[64];
    size_t count = 0;
    for (uint32_t i = 0; i < run->count && count < 64; i++)
        names[count++] = database->species_names.name[database->constituents[run->first + i]];
    return sw_nearest_name(name, names, count);
}

static bool not_a_constituent(reading *r, const sw_calphad_run *run, const char *name) {
    char why[128];
    const char *near = nearest(r->database, run, name);
    snprintf(why, sizeof why, " is not a constituent of sublattice %d%s%s%s", r->sublattices + 1,
             near ? " (did you mean " : "", near ? near : "", near ? "?)" : "");
    return leave_out(r, why, name);
}

static bool find_constituent(reading *r, uint16_t *species, const char *name) {
    const sw_calphad *database = r->database;
    *species = CALPHAD_ANY;
    if (strcmp(name, "*") == 0 || r->left_out)
        return true;
    const sw_calphad_phase *phase = &database->phases[r->phase_index];
    if (r->sublattices >= phase->sublattices)
        return leave_out(r, "more sublattices than the phase has", "");
    if (!phase->has_constituents)
        return leave_out(r, "the phase has no constituents yet", "");
    const sw_calphad_run *run = &phase->constituents[r->sublattices];
    const ptrdiff_t index = sw_calphad_names_find(&database->species_names, name);
    if (index < 0 || !is_constituent(database, run, index))
        return not_a_constituent(r, run, name);
    *species = (uint16_t)index;
    return true;
}

/* By name, so that the sign of odd orders does not hang on how they were written; '*' last. */
static bool comes_after(const sw_calphad *database, uint16_t a, uint16_t b) {
    if (a == CALPHAD_ANY || b == CALPHAD_ANY)
        return a == CALPHAD_ANY && b != CALPHAD_ANY;
    return strcmp(database->species_names.name[a], database->species_names.name[b]) > 0;
}

static bool read_sublattice(reading *r) {
    sw_calphad_run *run = &r->parameter.constituents[r->sublattices];
    *run = (sw_calphad_run){.first = (uint32_t)r->database->constituent_count};
    do {
        char name[CALPHAD_NAME];
        uint16_t species;
        sw_calphad_peek(r->cursor);
        r->start = *r->cursor;
        if (!sw_calphad_word(name, r->cursor, ",:;)%", "a constituent") ||
            !find_constituent(r, &species, name))
            return false;
        sw_calphad_take(r->cursor, '%');
        if (run->count == AT_ONCE) {
            if (!leave_out(r, "more than four constituents in one sublattice", ""))
                return false;
            continue;
        }
        if (!sw_calphad_add_constituent(r->database, species))
            return sw_calphad_fail(r->cursor, SW_ERROR_MEMORY, NULL, "no memory for parameters");
        uint16_t *list = &r->database->constituents[run->first];
        uint32_t at = run->count++;
        for (; at > 0 && comes_after(r->database, list[at - 1], species); at--)
            list[at] = list[at - 1];
        list[at] = species;
    } while (sw_calphad_take(r->cursor, ','));
    return true;
}

static bool read_sublattices(reading *r) {
    do {
        if (r->sublattices == CALPHAD_SUBLATTICES)
            return sw_calphad_fail(r->cursor, SW_ERROR_FORMAT, NULL,
                                   "expected at most %d sublattices", CALPHAD_SUBLATTICES);
        if (!read_sublattice(r))
            return false;
        r->sublattices++;
    } while (sw_calphad_take(r->cursor, ':'));
    if (r->left_out)
        return true;
    const sw_calphad_phase *phase = &r->database->phases[r->phase_index];
    return r->sublattices == phase->sublattices || phase->suffix == 'Y' ||
           leave_out(r, "fewer sublattices than the phase has", "");
}

static bool read_order(reading *r) {
    double order = 0.0;
    if (sw_calphad_take(r->cursor, ';') &&
        !sw_calphad_number(&order, r->cursor, "the order of the parameter"))
        return false;
    if (!(order >= 0.0 && order <= HIGHEST_ORDER))
        return sw_calphad_fail(r->cursor, SW_ERROR_FORMAT, NULL, "expected an order from 0 to %d",
                               HIGHEST_ORDER);
    r->parameter.order = (uint16_t)order;
    if (sw_calphad_take(r->cursor, ')'))
        return true;
    return sw_calphad_fail(r->cursor, SW_ERROR_FORMAT, "as G(FCC_A1,FE:VA;0)",
                           "expected ')', found '%.12s'", r->cursor->at);
}

static bool keep(reading *r) {
    sw_calphad *database = r->database;
    if (database->parameter_count == PARAMETERS)
        return sw_calphad_fail(r->cursor, SW_ERROR_FORMAT, NULL, "expected at most %d parameters",
                               PARAMETERS);
    if (!sw_reserve(&database->parameters, &database->parameter_capacity,
                    database->parameter_count + 1, sizeof *database->parameters))
        return sw_calphad_fail(r->cursor, SW_ERROR_MEMORY, NULL, "no memory for parameters");
    sw_calphad_phase *phase = &database->phases[r->phase_index];
    database->parameters[database->parameter_count++] = r->parameter;
    const uint32_t place = (uint32_t)database->parameter_count;
    if (phase->last_parameter)
        database->parameters[phase->last_parameter - 1].next = place;
    else
        phase->first_parameter = place;
    phase->last_parameter = place;
    return true;
}

bool sw_calphad_read_parameter(sw_calphad *database, sw_calphad_cursor *cursor) {
    reading r = {.database = database, .cursor = cursor};
    bool mended;
    r.parameter.line = (uint32_t)cursor->line;
    r.start = *cursor;
    if (!read_head(&r) || !read_sublattices(&r) || !read_order(&r) ||
        !sw_calphad_expression_read(&r.parameter.expression, &mended, &database->expressions,
                                    cursor))
        return false;
    if (mended && !sw_calphad_remark(
                      database, cursor,
                      "a temperature or a Y is missing in %s(%s ...): read as if it stood there",
                      r.kind, r.phase))
        return sw_calphad_fail(cursor, SW_ERROR_MEMORY, NULL, "no memory for notes");
    if (r.parameter.property == CALPHAD_OTHER && !leave_out(&r, " is not used here", r.kind))
        return false;
    return r.left_out || keep(&r);
}
