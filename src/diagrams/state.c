/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Diagram `equilibrium`: what a mixture becomes, at one temperature or along a range. */
#include "diagrams/columns.h"
#include "diagrams/mixture.h"
#include "diagrams/rows.h"
#include "diagrams/solutions.h"
#include "diagrams/sweep.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define NAMES_LENGTH 3000
#define SEEN 1e-3 /* of the largest amount, for a line in the plot */

static const sw_instrument_parameter parameters[] = {
    {.name = "amounts",
     .kind = SW_TAKES_TEXT,
     .standard = "1 Fe2O3, 0.5 NiO, 3 H2",
     .help = "moles of substances or elements, with commas between"},
    SWEEP_PARAMETERS("700 degC"),
    {.name = "pressure",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_PRESSURE,
     .standard = "1 bar",
     .least = 1e-20,
     .most = 1e12,
     .help = "of the gas"},
    {.name = "without",
     .kind = SW_TAKES_TEXT,
     .standard = "auto",
     .help = "phases and gases that may not form; auto: all may"},
    {.name = "solutions",
     .kind = SW_TAKES_SWITCH,
     .standard = "yes",
     .help = "alloys and oxides of Fe and Ni that mix, wustite with defects; no: fixed ones"},
    {0},
};

struct work {
    sw_system *system;
    sw_equilibrium *equilibrium;
    sw_assessed *assessed;
    bool oxides;        /* with their compositions */
    const char *parted; /* a solution that was there twice, or NULL */
    struct sw_diagram_mixture mixture;
    double pressure;
    struct sw_beyond beyond;
};

static void clear(struct work *work) {
    sw_equilibrium_destroy(work->equilibrium);
    sw_system_destroy(work->system);
    sw_assessed_destroy(work->assessed);
}

static sw_status leave_out(sw_system *system, const char *text, sw_error *error) {
    struct sw_word_list list;
    sw_status status = sw_word_list_read(&list, text, "without", error);
    for (size_t i = 0; status == SW_OK && i < list.count; i++)
        status = sw_system_remove(system, sw_substance_find(list.word[i]), error);
    if (status == SW_ERROR_NOT_FOUND)
        return sw_error_set(error, status, "without",
                            "`spillway list species` shows all; oxides and alloys of Fe and Ni "
                            "are in solutions: to leave one out give --solutions no too",
                            "one of \"%s\" is no phase or gas of these elements", text);
    return status;
}

static sw_status prepare(struct work *work, const sw_instrument_settings *settings,
                         const struct sw_sweep *sweep, sw_error *error) {
    work->pressure = sw_setting_number(settings, "pressure");
    sw_status status = sw_diagram_mixture_read(&work->mixture, sw_setting_text(settings, "amounts"),
                                               "amounts", error);
    if (status == SW_OK)
        status =
            sw_system_create(&work->system, work->mixture.element, work->mixture.elements, error);
    if (status == SW_OK)
        status = sw_system_add_all(work->system, error);
    if (status == SW_OK && sw_setting_switch(settings, "solutions"))
        status = sw_diagram_solutions_add(&work->assessed, &work->oxides, work->system, sweep->low,
                                          sweep->high, error);
    if (status == SW_OK && !sw_setting_is_automatic(settings, "without"))
        status = leave_out(work->system, sw_setting_text(settings, "without"), error);
    return status == SW_OK ? sw_equilibrium_create(&work->equilibrium, work->system) : status;
}

static sw_status find(struct work *work, double temperature, sw_error *error) {
    const sw_equilibrium_conditions conditions = {.temperature = temperature,
                                                  .pressure = work->pressure,
                                                  .amounts = work->mixture.amount,
                                                  .beyond = true};
    const sw_status status = sw_equilibrium_find(work->equilibrium, &conditions, error);
    for (size_t i = 0; status == SW_OK && i < sw_equilibrium_beyond(work->equilibrium); i++)
        sw_beyond_add(&work->beyond, sw_equilibrium_beyond_at(work->equilibrium, i));
    for (size_t i = 1; status == SW_OK && i < sw_equilibrium_solutions(work->equilibrium); i++)
        for (size_t k = 0; k < i; k++) {
            const size_t one = sw_equilibrium_solution(work->equilibrium, i).solution;
            if (one == sw_equilibrium_solution(work->equilibrium, k).solution)
                work->parted = sw_system_solution(work->system, one)->name;
        }
    return status;
}

