/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A lattice in domains: the cut, the bookkeeping after every sweep, repeating, saving, refusing. */
#include "base/random.h"
#include "lattice/domains/domains.h"
#include "lattice_steps.h"
#include "small_models.h"

#include <math.h>
#include <stdlib.h>

/* ---- the cut --------------------------------------------------------------------------------- */

typedef struct wanted_cut {
    int size[3], domains[3], reach, change;
    bool periodic[3];
} wanted_cut;

static sw_grid make_grid(const wanted_cut *wanted) {
    sw_basis_site basis[1] = {{0}};
    sw_frame frame = {.basis_sites = 1, .basis = basis};
    sw_grid grid;
    memcpy(frame.size, wanted->size, sizeof frame.size);
    memcpy(frame.periodic, wanted->periodic, sizeof frame.periodic);
    sw_grid_cut(&grid, &frame, wanted->domains);
    for (int d = 0; d < 3; d++) {
        grid.reach[d] = wanted->reach;
        grid.change[d] = wanted->change;
    }
    return grid;
}

/* The cell of the frame that a local cell is, as one number. */
static int frame_cell(const sw_grid *grid, const sw_block *block, const int local[3]) {
    int number = 0;
    for (int d = 2; d >= 0; d--) {
        int cell = block->first[d] - block->before[d] + local[d];
        number = number * grid->size[d] + (cell + grid->size[d]) % grid->size[d];
    }
    return number;
}

/* The n-th cell of a box. */
static void cell_of_box(int cell[3], const sw_box *box, size_t n) {
    for (int d = 0; d < 3; d++) {
        size_t width = (size_t)(box->high[d] - box->low[d]);
        cell[d] = box->low[d] + (int)(n % width);
        n /= width;
    }
}

/* Every cell has one owner and lies in one of its sectors. */
static void check_owners(const sw_grid *grid) {
    int cells = grid->size[0] * grid->size[1] * grid->size[2];
    int *owners = calloc((size_t)cells, sizeof *owners);
    for (int n = 0; n < grid->count; n++) {
        sw_block block = sw_grid_block(grid, n);
        for (unsigned s = 0; s < grid->sectors; s++) {
            sw_box box = sw_grid_sector(grid, &block, s);
            for (size_t i = 0; i < sw_box_cells(&box); i++) {
                int cell[3];
                cell_of_box(cell, &box, i);
                owners[frame_cell(grid, &block, cell)]++;
            }
        }
    }
    for (int i = 0; i < cells; i++)
        assert_int_equal(owners[i], 1);
    free(owners);
}

/* Marks the cells that the events of a domain's turn may change, +/- change around its sector. */
static void mark_changed(uint8_t *marks, const sw_grid *grid, int domain, unsigned sector,
                         int margin) {
    sw_block block = sw_grid_block(grid, domain);
    sw_box box = sw_grid_sector(grid, &block, sector);
    for (int d = 0; d < 3; d++) {
        int more = grid->bit[d] >= 0 ? margin : 0;
        box.low[d] = box.low[d] - more < 0 ? 0 : box.low[d] - more;
        box.high[d] = box.high[d] + more > block.size[d] ? block.size[d] : box.high[d] + more;
    }
    for (size_t i = 0; i < sw_box_cells(&box); i++) {
        int cell[3];
        cell_of_box(cell, &box, i);
        marks[frame_cell(grid, &block, cell)] = 1;
    }
}

