/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting structures: crystals, mixtures, regions, and atoms files mapped onto the frame. */
#include "lattice/state.h"
#include "lattice_steps.h"
#include "oxide_models.h"

#include <spillway/io.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static const bool closed[3] = {0}, periodic[3] = {1, 1, 1};

/* ---- crystals and regions -------------------------------------------------------------------- */

static const sw_crystal_site spinel_sites[] = {
    {FE, {0, 0, 0}},          {FE, {0, 0.5, 0.5}},     {FE, {0.5, 0, 0.5}}, {FE, {0.5, 0.5, 0}},
    {FE, {0, 1, 1}},          {FE, {0, 1.5, 1.5}},     {FE, {0.5, 1, 1.5}}, {FE, {0.5, 1.5, 1}},
    {FE, {1, 0, 1}},          {FE, {1, 0.5, 1.5}},     {FE, {1.5, 0, 1.5}}, {FE, {1.5, 0.5, 1}},
    {FE, {1, 1, 0}},          {FE, {1, 1.5, 0.5}},     {FE, {1.5, 1, 0.5}}, {FE, {1.5, 1.5, 0}},
    {FE, {0.75, 0.75, 0.75}}, {FE, {1.25, 1.25, 1.25}}};
static const sw_crystal_site rock_salt_sites[] = {
    {FE, {0, 0, 0}},       {FE, {0, 0.5, 0.5}}, {FE, {0.5, 0, 0.5}}, {FE, {0.5, 0.5, 0}},
    {OX, {0.5, 0.5, 0.5}}, {OX, {0.5, 0, 0}},   {OX, {0, 0.5, 0}},   {OX, {0, 0, 0.5}}};
static const sw_crystal_site wrong_sites[] = {{OX, {0, 0, 0}}};
static const sw_crystal crystals[] = {{"half spinel", 2.0, 18, spinel_sites},
                                      {"rock salt", 1.0, 8, rock_salt_sites},
                                      {"wrong", 1.0, 1, wrong_sites}};

static void use_crystal(oxide_model *m, int crystal, size_t fill) {
    m->model.structure.crystals = 3;
    m->model.structure.crystal = crystals;
    m->fill[fill].crystal = crystal;
}

static bool in_half_spinel(const double p[3]) {
    for (int i = 0; i < 18; i++) {
        bool equal = true;
        for (int d = 0; d < 3; d++) {
            double apart = (p[d] / 4.0 - spinel_sites[i].position[d]) / 2.0;
            equal = equal && fabs(apart - nearbyint(apart)) < 1e-6;
        }
        if (equal)
            return true;
    }
    return false;
}

static void test_crystals(void **state) {
    (void)state;
    oxide_model m;
    oxide_model_init(&m, 4, 4, 4, periodic, 800.0);
    oxide_model_fill(&m, CATION, FE, 0.0);
    use_crystal(&m, 0, 0);
    sw_lattice *lattice = create_lattice(&m.model, 1);
    assert_int_equal(sw_lattice_count(lattice, ONLY(FE), KIND(CATION)), 16 * 8);
    assert_int_equal(sw_lattice_count(lattice, ONLY(FE), KIND(TETRAHEDRAL)), 2 * 8);
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++) { /* period of two cells */
        double p[3];
        sw_lattice_position(p, lattice, s);
        assert_int_equal(sw_lattice_species(lattice, s) == FE, in_half_spinel(p));
    }
    sw_lattice_destroy(lattice);
    use_crystal(&m, 1, 0);
    lattice = create_lattice(&m.model, 1);
    assert_int_equal(sw_lattice_count(lattice, ONLY(FE), KIND(CATION)), 4 * 64);
    assert_int_equal(sw_lattice_count(lattice, ONLY(OX), KIND(OXYGEN)), 4 * 64);
    assert_int_equal(sw_lattice_count(lattice, ~1u, KIND(TETRAHEDRAL)), 0);
    sw_lattice_destroy(lattice);
    use_crystal(&m, 2, 0); /* a species is never put where it may not sit */
    lattice = create_lattice(&m.model, 1);
    assert_int_equal(sw_lattice_count(lattice, ~1u, ~0u), 0);
    sw_lattice_destroy(lattice);
}