static size_t species_count(const struct work *work) {
    return sw_system_phases(work->system) + sw_system_gases(work->system) +
           sw_system_solutions(work->system);
}

/* What there is of a solution, in formulas; in fraction the mean of its ends, NaN without it. */
static double solution_amount(double fraction[SW_SOLUTION_ENDS], const struct work *work,
                              size_t solution) {
    double sum = 0.0, ends[SW_SOLUTION_ENDS] = {0.0};
    for (size_t i = 0; i < sw_equilibrium_solutions(work->equilibrium); i++) {
        const sw_solution_present present = sw_equilibrium_solution(work->equilibrium, i);
        if (present.solution != solution)
            continue;
        sum += present.amount;
        for (size_t e = 0; e < SW_SOLUTION_ENDS; e++)
            ends[e] += present.amount * present.fraction[e];
    }
    for (size_t e = 0; e < SW_SOLUTION_ENDS; e++)
        fraction[e] = sum > 0.0 ? ends[e] / sum : (double)NAN;
    return sum;
}

/* Pure phases first, then gases, marked so in their columns: "H2 gas", then solutions. */
static const char *species(char name[80], double *amount, const struct work *work, size_t index) {
    const size_t phases = sw_system_phases(work->system);
    const size_t gases = sw_system_gases(work->system);
    if (index >= phases + gases) {
        double fraction[SW_SOLUTION_ENDS];
        *amount = solution_amount(fraction, work, index - phases - gases);
        snprintf(name, 80, "%s", sw_system_solution(work->system, index - phases - gases)->name);
        return name;
    }
    if (index < phases) {
        *amount = sw_equilibrium_phase(work->equilibrium, index);
        snprintf(name, 80, "%s", sw_substance_name(sw_system_phase(work->system, index)));
        return name;
    }
    *amount = sw_equilibrium_gas(work->equilibrium) *
              exp(sw_equilibrium_gas_fraction_log(work->equilibrium, index - phases));
    snprintf(name, 80, "%s gas", sw_substance_name(sw_system_gas(work->system, index - phases)));
    return name;
}

/* ---- along a range --------------------------------------------------------------------------- */

/* The columns of what solutions consist of: made in the first row, then filled. */
static sw_status fill_ratios(sw_table *table, const struct work *work, size_t row, bool make) {
    sw_status status = SW_OK;
    for (size_t k = 0; k < sw_system_solutions(work->system); k++)
        for (enum sw_diagram_solution_ratio ratio = 0; ratio < SOLUTION_RATIOS && status == SW_OK;
             ratio++) {
            static const double any[SW_SOLUTION_ENDS] = {1.0, 1.0, 1.0};
            const sw_solution_phase *phase = sw_system_solution(work->system, k);
            double fraction[SW_SOLUTION_ENDS];
            char name[80];
            if (isnan(sw_diagram_solution_ratio(phase, any, ratio)))
                continue;
            snprintf(name, sizeof name, "%s of %s", sw_diagram_solution_ratio_name(ratio),
                     phase->name);
            if (make)
                status = sw_table_add_column(table, name, NULL);
            (void)solution_amount(fraction, work, k);
            if (!make)
                sw_diagram_table_set(table, row, name,
                                     sw_diagram_solution_ratio(phase, fraction, ratio));
        }
    return status;
}

