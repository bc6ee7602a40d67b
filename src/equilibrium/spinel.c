/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "equilibrium/spinel.h"

#include <math.h>

#define FRACTIONS                                                                                  \
    6 /* Fe2+ and Fe3+ on tetrahedral sites; Fe2+, Fe3+, Ni2+ on octahedral; oxygen  \
                     */
#define STEPS 30
#define CLOSE 1e-6 /* of t: the energy is known to 1e-18, its slope to 1e-12 */

/* How site fractions change: with t; with n at the same t, which is taken from octahedral Fe2+. */
static const double sharing[FRACTIONS] = {1.0, -1.0, -0.5, 0.5, 0.0, 0.0};
static const double nickel[FRACTIONS] = {0.0, 0.0, -0.5, 0.0, 0.5, 0.0};

sw_status sw_spinel_create(struct sw_spinel *spinel, const sw_calphad *database, sw_error *error) {
    static const char *const elements[] = {"FE", "NI", "O"};
    const sw_status status =
        sw_solution_create(&spinel->solution, database, "SPINEL", elements, 3, error);
    if (status != SW_OK || sw_solution_fractions(spinel->solution) == FRACTIONS)
        return status;
    return sw_error_set(error, SW_ERROR_UNSUPPORTED, "SPINEL", NULL,
                        "expected %d site fractions, found %zu", FRACTIONS,
                        sw_solution_fractions(spinel->solution));
}

void sw_spinel_clear(struct sw_spinel *spinel) {
    sw_solution_destroy(spinel->solution);
    spinel->solution = NULL;
}

static void site_fractions(double y[FRACTIONS], double t, const double fraction[2]) {
    y[0] = t;
    y[1] = 1.0 - t;
    y[2] = 0.5 * (fraction[0] - t);
    y[3] = 0.5 * (1.0 + t);
    y[4] = 0.5 * fraction[1];
    y[5] = 1.0;
}

static double along(const double *first, const double *direction) {
    double sum = 0.0;
    for (size_t i = 0; i < FRACTIONS; i++)
        sum += first[i] * direction[i];
    return sum;
}

static double across(const double *second, const double *one, const double *other) {
    double sum = 0.0;
    for (size_t i = 0; i < FRACTIONS; i++)
        for (size_t j = 0; j < FRACTIONS && one[i] != 0.0; j++)
            if (other[j] != 0.0)
                sum += one[i] * other[j] * second[i * FRACTIONS + j];
    return sum;
}

/* The end members of the assessment are sums over their sites, so that the energy of exchange is
 * the same at every composition; magnetism adds little. It is measured at t = 1/2 in Fe3O4. */
sw_status sw_spinel_set(struct sw_spinel *spinel, double temperature, sw_error *error) {
    static const double magnetite[2] = {1.0, 0.0};
    double y[FRACTIONS], first[FRACTIONS];
    const sw_status status =
        sw_solution_set(spinel->solution, temperature, SW_STANDARD_PRESSURE, error);
    if (status != SW_OK)
        return status;
    spinel->thermal = SW_BOLTZMANN * temperature;
    site_fractions(y, 0.5, magnetite);
    sw_solution_gibbs(NULL, first, NULL, NULL, spinel->solution, y);
    spinel->exchange = 3.0 * exp(-along(first, sharing) / spinel->thermal);
    return SW_OK;
}

/* t where t (1+t)/((1-t) (1-n-t)) is the constant of exchange. */
static double without_magnetism(const struct sw_spinel *spinel, double rest) {
    const double k = spinel->exchange, b = 1.0 + k * (1.0 + rest);
    return 2.0 * k * rest / (b + sqrt(b * b + 4.0 * (1.0 - k) * k * rest));
}

void sw_spinel_gibbs(double *gibbs, double *slope, double *bend, const struct sw_spinel *spinel,
                     const double fraction[2]) {
    double t = without_magnetism(spinel, fraction[0]);
    double y[FRACTIONS], first[FRACTIONS], second[FRACTIONS * FRACTIONS];
    site_fractions(y, t, fraction);
    if (slope == NULL) {
        sw_solution_gibbs(gibbs, NULL, NULL, NULL, spinel->solution, y);
        return;
    }
    double change = 0.0, bent = 1.0;
    for (int step = 0; step < STEPS; step++) {
        sw_solution_gibbs(gibbs, first, second, NULL, spinel->solution, y);
        bent = across(second, sharing, sharing);
        change = fraction[0] > 0.0 ? -along(first, sharing) / bent : 0.0;
        if (!(fabs(change) > CLOSE * t))
            break;
        t += fmax(-0.5 * t, fmin(0.5 * (fraction[0] - t), change));
        site_fractions(y, t, fraction);
    }
    /* the rest of the way is a parabola */
    const double mixed = across(second, sharing, nickel);
    *gibbs += 0.5 * change * along(first, sharing);
    *slope = along(first, nickel) + change * mixed;
    *bend = across(second, nickel, nickel) - mixed * mixed / bent;
}
