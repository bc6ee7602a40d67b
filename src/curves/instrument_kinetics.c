/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instrument `kinetics`: activation energies of a reaction from curves of several programmes. */
#include "base/memory.h"
#include "curves/columns.h"
#include "curves/combined_analysis.h"
#include "curves/instruments.h"
#include "curves/kinetic_ranking.h"
#include "curves/model_free.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Half-widths that the range of energies of one step seldom exceeds: 17 levels that share their
 * curves, and intervals of few curves. */
#define RANGE 3.0

static const sw_instrument_parameter parameters[] = {
    SW_CURVE_PARAMETERS,
    SW_CONVERSION_PARAMETERS,
    {.name = "step",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_NUMBER,
     .standard = "0.05",
     .least = 0.01,
     .most = 0.25,
     .help = "between the conversions at which energies are found"},
    {.name = "one-step",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_NUMBER,
     .standard = "10 %",
     .least = 0,
     .most = 1,
     .help =
         "a reaction is one step where its energy varies by less of its mean (ICTAC: 10 to 20 %)"},
    {0},
};

typedef struct kinetics_work {
    sw_kinetic_runs runs;
    sw_model_free free;
    sw_kinetic_ranking ranking;
    sw_combined_analysis combined;
    /* ln A from the compensation line at Vyazovkin's energy, and what the energy's interval makes
     * of it */
    double compensated[SW_MOST_LEVELS], compensated_spread[SW_MOST_LEVELS];
    size_t apart, compared; /* levels over 0.1 to 0.9 whose interval does not hold the mean; all */
    double variation, lowest, highest; /* of Vyazovkin's energies over 0.1 to 0.9, J/mol */
    double spread;                     /* mean of their half-widths; NaN where they have none */
} kinetics_work;

/* ---- energy over conversion ------------------------------------------------------------------ */

static void find_variation(kinetics_work *work) {
    const double *energy = work->free.of[SW_VYAZOVKIN].energy;
    double sum = 0.0, count = 0.0;
    work->lowest = INFINITY;
    work->highest = -INFINITY;
    for (size_t i = 0; i < work->runs.levels; i++) {
        if (!sw_kinetic_in_middle(work->runs.level[i]))
            continue;
        work->lowest = fmin(work->lowest, energy[i]);
        work->highest = fmax(work->highest, energy[i]);
        sum += energy[i];
        count += 1.0;
    }
    work->variation = (work->highest - work->lowest) / (sum / count);
    const sw_energies *of = &work->free.of[SW_VYAZOVKIN];
    work->spread = 0.0;
    for (size_t i = 0; i < work->runs.levels; i++) {
        work->spread += sw_kinetic_in_middle(work->runs.level[i]) ? of->spread[i] / count : 0.0;
        bool known = sw_kinetic_in_middle(work->runs.level[i]) && isfinite(of->spread[i]);
        work->compared += known;
        work->apart += known && (of->low[i] > sum / count || of->high[i] < sum / count);
    }
}

/* The mean over conversion 0.1 to 0.9. Its interval is that of one level, since all levels share
 * the same few curves. */
static sw_status add_mean(sw_measurement *out, const kinetics_work *work, size_t method) {
    const sw_energies *of = &work->free.of[method];
    double sum = 0.0, spread = 0.0, count = 0.0;
    char name[64];
    snprintf(name, sizeof name, "energy, %s", sw_model_free_names[method]);
    for (size_t i = 0; i < work->runs.levels; i++) {
        if (!sw_kinetic_in_middle(work->runs.level[i]))
            continue;
        sum += of->energy[i];
        spread += of->spread[i];
        count += 1.0;
    }
    return isfinite(sum) ? sw_add_spread(out, name, 1e-3 * sum / count, 1e-3 * spread / count,
                                         "kJ/mol", "mean over conversion 0.1 to 0.9")
                         : SW_OK;
}

static sw_status add_energies(const kinetics_work *work, sw_measurement *out) {
    static const char *const spread_names[] = {"Friedman spread",      "KAS spread",
                                               "KAS corrected spread", "FWO spread",
                                               "FWO corrected spread", "Vyazovkin spread"};
    size_t levels = work->runs.levels, used = 1;
    double scaled[2 * SW_MODEL_FREE_METHODS][SW_MOST_LEVELS];
    sw_column columns[2 * SW_MODEL_FREE_METHODS + 5] = {{"conversion", "", work->runs.level, NULL}};
    for (size_t m = 0; m < SW_MODEL_FREE_METHODS; m++) {
        for (size_t i = 0; i < levels; i++) {
            scaled[2 * m][i] = 1e-3 * work->free.of[m].energy[i];
            scaled[2 * m + 1][i] = 1e-3 * work->free.of[m].spread[i];
        }
        columns[used++] = (sw_column){sw_model_free_names[m], "kJ/mol", scaled[2 * m], NULL};
        columns[used++] = (sw_column){spread_names[m], "kJ/mol", scaled[2 * m + 1], NULL};
    }
    columns[used++] = (sw_column){"ln(A f)", "", work->free.ln_af, NULL};
    columns[used++] = (sw_column){"ln A", "", work->compensated, NULL};
    columns[used++] = (sw_column){"ln A spread", "", work->compensated_spread, NULL};
    return sw_add_columns(out, "energies", columns, levels);
}

