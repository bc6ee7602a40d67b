/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine against enumeration and against itself. */
#include "lattice_steps.h"
#include "small_models.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- selection against enumeration ----------------------------------------------------------- */

/* One event, many times, from one state against the enumerated rates: chi-square. */
static void test_selection_chi_square(void **state) {
    (void)state;
    small_model m;
    small_model_init(&m, 4, 4, 1, true, 700);
    small_model_pair(&m, A_SET | B_SET, A_SET | B_SET, 2.0, 0.11);
    small_model_pair(&m, A_SET, B_SET, 2.0 * sqrt(2.0), -0.13);
    small_model_hop(&m, A_SET, 1.6);
    small_model_hop(&m, B_SET, 1.65);
    small_model_adsorption(&m, 1, 2.0, 30.0);
    small_model_fill(&m, 0.3, 0.3);
    enum { DRAWS = 6000, LIMIT = 256 };
    double seen[LIMIT] = {0}, total = 0.0, chi = 0.0, time = 0.0;
    sw_channel *channels;
    size_t count, used = 0;
    sw_lattice *start = create_lattice(&m.model, 1);
    assert_int_equal(sw_lattice_channels(&channels, &count, start), SW_OK);
    assert_true(count > 10 && count < LIMIT);
    for (size_t c = 0; c < count; c++)
        total += channels[c].rate;
    sw_lattice *lattice = create_lattice(&m.model, 2);
    for (int draw = 0; draw < DRAWS; draw++) {
        size_t found = count;
        for (size_t s = 0; s < 16; s++)
            put_species(lattice, s, sw_lattice_species(start, s));
        double before = sw_lattice_time(lattice);
        advance_by_events(lattice, 1);
        time += (sw_lattice_time(lattice) - before) / DRAWS;
        for (size_t c = 0; c < count && found == count; c++) {
            bool same = true;
            for (size_t s = 0; s < 16; s++) {
                int expected = sw_lattice_species(start, s);
                for (size_t k = 0; k < channels[c].slots; k++)
                    if (channels[c].sites[k] == s)
                        expected = channels[c].after[k];
                same = same && expected == sw_lattice_species(lattice, s);
            }
            found = same ? c : count;
        }
        assert_true(found < count);
        seen[found]++;
    }
    for (size_t c = 0; c < count; c++) {
        double expected = DRAWS * channels[c].rate / total;
        if (expected < 5.0)
            continue;
        chi += (seen[c] - expected) * (seen[c] - expected) / expected;
        used++;
    }
    /* Wilson-Hilferty: standard normal; 4.9 is a false alarm of 5e-7 */
    double n = (double)used - 1.0;
    double z = (cbrt(chi / n) - (1.0 - 2.0 / (9.0 * n))) / sqrt(2.0 / (9.0 * n));
    assert_true(used > 5);
    assert_true(fabs(z) < 4.9);
    assert_true(fabs(time * total - 1.0) < 5.0 / sqrt(DRAWS));
    free(channels);
    sw_lattice_destroy(lattice);
    sw_lattice_destroy(start);
}

/* ---- invariants ------------------------------------------------------------------------------ */

static void test_audit_in_motion(void **state) {
    (void)state;
    small_model m;
    small_model_init(&m, 7, 6, 5, true, 800);
    m.model.frame.periodic[2] = false;
    small_model_pair(&m, A_SET, A_SET | B_SET, 2.0, -0.05);
    small_model_pair(&m, B_SET, B_SET, 2.0 * sqrt(2.0), -0.04);
    small_model_hop(&m, A_SET | B_SET, 0.8);
    small_model_fill(&m, 0.2, 0.2);
    sw_lattice *lattice = create_lattice(&m.model, 3);
    size_t atoms = sw_lattice_count(lattice, A_SET | B_SET, 1);
    for (int i = 0; i < 10; i++) {
        advance_by_events(lattice, 500);
        audit_lattice(lattice);
    }
    assert_int_equal(sw_lattice_count(lattice, A_SET | B_SET, 1), atoms);
    sw_lattice_destroy(lattice);
}

/* The energy that channels report is the change of the energy computed from scratch. */
static void test_energy_changes(void **state) {
    (void)state;
    small_model m;
    small_model_init(&m, 5, 5, 4, true, 800);
    small_model_pair(&m, A_SET, A_SET | B_SET, 2.0, -0.05);
    m.pair[0].screening = B_SET;
    m.pair[0].screening_distance = 2.9;
    m.pair[0].factors = 3;
    m.pair[0].factor[0] = 1.0;
    m.pair[0].factor[1] = 0.3;
    m.pair[0].factor[2] = -0.2;
    m.cluster[m.model.energetics.cluster_terms++] =
        (sw_cluster_term){.points = 3,
                          .species = {A_SET, B_SET, A_SET | B_SET},
                          .kinds = {1, 1, 1},
                          .distance = {{0, 2, 2}, {2, 0, 2 * M_SQRT2}, {2, 2 * M_SQRT2, 0}},
                          .energy = 0.07};
    small_model_hop(&m, A_SET | B_SET, 0.8);
    small_model_fill(&m, 0.3, 0.2);
    sw_lattice *lattice = create_lattice(&m.model, 3);
    sw_channel *channels;
    size_t count;
    assert_int_equal(sw_lattice_channels(&channels, &count, lattice), SW_OK);
    double before = sw_lattice_energy(lattice);
    for (size_t c = 0; c < count; c += 7) {
        int held[2];
        for (size_t k = 0; k < 2; k++) {
            held[k] = sw_lattice_species(lattice, channels[c].sites[k]);
            put_species(lattice, channels[c].sites[k], channels[c].after[k]);
        }
        double change = sw_lattice_energy(lattice) - before;
        assert_true(fabs(change - channels[c].energy_change) < 1e-9);
        for (size_t k = 0; k < 2; k++)
            put_species(lattice, channels[c].sites[k], held[k]);
    }
    audit_lattice(lattice);
    free(channels);
    sw_lattice_destroy(lattice);
}