/* Fractions within 5.5 standard deviations of the binomial (false alarm below 1e-7). */
static void test_mixture(void **state) {
    (void)state;
    oxide_model m;
    oxide_model_init(&m, 10, 10, 10, periodic, 800.0);
    sw_fill *fill = oxide_model_fill(&m, CATION, FE, 0.0);
    fill->fraction[FE] = 0.3;
    fill->fraction[NI] = 0.6;
    sw_lattice *lattice = create_lattice(&m.model, 1), *same = create_lattice(&m.model, 1);
    sw_lattice *other = create_lattice(&m.model, 2);
    double sites = 4000.0;
    double iron = (double)sw_lattice_count(lattice, ONLY(FE), ~0u);
    double nickel = (double)sw_lattice_count(lattice, ONLY(NI), KIND(CATION));
    assert_true(fabs(iron - 0.3 * sites) < 5.5 * sqrt(sites * 0.3 * 0.7));
    assert_true(fabs(nickel - 0.6 * sites) < 5.5 * sqrt(sites * 0.6 * 0.4));
    size_t different = 0;
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++) {
        assert_int_equal(sw_lattice_species(lattice, s), sw_lattice_species(same, s));
        different += sw_lattice_species(lattice, s) != sw_lattice_species(other, s);
    }
    assert_true(different > 1000);
    sw_lattice_destroy(lattice);
    sw_lattice_destroy(other);
    sw_lattice_destroy(same);
}

static void test_regions(void **state) {
    (void)state;
    oxide_model m;
    oxide_model_init(&m, 6, 6, 6, closed, 800.0);
    static const sw_half_space walls[2] = {{{0.6, 0.8, 0.0}, 3.0}, {{0.0, 0.0, -1.0}, 5.0}};
    sw_fill *fill = oxide_model_fill(&m, CATION, NI, 9.0);
    fill->half_space = walls;
    fill->half_spaces = 2;
    fill->centre[0] = 1.5;
    sw_lattice *lattice = create_lattice(&m.model, 1);
    size_t inside = 0;
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++) {
        double p[3], r[3];
        sw_lattice_position(p, lattice, s);
        for (int d = 0; d < 3; d++)
            r[d] = p[d] - 12.0 - (d == 0 ? 1.5 : 0.0);
        bool expected = sw_lattice_kind(lattice, s) == CATION &&
                        r[0] * r[0] + r[1] * r[1] + r[2] * r[2] <= 81.0 &&
                        0.6 * r[0] + 0.8 * r[1] <= 3.0 && -r[2] <= 5.0;
        assert_int_equal(sw_lattice_species(lattice, s) == NI, expected);
        inside += expected;
    }
    assert_true(inside > 50 && inside < 300);
    sw_lattice_destroy(lattice);
}

/* A {111} slab of a periodic frame: x + y + z modulo its edge; closed, of one thickness all over. */
static void test_slab(void **state) {
    (void)state;
    oxide_model m;
    oxide_model_init(&m, 6, 6, 6, periodic, 800.0);
    sw_fill *fill = oxide_model_fill(&m, CATION, NI, 0.0);
    assert_int_equal(sw_slab_close(&fill->slab, &m.model.frame, (const int[3]){1, 1, 1}, NULL),
                     SW_OK);
    fill->slab.from = -2.0;
    fill->slab.thickness = 3.0 * 4.0 / sqrt(3.0); /* the upper plane holds sites, not in the slab */
    fill->centre[2] = 2.0 * sqrt(3.0) - 4.0;      /* the lower plane holds sites, in the slab */
    sw_lattice *lattice = create_lattice(&m.model, 1);
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++) {
        double p[3];
        sw_lattice_position(p, lattice, s);
        int layer = (int)nearbyint((p[0] + p[1] + p[2]) / 4.0 - 8.0 + 60.0) % 6;
        bool expected = sw_lattice_kind(lattice, s) == CATION && layer < 3;
        assert_int_equal(sw_lattice_species(lattice, s) == NI, expected);
    }
    assert_int_equal(sw_lattice_count(lattice, ONLY(NI), KIND(CATION)), 4 * 216 / 2);
    sw_lattice_destroy(lattice);
}

/* `replace` clears what else lies in the region; without it the new fill is laid over the old. */
static void check_replace(bool replace) {
    oxide_model m;
    oxide_model_init(&m, 6, 6, 6, closed, 800.0);
    oxide_model_fill(&m, CATION, FE, 0.0);
    use_crystal(&m, 1, 0);
    oxide_model_fill(&m, CATION, NI, 6.0)->replace = replace;
    sw_lattice *lattice = create_lattice(&m.model, 1);
    size_t nickel = 0;
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++) {
        double p[3], square = 0.0;
        sw_lattice_position(p, lattice, s);
        for (int d = 0; d < 3; d++)
            square += (p[d] - 12.0) * (p[d] - 12.0);
        int kind = sw_lattice_kind(lattice, s), held = sw_lattice_species(lattice, s);
        bool in = square <= 36.0;
        int expected = kind == OXYGEN ? (in && replace ? EMPTY : OX) : EMPTY;
        if (kind == CATION)
            expected = in ? NI : FE;
        assert_int_equal(held, expected);
        nickel += held == NI;
    }
    assert_true(nickel > 10);
    sw_lattice_destroy(lattice);
}

