/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The incremental energies of every term against the energy from scratch, and what they depend on. */
#include "lattice/energy.h"
#include "oxide_models.h"

#include "base/random.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define LARGEST_MARGIN 3

typedef struct bench {
    oxide_model m;
    sw_geometry geometry;
    sw_energy energy;
    uint8_t *species;
    sw_random random;
} bench;

static uint32_t below(bench *b, uint32_t limit) {
    double u[2];
    sw_random_next_pair(u, &b->random);
    return (uint32_t)(u[0] * limit);
}

/* A species that may sit there, or empty. */
static int draw_species(bench *b, uint32_t site) {
    int kind = b->m.basis[b->geometry.basis[site]].kind;
    if (kind == OXYGEN)
        return below(b, 2) ? OX : EMPTY;
    return (int)below(b, 3); /* EMPTY, FE, NI */
}

static void fill_at_random(bench *b) {
    for (uint32_t s = 0; s < b->geometry.sites; s++)
        b->species[s] = (uint8_t)draw_species(b, s);
    sw_energy_count(&b->energy, b->species);
}

static void open_bench(bench *b, uint64_t seed) {
    const int margin[3] = {LARGEST_MARGIN, LARGEST_MARGIN, LARGEST_MARGIN};
    sw_error error = {0};
    assert_int_equal(sw_geometry_create(&b->geometry, &b->m.model.frame, &error), SW_OK);
    sw_geometry_set_margin(&b->geometry, margin);
    assert_int_equal(sw_energy_create(&b->energy, &b->geometry, &b->m.model.energetics, &error),
                     SW_OK);
    sw_energy_set_temperature(&b->energy, b->m.model.run.temperature);
    b->species = calloc((size_t)b->geometry.sites + 1, 1);
    b->species[b->geometry.sites] = SW_WALL;
    b->random = sw_random_create(seed, 1);
    fill_at_random(b);
}

static void close_bench(bench *b) {
    free(b->species);
    sw_energy_clear(&b->energy);
    sw_geometry_clear(&b->geometry);
}

/* ---- incremental against total --------------------------------------------------------------- */

static void compare_with_total(bench *b, int changes) {
    double total = sw_energy_total(&b->energy, b->species), largest = 0.0;
    for (int i = 0; i < changes; i++) {
        uint32_t site = below(b, b->geometry.sites);
        int next = draw_species(b, site);
        double change = sw_energy_apply(&b->energy, b->species, site, next);
        double after = sw_energy_total(&b->energy, b->species);
        largest = fmax(largest, fabs(change));
        if (fabs(after - total - change) > 1e-9)
            fail_msg("change %d at site %u: %.12g, from scratch %.12g", i, site, change,
                     after - total);
        total = after;
    }
    assert_true(largest > 0.01); /* the term does something */
    assert_int_equal(sw_energy_audit(&b->energy, b->species), 0);
}

/* Taking a change back leaves species and derived counts as they were. */
static void compare_after_undo(bench *b, int changes) {
    size_t sites = (size_t)b->geometry.sites + 1;
    const sw_valence *valence = b->energy.valences ? &b->energy.valence[0] : NULL;
    uint8_t *around = calloc(sites, 1), *species = calloc(sites, 1);
    int32_t *sums = calloc(sites, sizeof *sums);
    for (int i = 0; i < changes; i++) {
        uint32_t site = below(b, b->geometry.sites);
        int next = draw_species(b, site), held = b->species[site];
        memcpy(species, b->species, sites);
        if (valence) {
            memcpy(around, valence->around, sites);
            memcpy(sums, valence->valence, sites * sizeof *sums);
        }
        double there = sw_energy_apply(&b->energy, b->species, site, next);
        double back = sw_energy_apply(&b->energy, b->species, site, held);
        assert_true(fabs(there + back) < 1e-12);
        assert_memory_equal(species, b->species, sites);
        if (valence) {
            assert_memory_equal(around, valence->around, sites);
            assert_memory_equal(sums, valence->valence, sites * sizeof *sums);
        }
        sw_energy_apply(&b->energy, b->species, site, next);
    }
    free(around);
    free(species);
    free(sums);
}

/* ---- dependencies ---------------------------------------------------------------------------- */

static void mark_dependencies(bench *b, uint8_t *depends, uint32_t site) {
    sw_steps steps = {0};
    memset(depends, 0, b->geometry.sites);
    assert_int_equal(sw_energy_dependencies(&steps, &b->energy, b->geometry.basis[site]), SW_OK);
    for (size_t i = 0; i < steps.count; i++) {
        uint32_t at = sw_geometry_follow_slowly(&b->geometry, site, steps.list[i]);
        if (at < b->geometry.sites)
            depends[at] = 1;
    }
    depends[site] = 1;
    sw_steps_clear(&steps);
}

static double try_change(bench *b, uint32_t site, int next) {
    int held = b->species[site];
    double change = sw_energy_apply(&b->energy, b->species, site, next);
    sw_energy_apply(&b->energy, b->species, site, held);
    return change;
}

/* Everything outside the list is drawn anew: the change stays the same to the bit. Everything
 * inside is drawn anew: it does not. */
