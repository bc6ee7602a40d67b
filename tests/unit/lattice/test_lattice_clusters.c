/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clusters of carriers as atoms come and go, and the field that spills over from them. */
#include "lattice/state.h"
#include "supply_models.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void put(sw_lattice *lattice, double x, double y, double z, int species) {
    put_species(lattice, site_at_position(lattice, x, y, z), species);
}

/* ---- clusters -------------------------------------------------------------------------------- */

static double total_inventory(const sw_lattice *lattice) {
    double total = 0.0;
    for (size_t c = 1; c < lattice->supply.clusters; c++)
        total += lattice->supply.cluster[c].inventory;
    return total;
}

/* Two blocks of metal; a bridge joins them and is taken away again. */
static void test_split_and_merge(void **state) {
    (void)state;
    oxide_model m;
    metal_model(&m, 6, 4, 4, 0.0, 700.0);
    sw_lattice *lattice = create_lattice(&m.model, 1);
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++) {
        double p[3];
        sw_lattice_position(p, lattice, s);
        bool block = p[0] < 9.0 || p[0] > 13.0;
        if (sw_lattice_kind(lattice, s) == CATION && block && p[1] < 7.0 && p[2] < 7.0)
            put_species(lattice, s, FE);
    }
    assert_int_equal(sw_supply_refresh(lattice), SW_OK);
    assert_int_equal(lattice->supply.clusters, 3);
    lattice->supply.cluster[1].inventory = 3.0;
    lattice->supply.cluster[2].inventory = 8.0;
    put(lattice, 10, 2, 4, FE);
    put(lattice, 12, 4, 4, FE);
    assert_int_equal(sw_supply_refresh(lattice), SW_OK);
    assert_int_equal(lattice->supply.clusters, 2);
    assert_true(fabs(total_inventory(lattice) - 11.0) < 1e-9);
    uint32_t joined = lattice->supply.cluster[1].carriers;
    put(lattice, 12, 4, 4, EMPTY);
    assert_int_equal(sw_supply_refresh(lattice), SW_OK);
    assert_int_equal(lattice->supply.clusters, 3);
    assert_true(fabs(total_inventory(lattice) - 11.0) < 1e-9);
    assert_int_equal(lattice->supply.cluster[1].carriers + lattice->supply.cluster[2].carriers,
                     joined - 1);
    double each = 11.0 / (joined - 1);
    for (int c = 1; c <= 2; c++) { /* as its carriers' share, in whole atoms */
        const sw_cluster *part = &lattice->supply.cluster[c];
        assert_true(part->inventory == floor(part->inventory));
        assert_true(fabs(part->inventory - each * part->carriers) < 2.0 + each);
    }
    sw_lattice_destroy(lattice);
}

/* An atom that moves within its cluster takes nothing away. */
static void test_moved_atom_keeps_inventory(void **state) {
    (void)state;
    oxide_model m;
    metal_model(&m, 5, 5, 5, 5.0, 700.0);
    sw_lattice *lattice = create_lattice(&m.model, 1);
    double before = total_inventory(lattice);
    uint32_t carriers = lattice->supply.cluster[1].carriers;
    assert_true(before > 1.0);
    double p[3];
    size_t farthest = 0;
    double top = 0.0;
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++) {
        sw_lattice_position(p, lattice, s);
        if (sw_lattice_species(lattice, s) == FE && p[2] > top) {
            top = p[2];
            farthest = s;
        }
    }
    sw_lattice_position(p, lattice, farthest);
    put_species(lattice, farthest, EMPTY);
    double low = 1e9;
    size_t under = 0;
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++) {
        sw_lattice_position(p, lattice, s);
        if (sw_lattice_species(lattice, s) == FE && p[2] < low) {
            low = p[2];
            under = s;
        }
    }
    sw_lattice_position(p, lattice, under);
    put(lattice, p[0] + 2.0, p[1], p[2] - 2.0, FE);
    assert_int_equal(sw_supply_refresh(lattice), SW_OK);
    assert_int_equal(lattice->supply.clusters, 2);
    assert_int_equal(lattice->supply.cluster[1].carriers, carriers);
    assert_true(fabs(total_inventory(lattice) - before) < 1e-9);
    sw_lattice_destroy(lattice);
}

/* After annealing, clusters and field are those of the new structure. */
static void test_anneal_renews_clusters(void **state) {
    (void)state;
    oxide_model m;
    metal_model(&m, 5, 5, 5, 5.0, 700.0);
    water_model(&m, 1.5);
    sw_lattice *lattice = create_lattice(&m.model, 1);
    size_t sites = sw_lattice_sites(lattice), differ = 0;
    sw_error error = {0};
    uint16_t old[16 * 125], kept[16 * 125];
    assert_true(sites == sizeof old / sizeof *old);
    memcpy(old, lattice->supply.cluster_of, sizeof old);
    assert_int_equal(sw_lattice_anneal(lattice, ONLY(FE), 20000, 3000.0, 3000.0, 0.0, &error),
                     SW_OK);
    memcpy(kept, lattice->supply.cluster_of, sizeof kept);
    assert_int_equal(sw_supply_refresh(lattice), SW_OK);
    assert_memory_equal(kept, lattice->supply.cluster_of, sizeof kept);
    for (size_t s = 0; s < sites; s++)
        differ += kept[s] != old[s];
    assert_true(differ > 0);
    assert_int_equal(sw_lattice_audit(lattice, &error), SW_OK);
    sw_lattice_destroy(lattice);
}

