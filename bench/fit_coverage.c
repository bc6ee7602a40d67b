/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How often the intervals of fits hold the truth. Curves are made by the models that are fitted,
 * with noise of the mass and errors of the thermometer, and the share of the intervals that hold
 * is printed with its own 95 % interval (C. Clopper, E. Pearson, Biometrika 26, 404 (1934)).
 *
 *   fit_coverage powder CASES [FIRST SEED [KIND]]     two parameters of fe2o3-nio; kinds of error 1
 *                                                     to 6, else all
 *   fit_coverage kinetics CASES [FIRST SEED]   energies of one step from four heating rates
 */
#include <spillway/curves.h>
#include <spillway/powder.h>
#include <spillway/run.h>

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void stop(const char *what, const sw_error *error) {
    fprintf(stderr, "%s: %s: %s\n", what, error->place, error->message);
    exit(1);
}

/* Box and Muller, of 1 - u where sw_random_next_normal takes u: the tables of docs/curves.md were drawn
 * so. */
static double normal(sw_random *random) {
    double uniform[2];
    sw_random_pair(uniform, random);
    return sqrt(-2 * log(1 - uniform[0])) * cos(2 * acos(-1.0) * uniform[1]);
}

typedef struct coverage {
    const char *name;
    int inside, all;
    double width; /* sum of half-widths */
} coverage;

static void count_in(coverage *count, const sw_measurement *found, double truth) {
    const sw_measured *number = sw_measurement_find(found, count->name);
    if (!number || !isfinite(number->low))
        return;
    count->all++;
    count->inside += number->low <= truth && truth <= number->high;
    count->width += (number->high - number->low) / 2;
}

static void print(const char *how, const coverage *count) {
    double in = count->inside, out = count->all - count->inside;
    double low = in > 0 ? gsl_cdf_beta_Pinv(0.025, in, out + 1) : 0;
    double high = out > 0 ? gsl_cdf_beta_Pinv(0.975, in + 1, out) : 1;
    printf("| %s | %s | %d of %d | %.1f %% | %.1f to %.1f %% | %.3g |\n", how, count->name,
           count->inside, count->all, 100 * in / count->all, 100 * low, 100 * high,
           count->width / count->all);
    fflush(stdout);
}

static sw_table *empty_table(void) {
    static const char *const names[] = {"time", "temperature", "mass"}, *units[] = {"s", "K", "mg"};
    sw_table *table;
    bool made = sw_table_create(&table) == SW_OK && sw_table_set_source(table, "made.csv") == SW_OK;
    for (size_t i = 0; i < 3 && made; i++)
        made = sw_table_add_column(table, names[i], units[i]) == SW_OK;
    if (!made)
        exit(1);
    return table;
}

static void put(sw_table *table, double time, double temperature, double mass) {
    const double values[] = {time, temperature, mass};
    size_t row;
    if (sw_table_add_row(table, &row) != SW_OK)
        exit(1);
    for (size_t i = 0; i < 3; i++)
        sw_table_numbers(table, i)[row] = values[i];
}

static sw_measurement *measure(const sw_instrument *row, const sw_content *inputs,
                               const char *const (*given)[2], size_t count) {
    sw_measurement *found = NULL;
    sw_instrument_settings *settings = NULL;
    sw_error error = {0};
    if (sw_measurement_create(&found) != SW_OK ||
        sw_instrument_settings_create(&settings, row, NULL, given, count, &error) != SW_OK ||
        sw_instrument_measure(found, inputs, settings, NULL, &error) != SW_OK)
        stop(row->name, &error);
    sw_instrument_settings_destroy(settings);
    return found;
}

/* ---- powder ---------------------------------------------------------------------------------- */

/* Errors of an instrument and what the fit is told of them. */
typedef struct errors {
    const char *words;
    double row, offset; /* K: of each row, of the whole curve (standard deviations) */
    double mass;        /* of the starting mass, from hydrogen on */
    const char *temperature_error, *mass_error;
} errors;

