/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Fe-Ni solutions: known numbers, derivatives against differences, and properties that any right
 * equilibrium has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <spillway/calphad.h>

#include <math.h>

#define T700 973.15

static const char *const iron_nickel[] = {"FE", "NI"};

static sw_calphad *database_with(const char *mobilities) {
    sw_calphad *database;
    assert_int_equal(sw_calphad_builtin(&database, mobilities, NULL), SW_OK);
    assert_int_equal(sw_calphad_notes(database), 0);
    return database;
}

static sw_solution *solution_at(const sw_calphad *database, const char *phase, double T) {
    sw_solution *solution;
    assert_int_equal(sw_solution_create(&solution, database, phase, iron_nickel, 2, NULL), SW_OK);
    assert_int_equal(sw_solution_set(solution, T, 1e5, NULL), SW_OK);
    return solution;
}

struct row {
    double x, iron, nickel, factor, interdiffusion; /* 1e-20 m2/s, which is A2/s */
};

/* data/calphad/feni_diffusion_out.txt, 973.15 K: four digits; its constants differ in the sixth. */
static void check_rows(const char *mobilities, const struct row *rows, size_t count) {
    sw_calphad *database = database_with(mobilities);
    sw_solution *fcc = solution_at(database, "FCC_A1", T700);
    for (size_t i = 0; i < count; i++) {
        sw_binary_diffusion diffusion;
        sw_binary state;
        assert_int_equal(sw_solution_binary_diffusion(&diffusion, fcc, rows[i].x, NULL), SW_OK);
        assert_int_equal(sw_solution_binary(&state, fcc, rows[i].x, NULL), SW_OK);
        print_message("# %.3f  %.3f %.3f  %.4f  %.3f\n", rows[i].x, diffusion.tracer[0],
                      diffusion.tracer[1], state.thermodynamic_factor, diffusion.interdiffusion);
        assert_true(fabs(state.thermodynamic_factor - rows[i].factor) < 6e-4);
        assert_true(fabs(diffusion.tracer[0] / rows[i].iron - 1) < 6e-4);
        assert_true(fabs(diffusion.tracer[1] / rows[i].nickel - 1) < 6e-4);
        assert_true(fabs(diffusion.interdiffusion / rows[i].interdiffusion - 1) < 6e-4);
    }
    sw_solution_destroy(fcc);
    sw_calphad_destroy(database);
}

static void diffusion_of_jonsson(void **unused) {
    (void)unused;
    static const struct row rows[] = {
        {0.010, 3.137, 1.432, 0.982, 1.423}, {0.100, 3.266, 1.719, 0.883, 1.654},
        {0.200, 3.383, 2.972, 0.895, 2.733}, {0.300, 3.508, 6.466, 0.982, 5.480},
        {0.348, 3.582, 9.784, 1.052, 8.021}, {0.500, 3.952, 35.16, 1.469, 28.73},
        {0.700, 5.104, 91.98, 2.076, 64.69}, {0.900, 8.254, 38.55, 1.562, 17.63},
        {0.990, 11.29, 10.70, 1.074, 12.12}};
    check_rows("jonsson", rows, sizeof rows / sizeof *rows);
}

static void diffusion_of_khorasgani(void **unused) {
    (void)unused;
    static const struct row rows[] = {
        {0.010, 5.081, 2.992, 0.982, 2.958}, {0.100, 4.700, 3.556, 0.883, 3.240},
        {0.200, 4.526, 4.254, 0.895, 3.855}, {0.300, 4.591, 5.023, 0.982, 4.807},
        {0.348, 4.709, 5.415, 1.052, 5.437}, {0.500, 5.518, 6.732, 1.469, 8.998},
        {0.700, 8.159, 8.560, 2.076, 17.18}, {0.900, 14.84, 10.33, 1.562, 22.48},
        {0.990, 20.78, 11.05, 1.074, 22.23}};
    check_rows("khorasgani", rows, sizeof rows / sizeof *rows);
}

/* First and second derivatives, and the entropy, against central differences: their own error is h^2. */
static void derivatives_are_those_of_the_energy(void **unused) {
    (void)unused;
    sw_calphad *database = database_with(NULL);
    const double h = 1e-5;
    for (int bcc = 0; bcc < 2; bcc++)
        for (double x = 0.05; x < 1; x += 0.1) {
            sw_solution *solution = solution_at(database, bcc ? "BCC_A2" : "FCC_A1", 600);
            double y[3] = {1 - x, x, 1}, first[3], second[9], entropy, low, high, up[3], down[3];
            sw_solution_gibbs(NULL, first, second, &entropy, solution, y);
            for (int i = 0; i < 3; i++) {
                const double kept = y[i];
                y[i] = kept + h;
                sw_solution_gibbs(&high, up, NULL, NULL, solution, y);
                y[i] = kept - h;
                sw_solution_gibbs(&low, down, NULL, NULL, solution, y);
                y[i] = kept;
                assert_true(fabs((high - low) / (2 * h) - first[i]) < 1e-7);
                for (int j = 0; j < 3; j++)
                    assert_true(fabs((up[j] - down[j]) / (2 * h) - second[3 * i + j]) <
                                1e-6 * (1 + fabs(second[3 * i + j])));
            }
            assert_int_equal(sw_solution_set(solution, 600.01, 1e5, NULL), SW_OK);
            sw_solution_gibbs(&high, NULL, NULL, NULL, solution, y);
            assert_int_equal(sw_solution_set(solution, 599.99, 1e5, NULL), SW_OK);
            sw_solution_gibbs(&low, NULL, NULL, NULL, solution, y);
            assert_true(fabs((low - high) / 0.02 - entropy) < 1e-9);
            sw_solution_destroy(solution);
        }
    sw_calphad_destroy(database);
}

