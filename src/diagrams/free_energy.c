/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Diagram `free-energy`: states of a cycle from energies and frequencies; span and turnover. */
#include "diagrams/columns.h"
#include "diagrams/rows.h"
#include "diagrams/surface_states.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FREQUENCIES 512
#define GAS_NAME 16
#define PLATEAU 0.3 /* half of the width of a state in the figure */

static const sw_instrument_parameter parameters[] = {
    {.name = "temperature",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_TEMPERATURE,
     .standard = "700 degC",
     .least = 1.0,
     .most = 5000.0,
     .help = "of all Gibbs energies"},
    {.name = "pressures",
     .kind = SW_TAKES_TEXT,
     .standard = "auto",
     .help = "of gases, such as 'H2 0.9 bar, H2O 0.1 bar'; auto, and of others: 1 bar"},
    {.name = "lowest",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_NUMBER,
     .standard = "50",
     .least = 0.0,
     .most = 1000.0,
     .help = "cm^-1: lower frequencies are taken as this; 0: as they are"},
    {0},
};

struct state {
    const char *name;
    bool transition;
    size_t imaginary;                     /* frequencies */
    double energy, vibration, gas, gibbs; /* eV */
};

struct work {
    const sw_table *table;
    double temperature, lowest;
    double unit;           /* of the energies, eV */
    const char *pressures; /* NULL: all 1 bar */
    size_t count;
    struct state state[2 * CYCLE_STATES];
    ptrdiff_t name, energy, kind, frequencies, gas;
};

/* ---- reading the table ----------------------------------------------------------------------- */

static sw_status row_error(size_t row, sw_error *error, const char *hint, const char *message,
                           const char *found) {
    char place[48];
    snprintf(place, sizeof place, "row %zu of the table", row + 1);
    return sw_error_set(error, SW_ERROR_FORMAT, place, hint, "%s, found \"%s\"", message, found);
}

static const char *text_at(const struct work *work, size_t row, ptrdiff_t column) {
    if (column < 0 || !sw_table_is_text(work->table, (size_t)column))
        return "";
    return sw_table_text(work->table, row, (size_t)column);
}

/* "1200 800.5 450", with blanks or semicolons; a column of numbers holds one each. */
static sw_status read_frequencies(double *list, size_t *count, const struct work *work, size_t row,
                                  sw_error *error) {
    *count = 0;
    if (work->frequencies < 0)
        return SW_OK;
    if (!sw_table_is_text(work->table, (size_t)work->frequencies)) {
        list[0] = sw_table_numbers_const(work->table, (size_t)work->frequencies)[row];
        *count = isfinite(list[0]) ? 1 : 0;
        return SW_OK;
    }
    const char *text = text_at(work, row, work->frequencies);
    for (text += strspn(text, " ;\t"); *text != '\0'; text += strspn(text, " ;\t")) {
        char word[40];
        const size_t length = strcspn(text, " ;\t");
        snprintf(word, sizeof word, "%.*s", (int)(length < sizeof word ? length : sizeof word - 1),
                 text);
        if (*count == FREQUENCIES ||
            sw_quantity_parse(&list[*count], word, SW_NUMBER, NULL) != SW_OK)
            return row_error(row, error, "write wavenumbers with blanks: 1200 800 450",
                             "expected a frequency in cm^-1", word);
        (*count)++;
        text += length;
    }
    return SW_OK;
}

/* The pressure of a gas in "H2 0.9 bar, H2O 0.1 bar"; 1 bar where it does not stand there. */
static sw_status pressure_of(double *pressure, const char *gas, const char *list, sw_error *error) {
    const size_t length = strlen(gas);
    *pressure = SW_BAR;
    for (; list != NULL && *list != '\0'; list += strcspn(list, ",")) {
        list += strspn(list, ", ");
        if (strncmp(list, gas, length) != 0 || list[length] != ' ')
            continue;
        char text[64];
        snprintf(text, sizeof text, "%.*s", (int)strcspn(list + length, ","), list + length);
        const sw_status status =
            sw_quantity_parse(pressure, text + strspn(text, " "), SW_PRESSURE, error);
        if (status != SW_OK || *pressure > 0.0)
            return status;
        return sw_error_set(error, SW_ERROR_ARGUMENT, "pressures", NULL,
                            "expected a pressure above zero, found \"%s\"", text);
    }
    return SW_OK;
}

