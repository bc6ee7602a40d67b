/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The two-dimensional Ising model: energy at the critical point on a 4 x 4 torus, summed over its
 * 65536 states, and on a 16 x 16 torus after Kaufman, Phys. Rev. 76, 1232 (1949); below it
 * Onsager's energy and Yang's magnetisation. Blocks of time; false alarms: sampled_mean.h.
 */
#include "physics/built_in.h"
#include "physics/sampled_mean.h"

#define COUPLING 0.01 /* eV, J of the model */

typedef struct averages {
    sums energy, magnetisation; /* per site, J */
} averages;

static double magnetisation_of(const sw_lattice *lattice) {
    double up = (double)sw_lattice_count(lattice, 2u, 1u), all = (double)sw_lattice_sites(lattice);
    return fabs(2.0 * up / all - 1.0);
}

/* Samples within a block stand so near that they follow the course of the spins. */
static averages run_blocks(const sw_setting *settings, size_t count, double block, int samples) {
    built_in b;
    averages found = {0};
    built_in_create(&b, "ising", settings, count, 5);
    double sites = (double)sw_lattice_sites(b.lattice);
    for (int i = -4; i < FEWEST_SAMPLES; i++) {
        double energy = 0.0, magnetisation = 0.0;
        for (int k = 1; k <= samples; k++) {
            advance_to_time(b.lattice, block * (i + 4 + (double)k / samples));
            energy += sw_lattice_energy(b.lattice) / sites / COUPLING / samples;
            magnetisation += magnetisation_of(b.lattice) / samples;
        }
        if (i >= 0) {
            add(&found.energy, energy);
            add(&found.magnetisation, magnetisation);
        }
    }
    built_in_destroy(&b);
    return found;
}

/* J per site of a 4 x 4 torus, from all its states. */
static double enumerated_energy(double coupling_over_kt) {
    double weights = 0.0, sum = 0.0;
    for (unsigned state = 0; state < 65536; state++) {
        int energy = 0;
        for (unsigned s = 0; s < 16; s++) {
            unsigned right = s / 4 * 4 + (s + 1) % 4, below = (s + 4) % 16;
            energy += (state >> s & 1) == (state >> right & 1) ? -1 : 1;
            energy += (state >> s & 1) == (state >> below & 1) ? -1 : 1;
        }
        double weight = exp(-coupling_over_kt * (energy + 32));
        weights += weight;
        sum += weight * energy;
    }
    return sum / weights / 16.0;
}

static void test_small_torus(void **state) {
    (void)state;
    const sw_setting settings[] = {{"frame.size", "[4, 4, 1]"}};
    averages found = run_blocks(settings, 1, 400.0, 400);
    compare(&found.energy, enumerated_energy(0.5 * log(1.0 + sqrt(2.0))), 0.02, "u(Tc) / J, 4 x 4");
}

static void test_critical_energy(void **state) {
    (void)state;
    averages found = run_blocks(NULL, 0, 5000.0, 100);
    compare(&found.energy, -1.4530649, 0.02, "u(Tc) / J, 16 x 16");
}

static void test_below_critical(void **state) {
    (void)state;
    const sw_setting settings[] = {{"temperature", "232.090362 K"}, {"frame.size", "[48, 48, 1]"}};
    averages found = run_blocks(settings, 2, 120.0, 30);
    compare(&found.energy, -1.7455646, 0.004, "u / J at kT = 2 J");
    compare(&found.magnetisation, pow(1.0 - pow(sinh(1.0), -4.0), 0.125), 0.004, "m at kT = 2 J");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small_torus),
        cmocka_unit_test(test_critical_energy),
        cmocka_unit_test(test_below_critical),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
