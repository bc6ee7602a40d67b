/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Diagram `predominance`: the stable phase of a metal against temperature and oxygen pressure. */
#include "diagrams/columns.h"
#include "diagrams/predominance_map.h"
#include "diagrams/rows.h"
#include "diagrams/sweep.h"
#include "diagrams/wustite.h"

#include <spillway/equilibrium.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#define OXYGEN 8
#define IRON 26
#define PHASES SW_SYSTEM_PHASES
#define NAMES_LENGTH 1600

static const sw_instrument_parameter parameters[] = {
    {.name = "metal",
     .kind = SW_TAKES_TEXT,
     .standard = "Fe",
     .help = "one element, or a mixture: '0.65 Fe, 0.35 Ni'"},
    {.name = "axis",
     .kind = SW_TAKES_CHOICE,
     .standard = "auto",
     .choices = sw_predominance_axes,
     .help = "oxygen is pO2, water is pH2O/pH2; auto: oxygen of one metal, else water"},
    {.name = "range",
     .kind = SW_TAKES_TEXT,
     .standard = "auto",
     .help = "of a map's axis, powers of ten: -2..4"},
    SWEEP_PARAMETERS("300 degC..1300 degC"),
    {.name = "at",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_TEMPERATURE,
     .standard = "700 degC",
     .least = 100.0,
     .most = 4000.0,
     .help = "temperature of the printed table"},
    {0},
};

/* The phases of one metal with oxygen, per atom of metal, at one temperature. */
struct phases {
    size_t count;
    const sw_substance *substance[PHASES];
    double oxygen[PHASES], gibbs[PHASES]; /* atoms, eV */
};

static sw_status list_phases(struct phases *phases, const sw_system *system, double temperature,
                             struct sw_beyond *beyond, sw_error *error) {
    const int metal = sw_system_element(system, 0);
    phases->count = 0;
    for (size_t i = 0; i < sw_system_phases(system); i++) {
        const sw_substance *substance = sw_system_phase(system, i);
        const double atoms = sw_substance_atoms(substance, metal);
        double gibbs;
        if (!(atoms > 0.0) || sw_system_gives_way(system, i, temperature))
            continue;
        const sw_status status = sw_diagram_gibbs_of(&gibbs, substance, temperature, beyond, error);
        if (status != SW_OK)
            return status;
        phases->substance[phases->count] = substance;
        phases->oxygen[phases->count] = sw_substance_atoms(substance, OXYGEN) / atoms;
        phases->gibbs[phases->count++] = gibbs / atoms;
    }
    return SW_OK;
}

/* What the next phase is as oxygen is added to `from`, and the potential of O there: the edge of
 * the lower convex hull of energy over oxygen. False at the last one. */
static bool next_phase(size_t *next, double *potential, const struct phases *phases, size_t from) {
    *potential = INFINITY;
    for (size_t i = 0; i < phases->count; i++) {
        const double more = phases->oxygen[i] - phases->oxygen[from];
        const double slope = (phases->gibbs[i] - phases->gibbs[from]) / more;
        if (more > 0.0 && slope < *potential) {
            *potential = slope;
            *next = i;
        }
    }
    return isfinite(*potential);
}

/* The phase with the least oxygen, of equal ones the lowest. */
static size_t first_phase(const struct phases *phases) {
    size_t first = 0;
    for (size_t i = 1; i < phases->count; i++)
        if (phases->oxygen[i] < phases->oxygen[first] ||
            (phases->oxygen[i] == phases->oxygen[first] && phases->gibbs[i] < phases->gibbs[first]))
            first = i;
    return first;
}

/* log10 of the oxygen pressure in bar where the O atom's potential is this. */
static sw_status pressure_of(double *log10_pressure, double potential, double temperature,
                             sw_error *error) {
    sw_standard_state state;
    const sw_status status =
        sw_substance_state(&state, sw_substance_find("O2"), temperature, error);
    *log10_pressure =
        status == SW_OK ? (2.0 * potential - state.gibbs) / (SW_BOLTZMANN * temperature) / log(10.0)
                        : (double)NAN;
    return status;
}

/* The stable phases at one temperature as oxygen is added, and where each gives way. */
struct ladder {
    size_t count; /* of the boundaries: one less than phases */
    const char *phase[PHASES];
    double pressure[PHASES]; /* log10 of pO2 in bar */
};

static sw_status climb(struct ladder *ladder, const struct phases *phases, double temperature,
                       sw_error *error) {
    sw_status status = SW_OK;
    double potential;
    size_t at = first_phase(phases), next = 0;
    ladder->count = 0;
    ladder->phase[0] = sw_substance_name(phases->substance[at]);
    while (status == SW_OK && next_phase(&next, &potential, phases, at)) {
        status = pressure_of(&ladder->pressure[ladder->count++], potential, temperature, error);
        ladder->phase[ladder->count] = sw_substance_name(phases->substance[next]);
        at = next;
    }
    return status;
}