static void test_replace(void **state) {
    (void)state;
    check_replace(false);
    check_replace(true);
}

/* ---- atoms files ----------------------------------------------------------------------------- */

static char path[] = "/tmp/lattice-structure-XXXXXX.xyz";

static int make_path(void **state) {
    (void)state;
    int file = mkstemps(path, 4);
    return file < 0 ? -1 : close(file);
}

static int remove_path(void **state) {
    (void)state;
    return unlink(path);
}

static void write_atoms(const double position[][3], const int element[], size_t count) {
    sw_atoms *atoms = NULL;
    sw_error error = {0};
    assert_int_equal(sw_atoms_create(&atoms, count), SW_OK);
    for (size_t i = 0; i < count; i++) {
        memcpy(sw_atoms_positions(atoms) + 3 * i, position[i], sizeof position[i]);
        sw_atoms_elements(atoms)[i] = (uint8_t)element[i];
    }
    if (sw_write_atoms(path, NULL, atoms, false, &error) != SW_OK)
        fail_msg("%s", error.message);
    sw_atoms_destroy(atoms);
}

/* All atoms of a lattice, shifted; atom `odd` is moved by `off` along y besides and, unless 0,
 * becomes `odd_element`. */
static void write_file(const sw_lattice *lattice, const double shift[3], size_t odd, double off,
                       int odd_element) {
    static const int elements[4] = {0, 26, 28, 8};
    size_t count = 0, sites = sw_lattice_sites(lattice);
    double(*position)[3] = calloc(sites, sizeof *position);
    int *element = calloc(sites, sizeof *element);
    for (size_t s = 0; s < sites; s++) {
        if (sw_lattice_species(lattice, s) == EMPTY)
            continue;
        sw_lattice_position(position[count], lattice, s);
        for (int d = 0; d < 3; d++)
            position[count][d] += shift[d];
        element[count++] = elements[sw_lattice_species(lattice, s)];
    }
    position[odd][1] += off;
    element[odd] = odd_element ? odd_element : element[odd];
    write_atoms((const double(*)[3])position, element, count);
    free(position);
    free(element);
}

static const double nowhere[3] = {0};

static sw_lattice *source(oxide_model *m, const bool axes[3]) {
    oxide_model_init(m, 5, 5, 5, axes, 800.0);
    sw_fill *fill = oxide_model_fill(m, CATION, FE, 0.0);
    fill->fraction[FE] = 0.4;
    fill->fraction[NI] = 0.3;
    oxide_model_fill(m, OXYGEN, OX, 0.0)->fraction[OX] = 0.5;
    return create_lattice(&m->model, 7);
}

static sw_status load(oxide_model *m, sw_lattice **lattice, sw_error *error) {
    m->model.structure.fills = 0;
    m->model.structure.file = path;
    return sw_lattice_create(lattice, &m->model, 7, NULL, error);
}