/* What reaches each domain: exactly what others may have changed of the cells that it holds. */
static void check_parcels(const sw_grid *grid, unsigned sector) {
    size_t cells = (size_t)(grid->size[0] * grid->size[1] * grid->size[2]);
    uint8_t *changed = calloc(cells, 1), *heard = calloc(cells, 1);
    for (int to = 0; to < grid->count; to++) {
        sw_block here = sw_grid_block(grid, to);
        memset(changed, 0, cells);
        memset(heard, 0, cells);
        for (int from = 0; from < grid->count; from++)
            if (from != to)
                mark_changed(changed, grid, from, sector, grid->change[0]);
        for (unsigned beyond = 1; beyond < grid->sectors; beyond++) {
            sw_passage in, out;
            if (!sw_grid_passage(&in, grid, to, sector, beyond, true))
                continue;
            assert_true(sw_grid_passage(&out, grid, in.from, sector, beyond, false));
            assert_memory_equal(&in, &out, sizeof in);
            assert_int_equal(in.to, to);
            sw_block there = sw_grid_block(grid, in.from);
            assert_int_equal(sw_box_cells(&in.source), sw_box_cells(&in.target));
            for (size_t i = 0; i < sw_box_cells(&in.source); i++) {
                int a[3], b[3];
                cell_of_box(a, &in.source, i);
                cell_of_box(b, &in.target, i);
                int number = frame_cell(grid, &here, b);
                assert_int_equal(frame_cell(grid, &there, a), number);
                assert_int_equal(heard[number]++, 0);
            }
        }
        sw_box all = {{0, 0, 0}, {here.size[0], here.size[1], here.size[2]}};
        for (size_t i = 0; i < sw_box_cells(&all); i++) {
            int cell[3];
            cell_of_box(cell, &all, i);
            int number = frame_cell(grid, &here, cell);
            assert_true(heard[number] || !changed[number]);
        }
    }
    free(changed);
    free(heard);
}

/* What one domain changes in a turn no other changes or depends on. */
static void check_apart(const sw_grid *grid, unsigned sector) {
    size_t cells = (size_t)(grid->size[0] * grid->size[1] * grid->size[2]);
    uint8_t *changed = calloc(cells, 1), *needed = calloc(cells, 1);
    for (int a = 0; a < grid->count; a++) {
        memset(changed, 0, cells);
        mark_changed(changed, grid, a, sector, grid->change[0]);
        for (int b = 0; b < grid->count; b++) {
            memset(needed, 0, cells);
            mark_changed(needed, grid, b, sector, grid->reach[0]);
            for (size_t i = 0; a != b && i < cells; i++)
                assert_false(changed[i] && needed[i]);
        }
    }
    free(changed);
    free(needed);
}

static void test_grid(void **state) {
    (void)state;
    static const wanted_cut cuts[] = {{{16, 16, 1}, {2, 2, 1}, 3, 1, {true, true, false}},
                                      {{17, 15, 3}, {2, 3, 1}, 1, 1, {true, false, true}},
                                      {{13, 14, 12}, {2, 2, 2}, 2, 1, {true, true, true}},
                                      {{12, 13, 17}, {1, 2, 3}, 1, 1, {false, false, false}},
                                      {{25, 4, 4}, {5, 1, 1}, 1, 1, {true, true, true}},
                                      {{8, 8, 8}, {2, 2, 2}, 1, 0, {false, true, true}}};
    for (size_t c = 0; c < sizeof cuts / sizeof *cuts; c++) {
        sw_grid grid = make_grid(&cuts[c]);
        sw_error error = {0};
        assert_int_equal(sw_grid_check(&grid, &error), SW_OK);
        check_owners(&grid);
        for (unsigned s = 0; s < grid.sectors; s++) {
            check_parcels(&grid, s);
            check_apart(&grid, s);
        }
    }
}

static void test_thin(void **state) {
    (void)state;
    const wanted_cut thin = {{16, 15, 1}, {2, 2, 1}, 3, 1, {true, true, false}};
    sw_grid grid = make_grid(&thin);
    sw_error error = {0};
    assert_int_equal(sw_grid_check(&grid, &error), SW_ERROR_MODEL);
    assert_non_null(strstr(error.message, "at least 8 cells"));
    assert_non_null(strstr(error.message, "along y"));
}

/* ---- running --------------------------------------------------------------------------------- */