static sw_status add_verdict(const kinetics_work *work, const sw_instrument_settings *settings,
                             sw_measurement *out) {
    double limit = sw_setting_number(settings, "one-step");
    sw_status status = sw_add_plain(out, "variation of the energy", 100.0 * work->variation, "%",
                                    "largest less smallest over conversion 0.1 to 0.9, of the mean "
                                    "(Vyazovkin)");
    if (status == SW_OK && work->compared > 0)
        status =
            sw_add_plain(out, "energies apart from the mean",
                         100.0 * (double)work->apart / (double)work->compared, "%",
                         "of the levels whose interval does not hold the mean; about 5 where the "
                         "energy is constant (levels share their curves)");
    if (status != SW_OK)
        return status;
    if (work->variation <= limit)
        return sw_measurement_note(
            out,
            "The energy varies by %.1f %% of its mean, less than %.0f %%: one "
            "step describes the reaction, and its model has a meaning.",
            100.0 * work->variation, 100.0 * limit);
    if (work->highest - work->lowest < RANGE * work->spread)
        return sw_measurement_note(
            out,
            "The energy goes from %.4g to %.4g kJ/mol, and each is known to +- %.2g "
            "kJ/mol: these curves do not tell whether it is one step.",
            1e-3 * work->lowest, 1e-3 * work->highest, 1e-3 * work->spread);
    return sw_measurement_note(
        out,
        "The energy goes from %.4g to %.4g kJ/mol, %.0f %% of its mean: this is "
        "no single step, and one energy, one model do not describe it.",
        1e-3 * work->lowest, 1e-3 * work->highest, 100.0 * work->variation);
}

/* ---- plots ----------------------------------------------------------------------------------- */

static sw_status add_curves(const kinetics_work *work, sw_measurement *out) {
    static const char *const names[] = {"curve 1",  "curve 2",  "curve 3",  "curve 4",
                                        "curve 5",  "curve 6",  "curve 7",  "curve 8",
                                        "curve 9",  "curve 10", "curve 11", "curve 12",
                                        "curve 13", "curve 14", "curve 15", "curve 16"};
    static const char *const lists[] = {
        "curve 1",
        "curve 1,curve 2",
        "curve 1,curve 2,curve 3",
        "curve 1,curve 2,curve 3,curve 4",
        "curve 1,curve 2,curve 3,curve 4,curve 5",
        "curve 1,curve 2,curve 3,curve 4,curve 5,curve 6",
        "curve 1,curve 2,curve 3,curve 4,curve 5,curve 6,curve 7",
        "curve 1,curve 2,curve 3,curve 4,curve 5,curve 6,curve 7,curve 8"};
    size_t runs = work->runs.count, shown = runs < 8 ? runs : 8;
    double temperature[SW_MOST_RUNS][SW_MOST_LEVELS];
    sw_column columns[SW_MOST_RUNS + 2] = {{"conversion", "", work->runs.level, NULL}};
    for (size_t r = 0; r < runs; r++) {
        for (size_t i = 0; i < work->runs.levels; i++)
            temperature[r][i] = work->runs.at[r].temperature[i] - SW_ICE_POINT;
        columns[r + 1] = (sw_column){names[r], "degC", temperature[r], NULL};
    }
    sw_status status = sw_add_columns(out, "temperatures", columns, work->runs.levels);
    if (status != SW_OK)
        return status;
    return sw_measurement_add_plot(
        out, (sw_plot){.title = "temperature at conversion",
                       .table = "temperatures",
                       .x = "conversion",
                       .y = lists[shown > 0 ? shown - 1 : 0],
                       .y_label = "temperature",
                       .kind = "lines",
                       .help = "Curves by rising heating rate (table runs)."});
}

