/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/arrhenius.h"

#include <spillway/base.h>

#include <gsl/gsl_sf_expint.h>
#include <math.h>

static const double most_change = 0.5;

double sw_arrhenius(double energy, double temperature, double reference) {
    return exp(-energy / SW_GAS_CONSTANT * (1.0 / temperature - 1.0 / reference));
}

/* Over one straight piece. */
static double integrate_piece(double energy, double reference, double time, double first,
                              double last) {
    static const double node[] = {-0.7745966692414834, 0.0, 0.7745966692414834};
    static const double weight[] = {5.0 / 18.0, 8.0 / 18.0, 5.0 / 18.0};
    double change =
        energy / SW_GAS_CONSTANT * fabs(last - first) / (fmin(first, last) * fmin(first, last));
    const int parts = (int)fmin(fmax(ceil(change / most_change), 1.0), 1e5);
    double sum = 0.0;
    for (int part = 0; part < parts; part++)
        for (int k = 0; k < 3; k++) {
            double share = (part + 0.5 + 0.5 * node[k]) / parts;
            sum += weight[k] * sw_arrhenius(energy, first + share * (last - first), reference);
        }
    return sum / parts * time;
}

void sw_reduced_times(double *reduced, const sw_programme *programme, double energy,
                      double reference) {
    reduced[0] = 0.0;
    for (size_t i = 1; i < programme->count; i++)
        reduced[i] = reduced[i - 1] +
                     integrate_piece(energy, reference, programme->time[i] - programme->time[i - 1],
                                     programme->temperature[i - 1], programme->temperature[i]);
}

static size_t piece_of(const sw_programme *programme, double time) {
    size_t low = 0, high = programme->count - 1;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (programme->time[middle] <= time)
            low = middle;
        else
            high = middle;
    }
    return low;
}

double sw_programme_temperature(const sw_programme *programme, double time) {
    size_t i = piece_of(programme, time);
    double share = (time - programme->time[i]) / (programme->time[i + 1] - programme->time[i]);
    return programme->temperature[i] +
           share * (programme->temperature[i + 1] - programme->temperature[i]);
}

double sw_reduced_time(const sw_programme *programme, double energy, double reference, double from,
                       double to) {
    double sum = 0.0, start = from, at = sw_programme_temperature(programme, from);
    for (size_t i = piece_of(programme, from); i + 1 < programme->count && start < to; i++) {
        double end = fmin(programme->time[i + 1], to);
        double next = sw_programme_temperature(programme, end);
        sum += integrate_piece(energy, reference, end - start, at, next);
        start = end;
        at = next;
    }
    return sum;
}

double sw_temperature_integral_h(double x) {
    return x * gsl_sf_expint_E2_scaled(x);
}

double sw_temperature_integral_ln_p(double x) {
    return -x - 2.0 * log(x) + log(sw_temperature_integral_h(x));
}