static void compare_dependencies(bench *b, int trials) {
    uint8_t *depends = calloc((size_t)b->geometry.sites + 1, 1);
    int moved = 0, compared = 0;
    for (int i = 0; i < trials; i++) {
        uint32_t site = below(b, b->geometry.sites);
        int next = draw_species(b, site);
        if (next == b->species[site])
            continue;
        mark_dependencies(b, depends, site);
        double before = try_change(b, site, next);
        for (uint32_t s = 0; s < b->geometry.sites; s++)
            if (!depends[s])
                b->species[s] = (uint8_t)draw_species(b, s);
        sw_energy_count(&b->energy, b->species);
        double after = try_change(b, site, next);
        if (memcmp(&before, &after, sizeof before) != 0)
            fail_msg("site %u: %.17g became %.17g", site, before, after);
        for (uint32_t s = 0; s < b->geometry.sites; s++)
            if (depends[s] && s != site)
                b->species[s] = (uint8_t)draw_species(b, s);
        sw_energy_count(&b->energy, b->species);
        moved += try_change(b, site, next) != before;
        compared++;
    }
    assert_true(compared > trials / 4);
    assert_true(moved > compared / 8);
    free(depends);
}

/* Closed, partly periodic and wholly periodic frames. */
static void check_boundaries(void (*add_terms)(oxide_model *)) {
    static const bool periodic[3][3] = {{0, 0, 0}, {1, 0, 1}, {1, 1, 1}};
    for (int p = 0; p < 3; p++) {
        bench b;
        oxide_model_init(&b.m, 4, 3, 3, periodic[p], 800.0);
        add_terms(&b.m);
        open_bench(&b, 11);
        compare_with_total(&b, 400);
        compare_after_undo(&b, 200);
        compare_dependencies(&b, 40);
        close_bench(&b);
    }
}

static void add_sites(oxide_model *m) {
    m->model.energetics.site_terms = 2;
    m->site[0] = (sw_site_term){METALS, KIND(TETRAHEDRAL), 0.3};
    m->site[1] = (sw_site_term){ONLY(NI), KIND(TETRAHEDRAL) | KIND(CATION), -0.7};
}

static void add_pairs(oxide_model *m) {
    oxide_model_pair(m, METALS, CATION, METALS, CATION, NEIGHBOUR, -0.4);
    oxide_model_screen(m);
    oxide_model_pair(m, ONLY(FE), CATION, ONLY(NI), CATION, NEIGHBOUR, 0.15);
    oxide_model_pair(m, METALS, CATION, METALS, TETRAHEDRAL, SHORT_BOND, 1.0);
    oxide_model_pair(m, ONLY(NI), TETRAHEDRAL, ONLY(OX), OXYGEN, SHORT_BOND, 0.06);
    oxide_model_screen(m);
    m->pair[3].screening = METALS;
}

static void add_clusters(oxide_model *m) {
    m->model.energetics.cluster_terms = 2;
    m->cluster[0] =
        (sw_cluster_term){.points = 3,
                          .species = {METALS, ONLY(OX), ONLY(FE)},
                          .kinds = {KIND(CATION), KIND(OXYGEN), KIND(CATION)},
                          .distance = {{0, BOND, NEIGHBOUR}, {BOND, 0, BOND}, {NEIGHBOUR, BOND, 0}},
                          .energy = 0.07};
    m->cluster[1] = (sw_cluster_term){.points = 4,
                                      .species = {METALS, ONLY(NI), METALS, METALS},
                                      .kinds = {1, 1, 1, 1},
                                      .energy = -0.11};
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++)
            m->cluster[1].distance[i][j] = i == j ? 0.0 : NEIGHBOUR;
}

static void add_valence_undivided(oxide_model *m) {
    oxide_model_valence(m, 1, 1);
}

static void add_valence_between(oxide_model *m) {
    oxide_model_valence(m, 5, 3);
}

static void add_valence_fixed(oxide_model *m) {
    oxide_model_valence(m, 6, 4);
}

static void add_everything(oxide_model *m) {
    add_sites(m);
    add_pairs(m);
    add_clusters(m);
    add_valence_between(m);
}

static void test_site_terms(void **state) {
    (void)state;
    bench b;
    static const bool closed[3] = {0};
    oxide_model_init(&b.m, 4, 3, 3, closed, 800.0);
    add_sites(&b.m);
    open_bench(&b, 11);
    compare_with_total(&b, 600);
    double expected = 0.0;
    for (uint32_t s = 0; s < b.geometry.sites; s++) {
        int kind = b.m.basis[b.geometry.basis[s]].kind, held = b.species[s];
        expected += kind == TETRAHEDRAL && held ? 0.3 : 0.0;
        expected += held == NI ? -0.7 : 0.0;
    }
    assert_true(fabs(sw_energy_total(&b.energy, b.species) - expected) < 1e-9);
    close_bench(&b);
}

static void test_screened_pairs(void **state) {
    (void)state;
    check_boundaries(add_pairs);
}

static void test_clusters(void **state) {
    (void)state;
    check_boundaries(add_clusters);
}