/* The first `length` characters, or as many of them as a name has. */
static void take_name(char name[GAS_NAME], const char *text, size_t length) {
    const size_t kept = length < GAS_NAME ? length : GAS_NAME - 1;
    memcpy(name, text, kept);
    name[kept] = '\0';
}

/* Takes the next gas of "2 H2 + H2O"; the text is behind it then. False where there is none. */
static bool next_gas(double *number, char name[GAS_NAME], const char **text, char amount[24]) {
    const char *at = *text + strspn(*text, " +");
    size_t length = strspn(at, "0123456789.");
    snprintf(amount, 24, "%.*s", length > 0 && length < 24 ? (int)length : 1,
             length > 0 && length < 24 ? at : "1");
    if (length > 0 && length < 24)
        at += length + strspn(at + length, " ");
    length = strcspn(at, " +");
    take_name(name, at, length);
    *text = at + length;
    if (sw_quantity_parse(number, amount, SW_NUMBER, NULL) != SW_OK)
        *number = NAN;
    return length > 0;
}

/* "2 H2 + H2O": the corrections of all of them. */
static sw_status read_gases(double *sum, const struct work *work, size_t row, sw_error *error) {
    const char *text = text_at(work, row, work->gas);
    char name[GAS_NAME], amount[24];
    double number, pressure, correction;
    *sum = 0.0;
    while (next_gas(&number, name, &text, amount)) {
        if (isnan(number))
            return row_error(row, error, "write it like 2 H2 + H2O", "expected gases", amount);
        sw_status status = pressure_of(&pressure, name, work->pressures, error);
        if (status == SW_OK)
            status = sw_gas_correction(&correction, name, work->temperature, pressure, error);
        if (status != SW_OK)
            return status;
        *sum += number * correction;
    }
    return SW_OK;
}

static bool has_gas(const struct work *work, const char *wanted) {
    char name[GAS_NAME], amount[24];
    double number;
    for (size_t row = 0; row < work->count; row++)
        for (const char *text = text_at(work, row, work->gas);
             next_gas(&number, name, &text, amount);)
            if (strcmp(name, wanted) == 0)
                return true;
    return false;
}

/* A pressure of a gas that no state has would change nothing, in silence. */
static sw_status check_pressures(const struct work *work, sw_error *error) {
    const char *list = work->pressures != NULL ? work->pressures : "";
    for (; *list != '\0'; list += strcspn(list, ",")) {
        char name[GAS_NAME];
        list += strspn(list, ", ");
        const size_t length = strcspn(list, " ,");
        take_name(name, list, length);
        if (length > 0 && (list[length] != ' ' || !has_gas(work, name)))
            return sw_error_set(error, SW_ERROR_ARGUMENT, "pressures",
                                "write it like 'H2 0.9 bar, H2O 0.1 bar', of gases in the column "
                                "\"gas\"",
                                "no state of the table has the gas \"%s\"", name);
    }
    return SW_OK;
}

static sw_status read_state(struct work *work, size_t row, sw_error *error) {
    double frequencies[FREQUENCIES];
    size_t count;
    struct state *state = &work->state[row];
    const char *kind = text_at(work, row, work->kind);
    state->name = text_at(work, row, work->name);
    state->energy = work->unit * sw_table_numbers_const(work->table, (size_t)work->energy)[row];
    if (!isfinite(state->energy))
        return row_error(row, error, "write it in eV", "expected an energy", "nothing");
    state->transition = strncmp(kind, "transition", 10) == 0 || strcmp(kind, "ts") == 0;
    if (!state->transition && *kind != '\0' && strcmp(kind, "minimum") != 0)
        return row_error(row, error, "a kind is minimum or transition", "expected a kind", kind);
    sw_status status = read_frequencies(frequencies, &count, work, row, error);
    if (status == SW_OK)
        status = read_gases(&state->gas, work, row, error);
    if (status != SW_OK)
        return status;
    state->imaginary = 0;
    for (size_t i = 0; i < count; i++)
        state->imaginary += frequencies[i] < 0.0;
    state->vibration = sw_vibrational_gibbs(frequencies, count, work->temperature, work->lowest);
    state->gibbs = state->energy + state->vibration + state->gas;
    return SW_OK;
}

