/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure_atoms.h"

#include "structure/box.h"
#include "structure/components.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Labels by relaxation until nothing changes: the plain version. */
static void label_plainly(uint32_t *label, const sw_atoms *atoms, double cutoff,
                          const uint8_t *chosen) {
    sw_box box;
    const double *position = sw_atoms_positions_const(atoms);
    size_t count = sw_atoms_count(atoms);
    bool changed = true;
    assert_int_equal(sw_box_create(&box, atoms, NULL), SW_OK);
    for (size_t i = 0; i < count; i++)
        label[i] = chosen[i] ? (uint32_t)i : SW_NO_COMPONENT;
    while (changed) {
        changed = false;
        for (size_t i = 0; i < count; i++)
            for (size_t j = 0; j < count; j++) {
                double apart[3];
                for (size_t k = 0; k < 3; k++)
                    apart[k] = position[3 * i + k] - position[3 * j + k];
                sw_box_nearest_image(apart, &box);
                double squared = apart[0] * apart[0] + apart[1] * apart[1] + apart[2] * apart[2];
                if (chosen[i] && chosen[j] && squared < cutoff * cutoff && label[j] < label[i]) {
                    label[i] = label[j];
                    changed = true;
                }
            }
    }
}

static void groups_are_those_of_plain_labelling(void **state) {
    (void)state;
    static const double cell[3][3] = {{12, 0, 0}, {2, 12, 0}, {-1, 1, 12}};
    for (int trial = 0; trial < 12; trial++) {
        const bool periodic[3] = {trial & 1, trial & 2, trial & 4};
        uint8_t chosen[150];
        uint32_t label[150];
        sw_components groups;
        sw_atoms *atoms = random_atoms(150, trial < 8 ? cell : NULL, periodic, (uint64_t)trial);
        for (size_t i = 0; i < 150; i++)
            chosen[i] = i % 5 != 0;
        label_plainly(label, atoms, 1.7, chosen);
        assert_int_equal(sw_components_create(&groups, atoms, 1.7, chosen, NULL, NULL), SW_OK);
        for (size_t i = 0; i < 150; i++)
            for (size_t j = 0; j < 150; j++)
                assert_int_equal(groups.of[i] == groups.of[j], label[i] == label[j]);
        for (size_t g = 1; g < groups.count; g++)
            assert_true(groups.list[g].atoms <= groups.list[g - 1].atoms);
        sw_components_clear(&groups);
        sw_atoms_destroy(atoms);
    }
}

/* A rod of 5 atoms 2 A apart that crosses the boundary: gyration^2 = 4 x (25 - 1) / 12. */
static void a_group_across_the_boundary_keeps_its_shape(void **state) {
    (void)state;
    static const double cell[3][3] = {{20, 0, 0}, {0, 20, 0}, {0, 0, 20}};
    const bool periodic[3] = {true, true, true};
    sw_components groups;
    sw_atoms *atoms = random_atoms(5, cell, periodic, 1);
    for (size_t i = 0; i < 5; i++)
        for (size_t k = 0; k < 3; k++)
            sw_atoms_positions(atoms)[3 * i + k] =
                k == 0 ? fmod(16.0 + 2.0 * (double)i, 20.0) : 1.0;
    assert_int_equal(sw_components_create(&groups, atoms, 2.5, NULL, NULL, NULL), SW_OK);
    assert_int_equal(groups.count, 1);
    assert_false(groups.list[0].endless);
    assert_true(fabs(groups.list[0].gyration - sqrt(8.0)) < 1e-12);
    assert_true(fabs(fmod(groups.list[0].centre[0] + 20.0, 20.0)) < 1e-9);
    sw_components_clear(&groups);
    sw_atoms_destroy(atoms);

    atoms = random_atoms(10, cell, periodic, 1);
    for (size_t i = 0; i < 10; i++)
        for (size_t k = 0; k < 3; k++)
            sw_atoms_positions(atoms)[3 * i + k] = k == 0 ? 2.0 * (double)i : 1.0;
    assert_int_equal(sw_components_create(&groups, atoms, 2.5, NULL, NULL, NULL), SW_OK);
    assert_int_equal(groups.count, 1);
    assert_true(groups.list[0].endless);
    sw_components_clear(&groups);
    sw_atoms_destroy(atoms);
}

static void few_atoms(void **state) {
    (void)state;
    for (size_t count = 0; count < 3; count++) {
        sw_components groups;
        sw_atoms *atoms;
        assert_int_equal(sw_atoms_create(&atoms, count), SW_OK);
        assert_int_equal(sw_components_create(&groups, atoms, 1.0, NULL, NULL, NULL), SW_OK);
        assert_int_equal(groups.count, count > 0); /* all in one place */
        sw_components_clear(&groups);
        sw_atoms_destroy(atoms);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_are_those_of_plain_labelling),
        cmocka_unit_test(a_group_across_the_boundary_keeps_its_shape),
        cmocka_unit_test(few_atoms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
