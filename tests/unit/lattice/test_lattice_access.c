/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the gas reaches, kept up to date change by change, against a search from scratch. */
#include "lattice/state.h"
#include "lattice_steps.h"
#include "oxide_models.h"

#include "base/random.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define SITES_LIMIT 4096

typedef struct naive {
    size_t sites;
    double position[SITES_LIMIT][3];
    double length[3];
    bool periodic[3];
    bool is_void[SITES_LIMIT], open_void[SITES_LIMIT], open[SITES_LIMIT];
} naive;

static void read_frame(naive *n, const sw_lattice *lattice, const sw_frame *frame) {
    n->sites = sw_lattice_sites(lattice);
    assert_true(n->sites <= SITES_LIMIT);
    for (size_t s = 0; s < n->sites; s++)
        sw_lattice_position(n->position[s], lattice, s);
    for (int d = 0; d < 3; d++) {
        n->length[d] = frame->cell[d][d] * frame->size[d];
        n->periodic[d] = frame->periodic[d];
    }
}

static double apart(const naive *n, size_t a, size_t b) {
    double square = 0.0;
    for (int d = 0; d < 3; d++) {
        double r = n->position[a][d] - n->position[b][d];
        if (n->periodic[d])
            r -= n->length[d] * nearbyint(r / n->length[d]);
        square += r * r;
    }
    return sqrt(square);
}

/* A void that steps out of the frame: some neighbour at +-(1/2, 1/2, 0) cells lies outside. */
static bool steps_out(const naive *n, size_t site) {
    static const int way[12][3] = {{1, 1, 0}, {1, -1, 0}, {-1, 1, 0}, {-1, -1, 0},
                                   {1, 0, 1}, {1, 0, -1}, {-1, 0, 1}, {-1, 0, -1},
                                   {0, 1, 1}, {0, 1, -1}, {0, -1, 1}, {0, -1, -1}};
    if (n->periodic[0] && n->periodic[1] && n->periodic[2])
        return true; /* nothing is outside: every void counts as open */
    for (int w = 0; w < 12; w++)
        for (int d = 0; d < 3; d++) {
            double at = n->position[site][d] + 2.0 * way[w][d];
            if (!n->periodic[d] && (at < -0.1 || at > n->length[d] - 0.1))
                return true;
        }
    return false;
}

static void search(naive *n, const sw_lattice *lattice) {
    size_t *queue = calloc(n->sites, sizeof *queue), head = 0, tail = 0;
    for (size_t s = 0; s < n->sites; s++) {
        int crowd = 0;
        for (size_t t = 0; t < n->sites && sw_lattice_kind(lattice, s) == OXYGEN; t++)
            crowd += t != s && sw_lattice_kind(lattice, t) != OXYGEN &&
                     sw_lattice_species(lattice, t) != EMPTY && apart(n, s, t) < 1.01 * BOND;
        n->is_void[s] = sw_lattice_kind(lattice, s) == OXYGEN &&
                        sw_lattice_species(lattice, s) == EMPTY && crowd <= 2;
        n->open_void[s] = n->is_void[s] && steps_out(n, s);
        n->open[s] = false;
        if (n->open_void[s])
            queue[tail++] = s;
    }
    for (; head < tail; head++)
        for (size_t t = 0; t < n->sites; t++)
            if (n->is_void[t] && !n->open_void[t] && apart(n, queue[head], t) < 1.01 * NEIGHBOUR) {
                n->open_void[t] = true;
                queue[tail++] = t;
            }
    for (size_t v = 0; v < tail; v++)
        for (size_t t = 0; t < n->sites; t++)
            n->open[t] = n->open[t] || (t != queue[v] && apart(n, queue[v], t) < 1.01 * NEIGHBOUR);
    free(queue);
}

static int compare(naive *n, const sw_lattice *lattice) {
    int cavities = 0;
    search(n, lattice);
    for (size_t s = 0; s < n->sites; s++) {
        if (lattice->access.is_open_void[s] != n->open_void[s] ||
            sw_lattice_open(lattice, s) != n->open[s])
            fail_msg("site %zu at %g %g %g: open void %d, open %d; searched: %d, %d", s,
                     n->position[s][0], n->position[s][1], n->position[s][2],
                     lattice->access.is_open_void[s], sw_lattice_open(lattice, s), n->open_void[s],
                     n->open[s]);
        cavities += n->is_void[s] && !n->open_void[s];
    }
    return cavities;
}