static sw_status fill_sweep(sw_table *table, struct work *work, const struct sw_sweep *sweep,
                            sw_error *error) {
    char name[80];
    double amount;
    sw_status status = SW_OK;
    for (size_t k = 0; status == SW_OK && k < species_count(work); k++)
        status = sw_table_add_column(table, species(name, &amount, work, k), "mol");
    if (status == SW_OK)
        status = fill_ratios(table, work, 0, true);
    if (status == SW_OK)
        status = sw_table_add_column(table, "Gibbs energy", "kJ");
    for (size_t i = 0; status == SW_OK && i < sweep->points; i++) {
        status = find(work, sw_sweep_at(sweep, i), error);
        for (size_t k = 0; status == SW_OK && k < species_count(work); k++) {
            species(name, &amount, work, k);
            sw_diagram_table_set(table, i, name, amount);
        }
        if (status == SW_OK)
            status = fill_ratios(table, work, i, false);
        if (status == SW_OK)
            sw_diagram_table_set(table, i, "Gibbs energy",
                                 sw_equilibrium_gibbs(work->equilibrium) / SW_JOULE_PER_MOLE *
                                     1e-3);
    }
    return status;
}

/* The columns that are ever worth a line. */
static void name_lines(char *names, const sw_table *table, size_t columns) {
    double largest = 0.0;
    size_t used = 0;
    for (size_t pass = 0; pass < 2; pass++)
        for (size_t c = 1; c <= columns; c++) {
            const double *numbers = sw_table_numbers_const(table, c);
            double most = 0.0;
            for (size_t i = 0; i < sw_table_rows(table); i++)
                most = fmax(most, numbers[i]);
            largest = fmax(largest, most);
            if (pass == 1 && most > SEEN * largest && used + 80 < NAMES_LENGTH)
                used += (size_t)snprintf(names + used, NAMES_LENGTH - used, "%s%s",
                                         used > 0 ? ", " : "", sw_table_name(table, c));
        }
}

/* The columns of the share of nickel, of the solutions that are ever there. */
static void name_shares(char *names, const sw_table *table) {
    const char *share = sw_diagram_solution_ratio_name(NICKEL_SHARE);
    size_t used = 0;
    for (size_t c = 1; c < sw_table_columns(table); c++) {
        const double *numbers = sw_table_numbers_const(table, c);
        bool there = false;
        if (strncmp(sw_table_name(table, c), share, strlen(share)) != 0)
            continue;
        for (size_t i = 0; i < sw_table_rows(table) && !there; i++)
            there = numbers[i] > 0.0;
        if (there && used + 80 < NAMES_LENGTH)
            used += (size_t)snprintf(names + used, NAMES_LENGTH - used, "%s%s",
                                     used > 0 ? ", " : "", sw_table_name(table, c));
    }
}

static sw_status along_range(sw_measurement *measurement, struct work *work,
                             const struct sw_sweep *sweep, sw_error *error) {
    char names[NAMES_LENGTH] = "", shares[NAMES_LENGTH] = "";
    sw_table *table = NULL;
    sw_status status = sw_table_of_sweep(&table, sweep);
    if (status == SW_OK)
        status = fill_sweep(table, work, sweep, error);
    if (status != SW_OK) {
        sw_table_destroy(table);
        return status;
    }
    name_lines(names, table, species_count(work));
    name_shares(shares, table);
    status = sw_measurement_add_table(measurement, "equilibrium", table);
    if (status != SW_OK)
        return status;
    status = sw_measurement_add_plot(
        measurement, (sw_plot){"Equilibrium", "equilibrium", "temperature", names, "amount / mol",
                               "lines", "What there is of each phase and gas.", false});
    if (status != SW_OK || shares[0] == '\0')
        return status;
    return sw_measurement_add_plot(
        measurement,
        (sw_plot){"Nickel in the solutions", "equilibrium", "temperature", shares, "Ni/(Fe+Ni)",
                  "lines", "The share of nickel in the metal of each phase, where it is there.",
                  true});
}

/* ---- at one temperature ---------------------------------------------------------------------- */

#define DRIVE "driving force"

static sw_status start_list(sw_table **table) {
    sw_status status = sw_table_create(table);
    if (status == SW_OK)
        status = sw_table_add_text_column(*table, "what");
    if (status == SW_OK)
        status = sw_table_add_text_column(*table, "as");
    if (status == SW_OK)
        status = sw_table_add_column(*table, "amount", "mol");
    if (status == SW_OK)
        status = sw_table_add_column(*table, "log10 p/bar", NULL);
    if (status == SW_OK)
        status = sw_table_add_column(*table, DRIVE, "kJ/mol of atoms");
    for (enum sw_diagram_solution_ratio ratio = 0; ratio < SOLUTION_RATIOS && status == SW_OK;
         ratio++)
        status = sw_table_add_column(*table, sw_diagram_solution_ratio_name(ratio), NULL);
    return status;
}