/* Without a unit energies are eV; frequencies are cm^-1 in any case. */
static sw_status check_units(struct work *work, sw_error *error) {
    static const char *const wavenumbers[] = {"", "cm^-1", "cm-1", "1/cm"};
    char one[64];
    bool known = work->frequencies < 0;
    snprintf(one, sizeof one, "1 %.50s", sw_table_unit(work->table, (size_t)work->energy));
    work->unit = 1.0;
    if (one[2] != '\0' && sw_quantity_parse(&work->unit, one, SW_ENERGY, NULL) != SW_OK)
        return sw_error_set(error, SW_ERROR_UNIT, "the column \"energy\"",
                            "give it as energy [eV] or energy [kJ/mol]",
                            "expected a unit of energy, found \"%s\"", one + 2);
    for (size_t i = 0; i < sizeof wavenumbers / sizeof *wavenumbers && !known; i++)
        known = strcmp(sw_table_unit(work->table, (size_t)work->frequencies), wavenumbers[i]) == 0;
    if (known)
        return SW_OK;
    return sw_error_set(error, SW_ERROR_UNIT, "the column \"frequencies\"", "turn them into cm^-1",
                        "expected frequencies in cm^-1, found \"%s\"",
                        sw_table_unit(work->table, (size_t)work->frequencies));
}

static sw_status find_columns(struct work *work, sw_error *error) {
    work->name = sw_table_find(work->table, "state");
    work->energy = sw_table_find(work->table, "energy");
    work->kind = sw_table_find(work->table, "kind");
    work->frequencies = sw_table_find(work->table, "frequencies");
    work->gas = sw_table_find(work->table, "gas");
    if (work->name >= 0 && work->energy >= 0 &&
        !sw_table_is_text(work->table, (size_t)work->energy))
        return check_units(work, error);
    return sw_error_set(
        error, SW_ERROR_FORMAT, "the table",
        "its first line: state,energy,kind,frequencies,gas (the last three may miss)",
        "expected columns \"state\" and \"energy\" (numbers, eV)");
}

static sw_status read_states(struct work *work, sw_error *error) {
    sw_status status = find_columns(work, error);
    const size_t most = (size_t)2 * CYCLE_STATES;
    work->count = sw_table_rows(work->table);
    if (status == SW_OK && (work->count < 2 || work->count > most))
        return sw_error_set(error, SW_ERROR_UNSUPPORTED, "the table", NULL,
                            "expected 2 to %zu states, found %zu", most, work->count);
    for (size_t row = 0; row < work->count && status == SW_OK; row++)
        status = read_state(work, row, error);
    for (size_t row = 0; row < work->count && status == SW_OK; row++)
        if (work->state[row].transition &&
            (row == 0 || row + 1 == work->count || work->state[row - 1].transition))
            status = row_error(row, error, "put each between two minima", "expected a minimum here",
                               "transition");
    return status == SW_OK ? check_pressures(work, error) : status;
}

/* ---- the cycle ------------------------------------------------------------------------------- */

/* Minima and what lies between them; the last minimum is the first again, one turn later. */
static sw_status cycle_of(struct sw_cycle *cycle, const struct work *work, sw_error *error) {
    *cycle = (struct sw_cycle){0};
    for (size_t row = 0; row + 1 < work->count; row++) {
        if (work->state[row].transition)
            continue;
        if (cycle->count == CYCLE_STATES)
            return sw_error_set(error, SW_ERROR_UNSUPPORTED, "the table", NULL,
                                "expected at most %d minima", CYCLE_STATES);
        const double here = work->state[row].gibbs, next = work->state[row + 1].gibbs;
        const bool barrier = work->state[row + 1].transition;
        const double end = barrier ? work->state[row + 2].gibbs : next;
        cycle->minimum[cycle->count] = here;
        /* a barrier below one of its ends is none */
        cycle->transition[cycle->count++] = fmax(fmax(here, end), barrier ? next : here);
    }
    cycle->reaction = work->state[work->count - 1].gibbs - work->state[0].gibbs;
    return SW_OK;
}