static sw_lattice *create_crowd(oxide_model *m, int x, int y, int z, const bool periodic[3]) {
    oxide_model_init(m, x, y, z, periodic, 800.0);
    oxide_model_gas(m, 1e4, 0.0, 0.0);
    oxide_model_void_rule(m);
    oxide_model_hop(m, ONLY(OX), OXYGEN, 1.0)->slot[1].open_to_gas = true;
    return create_lattice(&m->model, 5);
}

/* Fills and empties sites at random around a filling that drifts from crowded to loose. */
static void check_random_changes(const bool periodic[3], bool expect_cavities) {
    oxide_model m;
    naive *n = calloc(1, sizeof *n);
    sw_lattice *lattice = create_crowd(&m, 4, 3, 3, periodic);
    read_frame(n, lattice, &m.model.frame);
    sw_random random = sw_random_create(3, 9);
    int cavities = 0, with = 0, without = 0;
    for (int i = 0; i < 6000; i++) {
        double u[2], v[2];
        sw_random_next_pair(u, &random);
        sw_random_next_pair(v, &random);
        size_t site = (size_t)(u[0] * (double)n->sites);
        double filling = 0.36 + 0.2 * sin(i / 400.0);
        int kind = sw_lattice_kind(lattice, site);
        int next = u[1] > filling ? EMPTY : kind == OXYGEN ? OX : FE;
        if (kind == TETRAHEDRAL && v[0] > 0.3)
            next = EMPTY;
        put_species(lattice, site, next);
        if (i % 25 == 0) {
            int now = compare(n, lattice);
            cavities += now;
            with += now > 0;
            without += now == 0;
        }
    }
    assert_int_equal(cavities > 0, expect_cavities);
    if (expect_cavities)
        assert_true(with > 20 && lattice->access.searches > 50); /* they come and go */
    assert_true(without > 0);
    audit_lattice(lattice);
    sw_lattice_destroy(lattice);
    free(n);
}

static void test_closed_frame(void **state) {
    (void)state;
    check_random_changes((const bool[3]){0, 0, 0}, true);
}

static void test_partly_periodic_frame(void **state) {
    (void)state;
    check_random_changes((const bool[3]){1, 1, 0}, true);
}

static void test_periodic_frame(void **state) {
    (void)state;
    check_random_changes((const bool[3]){1, 1, 1}, false);
}

static bool in_box(const double p[3], double low, double high) {
    for (int d = 0; d < 3; d++)
        if (p[d] < low - 0.1 || p[d] > high + 0.1)
            return false;
    return true;
}

/* A cavity of several voids inside a block: opens with a tunnel, closes when it is blocked. */
static void test_cavity_opens_and_closes(void **state) {
    (void)state;
    oxide_model m;
    naive *n = calloc(1, sizeof *n);
    sw_lattice *lattice = create_crowd(&m, 6, 6, 6, (const bool[3]){0, 0, 0});
    read_frame(n, lattice, &m.model.frame);
    size_t inside = 0, block = 0;
    for (size_t s = 0; s < n->sites; s++) {
        int kind = sw_lattice_kind(lattice, s);
        bool shell = in_box(n->position[s], 4, 20) && !in_box(n->position[s], 10, 14);
        if (shell && kind != TETRAHEDRAL)
            put_species(lattice, s, kind == OXYGEN ? OX : FE);
        if (kind == OXYGEN && in_box(n->position[s], 10, 14) && inside == 0)
            inside = s;
    }
    assert_true(compare(n, lattice) > 3);
    assert_false(sw_lattice_open(lattice, inside));
    for (size_t s = 0; s < n->sites; s++) {
        const double *p = n->position[s];
        bool tunnel = p[0] > 13.9 && p[1] > 9.9 && p[1] < 14.1 && p[2] > 9.9 && p[2] < 14.1;
        if (tunnel && sw_lattice_species(lattice, s) != EMPTY) {
            put_species(lattice, s, EMPTY);
            block = s;
        }
    }
    assert_int_equal(compare(n, lattice), 0);
    assert_true(sw_lattice_open(lattice, inside));
    for (size_t s = 0; s < n->sites; s++)
        if (in_box(n->position[s], 4, 20) && n->position[s][0] > 17.9 &&
            sw_lattice_kind(lattice, s) != TETRAHEDRAL)
            put_species(lattice, s, sw_lattice_kind(lattice, s) == OXYGEN ? OX : FE);
    assert_true(block > 0 && compare(n, lattice) > 3);
    assert_false(sw_lattice_open(lattice, inside));
    sw_lattice_destroy(lattice);
    free(n);
}