static sw_status add_row(size_t *row, sw_table *table, const char *what, const char *as,
                         double amount) {
    sw_status status = sw_table_add_row(table, row);
    if (status == SW_OK)
        status = sw_table_set_text(table, *row, 0, what);
    if (status == SW_OK)
        status = sw_table_set_text(table, *row, 1, as);
    if (status == SW_OK)
        sw_diagram_table_set(table, *row, "amount", amount);
    return status;
}

/* eV per formula as kJ per mole of atoms; of what is there its rounding is not shown. */
static double shown_drive(double amount, double drive, double atoms) {
    return amount > 0.0 ? 0.0 : drive / atoms / SW_JOULE_PER_MOLE * 1e-3;
}

static sw_status add_solution(sw_table *table, const sw_solution_phase *phase, double amount,
                              double drive, const double *fraction) {
    size_t row;
    const sw_status status = add_row(&row, table, phase->name, "solution", amount);
    if (status != SW_OK)
        return status;
    sw_diagram_table_set(table, row, DRIVE,
                         shown_drive(amount, drive, sw_diagram_solution_atoms(phase, fraction, 0)));
    for (enum sw_diagram_solution_ratio ratio = 0; ratio < SOLUTION_RATIOS && isfinite(drive);
         ratio++)
        sw_diagram_table_set(table, row, sw_diagram_solution_ratio_name(ratio),
                             sw_diagram_solution_ratio(phase, fraction, ratio));
    return SW_OK;
}

/* One that is there twice, either side of a miscibility gap, has two rows; of one that is not there
 * the composition that is nearest to being there is told. */
static sw_status fill_solutions(sw_table *table, const struct work *work, sw_error *error) {
    sw_status status = SW_OK;
    for (size_t k = 0; status == SW_OK && k < sw_system_solutions(work->system); k++) {
        const sw_solution_phase *phase = sw_system_solution(work->system, k);
        double drive, nearest[SW_SOLUTION_ENDS];
        bool there = false;
        status = sw_equilibrium_solution_drive(&drive, nearest, work->equilibrium, k, error);
        for (size_t i = 0; status == SW_OK && i < sw_equilibrium_solutions(work->equilibrium);
             i++) {
            const sw_solution_present present = sw_equilibrium_solution(work->equilibrium, i);
            if (present.solution != k || !(present.amount > 0.0))
                continue;
            there = true;
            status = add_solution(table, phase, present.amount, drive, present.fraction);
        }
        if (status == SW_OK && !there)
            status = add_solution(table, phase, 0.0, drive, nearest);
    }
    return status;
}

static double atoms_of(const sw_substance *substance, const struct sw_diagram_mixture *mixture) {
    double sum = 0.0;
    for (size_t i = 0; i < mixture->elements; i++)
        sum += sw_substance_atoms(substance, mixture->element[i]);
    return sum;
}

static sw_status fill_list(sw_table *table, const struct work *work, sw_error *error) {
    const size_t phases = sw_system_phases(work->system);
    sw_status status = SW_OK;
    for (size_t k = 0; status == SW_OK && k < phases + sw_system_gases(work->system); k++) {
        const bool gas = k >= phases;
        const sw_substance *substance =
            gas ? sw_system_gas(work->system, k - phases) : sw_system_phase(work->system, k);
        char name[80];
        double amount;
        size_t row;
        species(name, &amount, work, k);
        status = add_row(&row, table, sw_substance_name(substance), gas ? "gas" : "phase", amount);
        if (status != SW_OK)
            return status;
        if (gas)
            sw_diagram_table_set(table, row, "log10 p/bar",
                                 sw_equilibrium_gas_fraction_log(work->equilibrium, k - phases) /
                                         log(10.0) +
                                     log10(work->pressure / SW_BAR));
        else
            sw_diagram_table_set(table, row, DRIVE,
                                 shown_drive(amount, sw_equilibrium_drive(work->equilibrium, k),
                                             atoms_of(substance, &work->mixture)));
    }
    return status == SW_OK ? fill_solutions(table, work, error) : status;
}