/* Atoms that land, leave, hop, attract each other and change their kind beside another. */
static void busy_model(small_model *m, const int size[3], bool periodic, const int domains[3],
                       double turn) {
    small_model_init(m, size[0], size[1], size[2], periodic, 600.0);
    small_model_fill(m, 0.3, 0.1);
    small_model_pair(m, A_SET, A_SET, 2.0, -0.02);
    if (size[2] == 1) /* else there are too many neighbours for the packed engine */
        small_model_pair(m, A_SET, B_SET, 2.0 * sqrt(2.0), 0.03);
    small_model_hop(m, A_SET, 0.60);
    if (size[2] == 1)
        small_model_hop(m, B_SET, 0.62);
    small_model_adsorption(m, 1, 3e7, 2e7);
    sw_process *turn_over = small_model_process(m, "turn over", 2, SW_KINETICS_RATE, 1e7, 0.0);
    turn_over->slot[0].before = A_SET;
    turn_over->slot[0].after_species = 2;
    turn_over->slot[1].before = B_SET;
    turn_over->slot[1].after_species = 0;
    m->model.run.turn = turn;
    memcpy(m->model.run.domains, domains, sizeof m->model.run.domains);
}

static sw_domains *create_domains(const sw_lattice_model *model, uint64_t seed, int threads) {
    sw_context *context = NULL;
    sw_domains *domains = NULL;
    sw_error error = {0};
    assert_int_equal(sw_context_create(&context), SW_OK);
    sw_context_set_threads(context, threads);
    if (sw_domains_create(&domains, model, seed, context, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    domains->context = NULL;
    sw_context_destroy(context);
    return domains;
}

static void advance_events(sw_domains *domains, uint64_t events) {
    sw_error error = {0};
    bool finished;
    sw_horizon horizon = {INFINITY, domains->events + events};
    while (domains->events < horizon.events)
        if (sw_domains_advance(domains, horizon, &finished, &error) != SW_OK || finished)
            fail_msg("%s: %s", error.place, error.message);
}

static void check_audit(sw_domains *domains) {
    sw_error error = {0};
    if (sw_domains_audit(domains, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
}

static const struct {
    int size[3], domains[3];
    bool periodic;
} shapes[] = {{{24, 20, 1}, {2, 2, 1}, true},
              {{19, 13, 1}, {3, 2, 1}, false},
              {{12, 12, 13}, {2, 2, 2}, true},
              {{8, 7, 25}, {1, 1, 4}, true},
              {{4, 19, 13}, {1, 3, 2}, false}};

/* After every sweep all copies agree, codes are what they pack and bins hold the right rates. */
static void test_bookkeeping(void **state) {
    (void)state;
    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
        small_model m;
        busy_model(&m, shapes[s].size, shapes[s].periodic, shapes[s].domains, 2e-8);
        sw_domains *domains = create_domains(&m.model, 3 + s, 1);
        check_audit(domains);
        for (int n = 0; n < (shapes[s].size[2] == 1 ? 6 : 2); n++) {
            advance_events(domains, 1);
            check_audit(domains);
        }
        assert_true(domains->events > 50);
        sw_domains_destroy(domains);
    }
}

/* Atoms are neither made nor lost at borders: the events account for every one. */
static void test_conservation(void **state) {
    (void)state;
    for (size_t s = 0; s < 2; s++) {
        small_model m;
        busy_model(&m, shapes[s].size, shapes[s].periodic, shapes[s].domains, 5e-8);
        sw_domains *domains = create_domains(&m.model, 11, 1);
        double first[3], last[3];
        for (size_t k = 0; k < 3; k++)
            first[k] = (double)sw_lattice_count(domains->whole, 1u << k, ALL_KINDS);
        advance_events(domains, 5000);
        check_audit(domains);
        for (size_t k = 0; k < 3; k++)
            last[k] = (double)sw_lattice_count(domains->whole, 1u << k, ALL_KINDS);
        const sw_process_counts *counts = domains->whole->counts;
        double landed = (double)counts[2].forward - (double)counts[2].reverse;
        assert_true(last[1] - first[1] == landed - (double)counts[3].forward);
        assert_true(last[2] == first[2]);
        sw_domains_destroy(domains);
    }
}

/* Whatever the threads, the same seed gives the same run. */
static void test_repeats(void **state) {
    (void)state;
    const int size[3] = {24, 20, 1}, cut[3] = {2, 2, 1};
    uint64_t print[3];
    for (int n = 0; n < 3; n++) {
        small_model m;
        busy_model(&m, size, true, cut, 0.0);
        sw_domains *domains = create_domains(&m.model, n == 2 ? 6 : 5, n == 1 ? 3 : 1);
        advance_events(domains, 5000);
        print[n] = 0;
        for (int d = 0; d < domains->grid.count; d++)
            print[n] = print[n] * 3 + domains->tally[d].fingerprint;
        sw_domains_destroy(domains);
    }
    assert_true(print[0] == print[1]);
    assert_false(print[0] == print[2]);
}

static void check_same(const sw_domains *a, const sw_domains *b) {
    assert_true(a->time == b->time && a->events == b->events && a->sweeps == b->sweeps);
    for (int d = 0; d < a->grid.count; d++) {
        assert_true(a->tally[d].fingerprint == b->tally[d].fingerprint);
    }
}

static void test_restart(void **state) {
    (void)state;
    for (size_t s = 0; s < 2; s++) {
        small_model m;
        sw_error error = {0};
        sw_bytes bytes = {0};
        busy_model(&m, shapes[s].size, shapes[s].periodic, shapes[s].domains, s % 2 ? 2e-8 : 0.0);
        sw_domains *through = create_domains(&m.model, 7, 1);
        sw_domains *again = create_domains(&m.model, 7, 1);
        advance_events(through, 2000);
        assert_int_equal(sw_domains_save(through, &bytes, &error), SW_OK);
        assert_int_equal(sw_domains_restore(again, bytes.data, bytes.size, &error), SW_OK);
        check_same(through, again);
        check_audit(again);
        advance_events(through, 2000);
        advance_events(again, 2000);
        check_same(through, again);
        sw_domains_destroy(through);
        sw_domains_destroy(again);
        sw_bytes_clear(&bytes);
    }
}

/* Cut off anywhere, longer, or with the head of another cut: refused. */
static void test_damaged_states(void **state) {
    (void)state;
    small_model m;
    sw_error error = {0};
    sw_bytes bytes = {0};
    busy_model(&m, shapes[0].size, true, shapes[0].domains, 0.0);
    sw_domains *domains = create_domains(&m.model, 7, 1);
    advance_events(domains, 100);
    assert_int_equal(sw_domains_save(domains, &bytes, &error), SW_OK);
    size_t lengths[] = {0, 8, 60, bytes.size / 3, bytes.size - 1};
    for (size_t n = 0; n < sizeof lengths / sizeof *lengths; n++)
        assert_int_equal(sw_domains_restore(domains, bytes.data, lengths[n], &error),
                         SW_ERROR_FORMAT);
    unsigned char *data = (unsigned char *)bytes.data;
    data[4]++;
    assert_int_equal(sw_domains_restore(domains, data, bytes.size, &error), SW_ERROR_FORMAT);
    assert_non_null(strstr(error.message, "domains differ"));
    sw_bytes_clear(&bytes);
    sw_domains_destroy(domains);
}

/* The programme goes on between turns, at its own times. */
static void test_programme(void **state) {
    (void)state;
    const int size[3] = {24, 20, 1}, cut[3] = {2, 2, 1};
    static const sw_leg legs[] = {{.duration = 1e-6, .temperature = 600.0},
                                  {.duration = 2e-6, .temperature = 660.0, .ramp = true}};
    small_model m;
    bool finished;
    sw_error error = {0};
    busy_model(&m, size, true, cut, 0.0);
    m.model.legs = 2;
    m.model.leg = legs;
    m.model.run.temperature_step = 10.0;
    sw_domains *domains = create_domains(&m.model, 9, 2);
    const double times[] = {0.5e-6, 2e-6, 4e-6}, temperatures[] = {600.0, 630.0, 660.0};
    for (int n = 0; n < 3; n++) {
        while (domains->time < times[n])
            assert_int_equal(
                sw_domains_advance(domains, (sw_horizon){times[n], UINT64_MAX}, &finished, &error),
                SW_OK);
        assert_true(domains->time == times[n]);
        check_audit(domains);
        /* a ramp is climbed in steps, the next of which may come a rounding after this time */
        assert_true(fabs(domains->whole->temperature - temperatures[n]) <
                    (n == 1 ? 1.001 * m.model.run.temperature_step : 1e-9));
    }
    sw_domains_destroy(domains);
}

/* Where nothing can happen any more the clock goes to the horizon. */
static void test_end(void **state) {
    (void)state;
    small_model m;
    bool finished = false;
    sw_error error = {0};
    small_model_init(&m, 16, 16, 1, true, 600.0);
    sw_process *land = small_model_process(&m, "land", 1, SW_KINETICS_RATE, 1.0, 0.0);
    land->slot[0].before = EMPTY_SET;
    land->slot[0].after_species = 1;
    m.model.run.domains[0] = m.model.run.domains[1] = 2;
    sw_domains *domains = create_domains(&m.model, 2, 1);
    while (!finished)
        assert_int_equal(
            sw_domains_advance(domains, (sw_horizon){1e9, UINT64_MAX}, &finished, &error), SW_OK);
    assert_true(domains->events == 256 && domains->time == 1e9);
    sw_domains_destroy(domains);
}

/* ---- refusing -------------------------------------------------------------------------------- */

static void check_refusal(const small_model *m, const char *words) {
    sw_domains *domains = NULL;
    sw_error error = {0};
    assert_true(sw_domains_create(&domains, &m->model, 1, NULL, &error) != SW_OK);
    assert_null(domains);
    if (!strstr(error.message, words))
        fail_msg("\"%s\" is not in \"%s\"", words, error.message);
    assert_true(error.hint[0] != '\0');
}

static void test_refusals(void **state) {
    (void)state;
    const int size[3] = {24, 20, 1}, cut[3] = {2, 2, 1}, many[3] = {12, 1, 1};
    small_model m;
    busy_model(&m, size, true, many, 0.0);
    check_refusal(&m, "too thin");
    busy_model(&m, size, true, cut, 0.0);
    m.model.observe.tracers = A_SET;
    check_refusal(&m, "follow single atoms");
    busy_model(&m, size, true, cut, 0.0);
    m.model.observe.product_gas = 0;
    check_refusal(&m, "record");
    busy_model(&m, size, true, cut, 0.0);
    m.model.structure.relax_moves = 10;
    check_refusal(&m, "relax");
    busy_model(&m, size, true, cut, 0.0);
    m.model.gas.mode = SW_GAS_STIRRED;
    m.model.gas.volume = 1.0;
    check_refusal(&m, "stirred reactor");
    busy_model(&m, size, true, cut, 1e-40);
    sw_domains *domains = create_domains(&m.model, 1, 1);
    bool finished;
    sw_error error = {0};
    domains->time = 1.0;
    assert_int_equal(sw_domains_advance(domains, (sw_horizon){2.0, UINT64_MAX}, &finished, &error),
                     SW_ERROR_NUMERIC);
    assert_non_null(strstr(error.message, "does not move a clock"));
    sw_domains_destroy(domains);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_grid),
                                       cmocka_unit_test(test_thin),
                                       cmocka_unit_test(test_bookkeeping),
                                       cmocka_unit_test(test_conservation),
                                       cmocka_unit_test(test_repeats),
                                       cmocka_unit_test(test_restart),
                                       cmocka_unit_test(test_damaged_states),
                                       cmocka_unit_test(test_programme),
                                       cmocka_unit_test(test_end),
                                       cmocka_unit_test(test_refusals)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