/* Carriers bound by too much oxygen, and clusters that are too small, have none. */
static void test_who_carries(void **state) {
    (void)state;
    oxide_model m;
    metal_model(&m, 4, 4, 4, 0.0, 700.0);
    sw_lattice *lattice = create_lattice(&m.model, 1);
    put(lattice, 6, 6, 4, FE);
    put(lattice, 8, 8, 4, FE);
    put(lattice, 6, 8, 6, FE);
    assert_int_equal(sw_supply_refresh(lattice), SW_OK);
    assert_int_equal(lattice->supply.clusters, 1); /* three: too small */
    put(lattice, 8, 6, 6, FE);
    assert_int_equal(sw_supply_refresh(lattice), SW_OK);
    assert_int_equal(lattice->supply.clusters, 2);
    assert_int_equal(lattice->supply.cluster[1].exposed, 4);
    put(lattice, 6, 6, 2, OX);
    put(lattice, 4, 6, 4, OX);
    assert_int_equal(sw_supply_refresh(lattice), SW_OK);
    assert_int_equal(lattice->supply.clusters, 2); /* two oxygens are allowed */
    put(lattice, 6, 4, 4, OX);
    assert_int_equal(sw_supply_refresh(lattice), SW_OK);
    assert_int_equal(lattice->supply.clusters, 1);
    sw_lattice_destroy(lattice);
}

static size_t cluster_at(const sw_lattice *lattice, size_t site) {
    return lattice->supply.cluster_of[site];
}

/* ---- spillover field ------------------------------------------------------------------------- */

/* A layer of cations along x carries the field away from a block of metal at its end. */
static sw_lattice *field_lattice(oxide_model *m, bool contact_only) {
    metal_model(m, 12, 4, 4, 0.0, 900.0);
    water_model(m, 1.5);
    m->model.supply.bound_at_most = 2;
    m->model.spillover.contact_only = contact_only;
    m->model.spillover.loss_barrier = 1.1;
    sw_lattice *lattice = create_lattice(&m->model, 1);
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++) {
        double p[3];
        sw_lattice_position(p, lattice, s);
        int kind = sw_lattice_kind(lattice, s);
        int next = kind == OXYGEN ? OX : FE;
        if (kind == TETRAHEDRAL || p[2] > 4.5)
            continue;
        if (p[0] > 4.5 || kind == CATION)
            put_species(lattice, s, next);
    }
    assert_int_equal(sw_supply_refresh(lattice), SW_OK);
    assert_int_equal(lattice->supply.clusters, 2);
    return lattice;
}

static void test_field_decays_with_path(void **state) {
    (void)state;
    oxide_model m;
    sw_lattice *lattice = field_lattice(&m, false);
    double length = sqrt(exp(0.2 / lattice->thermal)); /* in steps */
    double factor = exp(-1.0 / length);
    int values = 0, away = 0;
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++) {
        double field = (double)lattice->supply.field[s], best = 0.0;
        if (sw_lattice_kind(lattice, s) != OXYGEN) {
            assert_true(field == 0.0);
            continue;
        }
        if (field == 0.0)
            continue;
        double steps = -log(field) * length;
        assert_true(fabs(steps - nearbyint(steps)) < 1e-3); /* a whole number of steps */
        values += steps > 5.5;
        away += steps > 0.5;
        const sw_steps *along = &lattice->supply.along[lattice->geometry.basis[s]];
        for (size_t i = 0; i < along->count; i++) {
            uint32_t at = sw_geometry_follow(&lattice->geometry, (uint32_t)s, along->list[i]);
            if (at < lattice->geometry.sites)
                best = fmax(best, (double)lattice->supply.field[at]);
        }
        if (steps > 0.5) /* one step beyond the nearest neighbour */
            assert_true(fabs(field / (best * factor) - 1.0) < 1e-5);
        assert_int_equal(cluster_at(lattice, s), 1);
    }
    assert_true(away > 30 && values > 5);
    sw_lattice_destroy(lattice);
    lattice = field_lattice(&m, true);
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++)
        assert_true(lattice->supply.field[s] == 0.0f || lattice->supply.field[s] == 1.0f);
    sw_lattice_destroy(lattice);
}

/* Whether a site is occupied itself changes nothing about its own field: the rate of leaving and
 * of coming back are multiplied by the same number. */
static void test_field_without_own_occupation(void **state) {
    (void)state;
    oxide_model m;
    sw_lattice *lattice = field_lattice(&m, false);
    int compared = 0;
    for (size_t s = 0; s < sw_lattice_sites(lattice); s++) {
        double p[3];
        sw_lattice_position(p, lattice, s);
        if (sw_lattice_kind(lattice, s) != OXYGEN || p[0] < 9.0 || lattice->supply.field[s] == 0.0f)
            continue;
        int held = sw_lattice_species(lattice, s);
        float field = lattice->supply.field[s];
        put_species(lattice, s, held == OX ? EMPTY : OX);
        sw_spillover_refresh(lattice);
        assert_true(lattice->supply.field[s] == field);
        put_species(lattice, s, held);
        sw_spillover_refresh(lattice);
        compared++;
    }
    assert_true(compared > 20);
    sw_lattice_destroy(lattice);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_split_and_merge),
        cmocka_unit_test(test_moved_atom_keeps_inventory),
        cmocka_unit_test(test_anneal_renews_clusters),
        cmocka_unit_test(test_who_carries),
        cmocka_unit_test(test_field_decays_with_path),
        cmocka_unit_test(test_field_without_own_occupation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