static sw_status at_one(sw_measurement *measurement, struct work *work, double temperature,
                        sw_error *error) {
    sw_table *table = NULL;
    sw_status status = find(work, temperature, error);
    if (status == SW_OK)
        status = start_list(&table);
    if (status == SW_OK)
        status = fill_list(table, work, error);
    if (status != SW_OK) {
        sw_table_destroy(table);
        return status;
    }
    return sw_measurement_add_table(measurement, "equilibrium", table);
}

static sw_status add_numbers(sw_measurement *measurement, const struct work *work,
                             double temperature) {
    sw_status status =
        sw_measurement_add(measurement, "temperature", temperature - SW_ICE_POINT, (double)NAN,
                           (double)NAN, "degC", "of the numbers here: the last");
    if (status == SW_OK)
        status = sw_measurement_add(
            measurement, "Gibbs energy",
            sw_equilibrium_gibbs(work->equilibrium) / SW_JOULE_PER_MOLE * 1e-3, (double)NAN,
            (double)NAN, "kJ", "of all that there is, from the elements at 298.15 K");
    if (status == SW_OK)
        status = sw_measurement_add(measurement, "gas", sw_equilibrium_gas(work->equilibrium),
                                    (double)NAN, (double)NAN, "mol", "all molecules");
    return status;
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    struct work work = {0};
    struct sw_sweep sweep;
    (void)inputs, (void)context;
    sw_status status = sw_sweep_read(&sweep, settings, error);
    if (status == SW_OK)
        status = prepare(&work, settings, &sweep, error);
    if (status == SW_OK)
        status = sweep.points > 1 ? along_range(measurement, &work, &sweep, error)
                                  : at_one(measurement, &work, sweep.low, error);
    if (status == SW_OK)
        status = add_numbers(measurement, &work, sw_sweep_at(&sweep, sweep.points - 1));
    if (status == SW_OK)
        status = sw_diagram_solutions_tell(measurement, work.system,
                                           work.oxides || work.assessed == NULL);
    if (status == SW_OK && work.assessed != NULL)
        status = sw_diagram_alloys_tell(measurement, &work.mixture, sweep.low, sweep.high);
    if (status == SW_OK && work.parted != NULL && sweep.points > 1)
        status = sw_measurement_note(measurement,
                                     "%s is there with two compositions at some temperatures: the "
                                     "tables have their sum and mean; one temperature shows both",
                                     work.parted);
    if (status == SW_OK)
        status = sw_beyond_tell(&work.beyond, measurement);
    clear(&work);
    return status;
}

const sw_instrument sw_diagram_equilibrium = {
    .name = "equilibrium",
    .summary = "phases and gas that a mixture becomes",
    .description =
        "Amounts of every gas and condensed phase at the minimum of the Gibbs energy, at a "
        "temperature or along a range, at constant pressure. The result is certified: no phase "
        "would lower the energy (driving force below 1e-9 kT), elements balance to 1e-10. The "
        "driving force of a phase that is not there is how far it is above being there, of a "
        "solution at its nearest composition.\n\nFrom 500 to 1600 K oxides of iron and nickel "
        "mix as in the built-in CALPHAD assessment: wustite has its defects, with nickel it is "
        "halite, (Fe,Ni)O, beside spinel from Fe3O4 to NiFe2O4. Fe-Ni alloys are fcc and bcc at "
        "any temperature. Without solutions wustite is Fe0.947O and metals are pure.",
    .citation = "W. B. White, S. M. Johnson, G. B. Dantzig, J. Chem. Phys. 28, 751 (1958); "
                "Fe-Ni oxides: L. Kjellqvist, M. Selleby, B. Sundman, Calphad 32, 577 (2008)",
    .parameters = parameters,
    .measure = measure,
};