/* log10 of pO2 in bar at a ratio of water to hydrogen. */
static sw_status pressure_at_ratio(double *pressure, double ratio, double temperature,
                                   sw_error *error) {
    double water;
    const sw_status status = sw_reaction_gibbs(&water, "H2 + 1/2 O2 = H2O", temperature, error);
    *pressure = status == SW_OK
                    ? 2.0 * (log10(ratio) + water / (SW_BOLTZMANN * temperature) / log(10.0))
                    : (double)NAN;
    return status;
}

/* Iron with the defects of wustite: what is below hematite is put in place of the tables' steps. */
static sw_status climb_with_wustite(struct ladder *ladder, double temperature, sw_error *error) {
    const struct ladder tables = *ladder;
    double iron, magnetite, both;
    sw_status status = sw_wustite_water_ratios(&iron, &magnetite, &both, temperature, error);
    if (status != SW_OK)
        return status;
    *ladder = (struct ladder){.count = iron < magnetite ? 2 : 1, .phase = {"Fe", "wustite"}};
    ladder->phase[ladder->count] = "Fe3O4";
    status =
        pressure_at_ratio(&ladder->pressure[0], iron < magnetite ? iron : both, temperature, error);
    if (status == SW_OK && iron < magnetite)
        status = pressure_at_ratio(&ladder->pressure[1], magnetite, temperature, error);
    if (tables.count > 0 && strcmp(tables.phase[tables.count], "Fe2O3") == 0) {
        ladder->pressure[ladder->count] = tables.pressure[tables.count - 1];
        ladder->phase[++ladder->count] = "Fe2O3";
    }
    return status;
}

static sw_status find_ladder(struct ladder *ladder, const sw_system *system, double temperature,
                             struct sw_beyond *beyond, sw_error *error) {
    struct phases phases;
    sw_status status = list_phases(&phases, system, temperature, beyond, error);
    if (status == SW_OK)
        status = climb(ladder, &phases, temperature, error);
    if (status == SW_OK && sw_system_element(system, 0) == IRON &&
        temperature >= SW_WUSTITE_LOWEST && temperature <= SW_WUSTITE_HIGHEST)
        status = climb_with_wustite(ladder, temperature, error);
    return status;
}

/* A column of that name, made where it is new; its rows are NaN. */
static sw_status column_of(sw_table *table, char *names, const char *name) {
    if (sw_table_find(table, name) >= 0)
        return SW_OK;
    const size_t used = strlen(names);
    snprintf(names + used, NAMES_LENGTH - used, "%s%s", used > 0 ? ", " : "", name);
    return sw_table_add_column(table, name, NULL);
}

static sw_status fill_row(sw_table *table, char *names, size_t row, const struct ladder *ladder) {
    sw_status status = SW_OK;
    for (size_t i = 0; i < ladder->count && status == SW_OK; i++) {
        char name[96];
        snprintf(name, sizeof name, "%s-%s", ladder->phase[i], ladder->phase[i + 1]);
        status = column_of(table, names, name);
        if (status == SW_OK)
            sw_diagram_table_set(table, row, name, ladder->pressure[i]);
    }
    return status;
}

static sw_status start_list(sw_table **table) {
    sw_status status = sw_table_create(table);
    if (status == SW_OK)
        status = sw_table_add_text_column(*table, "phase");
    if (status == SW_OK)
        status = sw_table_add_column(*table, "from log10 pO2/bar", NULL);
    if (status == SW_OK)
        status = sw_table_add_column(*table, "to log10 pO2/bar", NULL);
    if (status == SW_OK)
        status = sw_table_add_column(*table, "to log10 pH2O/pH2", NULL);
    return status;
}

static sw_status fill_list(sw_table *table, const struct ladder *ladder, double temperature,
                           sw_error *error) {
    double water;
    sw_status status = sw_reaction_gibbs(&water, "H2 + 1/2 O2 = H2O", temperature, error);
    for (size_t i = 0; i <= ladder->count && status == SW_OK; i++) {
        status = sw_table_add_row(table, NULL);
        if (status == SW_OK)
            status = sw_table_set_text(table, i, 0, ladder->phase[i]);
        if (status != SW_OK)
            return status;
        if (i > 0)
            sw_diagram_table_set(table, i, "from log10 pO2/bar", ladder->pressure[i - 1]);
        if (i == ladder->count)
            break;
        sw_diagram_table_set(table, i, "to log10 pO2/bar", ladder->pressure[i]);
        sw_diagram_table_set(table, i, "to log10 pH2O/pH2",
                             ladder->pressure[i] / 2.0 -
                                 water / (SW_BOLTZMANN * temperature) / log(10.0));
    }
    return status;
}

static sw_status system_of(sw_system **system, const char *metal, sw_error *error) {
    const int elements[] = {sw_element_number(metal), OXYGEN};
    if (elements[0] < 1 || elements[0] == OXYGEN)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "metal", "write it like Fe",
                            "expected an element, found \"%s\"", metal);
    sw_status status = sw_system_create(system, elements, 2, error);
    if (status == SW_OK)
        status = sw_system_add_all(*system, error);
    size_t phases = 0;
    for (size_t i = 0; status == SW_OK && i < sw_system_phases(*system); i++)
        phases += sw_substance_atoms(sw_system_phase(*system, i), elements[0]) > 0.0;
    if (status == SW_OK && phases < 2)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "metal", "`spillway list species` shows all",
                            "the tables have no metal and oxide of %s", metal);
    return status;
}

