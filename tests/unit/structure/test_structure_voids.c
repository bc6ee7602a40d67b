/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure_crystals.h"

#include "structure/void_places.h"

#include <stdlib.h>
#include <string.h>

static const double constants[2] = {5.09, 4.666};

/* Takes `missing` neighbouring atoms out of the middle; *centre is where they were. */
static sw_atoms *with_vacancies(double a, int missing, bool periodic, double angle,
                                double centre[3]) {
    sw_atoms *atoms = fcc_atoms(a, 5, periodic, angle);
    double middle[3] = {0};
    for (size_t i = 0; i < sw_atoms_count(atoms); i++)
        for (size_t k = 0; k < 3; k++)
            middle[k] += sw_atoms_positions(atoms)[3 * i + k] / (double)sw_atoms_count(atoms);
    memset(centre, 0, 3 * sizeof *centre);
    for (int m = 0; m < missing; m++) {
        size_t atom = nearest_atom(atoms, middle);
        for (size_t k = 0; k < 3; k++) {
            middle[k] = sw_atoms_positions(atoms)[3 * atom + k];
            centre[k] += middle[k] / missing;
        }
        remove_atom(atoms, atom);
    }
    return atoms;
}

static void vacancies_in_perfect_crystals(void **state) {
    (void)state;
    for (int c = 0; c < 16; c++) {
        double a = constants[c % 2], angle = 0.41 * (c / 8), centre[3];
        int missing = 1 + c / 2 % 2;
        sw_void_options options = sw_void_options_default();
        options.missing = 0.0;
        options.repeats = 2;
        sw_atoms *atoms = with_vacancies(a, missing, c / 4 % 2, angle, centre);
        sw_voids voids;
        assert_int_equal(sw_voids_create(&voids, atoms, &options, NULL, NULL), SW_OK);
        double volume = a * a * a * (missing == 1 ? 5.0 / 6.0 : 3.0 / 2.0);
        assert_int_equal(voids.count, 1);
        assert_true(fabs(voids.item[0].volume - volume) < 1e-10 * volume);
        for (int k = 0; k < 3; k++)
            assert_true(fabs(voids.item[0].centre[k] - centre[k]) < 1e-9);
        if (missing == 1)
            assert_true(fabs(voids.item[0].radius - a * sqrt(0.5)) < 1e-10);
        size_t at = 0; /* 12 neighbours; two vacancies share 4, and are no atoms themselves */
        for (size_t i = 0; i < voids.atoms; i++) {
            assert_true(voids.at_atom[i] == 0.0 || voids.at_atom[i] == voids.item[0].volume);
            at += voids.at_atom[i] > 0.0;
        }
        assert_int_equal(at, missing == 1 ? 12 : 18);
        assert_int_equal(voids.item[0].size, volume < 125.0 ? SW_VOID_VACANCY : SW_VOID_NANOPORE);
        assert_true(fabs(voids.porosity * voids.solid_volume - volume) < 1e-9);
        if (c / 4 % 2)
            assert_true(fabs(voids.solid_volume - 125.0 * a * a * a) < 1e-7);
        assert_true(voids.control.count[voids.item[0].size].mean == 1.0);
        assert_true(voids.control.porosity.deviation == 0.0);
        sw_voids_clear(&voids);
        sw_atoms_destroy(atoms);
    }
}

/* Missing atoms alone make as many voids as are removed, less those that touch; the control finds
 * what planting by hand finds, with any number of threads. */
static void the_control_finds_missing_atoms(void **state) {
    (void)state;
    sw_atoms *atoms = fcc_atoms(5.09, 8, true, 0.0);
    sw_context *context;
    sw_voids voids, again;
    sw_void_options options = sw_void_options_default();
    options.missing = 0.01;
    options.repeats = 4;
    assert_int_equal(sw_context_create(&context), SW_OK);
    assert_int_equal(sw_voids_create(&voids, atoms, &options, NULL, NULL), SW_OK);
    assert_int_equal(voids.count, 0);
    assert_true(voids.porosity == 0.0);
    const sw_void_control *control = &voids.control;
    assert_int_equal(control->removed, 20);
    double found = 0.0;
    for (int s = 0; s < SW_VOID_SIZES; s++)
        found += control->count[s].mean;
    assert_true(found > 15.0 && found <= 20.0);
    assert_true(control->count[SW_VOID_VACANCY].mean > 12.0);
    assert_true(control->count[SW_VOID_VACANCY].deviation > 0.0);
    double full = 20.0 * 5.0 / 6.0 / 512.0; /* were all apart */
    assert_true(control->porosity.mean < full + 1e-9 && control->porosity.mean > 0.9 * full);
    sw_context_set_threads(context, 3);
    assert_int_equal(sw_voids_create(&again, atoms, &options, context, NULL), SW_OK);
    assert_memory_equal(&voids.control, &again.control, sizeof voids.control);
    sw_voids_clear(&voids);
    sw_voids_clear(&again);
    sw_context_destroy(context);
    sw_atoms_destroy(atoms);
}