/* ---- results --------------------------------------------------------------------------------- */

static sw_status add_states(sw_measurement *measurement, const struct work *work,
                            const struct sw_turnover *turnover) {
    static const char *const names[] = {"energy", "vibrations", "gas", "Gibbs energy"};
    sw_table *table = NULL;
    sw_status status = sw_table_create(&table);
    if (status == SW_OK)
        status = sw_table_add_text_column(table, "state");
    for (size_t i = 0; i < 4 && status == SW_OK; i++)
        status = sw_table_add_column(table, names[i], "eV");
    if (status == SW_OK)
        status = sw_table_add_column(table, "coverage", NULL);
    if (status == SW_OK)
        status = sw_table_add_column(table, "rate control", NULL);
    size_t minimum = 0;
    for (size_t row = 0; row < work->count && status == SW_OK; row++) {
        const struct state *state = &work->state[row];
        status = sw_table_add_row(table, NULL);
        if (status == SW_OK)
            status = sw_table_set_text(table, row, 0, state->name);
        sw_diagram_table_set(table, row, names[0], state->energy);
        sw_diagram_table_set(table, row, names[1], state->vibration);
        sw_diagram_table_set(table, row, names[2], state->gas);
        sw_diagram_table_set(table, row, names[3], state->gibbs - work->state[0].gibbs);
        if (state->transition)
            sw_diagram_table_set(table, row, "rate control", turnover->control[minimum - 1]);
        else if (row + 1 < work->count)
            sw_diagram_table_set(table, row, "coverage", turnover->coverage[minimum++]);
    }
    if (status == SW_OK)
        return sw_measurement_add_table(measurement, "states", table);
    sw_table_destroy(table);
    return status;
}

static sw_status add_figure(sw_measurement *measurement, const struct work *work) {
    sw_table *table = NULL;
    sw_status status = sw_table_create(&table);
    if (status == SW_OK)
        status = sw_table_add_column(table, "place", NULL);
    if (status == SW_OK)
        status = sw_table_add_column(table, "Gibbs energy", "eV");
    if (status == SW_OK)
        status = sw_table_add_column(table, "energy", "eV");
    for (size_t i = 0; i < 2 * work->count && status == SW_OK; i++) {
        const size_t which = i / 2;
        const struct state *state = &work->state[which];
        status = sw_table_add_row(table, NULL);
        sw_diagram_table_set(table, i, "place",
                             (double)(which + 1) + (i % 2 == 0 ? -PLATEAU : PLATEAU));
        sw_diagram_table_set(table, i, "Gibbs energy", state->gibbs - work->state[0].gibbs);
        sw_diagram_table_set(table, i, "energy", state->energy - work->state[0].energy);
    }
    if (status != SW_OK) {
        sw_table_destroy(table);
        return status;
    }
    status = sw_measurement_add_table(measurement, "diagram", table);
    if (status != SW_OK)
        return status;
    return sw_measurement_add_plot(
        measurement, (sw_plot){"Free-energy diagram", "diagram", "place", "Gibbs energy, energy",
                               "above the first state / eV", "lines",
                               "The states in the order of the table, each a short level.", false});
}

/* A minimum has none, a transition state one; what is imaginary counts for nothing. */
static sw_status tell_imaginary(sw_measurement *measurement, const struct work *work) {
    sw_status status = SW_OK;
    for (size_t row = 0; row < work->count && status == SW_OK; row++)
        if (work->state[row].imaginary > (work->state[row].transition ? 1 : 0))
            status = sw_measurement_note(
                measurement, "imaginary frequencies of %s: %zu, where a %s; they are left out",
                work->state[row].name, work->state[row].imaginary,
                work->state[row].transition ? "transition state has one" : "minimum has none");
    return status;
}