/* A lone void does not make itself open: only another one within reach does. */
static void test_open_means_reached_by_another(void **state) {
    (void)state;
    oxide_model m;
    sw_lattice *lattice = create_crowd(&m, 3, 3, 3, (const bool[3]){1, 1, 1});
    size_t sites = sw_lattice_sites(lattice), lone = 0;
    for (size_t s = 0; s < sites; s++)
        if (sw_lattice_kind(lattice, s) == OXYGEN) {
            put_species(lattice, s, OX);
            lone = s;
        }
    put_species(lattice, lone, EMPTY);
    assert_true(lattice->access.is_open_void[lone]);
    assert_false(sw_lattice_open(lattice, lone));
    int reached = 0;
    for (size_t s = 0; s < sites; s++)
        reached += sw_lattice_kind(lattice, s) == OXYGEN && sw_lattice_open(lattice, s);
    assert_int_equal(reached, 12);
    sw_lattice_destroy(lattice);
}

/* The rule may reach farther than any process: steps of three cells near the boundary. */
static void test_reach_beyond_processes(void **state) {
    (void)state;
    oxide_model m;
    static const bool closed[3] = {0};
    oxide_model_init(&m, 9, 3, 3, closed, 800.0);
    oxide_model_void_rule(&m);
    m.model.void_rule.reach = 12.0;
    oxide_model_process(&m, "fill", OXYGEN, 1, SW_KINETICS_RATE, 1.0, 0.0)->slot[0].after_species =
        OX;
    m.model.process = m.process;
    sw_lattice *lattice = create_lattice(&m.model, 5);
    size_t sites = sw_lattice_sites(lattice);
    for (size_t s = 0; s < sites; s++) /* voids stay at x < 1 A only */
        if (sw_lattice_kind(lattice, s) == OXYGEN) {
            double p[3];
            sw_lattice_position(p, lattice, s);
            if (p[0] > 1.0)
                put_species(lattice, s, OX);
        }
    for (size_t s = 0; s < sites; s++) {
        double p[3];
        sw_lattice_position(p, lattice, s);
        if (p[0] > 1.0 && p[0] < 9.0)
            assert_true(sw_lattice_open(lattice, s));
        if (p[0] > 12.2)
            assert_false(sw_lattice_open(lattice, s));
    }
    sw_lattice_destroy(lattice);
}

/* Two sites of one kind in the same cell at a closed boundary see different walls: rates that are
 * remembered for one are not those of the other. */
static void test_rates_beside_walls(void **state) {
    (void)state;
    oxide_model m;
    static const bool closed[3] = {0};
    oxide_model_init(&m, 3, 3, 3, closed, 800.0);
    oxide_model_fill(&m, OXYGEN, OX, 0.0)->fraction[OX] = 0.4;
    oxide_model_hop(&m, ONLY(OX), OXYGEN, 1.0);
    sw_lattice *lattice = create_lattice(&m.model, 5);
    for (int i = 0; i < 20; i++) {
        advance_by_events(lattice, 20);
        audit_lattice(lattice);
    }
    sw_lattice_destroy(lattice);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_closed_frame),
        cmocka_unit_test(test_partly_periodic_frame),
        cmocka_unit_test(test_periodic_frame),
        cmocka_unit_test(test_cavity_opens_and_closes),
        cmocka_unit_test(test_open_means_reached_by_another),
        cmocka_unit_test(test_reach_beyond_processes),
        cmocka_unit_test(test_rates_beside_walls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