static const errors kinds[] = {
    {"noise of the mass alone, told", 0, 0, 0, "0 K", "0 %"},
    {"0.2 K on every row, not told", 0.2, 0, 0, "0 K", "0 %"},
    {"offset of 2 K, not told", 0, 2, 0, "0 K", "0 %"},
    {"offset of 2 K, told", 0, 2, 0, "2 K", "0 %"},
    {"0.2 K on every row, offset of 1 K (the standard)", 0.2, 1, 0, "1 K", "0 %"},
    {"offset of 2 K and 0.1 % of the mass, told", 0.2, 2, 1e-3, "2 K", "0.1 %"},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

#define SIZE 1.5     /* um */
#define STAGNANT 3.0 /* mm */
#define NOISE 0.02   /* mg, of 50 */

/* fe2o3-nio in one cell with grains of one size, from 40 s before hydrogen on. */
static sw_table *powder_curve(const errors *kind, uint64_t seed) {
    const sw_setting settings[] = {
        {"cells", "1"}, {"bins", "1"}, {"oxide_size", "1.5 um"}, {"stagnant", "3 mm"}};
    sw_table *table = empty_table();
    sw_random random = sw_random_create(seed, 0);
    sw_model *model = NULL;
    sw_powder *powder = NULL;
    sw_powder_amounts amounts;
    sw_error error = {0};
    double offset = kind->offset * normal(&random), step = 50 * kind->mass * normal(&random);
    if (sw_model_load(&model, "fe2o3-nio", settings, 4, NULL, 0, &error) != SW_OK ||
        sw_powder_create(&powder, sw_model_powder(model), &error) != SW_OK)
        stop("curve", &error);
    for (double time = 0; time < 2400; time += time < 2000 ? 20 : 2) {
        if (sw_powder_run(powder, time, &error) != SW_OK ||
            sw_powder_observe(&amounts, powder, &error) != SW_OK)
            stop("curve", &error);
        put(table, time, amounts.temperature - offset + kind->row * normal(&random),
            amounts.mass * 1e6 + (time > 34 * 60 ? step : 0) + NOISE * normal(&random));
    }
    sw_powder_destroy(powder);
    sw_model_destroy(model);
    return table;
}

static void study_powder(int cases, uint64_t seed, size_t only) {
    for (size_t k = 0; k < KINDS; k++) {
        if (only > 0 && k + 1 != only)
            continue;
        const char *const given[][2] = {{"settings", "cells=1, bins=1"},
                                        {"free", "oxide_size, stagnant"},
                                        {"scan", "3"},
                                        {"jumps", "keep"},
                                        {"temperature-error", kinds[k].temperature_error},
                                        {"mass-error", kinds[k].mass_error}};
        coverage size = {.name = "oxide_size"}, stagnant = {.name = "stagnant"};
        for (int i = 0; i < cases; i++) {
            sw_table *table = powder_curve(&kinds[k], seed + (uint64_t)i);
            sw_content inputs[2] = {{.noun = SW_NOUN_TABLE, .table = table},
                                    {.noun = SW_NOUN_NONE}};
            sw_measurement *found = measure(sw_registry_find(SW_FITS, "powder"), inputs, given, 6);
            count_in(&size, found, SIZE);
            count_in(&stagnant, found, STAGNANT);
            sw_measurement_destroy(found);
            sw_table_destroy(table);
        }
        print(kinds[k].words, &size);
        print(kinds[k].words, &stagnant);
    }
}

/* ---- kinetics -------------------------------------------------------------------------------- */

#define ENERGY 150.0 /* kJ/mol */
#define LN_A 24.0    /* 1/s */

/* First order from 450 K on, 20 mg that lose 6; noise in mg. */
static sw_table *kinetic_curve(double heating_rate, double noise, sw_random *random) {
    enum { ROWS = 600, PARTS = 20 };
    sw_table *table = empty_table();
    double reduced = 0, step = 350.0 / heating_rate / ROWS;
    for (int row = 0; row < ROWS; row++) {
        put(table, row * step, 450 + heating_rate * row * step,
            20 - 6 * -expm1(-reduced) + noise * normal(random));
        for (int part = 0; part < PARTS; part++) {
            double temperature = 450 + heating_rate * (row + (part + 0.5) / PARTS) * step;
            reduced += step / PARTS * exp(LN_A - ENERGY * 1e3 / (8.314462618 * temperature));
        }
    }
    return table;
}

static void count_levels(coverage *count, const sw_measurement *found, const char *method) {
    const char *name;
    for (size_t i = 0; i < sw_measurement_tables(found); i++) {
        const sw_table *table = sw_measurement_table(found, i, &name);
        char spread[64];
        snprintf(spread, sizeof spread, "%.40s spread", method);
        if (strcmp(name, "energies") != 0 || sw_table_find(table, spread) < 0)
            continue;
        const double *energy = sw_table_numbers_const(table, (size_t)sw_table_find(table, method));
        const double *width = sw_table_numbers_const(table, (size_t)sw_table_find(table, spread));
        for (size_t r = 0; r < sw_table_rows(table); r++) {
            count->all++;
            count->inside += fabs(energy[r] - ENERGY) <= width[r];
            count->width += width[r];
        }
    }
}

static void study_noise(int cases, uint64_t seed, double noise, const char *words) {
    static const char *const methods[] = {"Friedman", "Vyazovkin", "KAS corrected",
                                          "FWO corrected"};
    coverage level[4], mean[4] = {{"energy, Friedman", 0, 0, 0},
                                  {"energy, Vyazovkin", 0, 0, 0},
                                  {"energy, KAS corrected", 0, 0, 0},
                                  {"energy, FWO corrected", 0, 0, 0}};
    coverage combined = {.name = "energy, combined"}, n = {.name = "n"}, m = {.name = "m"};
    coverage fitted = {.name = "energy, one step"};
    for (int i = 0; i < 4; i++)
        level[i] = (coverage){.name = methods[i]};
    for (int i = 0; i < cases; i++) {
        static const double rates[] = {2.5, 5, 10, 20};
        static const char *const given[][2] = {{"loss", "0.3"}, {"model", "sestak-berggren"}};
        sw_random random = sw_random_create(seed + (uint64_t)i, 11);
        sw_content inputs[5] = {{.noun = SW_NOUN_NONE}};
        for (int r = 0; r < 4; r++)
            inputs[r] = (sw_content){.noun = SW_NOUN_TABLE,
                                     .table = kinetic_curve(rates[r] / 60, noise, &random)};
        sw_measurement *found =
            measure(sw_registry_find(SW_INSTRUMENTS, "kinetics"), inputs, given, 1);
        for (int k = 0; k < 4; k++) {
            count_levels(&level[k], found, methods[k]);
            count_in(&mean[k], found, ENERGY);
        }
        count_in(&combined, found, ENERGY);
        sw_measurement_destroy(found);
        found = measure(sw_registry_find(SW_FITS, "kinetics"), inputs, given, 2);
        count_in(&fitted, found, ENERGY);
        count_in(&m, found, 0);
        count_in(&n, found, 1);
        sw_measurement_destroy(found);
        for (int r = 0; r < 4; r++)
            sw_table_destroy(inputs[r].table);
    }
    for (int k = 0; k < 4; k++) {
        print(words, &mean[k]);
        level[k].name = methods[k];
        print("the same at single levels", &level[k]);
    }
    print(words, &combined);
    print("Sestak-Berggren", &fitted);
    print("Sestak-Berggren", &m);
    print("Sestak-Berggren", &n);
}

static void study_kinetics(int cases, uint64_t seed) {
    study_noise(cases, seed, 0.002, "noise of 0.03 % of the loss");
    study_noise(cases, seed, 0.02, "noise of 0.3 % of the loss");
}

int main(int count, char **words) {
    int cases = count > 2 ? atoi(words[2]) : 64;
    uint64_t seed = count > 3 ? strtoull(words[3], NULL, 10) : 1;
    if (count < 2 || cases < 1) {
        fprintf(stderr, "usage: fit_coverage powder|kinetics CASES [FIRST SEED]\n");
        return 2;
    }
    printf("| errors | number | held | share | 95 %% | half-width |\n|---|---|---|---|---|---|\n");
    if (strcmp(words[1], "powder") == 0)
        study_powder(cases, seed, count > 4 ? (size_t)atoi(words[4]) : 0);
    else
        study_kinetics(cases, seed);
    return 0;
}