/* A hole wider than alpha is outside of the alpha shape; as a cavity it counts. */
static void wide_holes(void **state) {
    (void)state;
    sw_atoms *atoms = fcc_atoms(5.09, 10, false, 0.3);
    double middle[3] = {0};
    size_t count = sw_atoms_count(atoms);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < 3; k++)
            middle[k] += sw_atoms_positions(atoms)[3 * i + k] / (double)count;
    for (size_t i = sw_atoms_count(atoms); i-- > 0;) {
        double square = 0.0;
        for (size_t k = 0; k < 3; k++)
            square += pow(sw_atoms_positions(atoms)[3 * i + k] - middle[k], 2);
        if (square < 100.0)
            remove_atom(atoms, i);
    }
    sw_void_options options = sw_void_options_default();
    sw_voids open, closed;
    options.missing = 0.0;
    options.repeats = 2;
    assert_int_equal(sw_voids_create(&open, atoms, &options, NULL, NULL), SW_OK);
    options.cavities = true;
    assert_int_equal(sw_voids_create(&closed, atoms, &options, NULL, NULL), SW_OK);
    assert_int_equal(closed.count, 1);
    assert_true(closed.item[0].volume > 4000.0 && closed.item[0].radius > 9.0);
    assert_true(open.porosity * open.solid_volume < 0.5 * closed.item[0].volume);
    sw_voids_clear(&open);
    sw_voids_clear(&closed);
    sw_atoms_destroy(atoms);
}

/* Distance of the nearest periodic images in a cubic cell of this edge. */
static double apart(const double a[3], const double b[3], double edge) {
    double square = 0.0;
    for (int k = 0; k < 3; k++) {
        double gap = a[k] - b[k];
        gap -= edge * round(gap / edge);
        square += gap * gap;
    }
    return sqrt(square);
}

typedef struct slices {
    sw_atoms *atoms;
    double edge, vacancy[3];
    sw_phase_map map;
} slices;

/* A periodic crystal in slices along x, dense, wide and amorphous by name, without the atom nearest
 * to `place` (fractions). */
static void make_slices(slices *made, const double place[3]) {
    double a = 5.09, centre[3];
    *made = (slices){.atoms = fcc_atoms(a, 5, true, 0.0), .edge = 5 * a};
    for (int k = 0; k < 3; k++)
        centre[k] = place[k] * made->edge;
    size_t gone = nearest_atom(made->atoms, centre);
    memcpy(made->vacancy, sw_atoms_positions(made->atoms) + 3 * gone, sizeof made->vacancy);
    remove_atom(made->atoms, gone);
    made->map.atoms = sw_atoms_count(made->atoms);
    made->map.phase = malloc(made->map.atoms);
    for (size_t i = 0; i < made->map.atoms; i++) {
        double x = sw_atoms_positions(made->atoms)[3 * i] / made->edge;
        made->map.phase[i] = x < 0.25   ? SW_PHASE_DENSE
                             : x < 0.55 ? SW_PHASE_WIDE
                                        : SW_PHASE_AMORPHOUS;
    }
    assert_int_equal(sw_neighbours_within(&made->map.neighbours, made->atoms, 4.5,
                                          SW_NEIGHBOURS_BY_DISTANCE, NULL, NULL),
                     SW_OK);
}

static double nearest_dense(const slices *made, const double from[3]) {
    double least = INFINITY;
    for (size_t i = 0; i < made->map.atoms; i++)
        if (made->map.phase[i] == SW_PHASE_DENSE)
            least = fmin(least, apart(from, sw_atoms_positions(made->atoms) + 3 * i, made->edge));
    return least;
}

/* Over all pairs of neighbours, the plain way. */
static double nearest_middle(const slices *made, const double from[3]) {
    double least = INFINITY;
    for (size_t i = 0; i < made->map.atoms; i++)
        for (size_t j = 0; j < made->map.atoms; j++) {
            const double *one = sw_atoms_positions(made->atoms) + 3 * i;
            const double *two = sw_atoms_positions(made->atoms) + 3 * j;
            double middle[3];
            if (made->map.phase[i] != SW_PHASE_WIDE || made->map.phase[j] != SW_PHASE_AMORPHOUS ||
                apart(one, two, made->edge) >= 4.5)
                continue;
            for (int k = 0; k < 3; k++)
                middle[k] = one[k] + 0.5 * (two[k] - one[k] -
                                            made->edge * round((two[k] - one[k]) / made->edge));
            least = fmin(least, apart(from, middle, made->edge));
        }
    return least;
}

/* The share of the oxide that is nearer to the core than the vacancy. */
static double nearer_share(const slices *made, double distance) {
    size_t oxide = 0, nearer = 0;
    for (size_t i = 0; i < made->map.atoms; i++) {
        if (made->map.phase[i] == SW_PHASE_DENSE)
            continue;
        oxide++;
        nearer += nearest_dense(made, sw_atoms_positions(made->atoms) + 3 * i) < distance;
    }
    return (double)nearer / (double)oxide;
}

