/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/model_free.h"

#include "base/student.h"
#include "curves/least_squares.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#define DOYLE_SLOPE 1.052
#define DOYLE_CONSTANT (-5.331)

const char *const sw_model_free_names[SW_MODEL_FREE_METHODS] = {
    "Friedman", "KAS", "KAS corrected", "FWO", "FWO corrected", "Vyazovkin"};

static const double least_energy = 1e3, most_energy = 2e6; /* J/mol */

static void set_from_line(sw_energies *of, size_t level, const sw_line *line, double scale) {
    double quantile = sw_student_t95(line->freedom);
    of->energy[level] = -SW_GAS_CONSTANT * line->slope / scale;
    of->spread[level] =
        isfinite(quantile) ? quantile * SW_GAS_CONSTANT * line->slope_error / scale : (double)NAN;
    of->low[level] = of->energy[level] - of->spread[level];
    of->high[level] = of->energy[level] + of->spread[level];
}

/* ---- straight lines over 1/T ----------------------------------------------------------------- */

static void friedman(sw_model_free *found, const sw_kinetic_runs *runs, size_t level) {
    double x[SW_MOST_RUNS], y[SW_MOST_RUNS];
    for (size_t i = 0; i < runs->count; i++) {
        x[i] = 1.0 / runs->at[i].temperature[level];
        y[i] = log(runs->at[i].rate[level]);
    }
    sw_line line = sw_line_fit(x, y, runs->count);
    set_from_line(&found->of[SW_FRIEDMAN], level, &line, 1.0);
    found->ln_af[level] = line.intercept;
}

/* The left side of the line at energy 0 (as published), or corrected for that energy. */
static sw_line integral_line(const sw_kinetic_runs *runs, size_t level, bool doyle, double energy) {
    double x[SW_MOST_RUNS], y[SW_MOST_RUNS];
    for (size_t i = 0; i < runs->count; i++) {
        double temperature = runs->at[i].temperature[level];
        double reduced = energy / (SW_GAS_CONSTANT * temperature);
        x[i] = 1.0 / temperature;
        y[i] = log(runs->run[i].heating_rate) - (doyle ? 0.0 : 2.0 * log(temperature));
        if (energy > 0.0 && doyle)
            y[i] -=
                sw_temperature_integral_ln_p(reduced) - (DOYLE_CONSTANT - DOYLE_SLOPE * reduced);
        else if (energy > 0.0)
            y[i] -= log(sw_temperature_integral_h(reduced));
    }
    return sw_line_fit(x, y, runs->count);
}

static void integral_methods(sw_model_free *found, const sw_kinetic_runs *runs, size_t level) {
    static const sw_model_free_method methods[] = {SW_KAS, SW_FWO};
    for (size_t m = 0; m < 2; m++) {
        bool doyle = methods[m] == SW_FWO;
        double scale = doyle ? DOYLE_SLOPE : 1.0;
        sw_energies *plain = &found->of[methods[m]], *corrected = plain + 1;
        sw_line line = integral_line(runs, level, doyle, 0.0);
        set_from_line(plain, level, &line, scale);
        double energy = plain->energy[level], before = 0.0;
        for (int i = 0; i < 60 && energy > 0.0 && fabs(energy - before) > 1e-7 * energy; i++) {
            before = energy;
            line = integral_line(runs, level, doyle, energy);
            energy = -SW_GAS_CONSTANT * line.slope / scale;
        }
        set_from_line(corrected, level, &line, scale);
    }
}

/* ---- Vyazovkin ------------------------------------------------------------------------------- */

typedef struct vyazovkin_sums {
    double sum;     /* of J_i/J_j over pairs that differ */
    double squares; /* mean of (J_i/J_j - 1)^2 */
} vyazovkin_sums;

static vyazovkin_sums evaluate(const sw_kinetic_runs *runs, size_t level, double energy) {
    double integral[SW_MOST_RUNS], pairs = (double)(runs->count * (runs->count - 1));
    vyazovkin_sums sums = {0.0, 0.0};
    for (size_t i = 0; i < runs->count; i++) {
        const sw_kinetic_run *run = &runs->run[i];
        double from = level > 0 ? runs->at[i].time[level - 1] : run->programme.time[0];
        integral[i] =
            sw_reduced_time(&run->programme, energy, runs->at[runs->count / 2].temperature[level],
                            from, runs->at[i].time[level]);
    }
    for (size_t i = 0; i < runs->count; i++)
        for (size_t j = 0; j < runs->count; j++) {
            double ratio = integral[i] / integral[j];
            sums.sum += i == j ? 0.0 : ratio;
            sums.squares += i == j ? 0.0 : (ratio - 1.0) * (ratio - 1.0) / pairs;
        }
    return sums;
}