static sw_status add_numbers(sw_measurement *measurement, const struct work *work,
                             const struct sw_cycle *cycle, const struct sw_turnover *turnover) {
    double coverage[CYCLE_STATES], rate;
    sw_cycle_steady_state(coverage, &rate, cycle, work->temperature);
    const struct {
        const char *name, *unit, *help;
        double value;
    } rows[] = {
        {"reaction", "eV", "Gibbs energy of one turn", cycle->reaction},
        {"energetic span", "eV", "from the determining minimum to the determining transition state",
         turnover->span},
        {"turnover by span", "1/s", "kT/h exp(-span/kT)", turnover->span_rate},
        {"turnover", "1/s", "of the cycle in steady state, closed form", turnover->rate},
        {"turnover of rate equations", "1/s", "the same by elimination", rate},
    };
    sw_status status = SW_OK;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0] && status == SW_OK; i++)
        status = sw_measurement_add(measurement, rows[i].name, rows[i].value, (double)NAN,
                                    (double)NAN, rows[i].unit, rows[i].help);
    const char *names[2] = {"", ""};
    size_t minimum = 0;
    for (size_t row = 0; row + 1 < work->count; row++) {
        if (work->state[row].transition)
            continue;
        if (minimum == turnover->determining_minimum)
            names[0] = work->state[row].name;
        if (minimum == turnover->determining_transition)
            names[1] = work->state[row + 1].name;
        minimum++;
    }
    if (status == SW_OK)
        status =
            sw_measurement_note(measurement, "the span goes from %s to %s", names[0], names[1]);
    if (status == SW_OK && cycle->reaction > 0.0)
        status = sw_measurement_note(
            measurement, "the reaction goes uphill: the cycle turns backwards, and the span "
                         "of the forward direction is not its rate");
    return status;
}

static sw_status free_energy(sw_measurement *measurement, const sw_content *inputs,
                             const sw_instrument_settings *settings, sw_context *context,
                             sw_error *error) {
    struct sw_cycle cycle;
    struct sw_turnover turnover;
    struct work *work = calloc(1, sizeof *work);
    (void)context;
    if (work == NULL)
        return SW_ERROR_MEMORY;
    work->table = inputs[0].table;
    work->temperature = sw_setting_number(settings, "temperature");
    work->lowest = sw_setting_number(settings, "lowest");
    if (!sw_setting_is_automatic(settings, "pressures"))
        work->pressures = sw_setting_text(settings, "pressures");
    sw_status status = read_states(work, error);
    if (status == SW_OK)
        status = cycle_of(&cycle, work, error);
    if (status == SW_OK) {
        sw_cycle_turnover(&turnover, &cycle, work->temperature);
        status = add_numbers(measurement, work, &cycle, &turnover);
    }
    if (status == SW_OK)
        status = tell_imaginary(measurement, work);
    if (status == SW_OK)
        status = add_states(measurement, work, &turnover);
    if (status == SW_OK)
        status = add_figure(measurement, work);
    free(work);
    return status;
}

const sw_instrument sw_diagram_free_energy = {
    .name = "free-energy",
    .summary = "states of a cycle: Gibbs energies, span, turnover",
    .description = "Takes a table with a line for each state of a catalytic cycle, in order: "
                   "its name (state), its energy in eV, and where there are such its kind "
                   "(minimum or transition), its frequencies in cm^-1 (quoted, with blanks "
                   "between: \"1200 800 450\"), and the gas molecules that belong to it (gas: 2 "
                   "H2 + H2O). The last state is the first one again after a turn.\n\ndG = dE + "
                   "zero point + harmonic vibrations; gases are ideal, with the entropy of the "
                   "tables and their own zero point (H2, O2, H2O, CO, CO2). Rates are those of "
                   "transition-state theory; the turnover is that of the steady state in mean "
                   "field, with its energetic span, coverages and rate control.",
    .citation = "S. Kozuch, S. Shaik, Acc. Chem. Res. 44, 101 (2011)",
    .input = {SW_NOUN_TABLE},
    .parameters = parameters,
    .measure = free_energy,
};