static sw_status draw(sw_table *lines, sw_table *list, char *names, const sw_system *system,
                      const struct sw_sweep *sweep, double at, struct sw_beyond *beyond,
                      sw_error *error) {
    struct ladder ladder;
    sw_status status = SW_OK;
    for (size_t i = 0; status == SW_OK && i < sweep->points; i++) {
        status = find_ladder(&ladder, system, sw_sweep_at(sweep, i), beyond, error);
        if (status == SW_OK)
            status = fill_row(lines, names, i, &ladder);
    }
    if (status == SW_OK)
        status = find_ladder(&ladder, system, at, beyond, error);
    return status == SW_OK ? fill_list(list, &ladder, at, error) : status;
}

/* Of one metal by oxygen: lines of boundaries, each a column. */
static sw_status predominance_lines(sw_measurement *measurement,
                                    const sw_instrument_settings *settings, sw_error *error) {
    char names[NAMES_LENGTH] = "";
    const double at = sw_setting_number(settings, "at");
    struct sw_sweep sweep;
    struct sw_beyond beyond = {0};
    sw_table *lines = NULL, *list = NULL;
    sw_system *system = NULL;
    if (!sw_setting_is_automatic(settings, "range"))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "range",
                            "leave it out, or draw a map: --axis water, or '0.65 Fe, 0.35 Ni'",
                            "lines of one metal have no range: all of them are drawn");
    sw_status status = sw_sweep_read(&sweep, settings, error);
    if (status == SW_OK)
        status = system_of(&system, sw_setting_text(settings, "metal"), error);
    if (status == SW_OK)
        status = sw_table_of_sweep(&lines, &sweep);
    if (status == SW_OK)
        status = start_list(&list);
    if (status == SW_OK)
        status = draw(lines, list, names, system, &sweep, at, &beyond, error);
    if (status == SW_OK) {
        status = sw_measurement_add_table(measurement, "phases", list);
        list = NULL;
    }
    if (status == SW_OK) {
        status = sw_measurement_add_table(measurement, "predominance", lines);
        lines = NULL;
    }
    if (status == SW_OK)
        status = sw_measurement_add_plot(
            measurement,
            (sw_plot){"Stable phases", "predominance", "temperature", names, "log10(pO2 / bar)",
                      "lines",
                      "Each line is the boundary of the two phases in its name; the one with "
                      "more oxygen is stable above it.",
                      false});
    if (status == SW_OK)
        status = sw_measurement_add(measurement, "temperature of the table", at - SW_ICE_POINT,
                                    (double)NAN, (double)NAN, "degC", "parameter \"at\"");
    if (status == SW_OK && strcmp(sw_setting_text(settings, "metal"), "Fe") == 0)
        status = sw_measurement_note(measurement,
                                     "wustite has its defects from %g to %g K; outside it is "
                                     "Fe0.947O, of one composition",
                                     SW_WUSTITE_LOWEST, SW_WUSTITE_HIGHEST);
    if (status == SW_OK)
        status = sw_beyond_tell(&beyond, measurement);
    sw_table_destroy(lines);
    sw_table_destroy(list);
    sw_system_destroy(system);
    return status;
}

static sw_status predominance(sw_measurement *measurement, const sw_content *inputs,
                              const sw_instrument_settings *settings, sw_context *context,
                              sw_error *error) {
    bool fields = false;
    (void)inputs;
    const sw_status status = sw_predominance_has_fields(&fields, settings, error);
    if (status != SW_OK)
        return status;
    return fields ? sw_predominance_map(measurement, settings, context, error)
                  : predominance_lines(measurement, settings, error);
}

const sw_instrument sw_diagram_predominance = {
    .name = "predominance",
    .summary = "stable phases of metals against temperature and pO2, or pH2O/pH2",
    .description =
        "Of one metal: boundaries between its stable phases, as oxygen pressure against "
        "temperature, the edges of the lower convex hull of Gibbs energy over oxygen per metal "
        "atom. Phases that are nowhere stable have no line; wustite has its defects.\n\nOf metals "
        "in given amounts, or against pH2O/pH2: fields, each with the set of phases that is "
        "stable there (\"fcc + wustite\"), with the metals kept and oxygen exchanged with the "
        "gas. Fe-Ni alloys and, from 500 to 1600 K, halite, (Fe,Ni)O, and spinel, Fe3O4 to "
        "NiFe2O4, mix as in the built-in CALPHAD assessment. Boundaries are exact to 1e-9 of a "
        "power of ten, meeting points to 1e-5 K.",
    .citation = "H. H. Kellogg, S. K. Basu, Trans. AIME 218, 70 (1960); "
                "Fe-Ni oxides: L. Kjellqvist, M. Selleby, B. Sundman, Calphad 32, 577 (2008)",
    .parameters = parameters,
    .measure = predominance,
};
