/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Databases as files: those of the field are read, faults are named with line and column. */
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
#include <time.h>

static bool path_of(char path[512], const char *name) {
    const char *data = getenv("SPILLWAY_DATA");
    snprintf(path, 512, "%s/calphad/%s", data ? data : "", name);
    FILE *file = data ? fopen(path, "rb") : NULL;
    if (file)
        fclose(file);
    return file != NULL;
}

static bool has_note(const sw_calphad *database, const char *part) {
    for (size_t i = 0; i < sw_calphad_notes(database); i++)
        if (strstr(sw_calphad_note(database, i), part))
            return true;
    return false;
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void files_of_the_field_are_read(void **unused) {
    (void)unused;
    static const char *const names[] = {"opencalphad_FENI_SSOL2.TDB", "NIMS_Fe-O_Abe2011.tdb",
                                        "kawin_FeCrNi_MatCalc_ODbL.tdb", "mf-mobility.tdb",
                                        "mf-steel.tdb"};
    char path[512];
    if (!path_of(path, names[0]))
        skip();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        sw_calphad *database;
        sw_error error = {0};
        assert_true(path_of(path, names[i]));
        const double start = seconds();
        if (sw_calphad_read(&database, path, &error) != SW_OK)
            fail_msg("%s: %s", error.place, error.message);
        print_message("# %s: %zu phases, %zu notes, %.0f ms\n", names[i],
                      sw_calphad_phases(database), sw_calphad_notes(database),
                      1e3 * (seconds() - start));
        for (size_t k = 0; k < sw_calphad_notes(database) && k < 3; k++)
            print_message("#   %s\n", sw_calphad_note(database, k));
        assert_true(seconds() - start < 2.0);
        sw_calphad_destroy(database);
    }
}

static void the_misspelt_constituent_is_found(void **unused) {
    (void)unused;
    char path[512];
    sw_calphad *database;
    if (!path_of(path, "mf-steel.tdb"))
        skip();
    assert_int_equal(sw_calphad_read(&database, path, NULL), SW_OK);
    assert_true(has_note(database, ":10787:"));
    assert_true(has_note(database, "O2-2 is not a constituent of sublattice 2"));
    sw_calphad_destroy(database);
}

/* The same assessment from another hand: Gibbs energy of fcc Fe-Ni in three files and ours. */
static void fcc_of_all_files_is_one(void **unused) {
    (void)unused;
    static const char *const files[] = {"opencalphad_FENI_SSOL2.TDB",
                                        "kawin_FeCrNi_MatCalc_ODbL.tdb"};
    static const char *const elements[] = {"FE", "NI"};
    char path[512];
    if (!path_of(path, files[0]))
        skip();
    for (size_t i = 0; i < 2; i++) {
        sw_calphad *theirs, *ours;
        sw_solution *a, *b;
        assert_true(path_of(path, files[i]));
        assert_int_equal(sw_calphad_read(&theirs, path, NULL), SW_OK);
        assert_int_equal(sw_calphad_builtin(&ours, NULL, NULL), SW_OK);
        assert_int_equal(sw_solution_create(&a, theirs, "FCC_A1", elements, 2, NULL), SW_OK);
        assert_int_equal(sw_solution_create(&b, ours, "FCC_A1", elements, 2, NULL), SW_OK);
        assert_int_equal(sw_solution_set(a, 973.15, 1e5, NULL), SW_OK);
        assert_int_equal(sw_solution_set(b, 973.15, 1e5, NULL), SW_OK);
        for (double x = 0.05; x < 1; x += 0.1) {
            const double y[3] = {1 - x, x, 1};
            double left, right;
            sw_solution_gibbs(&left, NULL, NULL, NULL, a, y);
            sw_solution_gibbs(&right, NULL, NULL, NULL, b, y);
            assert_true(fabs(left - right) < 1e-5); /* 1 J/mol: the pressure term of one of them */
        }
        sw_solution_destroy(a);
        sw_solution_destroy(b);
        sw_calphad_destroy(theirs);
        sw_calphad_destroy(ours);
    }
}

/* First and second derivatives against differences, at made-up fractions that need not sum to one.
 */