/* bcc iron becomes fcc at 1184.8 K and bcc again at 1667.5 K: Dinsdale's numbers give nothing else. */
static void iron_changes_where_it_should(void **unused) {
    (void)unused;
    sw_calphad *database = database_with(NULL);
    const double expected[] = {1184.8, 1667.5};
    const double around[][2] = {{1100, 1300}, {1600, 1750}};
    const double pure[3] = {1, 0, 1};
    for (int i = 0; i < 2; i++) {
        double low = around[i][0], high = around[i][1];
        for (int k = 0; k < 50; k++) {
            const double T = 0.5 * (low + high);
            sw_solution *bcc = solution_at(database, "BCC_A2", T),
                        *fcc = solution_at(database, "FCC_A1", T);
            double a, b;
            sw_solution_gibbs(&a, NULL, NULL, NULL, bcc, pure);
            sw_solution_gibbs(&b, NULL, NULL, NULL, fcc, pure);
            if ((b < a) == (i == 0))
                high = T;
            else
                low = T;
            sw_solution_destroy(bcc);
            sw_solution_destroy(fcc);
        }
        print_message("# %.2f K\n", low);
        assert_true(fabs(low - expected[i]) < 0.5);
    }
    sw_calphad_destroy(database);
}

/* No mixture on a fine grid is below the tangent, and the lever rule shares what lies between. This
 * assessment has alpha up to 2.9 and gamma from 8.6 at% Ni at 700 degC. */
static void common_tangent_of_fcc_and_bcc(void **unused) {
    (void)unused;
    sw_calphad *database = database_with(NULL);
    sw_solution *both[2] = {solution_at(database, "BCC_A2", T700),
                            solution_at(database, "FCC_A1", T700)};
    sw_tie_line lines[4];
    size_t found;
    assert_int_equal(sw_binary_tie_lines(lines, &found, 4, both, 2, NULL), SW_OK);
    assert_int_equal(found, 1);
    const sw_tie_line *line = &lines[0];
    print_message("# bcc %.5f, fcc %.5f\n", line->x[0], line->x[1]);
    assert_int_equal(line->phase[0], 0);
    assert_int_equal(line->phase[1], 1);
    assert_true(fabs(line->x[0] - 0.0294) < 5e-5);
    assert_true(fabs(line->x[1] - 0.0858) < 5e-5);
    for (int s = 0; s < 2; s++)
        for (int i = 1; i < 5000; i++) {
            sw_binary state;
            const double x = i / 5000.0;
            assert_int_equal(sw_solution_binary(&state, both[s], x, NULL), SW_OK);
            assert_true(state.gibbs >
                        (1 - x) * line->potential[0] + x * line->potential[1] - 1e-12);
        }
    double share[2];
    sw_tie_line_shares(share, line, 0.25 * line->x[0] + 0.75 * line->x[1]);
    assert_true(fabs(share[1] - 0.75) < 1e-12 && fabs(share[0] - 0.25) < 1e-12);
    for (int s = 0; s < 2; s++)
        sw_solution_destroy(both[s]);
    sw_calphad_destroy(database);
}

/* The tie lines of all temperatures have equal potentials on both sides. */
static void tie_lines_at_all_temperatures(void **unused) {
    (void)unused;
    sw_calphad *database = database_with(NULL);
    for (double T = 500; T <= 1180; T += 10) {
        sw_solution *both[2] = {solution_at(database, "BCC_A2", T),
                                solution_at(database, "FCC_A1", T)};
        sw_tie_line lines[4];
        size_t found;
        sw_error error = {0};
        if (sw_binary_tie_lines(lines, &found, 4, both, 2, &error) != SW_OK)
            fail_msg("%g K: %s", T, error.message);
        assert_true(found >= 1 && found <= 4);
        for (size_t i = 0; i < found; i++) {
            sw_binary side[2];
            for (int s = 0; s < 2; s++)
                assert_int_equal(
                    sw_solution_binary(&side[s], both[lines[i].phase[s]], lines[i].x[s], NULL),
                    SW_OK);
            for (int e = 0; e < 2; e++)
                assert_true(fabs(side[0].potential[e] - side[1].potential[e]) < 1e-11);
        }
        for (int s = 0; s < 2; s++)
            sw_solution_destroy(both[s]);
    }
    sw_calphad_destroy(database);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(diffusion_of_jonsson),
        cmocka_unit_test(diffusion_of_khorasgani),
        cmocka_unit_test(derivatives_are_those_of_the_energy),
        cmocka_unit_test(iron_changes_where_it_should),
        cmocka_unit_test(common_tangent_of_fcc_and_bcc),
        cmocka_unit_test(tie_lines_at_all_temperatures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