/* What was written is found again, atoms a little off their sites included. */
static void check_file(const bool axes[3], const double shift[3]) {
    oxide_model m;
    sw_lattice *written = source(&m, axes), *read = NULL;
    write_file(written, shift, 3, 0.3, 0);
    sw_error error = {0};
    if (load(&m, &read, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    for (size_t s = 0; s < sw_lattice_sites(written); s++)
        assert_int_equal(sw_lattice_species(read, s), sw_lattice_species(written, s));
    sw_lattice_destroy(written);
    sw_lattice_destroy(read);
}

static void test_file(void **state) {
    (void)state;
    check_file(closed, nowhere);
    check_file(closed, (const double[3]){-0.2, 0.1, 0.2});
}

/* Atoms just across a periodic boundary, or in another image of the frame. */
static void test_file_across_boundary(void **state) {
    (void)state;
    check_file(periodic, (const double[3]){-0.2, 0.1, -0.2});
    check_file(periodic, (const double[3]){20.0, -40.0, 60.0});
}

static void test_file_misfit(void **state) {
    (void)state;
    oxide_model m;
    sw_lattice *written = source(&m, closed), *read = NULL;
    sw_error error = {0};
    write_file(written, nowhere, 10, 0.9, 0);
    assert_int_equal(load(&m, &read, &error), SW_ERROR_MODEL);
    assert_null(read);
    assert_non_null(strstr(error.message, "1 of "));
    assert_non_null(strstr(error.message, "worst: atom 11 ("));
    assert_non_null(strstr(error.message, "0.90 A)"));
    sw_lattice_destroy(written);
}

/* The worst come first; at most five are named. */
static void test_file_worst_first(void **state) {
    (void)state;
    oxide_model m;
    oxide_model_init(&m, 4, 4, 4, closed, 800.0);
    static const double at[7][3] = {{2, 0, 0.70}, {6, 0, 0.95}, {2, 4, 0.65}, {2, 0, 8},
                                    {6, 4, 0.80}, {6, 8, 0.75}, {2, 8, 0.90}};
    static const int oxygen[7] = {8, 8, 8, 8, 8, 8, 8};
    write_atoms(at, oxygen, 7);
    sw_error error = {0};
    sw_lattice *read = NULL;
    assert_int_equal(load(&m, &read, &error), SW_ERROR_MODEL);
    assert_non_null(strstr(error.message, "6 of 7 atoms"));
    assert_non_null(strstr(error.message,
                           "worst: atom 2 (O, 0.95 A), 7 (O, 0.90 A), 5 (O, 0.80 A), "
                           "6 (O, 0.75 A), 1 (O, 0.70 A)"));
    assert_null(strstr(error.message, "0.65"));
}

/* Two atoms on one site: the second is named although it lies exactly there. */
static void test_file_same_site_twice(void **state) {
    (void)state;
    oxide_model m;
    oxide_model_init(&m, 4, 4, 4, closed, 800.0);
    static const double at[2][3] = {{4, 4, 4}, {4, 4, 4}};
    static const int element[2] = {26, 28};
    write_atoms(at, element, 2);
    sw_error error = {0};
    sw_lattice *read = NULL;
    assert_int_equal(load(&m, &read, &error), SW_ERROR_MODEL);
    assert_non_null(strstr(error.message, "atom 2 (Ni"));
}

/* Positions far beyond any frame are misfits like others. */
static void test_file_far_away(void **state) {
    (void)state;
    static const double at[1][3] = {{-1e13, 4e12, 1e12}};
    static const int element[1] = {26};
    for (int axes = 0; axes < 2; axes++) {
        oxide_model m;
        oxide_model_init(&m, 4, 4, 4, axes ? periodic : closed, 800.0);
        write_atoms(at, element, 1);
        sw_error error = {0};
        sw_lattice *read = NULL;
        sw_status status = load(&m, &read, &error);
        assert_int_equal(status, axes ? status : SW_ERROR_MODEL);
        sw_lattice_destroy(read);
    }
}

static void test_file_wrong_element(void **state) {
    (void)state;
    oxide_model m;
    sw_lattice *written = source(&m, closed), *read = NULL;
    write_file(written, nowhere, 4, 0.0, 29);
    sw_error error = {0};
    assert_int_equal(load(&m, &read, &error), SW_ERROR_MODEL);
    assert_non_null(strstr(error.message, "atom 5 is Cu"));
    assert_string_equal(error.place, path);
    sw_lattice_destroy(written);
}

static void test_file_missing(void **state) {
    (void)state;
    oxide_model m;
    oxide_model_init(&m, 4, 4, 4, closed, 800.0);
    m.model.structure.file = "/nonexistent/atoms.xyz";
    sw_error error = {0};
    sw_lattice *read = NULL;
    assert_int_not_equal(sw_lattice_create(&read, &m.model, 1, NULL, &error), SW_OK);
    assert_null(read);
    assert_non_null(strstr(error.place, "atoms.xyz"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_crystals),
        cmocka_unit_test(test_mixture),
        cmocka_unit_test(test_regions),
        cmocka_unit_test(test_slab),
        cmocka_unit_test(test_replace),
        cmocka_unit_test(test_file),
        cmocka_unit_test(test_file_across_boundary),
        cmocka_unit_test(test_file_misfit),
        cmocka_unit_test(test_file_worst_first),
        cmocka_unit_test(test_file_same_site_twice),
        cmocka_unit_test(test_file_far_away),
        cmocka_unit_test(test_file_wrong_element),
        cmocka_unit_test(test_file_missing),
    };
    return cmocka_run_group_tests(tests, make_path, remove_path);
}
