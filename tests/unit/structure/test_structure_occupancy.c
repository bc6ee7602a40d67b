/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure_atoms.h"

#include "structure/box.h"
#include "structure/occupancy.h"

#include <math.h>

static uint32_t nearest_plainly(const sw_atoms *sites, const double at[3], double farthest) {
    sw_box box;
    double best = farthest;
    uint32_t nearest = SW_NO_SITE;
    assert_int_equal(sw_box_create(&box, sites, NULL), SW_OK);
    for (size_t s = 0; s < sw_atoms_count(sites); s++) {
        double away[3];
        for (size_t k = 0; k < 3; k++)
            away[k] = sw_atoms_positions_const(sites)[3 * s + k] - at[k];
        sw_box_nearest_image(away, &box);
        double distance = sqrt(away[0] * away[0] + away[1] * away[1] + away[2] * away[2]);
        if (distance < best) {
            best = distance;
            nearest = (uint32_t)s;
        }
    }
    return nearest;
}

static void atoms_belong_to_the_nearest_site(void **state) {
    (void)state;
    static const double cell[3][3] = {{15, 0, 0}, {3, 15, 0}, {0, -2, 15}};
    const double shift[3] = {7, -30, 0.5};
    for (int mask = 0; mask < 8; mask++) {
        const bool periodic[3] = {mask & 1, mask & 2, mask & 4};
        sw_atoms *sites = random_atoms(120, cell, periodic, 3), *atoms;
        sw_occupancy occupancy;
        size_t placed = 0, held = 0;
        atoms = random_atoms(200, cell, periodic, 4);
        assert_int_equal(sw_occupancy_create(&occupancy, sites, atoms, shift, 2.0, NULL, NULL),
                         SW_OK);
        for (size_t i = 0; i < 200; i++) {
            double at[3];
            for (size_t k = 0; k < 3; k++)
                at[k] = sw_atoms_positions_const(atoms)[3 * i + k] + shift[k];
            assert_int_equal(occupancy.site_of[i], nearest_plainly(sites, at, 2.0));
            placed += occupancy.site_of[i] != SW_NO_SITE;
        }
        for (size_t s = 0; s < 120; s++) {
            held += occupancy.atoms[s];
            assert_int_equal(occupancy.atoms[s] == 0, isnan(occupancy.distance[s]));
        }
        assert_int_equal(held, placed);
        sw_occupancy_clear(&occupancy);
        sw_atoms_destroy(sites);
        sw_atoms_destroy(atoms);
    }
}

static void nothing_on_nothing(void **state) {
    (void)state;
    const double shift[3] = {0};
    sw_occupancy occupancy;
    sw_atoms *none, *one = random_atoms(1, NULL, NULL, 1);
    assert_int_equal(sw_atoms_create(&none, 0), SW_OK);
    assert_int_equal(sw_occupancy_create(&occupancy, none, one, shift, 2.0, NULL, NULL), SW_OK);
    assert_int_equal(occupancy.site_of[0], SW_NO_SITE);
    sw_occupancy_clear(&occupancy);
    assert_int_equal(sw_occupancy_create(&occupancy, one, none, shift, 2.0, NULL, NULL), SW_OK);
    assert_int_equal(occupancy.atoms[0], 0);
    sw_occupancy_clear(&occupancy);
    sw_atoms_positions(one)[1] = INFINITY;
    assert_int_equal(sw_occupancy_create(&occupancy, none, one, shift, 2.0, NULL, NULL),
                     SW_ERROR_NUMERIC);
    sw_atoms_destroy(none);
    sw_atoms_destroy(one);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(atoms_belong_to_the_nearest_site),
        cmocka_unit_test(nothing_on_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