/* One vacancy in each of these places, one of them at the border of the cell. */
static void places_among_phases(void **state) {
    static const double places[][3] = {{0.1, 0.5, 0.5}, {0.45, 0, 0}, {0.8, 0.99, 0.5}};
    (void)state;
    for (size_t p = 0; p < 3; p++) {
        slices made;
        sw_voids voids;
        sw_void_places found;
        sw_void_options options = sw_void_options_default();
        options.repeats = 2;
        make_slices(&made, places[p]);
        options.label = made.map.phase;
        assert_int_equal(sw_voids_create(&voids, made.atoms, &options, NULL, NULL), SW_OK);
        assert_int_equal(sw_void_places_create(&found, &voids, made.atoms, &made.map, NULL, NULL),
                         SW_OK);
        assert_int_equal(voids.count, 1);
        uint32_t wall[SW_VOID_LABELS] = {0};
        size_t at = 0;
        for (size_t i = 0; i < made.map.atoms; i++) {
            bool near = apart(made.vacancy, sw_atoms_positions(made.atoms) + 3 * i, made.edge) < 4;
            wall[made.map.phase[i]] += near;
            at += near;
            assert_true((voids.at_atom[i] > 0.0) == near);
        }
        assert_int_equal(at, 12);
        assert_memory_equal(wall, voids.item[0].wall, sizeof wall);
        double core = nearest_dense(&made, made.vacancy), rank = nearer_share(&made, core);
        assert_true(fabs(found.from[SW_FROM_CORE].distance[0] - core) < 1e-9);
        assert_true(fabs(found.from[SW_FROM_BOUNDARY].distance[0] -
                         nearest_middle(&made, made.vacancy)) < 1e-9);
        /* shells of equal distance are many atoms: none of them, or all, by the last bit */
        assert_true(found.from[SW_FROM_CORE].rank[0] >= nearer_share(&made, core - 1e-9) &&
                    found.from[SW_FROM_CORE].rank[0] <= nearer_share(&made, core + 1e-9));
        assert_true(rank > 0.0 || core < 4.0);
        sw_void_places_clear(&found);
        sw_voids_clear(&voids);
        sw_neighbours_clear(&made.map.neighbours);
        free(made.map.phase);
        sw_atoms_destroy(made.atoms);
    }
}

/* Without a core, and without oxide, there is nothing to be far from. */
static void places_without_phases(void **state) {
    static const double middle[3] = {0.5, 0.5, 0.5};
    (void)state;
    for (uint8_t phase = SW_PHASE_DENSE; phase < SW_PHASES; phase++) {
        slices made;
        sw_voids voids;
        sw_void_places found;
        sw_void_options options = sw_void_options_default();
        make_slices(&made, middle);
        memset(made.map.phase, phase, made.map.atoms);
        assert_int_equal(sw_voids_create(&voids, made.atoms, &options, NULL, NULL), SW_OK);
        assert_int_equal(sw_void_places_create(&found, &voids, made.atoms, &made.map, NULL, NULL),
                         SW_OK);
        assert_true(isnan(found.from[SW_FROM_CORE].rank[0]));
        assert_true(isnan(found.from[SW_FROM_CORE].distance[0]) == (phase != SW_PHASE_DENSE));
        assert_true(isnan(found.from[SW_FROM_BOUNDARY].distance[0]));
        assert_int_equal(sw_void_places_nearer(&found, SW_FROM_CORE, 1e9), 0);
        assert_int_equal(voids.item[0].wall[0], 0); /* no labels */
        sw_void_places_clear(&found);
        sw_voids_clear(&voids);
        sw_neighbours_clear(&made.map.neighbours);
        free(made.map.phase);
        sw_atoms_destroy(made.atoms);
    }
}

static void options_out_of_range(void **state) {
    (void)state;
    sw_voids voids;
    sw_error error = {0};
    sw_atoms *atoms = random_atoms(3, NULL, NULL, 1);
    sw_void_options options = sw_void_options_default();
    assert_int_equal(sw_voids_create(&voids, atoms, &options, NULL, &error), SW_OK);
    assert_int_equal(voids.count, 0);
    sw_voids_clear(&voids);
    options.missing = 1.0;
    assert_int_equal(sw_voids_create(&voids, atoms, &options, NULL, &error), SW_ERROR_ARGUMENT);
    options = sw_void_options_default();
    options.alpha = NAN;
    assert_int_equal(sw_voids_create(&voids, atoms, &options, NULL, &error), SW_ERROR_ARGUMENT);
    sw_atoms_destroy(atoms);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vacancies_in_perfect_crystals),
        cmocka_unit_test(the_control_finds_missing_atoms),
        cmocka_unit_test(wide_holes),
        cmocka_unit_test(places_among_phases),
        cmocka_unit_test(places_without_phases),
        cmocka_unit_test(options_out_of_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
