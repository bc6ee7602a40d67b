/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Diffusion matrices of Cr-Fe-Ni: what must hold of any, against differences, the binary, and the
 * numbers of another program. What magnetic order does in bcc. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <spillway/calphad.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ELECTRONVOLT (8.31451 * SW_JOULE_PER_MOLE) /* kB of the assessments */

static const char *const elements[] = {"CR", "FE", "NI"};

static sw_calphad *database_with(const char *mobilities) {
    sw_calphad *database;
    assert_int_equal(sw_calphad_builtin(&database, mobilities, NULL), SW_OK);
    assert_int_equal(sw_calphad_notes(database), 0);
    return database;
}

static sw_solution *solution_of(const sw_calphad *database, const char *phase, size_t first,
                                size_t count, double T) {
    sw_solution *solution;
    assert_int_equal(sw_solution_create(&solution, database, phase, elements + first, count, NULL),
                     SW_OK);
    assert_int_equal(sw_solution_set(solution, T, 1e5, NULL), SW_OK);
    return solution;
}

static sw_multicomponent at(const sw_solution *solution, const double *x, size_t reference) {
    sw_multicomponent state;
    sw_error error = {0};
    if (sw_solution_multicomponent(&state, solution, x, reference, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    return state;
}

static const double places[][3] = {
    {0.2, 0.6, 0.2}, {0.05, 0.9, 0.05}, {0.3, 0.1, 0.6}, {0.1, 0.45, 0.45}, {0.01, 0.01, 0.98}};
#define PLACES (sizeof places / sizeof *places)

/* Of two elements the matrix is Darken's coefficient, and the drift the difference of both
 * intrinsic coefficients. */
static void two_elements_are_the_binary(void **unused) {
    (void)unused;
    sw_calphad *database = database_with("jonsson");
    sw_solution *fcc = solution_of(database, "FCC_A1", 1, 2, 1200);
    for (double nickel = 0.01; nickel < 1; nickel += 0.07) {
        const double x[2] = {1 - nickel, nickel};
        const sw_multicomponent state = at(fcc, x, 0);
        sw_binary_diffusion binary;
        sw_binary energy;
        assert_int_equal(sw_solution_binary_diffusion(&binary, fcc, nickel, NULL), SW_OK);
        assert_int_equal(sw_solution_binary(&energy, fcc, nickel, NULL), SW_OK);
        assert_int_equal(state.elements, 2);
        assert_true(fabs(state.interdiffusion[1][1] / binary.interdiffusion - 1) < 1e-10);
        assert_true(fabs(state.interdiffusion[0][1] / binary.interdiffusion + 1) < 1e-10);
        assert_true(fabs(state.drift[1] - (binary.intrinsic[1] - binary.intrinsic[0])) <
                    1e-10 * binary.interdiffusion);
        for (int i = 0; i < 2; i++)
            assert_true(fabs(state.potential[i] - energy.potential[i]) < 1e-12);
    }
    sw_solution_destroy(fcc);
    sw_calphad_destroy(database);
}

/* x_i D*_i / kT times central differences of the chemical potentials, of which the error is h^2. */
static void slopes_are_those_of_the_potentials(void **unused) {
    (void)unused;
    sw_calphad *database = database_with("jonsson");
    const double T = 700; /* magnetic where there is much nickel */
    sw_solution *fcc = solution_of(database, "FCC_A1", 0, 3, T);
    for (size_t p = 0; p < PLACES; p++)
        for (size_t reference = 0; reference < 3; reference++) {
            const sw_multicomponent state = at(fcc, places[p], reference);
            for (size_t j = 0; j < 3; j++) {
                double high[3], low[3];
                const double h = 1e-6;
                memcpy(high, places[p], sizeof high);
                memcpy(low, places[p], sizeof low);
                high[j] += h;
                high[reference] -= h;
                low[j] -= h;
                low[reference] += h;
                const sw_multicomponent up = at(fcc, high, reference),
                                        down = at(fcc, low, reference);
                for (size_t i = 0; i < 3; i++) {
                    const double slope =
                        j == reference ? 0 : (up.potential[i] - down.potential[i]) / (2 * h);
                    const double expected =
                        places[p][i] * state.tracer[i] * slope / (ELECTRONVOLT * T);
                    assert_true(fabs(state.intrinsic[i][j] - expected) < 1e-5 * state.tracer[i]);
                }
            }
        }
    sw_solution_destroy(fcc);
    sw_calphad_destroy(database);
}

/* Gibbs and Duhem; nothing flows in all against fixed volume; the same gradient gives the same
 * fluxes whichever element is the reference. */
static void what_any_matrix_must_obey(void **unused) {
    (void)unused;
    sw_calphad *database = database_with("khorasgani");
    sw_solution *fcc = solution_of(database, "FCC_A1", 0, 3, 1373);
    const double gradient[3] = {0.3, -0.8, 0.5};
    for (size_t p = 0; p < PLACES; p++) {
        double flux[3][3] = {{0}};
        for (size_t n = 0; n < 3; n++) {
            const sw_multicomponent state = at(fcc, places[p], n);
            for (size_t j = 0; j < 3; j++) {
                double duhem = 0, sum = 0, scale = 0;
                for (size_t i = 0; i < 3; i++) {
                    duhem += state.intrinsic[i][j] / state.tracer[i];
                    sum += state.interdiffusion[i][j];
                    scale += fabs(state.interdiffusion[i][j]);
                    flux[n][i] += state.interdiffusion[i][j] * gradient[j];
                }
                assert_true(fabs(duhem) < 1e-12);
                assert_true(fabs(sum) <= 1e-13 * scale);
            }
        }
        for (size_t i = 0; i < 3; i++) {
            assert_true(fabs(flux[1][i] - flux[0][i]) < 1e-11 * fabs(flux[0][0]));
            assert_true(fabs(flux[2][i] - flux[0][i]) < 1e-11 * fabs(flux[0][0]));
        }
    }
    sw_solution_destroy(fcc);
    sw_calphad_destroy(database);
}

/* Of an element that is not there, the coefficient is that of its tracer, and nothing drives it. */
static void a_trace_diffuses_as_its_tracer(void **unused) {
    (void)unused;
    sw_calphad *database = database_with("jonsson");
    sw_solution *fcc = solution_of(database, "FCC_A1", 0, 3, 1373);
    const double x[3] = {0.0, 0.7, 0.3};
    const sw_multicomponent state = at(fcc, x, 1);
    assert_true(fabs(state.interdiffusion[0][0] / state.tracer[0] - 1) < 1e-9);
    assert_true(fabs(state.interdiffusion[0][2] / state.tracer[0]) < 1e-9);
    sw_solution_destroy(fcc);
    sw_calphad_destroy(database);
}

/* ---- interstitials --------------------------------------------------------------------------- */

/* Matrices (reference Fe) and tracers by kawin 0.5.0 on pycalphad 0.11.2, at atom fractions of Mn
 * and C; m2/s. */
static const struct {
    double T, manganese, carbon, matrix[2][2], tracer[3];
} of_kawin[] = {{1373.15,
                 0.1,
                 0.03,
                 {{5.00985130e-15, -2.24051028e-15}, {-8.80678095e-12, 8.67155689e-11}},
                 {9.56340732e-16, 5.17523307e-15, 7.30638763e-11}},
                {1273.15,
                 0.02,
                 0.06,
                 {{8.13014013e-16, -8.75727030e-17}, {-7.12178419e-12, 4.14489178e-11}},
                 {1.42009544e-16, 8.14085143e-16, 2.97418475e-11}},
                {1373.15,
                 0.3,
                 0.01,
                 {{6.48253495e-15, -6.77899507e-15}, {-3.21685646e-12, 8.12918329e-11}},
                 {1.01311222e-15, 7.94318280e-15, 7.62985469e-11}}};

static void carbon_between_iron_and_manganese(void **unused) {
    (void)unused;
    static const char *const names[] = {"FE", "MN", "C"};
    sw_calphad *database;
    sw_solution *fcc;
    size_t substitutional;
    const char *source = getenv("SPILLWAY_SOURCE");
    char path[512];
    snprintf(path, sizeof path, "%s/tests/models/fe-mn-c.tdb", source ? source : ".");
    assert_int_equal(sw_calphad_read(&database, path, NULL), SW_OK);
    assert_int_equal(sw_solution_create(&fcc, database, "FCC_A1", names, 3, NULL), SW_OK);
    assert_int_equal(sw_solution_elements(&substitutional, fcc), 3);
    assert_int_equal(substitutional, 2);
    for (size_t r = 0; r < 3; r++) {
        const double sum = 1 - of_kawin[r].carbon;
        const double u[3] = {1 - of_kawin[r].manganese / sum, of_kawin[r].manganese / sum,
                             of_kawin[r].carbon / sum};
        assert_int_equal(sw_solution_set(fcc, of_kawin[r].T, 1e5, NULL), SW_OK);
        const sw_multicomponent state = at(fcc, u, 0);
        assert_true(state.stable);
        for (size_t i = 0; i < 3; i++)
            assert_true(fabs(state.tracer[i] * 1e-20 / of_kawin[r].tracer[i] - 1) < 2e-4);
        for (size_t k = 0; k < 2; k++)
            for (size_t j = 0; j < 2; j++) {
                const double ours = state.interdiffusion[k + 1][j + 1] * 1e-20;
                print_message("# %.6e, theirs %.6e\n", ours, of_kawin[r].matrix[k][j]);
                assert_true(fabs(ours / of_kawin[r].matrix[k][j] - 1) < 3e-4);
            }
    }
    sw_solution_destroy(fcc);
    sw_calphad_destroy(database);
}

/* ---- magnetic order -------------------------------------------------------------------------- */

static double iron_at(const sw_solution *bcc, double T) {
    double diffusion;
    const double pure[3] = {1, 0, 1};
    assert_int_equal(sw_solution_set((sw_solution *)(uintptr_t)bcc, T, 1e5, NULL), SW_OK);
    assert_int_equal(sw_solution_tracer_diffusion(&diffusion, bcc, "FE", pure, NULL), SW_OK);
    return diffusion;
}

/* 4.6e-5 exp(-218000/RT) without order, and with xi = 1 in the cold; at the Curie temperature xi is
 * the share of the enthalpy that is above it, 0.4 in bcc. */
static void order_slows_iron_down(void **unused) {
    (void)unused;
    sw_calphad *database = database_with("jonsson");
    sw_solution *bcc = solution_of(database, "BCC_A2", 1, 2, 1043);
    const struct {
        double T, order, within;
    } rows[] = {{1043.0, 0.4, 1e-9}, {4000.0, 0.0, 1e-2}, {80.0, 1.0, 2e-2}};
    for (size_t i = 0; i < 3; i++) {
        const double RT = 8.31451 * rows[i].T, alpha = 0.3 * rows[i].order;
        const double expected = log(4.6e15) + 6 * alpha - 218000 * (1 + alpha) / RT;
        const double found = log(iron_at(bcc, rows[i].T));
        print_message("# %g K: ln D %.6f, expected %.6f\n", rows[i].T, found, expected);
        assert_true(fabs(found - expected) < rows[i].within);
    }
    double before = iron_at(bcc, 900);
    for (double T = 905; T < 1184; T += 5) { /* rises, without a jump, steepest below 1043 K */
        const double next = iron_at(bcc, T);
        assert_true(next > before && next < 1.6 * before);
        before = next;
    }
    sw_solution_destroy(bcc);
    sw_calphad_destroy(database);
}

/* The same parameters without the statement: no factor. An element may have its own alpha. */
static void the_statement_makes_the_factor(void **unused) {
    (void)unused;
    static const char head[] = "ELEMENT FE BCC_A2 55.8 0 0 !\nELEMENT C GRAPHITE 12 0 0 !\n"
                               "TYPE_DEFINITION A GES A_P_D BCC_A2 MAGNETIC -1 0.4 !\n"
                               "PHASE BCC_A2 %A 2 1 3 !\nCONSTITUENT BCC_A2 : FE : C,VA : !\n"
                               "PARAMETER G(BCC_A2,FE:VA;0) 298.15 0; 6000 N !\n"
                               "PARAMETER G(BCC_A2,FE:C;0) 298.15 0; 6000 N !\n"
                               "PARAMETER TC(BCC_A2,FE:VA;0) 298.15 1000; 6000 N !\n"
                               "PARAMETER BMAGN(BCC_A2,FE:VA;0) 298.15 2; 6000 N !\n"
                               "PARAMETER MQ(BCC_A2&FE,FE:VA;0) 298.15 -200000; 6000 N !\n"
                               "PARAMETER MQ(BCC_A2&C,FE:VA;0) 298.15 -80000; 6000 N !\n";
    static const struct {
        const char *statement;
        double iron, carbon;
    } rows[] = {{"", 0, 0},
                {"DIFFUSION MAGNETIC BCC_A2 ALPHA=0.3 ALPHA2&C=1.8 ALPHA2%N=0.6 !", 0.3, 1.8},
                {"DIFF MAGN BCC_A2 ALPHA=0.2 !", 0.2, 0.2}};
    static const char *const both[] = {"FE", "C"};
    const double RT = 8.31451 * 1000.0;
    for (size_t i = 0; i < 3; i++) {
        char text[2048];
        sw_calphad *database;
        sw_solution *bcc;
        double iron, carbon;
        strcpy(text, head);
        strcat(text, rows[i].statement);
        assert_int_equal(sw_calphad_parse(&database, text, strlen(text), "test", NULL), SW_OK);
        assert_int_equal(sw_calphad_notes(database), 0);
        assert_int_equal(sw_solution_create(&bcc, database, "BCC_A2", both, 2, NULL), SW_OK);
        assert_int_equal(sw_solution_set(bcc, 1000, 1e5, NULL), SW_OK);
        double y[3] = {1, 0, 0};
        y[sw_solution_find(bcc, "VA", 1)] = 1;
        assert_int_equal(sw_solution_tracer_diffusion(&iron, bcc, "FE", y, NULL), SW_OK);
        assert_int_equal(sw_solution_tracer_diffusion(&carbon, bcc, "C", y, NULL), SW_OK);
        const double order = 0.4; /* at the Curie temperature */
        assert_true(fabs(log(iron * 1e-20) - (6 * rows[i].iron * order -
                                              200000 * (1 + rows[i].iron * order) / RT)) < 1e-9);
        assert_true(fabs(log(carbon * 1e-20) - (6 * rows[i].carbon * order -
                                                80000 * (1 + rows[i].carbon * order) / RT)) < 1e-9);
        sw_solution_destroy(bcc);
        sw_calphad_destroy(database);
    }
}

static void faults_of_the_statement_are_told(void **unused) {
    (void)unused;
    static const struct {
        const char *text, *place;
    } rows[] = {{"PHASE A % 1 1 !\nDIFFUSION MAGNETIC A ALPHA=x !", "test:2:28"},
                {"PHASE A % 1 1 !\nDIFFUSION MAGNETIC A BETA=1 !", "test:2:26"},
                {"PHASE A % 1 1 !\nDIFFUSION MAGNETIC A ALPHA=1e9 !", "test:2:31"}};
    for (size_t i = 0; i < 3; i++) {
        sw_calphad *database;
        sw_error error = {0};
        assert_int_equal(
            sw_calphad_parse(&database, rows[i].text, strlen(rows[i].text), "test", &error),
            SW_ERROR_FORMAT);
        assert_string_equal(error.place, rows[i].place);
    }
    sw_calphad *database;
    const char *text = "DIFFUSION MAGNETIC A ALPHA=1 !";
    assert_int_equal(sw_calphad_parse(&database, text, strlen(text), "test", NULL), SW_OK);
    assert_int_equal(sw_calphad_notes(database), 1);
    sw_calphad_destroy(database);
}

/* Without its mobility in pure nickel, iron would be at 1 m2/s there. */
static void a_missing_end_member_is_told(void **unused) {
    (void)unused;
    static const char head[] = "ELEMENT FE BCC_A2 55.8 0 0 !\nELEMENT NI FCC_A1 58.7 0 0 !\n"
                               "PHASE FCC_A1 % 2 1 1 !\nCONSTITUENT FCC_A1 : FE,NI : VA : !\n"
                               "PARAMETER MQ(FCC_A1&NI,*:VA;0) 298.15 -280000; 6000 N !\n"
                               "PARAMETER MQ(FCC_A1&FE,FE:VA;0) 298.15 -280000; 6000 N !\n"
                               "PARAMETER MQ(FCC_A1&FE,FE,NI:VA;0) 298.15 -9000; 6000 N !\n";
    sw_calphad *database;
    sw_error error = {0};
    double diffusion;
    const double y[3] = {0.5, 0.5, 1.0};
    assert_int_equal(sw_calphad_parse(&database, head, strlen(head), "test", NULL), SW_OK);
    sw_solution *fcc = solution_of(database, "FCC_A1", 1, 2, 1000);
    assert_int_equal(sw_solution_tracer_diffusion(&diffusion, fcc, "NI", y, &error), SW_OK);
    assert_int_equal(sw_solution_tracer_diffusion(&diffusion, fcc, "FE", y, &error),
                     SW_ERROR_NOT_FOUND);
    assert_string_equal(error.place, "FE");
    assert_non_null(strstr(error.message, "no mobility of FE in NI"));
    sw_solution_destroy(fcc);
    sw_calphad_destroy(database);
}

static void what_cannot_be_asked_is_told(void **unused) {
    (void)unused;
    static const char *const iron_oxygen[] = {"FE", "O"};
    sw_calphad *database = database_with("khorasgani");
    sw_solution *fcc = solution_of(database, "FCC_A1", 0, 3, 1000), *bcc, *halite;
    const double x[3] = {0.2, 0.6, 0.2};
    sw_multicomponent state;
    sw_error error = {0};
    assert_int_equal(sw_solution_multicomponent(&state, fcc, x, 3, &error), SW_ERROR_ARGUMENT);
    assert_int_equal(sw_solution_create(&halite, database, "HALITE", iron_oxygen, 2, NULL), SW_OK);
    assert_int_equal(sw_solution_multicomponent(&state, halite, x, 0, &error), SW_ERROR_ARGUMENT);
    bcc = solution_of(database, "BCC_A2", 0, 3, 1000);
    assert_int_equal(sw_solution_multicomponent(&state, bcc, x, 0, &error), SW_ERROR_NOT_FOUND);
    assert_string_equal(error.place, "CR");
    sw_solution_destroy(halite);
    sw_solution_destroy(bcc);
    sw_solution_destroy(fcc);
    sw_calphad_destroy(database);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_elements_are_the_binary),
        cmocka_unit_test(slopes_are_those_of_the_potentials),
        cmocka_unit_test(what_any_matrix_must_obey),
        cmocka_unit_test(a_trace_diffuses_as_its_tracer),
        cmocka_unit_test(carbon_between_iron_and_manganese),
        cmocka_unit_test(order_slows_iron_down),
        cmocka_unit_test(the_statement_makes_the_factor),
        cmocka_unit_test(faults_of_the_statement_are_told),
        cmocka_unit_test(a_missing_end_member_is_told),
        cmocka_unit_test(what_cannot_be_asked_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