static sw_status add_plots(const kinetics_work *work, sw_measurement *out) {
    sw_status status = sw_measurement_add_plot(
        out,
        (sw_plot){.title = "activation energy over conversion",
                  .table = "energies",
                  .x = "conversion",
                  .y = work->free.linear ? "Friedman,Vyazovkin,KAS corrected,FWO corrected"
                                         : "Friedman,Vyazovkin",
                  .y_label = "energy [kJ/mol]",
                  .kind = "lines",
                  .help = "With 95 % intervals. A level line is one step. KAS and FWO are means "
                          "from conversion 0 on."});
    return status == SW_OK ? add_curves(work, out) : status;
}

/* ---- all ------------------------------------------------------------------------------------- */

static sw_status report(kinetics_work *work, const sw_instrument_settings *settings,
                        sw_measurement *out) {
    static const size_t order[] = {SW_VYAZOVKIN,     SW_FRIEDMAN, SW_KAS_CORRECTED,
                                   SW_FWO_CORRECTED, SW_KAS,      SW_FWO};
    sw_status status = SW_OK;
    for (size_t i = 0; i < SW_MODEL_FREE_METHODS && status == SW_OK; i++)
        status = add_mean(out, work, order[i]);
    if (status == SW_OK && !work->free.linear)
        status = sw_measurement_note(out, "KAS and FWO need constant heating rates, which not all "
                                          "curves have: left out.");
    if (status == SW_OK && work->runs.count < 3)
        status = sw_measurement_note(out, "Two curves give energies without intervals.");
    if (status == SW_OK)
        status = add_verdict(work, settings, out);
    if (status == SW_OK)
        status = sw_combined_analysis_report(&work->combined, out);
    if (status == SW_OK)
        status = sw_kinetic_ranking_report(&work->ranking, &work->runs, out);
    if (status == SW_OK)
        status = add_energies(work, out);
    if (status == SW_OK)
        status = sw_kinetic_runs_report(&work->runs, out);
    return status == SW_OK ? add_plots(work, out) : status;
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    kinetics_work *work = sw_allocate(1, sizeof *work);
    if (work == NULL)
        return SW_ERROR_MEMORY;
    sw_status status = sw_kinetic_runs_create(&work->runs, inputs,
                                              sw_setting_number(settings, "step"), settings, error);
    if (status == SW_OK)
        status = sw_model_free_find(&work->free, &work->runs, error);
    if (status == SW_OK) {
        find_variation(work);
        status = sw_kinetic_ranking_find(&work->ranking, &work->runs,
                                         work->free.of[SW_VYAZOVKIN].energy, context, error);
    }
    if (status == SW_OK)
        status = sw_combined_analysis_find(&work->combined, &work->runs, error);
    for (size_t i = 0; i < work->runs.levels && status == SW_OK; i++) {
        const sw_line *line = &work->ranking.compensation;
        const sw_energies *of = &work->free.of[SW_VYAZOVKIN];
        work->compensated[i] = line->intercept + line->slope * of->energy[i];
        work->compensated_spread[i] = fabs(line->slope) * of->spread[i];
    }
    if (status == SW_OK)
        status = report(work, settings, measurement);
    sw_kinetic_runs_clear(&work->runs);
    free(work);
    return status;
}

const sw_instrument sw_instrument_kinetics = {
    .name = "kinetics",
    .summary = "activation energies and models of a reaction from its curves",
    .description =
        "Takes one thermobalance curve for each heating rate or temperature and reads them as "
        "`tga` does.\n\n"
        "Without a model, at each conversion: Friedman, from rates; Vyazovkin, from integrals "
        "over the measured temperatures between neighbouring conversions; KAS and FWO, from the "
        "temperature integral of constant heating rates, both as published and with the exact "
        "integral (iterated; Doyle's approximation behind FWO is off by percents). Intervals are "
        "those of the straight line, of the F test for Vyazovkin: few curves give wide ones.\n\n"
        "With a model: 41 reaction models are fitted to all curves at once and ranked by AICc "
        "and BIC. The fits to single curves lie on one line of ln A over E (compensation), which "
        "gives ln A without a model. The combined analysis fits f = c alpha^m (1 - alpha)^n to the "
        "rates of all curves without any list; `fit kinetics --model sestak-berggren` fits the "
        "same to their conversions.\n\n"
        "Where the energy varies with conversion the reaction has several steps: two parallel "
        "and two consecutive steps are fitted too, and it is said when the data do not separate "
        "them.",
    .citation =
        "S. Vyazovkin et al., ICTAC Kinetics Committee, Thermochim. Acta 520, 1 (2011), "
        "doi:10.1016/j.tca.2011.03.034; A. Khawam, D. Flanagan, J. Phys. Chem. B 110, 17315 "
        "(2006); L. Perez-Maqueda et al., J. Phys. Chem. A 110, 12456 (2006)",
    .input = {SW_NOUN_TABLE},
    .repeats = true,
    .parameters = parameters,
    .measure = measure,
};