static void test_small_frame_refused(void **state) {
    (void)state;
    small_model m;
    small_model_init(&m, 4, 4, 1, true, 500);
    m.model.frame.periodic[2] = true;
    small_model_hop(&m, A_SET, 0.5);
    sw_lattice *lattice;
    sw_error error = {0};
    assert_int_equal(sw_lattice_create(&lattice, &m.model, 1, NULL, &error), SW_ERROR_MODEL);
    assert_non_null(strstr(error.message, "neighbour"));
}

/* An atom takes its neighbour's place and sends it on: turned round, the same process from the other
 * end. It must be there once. */
static void test_mirrored_process_counts_once(void **state) {
    (void)state;
    small_model m;
    small_model_init(&m, 5, 1, 1, false, 500);
    sw_process *kick = small_model_process(&m, "kick", 3, SW_KINETICS_BARRIER, 1e13, 0.5);
    kick->slot[0].before = kick->slot[1].before = A_SET;
    kick->slot[0].after_species = SW_EMPTY;
    kick->slot[1].after_slot = 0;
    kick->slot[2].after_slot = 1;
    kick->reversible = true;
    sw_lattice *lattice = create_lattice(&m.model, 1);
    assert_int_equal(sw_lattice_set(lattice, 0, 1), SW_OK);
    assert_int_equal(sw_lattice_set(lattice, 1, 1), SW_OK);
    sw_channel *channels = NULL;
    size_t count = 0;
    assert_int_equal(sw_lattice_channels(&channels, &count, lattice), SW_OK);
    assert_int_equal(count, 1);
    free(channels);
    sw_lattice_destroy(lattice);
}

static void test_absorbing_state_finishes(void **state) {
    (void)state;
    small_model m;
    small_model_init(&m, 4, 4, 1, true, 500);
    sw_process *fill = small_model_process(&m, "fill", 1, SW_KINETICS_RATE, 1.0, 0.0);
    fill->slot[0].after_species = 1;
    sw_lattice *lattice = create_lattice(&m.model, 1);
    assert_true(advance_until(lattice, INFINITY, UINT64_MAX));
    assert_int_equal(sw_lattice_count(lattice, A_SET, 1), 16);
    /* a horizon in time is reached, and still nothing is left to wait for */
    double later = sw_lattice_time(lattice) + 1.0;
    assert_true(advance_until(lattice, later, UINT64_MAX));
    assert_true(sw_lattice_time(lattice) == later);
    sw_lattice_destroy(lattice);
}

/* A gas that comes only with the second leg of the programme is worth waiting for. */
static void test_programme_is_awaited(void **state) {
    (void)state;
    static const double none[1] = {0.0}, full[1] = {SW_BAR};
    const sw_leg legs[2] = {{.duration = 5.0, .temperature = 500, .pressure = none},
                            {.duration = 5.0, .temperature = 500, .pressure = full}};
    small_model m;
    small_model_init(&m, 4, 4, 1, true, 500);
    m.gas[0] = (sw_gas_species){"H2", 0.0};
    m.model.gas.species = 1;
    m.model.leg = legs;
    m.model.legs = 2;
    sw_process *fill = small_model_adsorption(&m, 1, 10.0, 0.0);
    fill->reversible = false;
    fill->gas_changes = 1;
    fill->gas_change[0] = (sw_gas_change){0, -1};
    sw_lattice *lattice = create_lattice(&m.model, 1);
    assert_false(advance_until(lattice, 1.0, UINT64_MAX));
    assert_int_equal(sw_lattice_events(lattice), 0);
    assert_true(advance_until(lattice, 100.0, UINT64_MAX));
    assert_int_equal(sw_lattice_events(lattice), 16);
    sw_lattice_destroy(lattice);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_selection_chi_square),
        cmocka_unit_test(test_audit_in_motion),
        cmocka_unit_test(test_energy_changes),
        cmocka_unit_test(test_small_frame_refused),
        cmocka_unit_test(test_mirrored_process_counts_once),
        cmocka_unit_test(test_absorbing_state_finishes),
        cmocka_unit_test(test_programme_is_awaited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