static double minimise(const sw_kinetic_runs *runs, size_t level) {
    enum { COARSE = 48 };
    const double golden = 0.6180339887498949;
    double best = least_energy, least = INFINITY,
           step = pow(most_energy / least_energy, 1.0 / COARSE);
    for (int i = 0; i <= COARSE; i++) {
        double energy = least_energy * pow(step, i), sum = evaluate(runs, level, energy).sum;
        if (sum < least) {
            least = sum;
            best = energy;
        }
    }
    double low = best / step, high = best * step;
    double a = high - golden * (high - low), b = low + golden * (high - low);
    double of_a = evaluate(runs, level, a).sum, of_b = evaluate(runs, level, b).sum;
    while (high - low > 1e-7 * high) {
        if (of_a < of_b) {
            high = b;
            b = a;
            of_b = of_a;
            a = high - golden * (high - low);
            of_a = evaluate(runs, level, a).sum;
        } else {
            low = a;
            a = b;
            of_a = of_b;
            b = low + golden * (high - low);
            of_b = evaluate(runs, level, b).sum;
        }
    }
    return 0.5 * (low + high);
}

/* Where the mean square rises to `limit` times its least, on one side. */
static double interval_end(const sw_kinetic_runs *runs, size_t level, double energy, double limit,
                           double direction) {
    double inside = energy, outside = energy;
    for (int i = 0; i < 60; i++) {
        outside = energy * (1.0 + direction * 1e-5 * pow(1.5, i));
        if (outside <= least_energy * 0.1 || evaluate(runs, level, outside).squares > limit)
            break;
        inside = outside;
    }
    for (int i = 0; i < 30; i++) {
        double middle = 0.5 * (inside + outside);
        if (evaluate(runs, level, middle).squares > limit)
            outside = middle;
        else
            inside = middle;
    }
    return 0.5 * (inside + outside);
}

static void vyazovkin(sw_model_free *found, const sw_kinetic_runs *runs, size_t level) {
    sw_energies *of = &found->of[SW_VYAZOVKIN];
    double energy = minimise(runs, level), freedom = (double)runs->count - 1.0;
    of->energy[level] = energy;
    of->spread[level] = of->low[level] = of->high[level] = (double)NAN;
    if (runs->count < 3)
        return;
    double limit =
        evaluate(runs, level, energy).squares * gsl_cdf_fdist_Pinv(0.95, freedom, freedom);
    of->low[level] = interval_end(runs, level, energy, limit, -1.0);
    of->high[level] = interval_end(runs, level, energy, limit, 1.0);
    of->spread[level] = fmax(of->high[level] - energy, energy - of->low[level]);
}

/* ---- all ------------------------------------------------------------------------------------- */

static bool temperatures_differ(const sw_kinetic_runs *runs) {
    double low = INFINITY, high = 0.0;
    for (size_t i = 0; i < runs->count; i++) {
        low = fmin(low, runs->at[i].temperature[runs->levels / 2]);
        high = fmax(high, runs->at[i].temperature[runs->levels / 2]);
    }
    return high - low > 1.0;
}

static void set_unknown(sw_energies *of, size_t levels) {
    for (size_t i = 0; i < levels; i++)
        of->energy[i] = of->spread[i] = of->low[i] = of->high[i] = (double)NAN;
}

sw_status sw_model_free_find(sw_model_free *found, const sw_kinetic_runs *runs, sw_error *error) {
    *found = (sw_model_free){.linear = true};
    if (runs->count < 2 || !temperatures_differ(runs))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "kinetics",
                            "give curves of at least two, better four, heating rates or "
                            "temperatures",
                            "without a model the energy needs curves at different temperatures");
    for (size_t i = 0; i < runs->count; i++)
        found->linear = found->linear && runs->run[i].linear && runs->run[i].heating_rate > 0.0;
    for (size_t m = SW_KAS; m <= SW_FWO_CORRECTED; m++)
        set_unknown(&found->of[m], runs->levels);
    for (size_t level = 0; level < runs->levels; level++) {
        friedman(found, runs, level);
        vyazovkin(found, runs, level);
        if (found->linear)
            integral_methods(found, runs, level);
    }
    return SW_OK;
}
