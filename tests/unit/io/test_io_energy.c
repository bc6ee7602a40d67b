/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Total energies of VASP and Quantum ESPRESSO, and the place of what is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <spillway/io.h>

#include <math.h>
#include <string.h>

static sw_status read_text(double *energy, const char *text, sw_error *error) {
    return sw_energy_read_memory(energy, text, strlen(text), "out", error);
}

static void last_energy_of_each_program(void **context) {
    (void)context;
    static const struct {
        const char *text;
        double energy;
    } rows[] = {{"  free  energy   TOTEN  =       -21.30 eV\n\n"
                 "  energy  without entropy=  -21.29  energy(sigma->0) =      -21.295\n"
                 "  free  energy   TOTEN  =       -21.41 eV\n\n"
                 "  energy  without entropy=  -21.40  energy(sigma->0) =      -21.406\n",
                 -21.406},
                {"  free  energy   TOTEN  =       -21.41 eV\n", -21.41},
                {"<modeling><calculation>\n <i name=\"e_0_energy\">  -20.1 </i>\n"
                 " <i name=\"e_0_energy\">    -21.406 </i>\n</calculation></modeling>\n",
                 -21.406},
                {"!    total energy              =     -15.7 Ry\n"
                 "     total energy              =     -99.0 Ry\n"
                 "!    total energy              =     -15.8 Ry\n",
                 -15.8 * 13.605693122994}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        sw_error error = {0};
        double energy;
        if (read_text(&energy, rows[i].text, &error) != SW_OK)
            fail_msg("%s: %s", error.place, error.message);
        assert_true(fabs(energy - rows[i].energy) < 1e-9);
    }
}

static void places_of_errors(void **context) {
    (void)context;
    static const struct {
        const char *text, *place;
    } rows[] = {{"nothing\nof the kind\n", "out:"},
                {"one\n!    total energy              =   ********** Ry\n", "out:2:36"},
                {"!    total energy              =   -15.7 eV\n", "out:1"},
                {"!    total energy              =   -15.7\n", "out:1"},
                {"energy(sigma->0) =  nan\n", "out:1:21"},
                {"", "out"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        sw_error error = {0};
        double energy;
        assert_int_equal(read_text(&energy, rows[i].text, &error), SW_ERROR_FORMAT);
        if (strncmp(error.place, rows[i].place, strlen(rows[i].place)) != 0)
            fail_msg("%s instead of %s", error.place, rows[i].place);
    }
    double energy;
    sw_error error = {0};
    assert_int_equal(sw_energy_read(&energy, "no/such/OUTCAR", &error), SW_ERROR_FILE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(last_energy_of_each_program),
        cmocka_unit_test(places_of_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