static void check_derivatives(const sw_calphad *database, const char *phase,
                              const char *const *elements, size_t count) {
    sw_solution *solution;
    sw_error error = {0};
    if (sw_solution_create(&solution, database, phase, elements, count, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    assert_int_equal(sw_solution_set(solution, 1100, 1e5, NULL), SW_OK);
    const size_t n = sw_solution_fractions(solution);
    double y[64], first[64], up[64], down[64], high, low;
    double *second = calloc(n * n, sizeof *second);
    assert_true(second && n <= 64);
    for (size_t i = 0; i < n; i++)
        y[i] = 0.15 + 0.1 * (double)(i % 4);
    sw_solution_gibbs(NULL, first, second, NULL, solution, y);
    for (size_t i = 0; i < n; i++) {
        const double h = 1e-5, kept = y[i];
        y[i] = kept + h;
        sw_solution_gibbs(&high, up, NULL, NULL, solution, y);
        y[i] = kept - h;
        sw_solution_gibbs(&low, down, NULL, NULL, solution, y);
        y[i] = kept;
        assert_true(fabs((high - low) / (2 * h) - first[i]) < 1e-7 * (1 + fabs(first[i])));
        for (size_t j = 0; j < n; j++) {
            const double slope = (up[j] - down[j]) / (2 * h);
            assert_true(fabs(slope - second[i * n + j]) < 1e-6 * (1 + fabs(slope)));
            assert_true(fabs(second[j * n + i] - second[i * n + j]) < 1e-12 * (1 + fabs(slope)));
        }
    }
    free(second);
    sw_solution_destroy(solution);
}

static void derivatives_in_phases_of_the_field(void **unused) {
    (void)unused;
    static const char *const chromium[] = {"CR", "FE", "NI"}, *const oxides[] = {"FE", "NI", "O"};
    static const struct {
        const char *file, *phase;
        const char *const *elements;
    } cases[] = {{"kawin_FeCrNi_MatCalc_ODbL.tdb", "FCC_A1", chromium}, /* ternary parameters */
                 {"kawin_FeCrNi_MatCalc_ODbL.tdb", "BCC_A2", chromium},
                 {"kawin_FeCrNi_MatCalc_ODbL.tdb", "SIGMA", chromium},
                 {"NIMS_Fe-O_Abe2011.tdb", "SPINEL", oxides}, /* four sublattices */
                 {"NIMS_Fe-O_Abe2011.tdb", "CORUNDUM", oxides},
                 {"mf-steel.tdb", "HALITE_B1", oxides},
                 {"mf-steel.tdb", "SPINEL_H11", oxides},
                 {"mf-steel.tdb", "FCC_A1", chromium}};
    char path[512];
    if (!path_of(path, cases[0].file))
        skip();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sw_calphad *database;
        assert_true(path_of(path, cases[i].file));
        assert_int_equal(sw_calphad_read(&database, path, NULL), SW_OK);
        /* the Fe-O file knows no nickel */
        const bool iron_only = strncmp(cases[i].file, "NIMS", 4) == 0;
        static const char *const without[] = {"FE", "O"};
        check_derivatives(database, cases[i].phase, iron_only ? without : cases[i].elements,
                          iron_only ? 2 : 3);
        sw_calphad_destroy(database);
    }
}

/* Gibbs energies of the assessments' own pure wustite from two files: 1 J. */
static void wustite_of_two_files_is_one(void **unused) {
    (void)unused;
    static const char *const iron[] = {"FE", "O"};
    char path[512];
    sw_calphad *theirs, *ours;
    sw_solution *a, *b;
    double left, right;
    if (!path_of(path, "NIMS_Fe-O_Abe2011.tdb"))
        skip();
    assert_int_equal(sw_calphad_read(&theirs, path, NULL), SW_OK);
    assert_int_equal(sw_calphad_builtin(&ours, NULL, NULL), SW_OK);
    assert_int_equal(sw_solution_create(&a, theirs, "HALITE", iron, 2, NULL), SW_OK);
    assert_int_equal(sw_solution_create(&b, ours, "HALITE", iron, 2, NULL), SW_OK);
    assert_int_equal(sw_solution_set(a, 973.15, 1e5, NULL), SW_OK);
    assert_int_equal(sw_solution_set(b, 973.15, 1e5, NULL), SW_OK);
    for (double v = 0.02; v < 0.15; v += 0.02) {
        const double y[4] = {1 - 3 * v, 2 * v, v, 1};
        sw_solution_gibbs(&left, NULL, NULL, NULL, a, y);
        sw_solution_gibbs(&right, NULL, NULL, NULL, b, y);
        assert_true(fabs(left - right) < 1e-5);
    }
    sw_solution_destroy(a);
    sw_solution_destroy(b);
    sw_calphad_destroy(theirs);
    sw_calphad_destroy(ours);
}

static void put(double *y, const sw_solution *solution, const char *species, size_t sublattice,
                double fraction) {
    const ptrdiff_t at = sw_solution_find(solution, species, sublattice);
    assert_true(at >= 0);
    y[at] = fraction;
}

/*
 * Nickel in halite and spinel, from the database that it was taken from, with its names. Halite
 * there is magnetic (less than 10 J/mol here) and lacks Fe3+ and the end NiO (see above); spinel
 * has a fourth sublattice, empty here.
 */
static void nickel_oxides_of_two_files_are_one(void **unused) {
    (void)unused;
    static const char *const elements[] = {"FE", "NI", "O"};
    char path[512];
    sw_calphad *theirs, *ours;
    sw_solution *halite[2], *spinel[2];
    if (!path_of(path, "mf-steel.tdb"))
        skip();
    assert_int_equal(sw_calphad_read(&theirs, path, NULL), SW_OK);
    assert_int_equal(sw_calphad_builtin(&ours, NULL, NULL), SW_OK);
    assert_int_equal(sw_solution_create(&halite[0], theirs, "HALITE_B1", elements, 3, NULL), SW_OK);
    assert_int_equal(sw_solution_create(&halite[1], ours, "HALITE", elements, 3, NULL), SW_OK);
    assert_int_equal(sw_solution_create(&spinel[0], theirs, "SPINEL_H11", elements, 3, NULL),
                     SW_OK);
    assert_int_equal(sw_solution_create(&spinel[1], ours, "SPINEL", elements, 3, NULL), SW_OK);
    for (double T = 600.0; T < 1600.0; T += 200.0)
        for (double x = 0.05; x < 0.8; x += 0.15) {
            double gibbs[2], nickel_oxide;
            for (int i = 0; i < 2; i++) {
                static const char *const names[2][4] = {{"FE2+", "FE3+", "NI2+", "O2-"},
                                                        {"FE+2", "FE+3", "NI+2", "O-2"}};
                double y[64] = {0};
                assert_int_equal(sw_solution_set(spinel[i], T, 1e5, NULL), SW_OK);
                put(y, spinel[i], names[i][0], 0, 0.4 * x);
                put(y, spinel[i], names[i][1], 0, 1.0 - 0.4 * x);
                put(y, spinel[i], names[i][0], 1, 0.2 * x);
                put(y, spinel[i], names[i][1], 1, 1.0 - 0.7 * x);
                put(y, spinel[i], names[i][2], 1, 0.5 * x);
                put(y, spinel[i], names[i][3], i == 0 ? 3 : 2, 1.0);
                if (i == 0)
                    put(y, spinel[i], "VA", 2, 1.0);
                sw_solution_gibbs(&gibbs[i], NULL, NULL, NULL, spinel[i], y);
            }
            assert_true(fabs(gibbs[0] - gibbs[1]) < 1e-8);
            for (int i = 0; i < 2 && T > 900.0; i++) {
                static const char *const names[2][4] = {{"FE2+", "FE3+", "NI2+", "O2-"},
                                                        {"FE+2", "FE+3", "NI+2", "O-2"}};
                double y[64] = {0};
                assert_int_equal(sw_solution_set(halite[i], T, 1e5, NULL), SW_OK);
                put(y, halite[i], names[i][0], 0, 0.97 - x);
                put(y, halite[i], names[i][2], 0, x);
                put(y, halite[i], "VA", 0, 0.03);
                put(y, halite[i], names[i][3], 1, 1.0);
                sw_solution_gibbs(&gibbs[i], NULL, NULL, NULL, halite[i], y);
            }
            assert_int_equal(sw_calphad_function(&nickel_oxide, NULL, theirs, "GNIO", T, 1e5, NULL),
                             SW_OK);
            if (T > 900.0)
                assert_true(fabs(gibbs[0] + x * nickel_oxide * SW_JOULE_PER_MOLE - gibbs[1]) <
                            1e-4);
        }
    for (int i = 0; i < 2; i++) {
        sw_solution_destroy(halite[i]);
        sw_solution_destroy(spinel[i]);
    }
    sw_calphad_destroy(theirs);
    sw_calphad_destroy(ours);
}

/* The letter of a type holds one definition: a phase would lose its magnetism in silence. */
static void types_defined_again_are_told(void **unused) {
    (void)unused;
    static const char text[] = "TYPE_DEFINITION & GES A_P_D BCC_A2 MAGNETIC -1.0 0.4 !\n"
                               "TYPE_DEFINITION & GES A_P_D FCC_A1 MAGNETIC -3.0 0.28 !\n";
    sw_calphad *database;
    assert_int_equal(sw_calphad_parse(&database, text, sizeof text - 1, "a.tdb", NULL), SW_OK);
    assert_int_equal(sw_calphad_notes(database), 1);
    assert_non_null(strstr(sw_calphad_note(database, 0), "a.tdb:2:"));
    assert_non_null(strstr(sw_calphad_note(database, 0), "the type & is defined again"));
    sw_calphad_destroy(database);
}

static void faults_have_line_and_column(void **unused) {
    (void)unused;
    static const struct {
        const char *text, *place, *part;
    } faults[] = {
        {"ELEMENT FE BCC 1 1 1 !\nFUNCTION A 298.15 +1*(T; 6000 N !", "a.tdb:2:24", "expected ')'"},
        {"FUNCTION A 298.15 2*; 6000 N !", "a.tdb:1:21", "expected a number"},
        {"FUNCTION A x !", "a.tdb:1:12", "temperature from which"},
        {"ELEMENT FE BCC 1 1 1 !\nPHASE P % 1 1 !\n  CONSTITUENT P : FE,QQ : !", "a.tdb:3:22",
         "is no species"},
        {"PHASE P % 2 1 !", "a.tdb:1:15", "2 numbers of sites"},
        {"SPECIES X QQ2 !", "a.tdb:1:14", "elements and amounts"},
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        sw_calphad *database;
        sw_error error = {0};
        assert_int_equal(
            sw_calphad_parse(&database, faults[i].text, strlen(faults[i].text), "a.tdb", &error),
            SW_ERROR_FORMAT);
        assert_null(database);
        if (strcmp(error.place, faults[i].place) != 0 || !strstr(error.message, faults[i].part))
            fail_msg("%zu: %s: %s", i, error.place, error.message);
    }
}

static double value_of(const char *expression) {
    char text[256];
    double value, slope;
    sw_calphad *database;
    snprintf(text, sizeof text, "FUNCTION G 1 1000*T; 6000 N ! FUNCTION A 1 %s; 6000 N !",
             expression);
    assert_int_equal(sw_calphad_parse(&database, text, strlen(text), "text", NULL), SW_OK);
    assert_int_equal(sw_calphad_function(&value, &slope, database, "A", 2.0, 1e5, NULL), SW_OK);
    sw_calphad_destroy(database);
    return value;
}

static void expressions_are_as_written(void **unused) {
    (void)unused;
    assert_true(value_of("1+2*3") == 7);
    assert_true(value_of("-T**2") == -4);
    assert_true(value_of("2*T**(-1)") == 1);
    assert_true(value_of("8/T/T") == 2);
    assert_true(value_of("10-3-2") == 5);
    assert_true(value_of("+-5") == -5);
    assert_true(value_of("G#*.5E-3") == 1);
    assert_true(fabs(value_of("T*LN(T )") - 2 * log(2)) < 1e-15);
    assert_true(fabs(value_of("EXP(T**0.5)") - exp(sqrt(2))) < 1e-14);
    assert_true(fabs(value_of("R*T") - 2 * 8.31451) < 1e-14);
}

static void functions_in_a_circle_are_refused(void **unused) {
    (void)unused;
    static const char text[] = "FUNCTION A 1 B; 6000 N ! FUNCTION B 1 A; 6000 N ! "
                               "FUNCTION C 1 D; 6000 N !";
    sw_calphad *database;
    sw_error error = {0};
    double value;
    assert_int_equal(sw_calphad_parse(&database, text, sizeof text - 1, "text", NULL), SW_OK);
    assert_int_not_equal(sw_calphad_function(&value, NULL, database, "A", 300, 1e5, &error), SW_OK);
    assert_non_null(strstr(error.message, "refers to itself"));
    assert_int_not_equal(sw_calphad_function(&value, NULL, database, "C", 300, 1e5, &error), SW_OK);
    assert_non_null(strstr(error.message, "not defined"));
    sw_calphad_destroy(database);
}

/* Tracers and diffusion matrices of fcc Cr-Fe-Ni (reference Fe) by kawin 0.5.0 on pycalphad 0.11.2, from
 * the same file. m2/s; its R is 8.314472, so that D differs by 5e-6 Q/RT, at most 2e-4. */
static void diffusion_of_another_program(void **unused) {
    (void)unused;
    static const char *const elements[] = {"CR", "FE", "NI"};
    static const struct {
        double T, chromium, nickel, tracer[3], matrix[2][2];
    } rows[] = {{1373.15,
                 0.2,
                 0.2,
                 {2.90382828e-15, 1.56382943e-15, 1.91545403e-15},
                 {{2.94999590e-15, -1.40658517e-16}, {-3.73955132e-16, 1.95819999e-15}}},
                {1373.15,
                 0.05,
                 0.05,
                 {2.09588150e-15, 1.20263316e-15, 5.01608877e-16},
                 {{2.12416273e-15, -4.02855141e-17}, {-6.72092402e-17, 5.32800125e-16}}},
                {1373.15,
                 0.3,
                 0.6,
                 {3.86705547e-15, 3.62346852e-15, 1.45240992e-15},
                 {{4.35798625e-15, -4.84135927e-16}, {-9.89499980e-16, 3.71326265e-15}}},
                {1073.15,
                 0.1,
                 0.45,
                 {4.77819981e-18, 1.87532189e-18, 2.73940790e-18},
                 {{4.82280996e-18, -3.53239290e-19}, {-1.49998554e-18, 3.09708267e-18}}}};
    char path[512];
    sw_calphad *database;
    sw_solution *fcc;
    if (!path_of(path, "kawin_FeCrNi_MatCalc_ODbL.tdb"))
        skip();
    assert_int_equal(sw_calphad_read(&database, path, NULL), SW_OK);
    assert_int_equal(sw_solution_create(&fcc, database, "FCC_A1", elements, 3, NULL), SW_OK);
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        const double x[3] = {rows[r].chromium, 1 - rows[r].chromium - rows[r].nickel,
                             rows[r].nickel};
        static const size_t other[2] = {0, 2};
        sw_multicomponent state;
        assert_int_equal(sw_solution_set(fcc, rows[r].T, 1e5, NULL), SW_OK);
        assert_int_equal(sw_solution_multicomponent(&state, fcc, x, 1, NULL), SW_OK);
        for (size_t i = 0; i < 3; i++)
            assert_true(fabs(state.tracer[i] * 1e-20 / rows[r].tracer[i] - 1) < 2e-4);
        for (size_t i = 0; i < 2; i++)
            for (size_t j = 0; j < 2; j++) {
                const double ours = state.interdiffusion[other[i]][other[j]] * 1e-20;
                print_message("# %g K: %.6e, theirs %.6e\n", rows[r].T, ours, rows[r].matrix[i][j]);
                assert_true(fabs(ours / rows[r].matrix[i][j] - 1) < 2e-4);
            }
    }
    sw_solution_destroy(fcc);
    sw_calphad_destroy(database);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_of_the_field_are_read),
        cmocka_unit_test(the_misspelt_constituent_is_found),
        cmocka_unit_test(fcc_of_all_files_is_one),
        cmocka_unit_test(derivatives_in_phases_of_the_field),
        cmocka_unit_test(wustite_of_two_files_is_one),
        cmocka_unit_test(nickel_oxides_of_two_files_are_one),
        cmocka_unit_test(types_defined_again_are_told),
        cmocka_unit_test(faults_have_line_and_column),
        cmocka_unit_test(expressions_are_as_written),
        cmocka_unit_test(functions_in_a_circle_are_refused),
        cmocka_unit_test(diffusion_of_another_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
