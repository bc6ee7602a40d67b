/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which columns belong to which plot, however many plots and columns there are. */
#include "lattice/observer.h"
#include "small_models.h"

#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define PLOTS 40
#define COLUMNS 50

/* Each plot has its own columns and no others', long after any first allocation. */
static void test_columns_stay_with_their_plot(void **state) {
    (void)state;
    sw_plot_list list = {0};
    char name[32], expected[32];
    for (int p = 0; p < PLOTS; p++) {
        sw_plot_list_begin(&list, (sw_plot){.title = "a plot", .log_y = p % 2 == 0});
        for (int c = 0; c < COLUMNS; c++) {
            snprintf(name, sizeof name, "%d.%d", p, c);
            sw_plot_list_add_column(&list, c % 2 ? "even" : NULL, name);
        }
    }
    assert_int_equal(sw_plot_list_finish(&list), SW_OK);
    assert_int_equal(list.count, PLOTS);
    for (int p = 0; p < PLOTS; p++) {
        const char *at = list.plot[p].y;
        assert_int_equal(list.plot[p].log_y, p % 2 == 0);
        for (int c = 0; c < COLUMNS; c++) {
            int length = snprintf(expected, sizeof expected, "%s%s%d.%d", c ? "," : "",
                                  c % 2 ? "even " : "", p, c);
            assert_memory_equal(at, expected, (size_t)length);
            at += length;
        }
        assert_int_equal(*at, '\0');
    }
    sw_plot_list_clear(&list);
}

static const sw_plot *plot_of(const sw_plot_list *list, const char *title) {
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->plot[i].title, title) == 0)
            return &list->plot[i];
    fail_msg("no plot '%s'", title);
    return NULL;
}

#define PHASES 15
#define NAME_SIZE 64

static sw_phase phase[PHASES];
static char phase_name[PHASES][NAME_SIZE];

/* Everything at once, with as many and as long names as a model may have. */
static void crowded_model(small_model *m) {
    small_model_init(m, 4, 4, 4, true, 500.0);
    for (int p = 0; p < PHASES; p++) {
        snprintf(phase_name[p], NAME_SIZE, "a-phase-with-a-name-that-takes-its-time-and-number-%d",
                 p);
        phase[p] = (sw_phase){.name = phase_name[p], .species = A_SET, .kinds = ALL_KINDS};
    }
    m->model.observe.phase = phase;
    m->model.observe.phases = PHASES;
    m->model.observe.exchanged = B_SET;
    m->model.observe.core = A_SET;
    m->gas[0] = (sw_gas_species){"H2", 1000.0};
    m->gas[1] = (sw_gas_species){"H2O", 10.0};
    m->model.gas.species = 2;
    m->model.supply.present = true;
    m->model.supply.name = "hydrogen";
}

static void test_crowded_model(void **state) {
    (void)state;
    small_model m;
    sw_plot_list list = {0};
    crowded_model(&m);
    assert_int_equal(sw_plots_compose(&list, &m.model), SW_OK);
    assert_int_equal(list.count, 12);
    const char *areas = plot_of(&list, "Projected areas")->y, *last = strrchr(areas, ',');
    assert_non_null(last);
    assert_string_equal(last + 1,
                        "a-phase-with-a-name-that-takes-its-time-and-number-14 area along z");
    assert_string_equal(plot_of(&list, "Gas")->y, "H2 pressure,H2O pressure");
    assert_true(plot_of(&list, "Gas")->log_y && plot_of(&list, "Velocities")->log_y);
    assert_string_equal(plot_of(&list, "Supply")->y, "hydrogen saturation");
    assert_string_equal(plot_of(&list, "Progress")->y, "events");
    assert_int_equal(sw_plots_compose(&list, &m.model), SW_OK); /* again: in its place */
    assert_int_equal(list.count, 12);
    sw_plot_list_clear(&list);
}

/* Without memory there is an error, never a plot with the columns of another. */
static void test_no_memory(void **state) {
    (void)state;
#ifdef SPILLWAY_TEST_ALLOCATION
    small_model m;
    long allocations = 0;
    crowded_model(&m);
    for (sw_status status = SW_ERROR_MEMORY; status != SW_OK; allocations++) {
        sw_plot_list list = {0};
        sw_memory_fail_after(allocations);
        status = sw_plots_compose(&list, &m.model);
        sw_memory_fail_after(-1);
        assert_true(status == SW_OK || status == SW_ERROR_MEMORY);
        sw_plot_list_clear(&list);
    }
    assert_true(allocations > 13);
#else
    skip();
#endif
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns_stay_with_their_plot),
        cmocka_unit_test(test_crowded_model),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