static void test_valence_undivided(void **state) {
    (void)state;
    check_boundaries(add_valence_undivided);
}

static void test_valence_between(void **state) {
    (void)state;
    check_boundaries(add_valence_between);
}

static void test_valence_fixed(void **state) {
    (void)state;
    check_boundaries(add_valence_fixed);
}

static void test_everything(void **state) {
    (void)state;
    check_boundaries(add_everything);
}

/* ---- by hand --------------------------------------------------------------------------------- */

static uint32_t site_at(const bench *b, double x, double y, double z) {
    for (uint32_t s = 0; s < b->geometry.sites; s++) {
        double p[3];
        sw_geometry_position(p, &b->geometry, s);
        if (fabs(p[0] - x) + fabs(p[1] - y) + fabs(p[2] - z) < 1e-6)
            return s;
    }
    fail_msg("no site at %g %g %g", x, y, z);
    return 0;
}

/* Two oxygens around one cation: each has half of it, or a fifth where it is shared by five. */
static void test_valence_by_hand(void **state) {
    (void)state;
    static const bool closed[3] = {0};
    static const int shared[3] = {1, 2, 5};
    for (int i = 0; i < 3; i++) {
        bench b;
        oxide_model_init(&b.m, 3, 3, 3, closed, 800.0);
        oxide_model_valence(&b.m, shared[i], 1);
        open_bench(&b, 1);
        memset(b.species, 0, b.geometry.sites);
        b.species[site_at(&b, 4, 4, 4)] = FE;
        b.species[site_at(&b, 6, 4, 4)] = b.species[site_at(&b, 4, 4, 2)] = OX;
        sw_energy_count(&b.energy, b.species);
        double w = 1.0 / (shared[i] > 2 ? shared[i] : 2);
        double curved = 800.0 * log(800.0 / 298.15) - (800.0 - 298.15);
        double low = 2.5 + 1e-4 * curved, high = 4.9 + 800.0 * 3e-4 - 2e-4 * curved;
        double f = w <= 0.3 ? w / 0.3 * low : low + (w - 0.3) / 0.45 * (high - low);
        assert_true(fabs(sw_energy_total(&b.energy, b.species) + 2.0 * f) < 1e-12);
        close_bench(&b);
    }
}

/* A bond, bridged by none, one and two oxygens. */
static void test_screening_by_hand(void **state) {
    (void)state;
    static const bool closed[3] = {0};
    bench b;
    oxide_model_init(&b.m, 3, 3, 3, closed, 800.0);
    oxide_model_pair(&b.m, METALS, CATION, METALS, CATION, NEIGHBOUR, -0.4);
    oxide_model_screen(&b.m);
    open_bench(&b, 1);
    memset(b.species, 0, b.geometry.sites);
    b.species[site_at(&b, 4, 4, 4)] = FE;
    b.species[site_at(&b, 6, 6, 4)] = NI;
    assert_true(fabs(sw_energy_total(&b.energy, b.species) + 0.4) < 1e-12);
    b.species[site_at(&b, 6, 4, 4)] = OX;
    assert_true(fabs(sw_energy_total(&b.energy, b.species) + 0.1) < 1e-12);
    b.species[site_at(&b, 4, 6, 4)] = OX;
    assert_true(fabs(sw_energy_total(&b.energy, b.species) - 0.04) < 1e-12);
    b.species[site_at(&b, 4, 4, 6)] = OX; /* beside one end only */
    assert_true(fabs(sw_energy_total(&b.energy, b.species) - 0.04) < 1e-12);
    close_bench(&b);
}

/* A cluster counts once, whatever the order of its points. */
static void test_cluster_by_hand(void **state) {
    (void)state;
    static const bool closed[3] = {0};
    bench b;
    oxide_model_init(&b.m, 3, 3, 3, closed, 800.0);
    add_clusters(&b.m);
    open_bench(&b, 1);
    memset(b.species, 0, b.geometry.sites);
    b.species[site_at(&b, 4, 4, 4)] = b.species[site_at(&b, 6, 6, 4)] = FE;
    assert_true(fabs(sw_energy_total(&b.energy, b.species)) < 1e-12);
    b.species[site_at(&b, 6, 4, 4)] = OX;
    assert_true(fabs(sw_energy_total(&b.energy, b.species) - 0.07) < 1e-12);
    b.species[site_at(&b, 6, 4, 6)] = b.species[site_at(&b, 4, 6, 6)] = NI;
    double now = sw_energy_total(&b.energy, b.species);
    /* Fe-O-Fe, and both Fe with the Ni at (6,4,6), through the O at (6,4,4) */
    assert_true(fabs(now - (0.07 * 3.0 - 0.11)) < 1e-12);
    close_bench(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_site_terms),        cmocka_unit_test(test_screened_pairs),
        cmocka_unit_test(test_clusters),          cmocka_unit_test(test_valence_undivided),
        cmocka_unit_test(test_valence_between),   cmocka_unit_test(test_valence_fixed),
        cmocka_unit_test(test_everything),        cmocka_unit_test(test_valence_by_hand),
        cmocka_unit_test(test_screening_by_hand), cmocka_unit_test(test_cluster_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
