/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An oxide between two faces against what can be had without cells: Wagner's integral, the
 * similarity solution of a growing scale, series of a slab, and the steady state of demixing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "diffusion/oxide.h"
#include "diffusion_runs.h"

#include <math.h>

#define PI 3.14159265358979323846
#define SQUARE_METRE 1e20 /* A2 */
#define NANOMETRE 10.0    /* A */

/* A model of which the text is the oxide's thickness, faces and numbers. */
static sw_model *load_oxide(const char *oxide, const char *run) {
    char text[1024];
    snprintf(text, sizeof text,
             "oxide:\n  mobilities: {Fe: {diffusion: 0.014 cm2/s, barrier: 1.31 eV}, "
             "Ni: {diffusion: 0.0046666666666666667 cm2/s, barrier: 1.31 eV}}\n%srun: {%s}\n",
             oxide, run);
    return load(text);
}

static void open_thermo(sw_oxide_thermo *thermo, const sw_model *model, double temperature) {
    sw_error error = {0};
    assert_int_equal(sw_oxide_thermo_open(thermo, &sw_model_diffusion(model)->oxide, &error),
                     SW_OK);
    assert_int_equal(sw_oxide_thermo_set(thermo, temperature, &error), SW_OK);
}

static double oxygen_at(const sw_oxide_thermo *thermo, double iron) {
    sw_oxide_potentials p;
    assert_true(sw_oxide_potentials_at(&p, thermo, &iron));
    return p.oxygen;
}

static double mobility_at(const sw_oxide_thermo *thermo, double vacancies) {
    return thermo->mobility[0] *
           pow(vacancies / thermo->model->reference_vacancies, thermo->model->order);
}

/* Wagner: kp = integral of D d ln a(O) from one composition to the other, over the cations that a
 * site of oxygen has at the gas. */
static double wagner(const sw_oxide_thermo *thermo, double from, double to) {
    const int pieces = 4000;
    double sum = 0.0;
    for (int i = 0; i < pieces; i++) {
        const double a = from + (to - from) * i / pieces, b = from + (to - from) * (i + 1) / pieces;
        sum += mobility_at(thermo, 1.0 - 0.5 * (a + b)) *
               (oxygen_at(thermo, b) - oxygen_at(thermo, a));
    }
    return sum / thermo->thermal / to;
}

/* D of the chemical kind, y D / kT d mu / d y = -D / kT d mu(O) / d y (Gibbs and Duhem). */
static double chemical(const sw_oxide_thermo *thermo, double iron) {
    const double h = 1e-6;
    return -mobility_at(thermo, 1.0 - iron) *
           (oxygen_at(thermo, iron + h) - oxygen_at(thermo, iron - h)) /
           (2.0 * h * thermo->thermal);
}

/*
 * A scale between metal (share 0) and gas (share 1) is a function of the share alone where its
 * thickness goes with the square root of time: j = -D y', j' = -share kp y' ... with j = y kp at the
 * gas. Runge and Kutta from the gas inwards; returns y at the metal.
 */
static double metal_side(const sw_oxide_thermo *thermo, double gas, double constant) {
    const int pieces = 400;
    const double h = -1.0 / pieces;
    double y = gas, j = gas * constant;
    for (int i = 0; i < pieces; i++) {
        double dy[4], dj[4], at_y = y, at_j = j;
        for (int k = 0; k < 4; k++) {
            const double share = 1.0 + h * (i + (k == 0 ? 0.0 : k == 3 ? 1.0 : 0.5));
            dy[k] = -at_j / chemical(thermo, at_y);
            dj[k] = share * constant * dy[k];
            const double part = k == 2 ? 1.0 : 0.5;
            at_y = y + part * h * dy[k];
            at_j = j + part * h * dj[k];
        }
        y += h * (dy[0] + 2 * dy[1] + 2 * dy[2] + dy[3]) / 6;
        j += h * (dj[0] + 2 * dj[1] + 2 * dj[2] + dj[3]) / 6;
    }
    return y;
}

static double similarity(const sw_oxide_thermo *thermo, double metal, double gas, double guess) {
    double a = guess, b = 1.01 * guess, off_a = metal_side(thermo, gas, a) - metal;
    for (int i = 0; i < 50 && fabs(b - a) > 1e-13 * guess; i++) {
        const double off_b = metal_side(thermo, gas, b) - metal;
        if (fabs(off_b) < 1e-13)
            break;
        const double next = b - off_b * (b - a) / (off_b - off_a);
        a = b;
        off_a = off_b;
        b = next;
    }
    return b;
}

/* Compositions at metal and gas, of iron. */
static void find_ends(double ends[2], const sw_oxide_thermo *thermo) {
    double y[2] = {0.95, 0.0};
    assert_true(sw_oxide_with_metal(y, thermo, 0.0));
    ends[0] = y[0];
    assert_true(
        sw_oxide_with_oxygen(y, thermo, sw_oxide_gas_potential(thermo, &thermo->model->last), 0.0));
    ends[1] = y[0];
}

/* ---- growth ---------------------------------------------------------------------------------- */

/*
 * Wagner's integral takes the flux as the same throughout; it differs through the scale by the
 * vacancies that the growing scale stores, so kp is less by about half the difference of both ends.
 */
static void a_scale_grows_by_wagners_integral(void **unused) {
    (void)unused;
    static const struct {
        const char *ratio;
        double wagner_within;
    } cases[] = {{"0.70", 1e-3}, {"8", 0.04}};
    for (size_t i = 0; i < 2; i++)
        for (int order = 0; order < 2; order++) {
            char text[256];
            sw_oxide_thermo thermo;
            double ends[2];
            snprintf(
                text, sizeof text,
                "  thickness: 100 nm\n  cells: 50\n  vacancy_order: %d\n  first: {kind: metal}\n"
                "  last: {kind: gas, water_ratio: %s}\n",
                order, cases[i].ratio);
            sw_model *model =
                load_oxide(text, "temperature: 1000 degC, time: 1 h, tolerance: 1e-5");
            void *state = open_run(model);
            open_thermo(&thermo, model, 1273.15);
            find_ends(ends, &thermo);
            const double integral = wagner(&thermo, ends[0], ends[1]) / SQUARE_METRE;
            const double exact =
                similarity(&thermo, ends[0], ends[1], integral * SQUARE_METRE) / SQUARE_METRE;
            double squares[3];
            for (int k = 0; k < 3; k++) {
                advance(state, 900 << k);
                squares[k] = pow(last_of(state, "thickness"), 2.0);
            }
            const double found = last_of(state, "parabolic constant");
            print_message("# ratio %s, order %d: kp %.6e m2/s, similarity %+.2e, Wagner %.6e "
                          "(%+.2e), balance %.0e, %g steps\n",
                          cases[i].ratio, order, found, found / exact - 1, integral,
                          found / integral - 1, last_of(state, "balance"), last_of(state, "steps"));
            assert_true(fabs(found / exact - 1) < 1e-3);
            assert_true(fabs(found / integral - 1) < cases[i].wagner_within);
            assert_true(fabs((squares[2] - squares[1]) / (squares[1] - squares[0]) - 2) < 1e-4);
            assert_true(fabs(last_of(state, "balance")) < 1e-12);
            sw_oxide_thermo_close(&thermo);
            close_run(state, model);
        }
}

/* Twice as many cells, a quarter of the error; where neighbours differ by so little that one point
 * stands for the mean of D. */
static void growth_is_of_second_order_in_cells(void **unused) {
    (void)unused;
    double off[3];
    for (int i = 0; i < 3; i++) {
        char text[256];
        sw_oxide_thermo thermo;
        double ends[2];
        snprintf(text, sizeof text,
                 "  thickness: 100 nm\n  cells: %d\n  first: {kind: metal}\n"
                 "  last: {kind: gas, water_ratio: 8}\n",
                 32 << i);
        sw_model *model = load_oxide(text, "temperature: 1000 degC, time: 1 h, tolerance: 1e-5");
        void *state = open_run(model);
        open_thermo(&thermo, model, 1273.15);
        find_ends(ends, &thermo);
        const double exact =
            similarity(&thermo, ends[0], ends[1], wagner(&thermo, ends[0], ends[1])) / SQUARE_METRE;
        advance(state, 3600);
        off[i] = last_of(state, "parabolic constant now") / exact - 1;
        print_message("# %d cells: %+.3e\n", 32 << i, off[i]);
        sw_oxide_thermo_close(&thermo);
        close_run(state, model);
    }
    assert_true(off[0] / off[1] > 3.5 && off[0] / off[1] < 4.5);
    assert_true(off[1] / off[2] > 3.3 && off[1] / off[2] < 4.7);
}

/* ---- constant D ------------------------------------------------------------------------------ */

/* A slab with few more vacancies than iron allows, iron at one side: D is constant, what iron gives
 * goes first with the square root of time, and the far side follows the series of a slab. */
static void a_small_difference_goes_by_the_closed_form(void **unused) {
    (void)unused;
    sw_model *model = load_oxide("  thickness: 10 um\n  vacancies: 4.72 %\n  cells: 200\n"
                                 "  first: {kind: metal}\n  last: {kind: closed}\n",
                                 "temperature: 1000 degC, time: 1 h, tolerance: 1e-8");
    void *state = open_run(model);
    sw_oxide_thermo thermo;
    double y[2] = {0.95, 0.0};
    open_thermo(&thermo, model, 1273.15);
    assert_true(sw_oxide_with_metal(y, &thermo, 0.0));
    const double length = 1e5, diffusivity = chemical(&thermo, 0.5 * (y[0] + 1 - 0.0472));
    const double more = 0.0472 - (1.0 - y[0]), time = length * length / diffusivity;
    advance(state, 0.01 * time);
    const double given = -last_of(state, "metal at first") * NANOMETRE * 20.0 / 11.8;
    const double root = 2.0 * more * sqrt(0.01 / PI) * length;
    print_message("# iron given %.6f of the closed form\n", given / root);
    assert_true(fabs(given / root - 1) < 1e-3);
    advance(state, 0.5 * time);
    double far = 0.0;
    for (int k = 0; k < 20; k++)
        far += 4 / PI * (k % 2 ? -1 : 1) / (2 * k + 1) * exp(-pow((2 * k + 1) * PI / 2, 2.0) * 0.5);
    const double found = (last_of(state, "vacancies at last") / 100 - (1.0 - y[0])) / more;
    print_message("# far side %.6f, series %.6f\n", found, far);
    assert_true(fabs(found / far - 1) < 1e-3);
    assert_true(fabs(last_of(state, "balance")) < 1e-12);
    sw_oxide_thermo_close(&thermo);
    close_run(state, model);
}

/* ---- demixing -------------------------------------------------------------------------------- */

/* The oxide with this potential of oxygen and mu(Ni) - ratio mu(Fe) = constant. */
static void on_the_line(double *y, sw_oxide_potentials *p, const sw_oxide_thermo *thermo,
                        double oxygen, double ratio, double constant) {
    double low = log(1e-9), high = log(0.9);
    for (int i = 0; i < 45; i++) {
        const double at = 0.5 * (low + high);
        assert_true(sw_oxide_with_oxygen(y, thermo, oxygen, exp(at)));
        assert_true(sw_oxide_potentials_at(p, thermo, y));
        if (p->metal[1] - ratio * p->metal[0] > constant)
            high = at;
        else
            low = at;
    }
}

/* What the steady state is: both cations go with the crystal, so D(Fe) d mu(Fe) = D(Ni) d mu(Ni). */
struct steady {
    double first[2], last[2]; /* y at both faces */
    double mean[2];           /* y over the thickness */
    double drive;             /* integral of D d mu(Fe) / kT: velocity times thickness */
};

static void follow_line(struct steady *steady, const sw_oxide_thermo *thermo, double ratio,
                        double constant) {
    const int pieces = 100;
    const double from = sw_oxide_gas_potential(thermo, &thermo->model->first);
    const double to = sw_oxide_gas_potential(thermo, &thermo->model->last);
    double y[2], before[2] = {0}, weight = 0.0, conductance = 0.0, iron = 0.0;
    *steady = (struct steady){.drive = 0.0};
    for (int i = 0; i <= pieces; i++) {
        sw_oxide_potentials p;
        on_the_line(y, &p, thermo, from + (to - from) * i / pieces, ratio, constant);
        const double now = mobility_at(thermo, 1.0 - y[0] - y[1]);
        if (i > 0) {
            weight = 0.5 * (now + conductance) * (iron - p.metal[0]) / thermo->thermal;
            steady->drive += weight;
            for (int k = 0; k < 2; k++)
                steady->mean[k] += weight * 0.5 * (y[k] + before[k]);
        } else
            memcpy(steady->first, y, sizeof y);
        memcpy(before, y, sizeof y);
        conductance = now;
        iron = p.metal[0];
    }
    memcpy(steady->last, y, sizeof y);
    for (int k = 0; k < 2; k++)
        steady->mean[k] /= steady->drive;
}

/* The line on which there is as much nickel as there was. */
static void find_steady(struct steady *steady, const sw_oxide_thermo *thermo, double ratio,
                        double nickel) {
    double low = -60.0, high = 60.0; /* eV */
    for (int i = 0; i < 45; i++) {
        const double at = 0.5 * (low + high);
        follow_line(steady, thermo, ratio, at);
        if (steady->mean[1] / (steady->mean[0] + steady->mean[1]) > nickel)
            high = at;
        else
            low = at;
    }
}

static double in_percent(const double *y) {
    return 100.0 * y[1] / (y[0] + y[1]);
}

/* Schmalzried, Laqua and Lin, Z. Naturforsch. 34a, 192 (1979): the crystal goes to the side of more
 * oxygen, and the slower cation is left behind. */
static void the_slower_cation_stays_behind(void **unused) {
    (void)unused;
    static const double ratios[] = {1.0, 3.0};
    double spread[2];
    for (size_t i = 0; i < 2; i++) {
        char text[512];
        sw_oxide_thermo thermo;
        struct steady steady;
        snprintf(text, sizeof text,
                 "oxide:\n  thickness: 1 um\n  nickel: 5 %%\n  cells: 100\n"
                 "  mobilities: {Fe: {diffusion: 0.014 cm2/s, barrier: 1.31 eV}, "
                 "Ni: {diffusion: %.17g cm2/s, barrier: 1.31 eV}}\n"
                 "  first: {kind: gas, water_ratio: 3}\n  last: {kind: gas, water_ratio: 6}\n"
                 "run: {temperature: 1000 degC, time: 1 h, tolerance: 1e-5}\n",
                 0.014 / ratios[i]);
        sw_model *model = load(text);
        void *state = open_run(model);
        open_thermo(&thermo, model, 1273.15);
        find_steady(&steady, &thermo, ratios[i], 0.05);
        advance(state, 1);
        const double before = last_of(state, "last face");
        advance(state, 1.1);
        const double thickness = last_of(state, "thickness") * NANOMETRE;
        const double velocity = (last_of(state, "last face") - before) * NANOMETRE / 0.1;
        print_message("# ratio %2g: Ni %.4f at%% and %.4f at%% (steady %.4f, %.4f), velocity over "
                      "steady %.6f, balance %.0e, %g steps\n",
                      ratios[i], last_of(state, "Ni at first"), last_of(state, "Ni at last"),
                      in_percent(steady.first), in_percent(steady.last),
                      velocity * thickness / steady.drive, last_of(state, "balance"),
                      last_of(state, "steps"));

        assert_true(fabs(last_of(state, "Ni at first") / in_percent(steady.first) - 1) < 1e-3);
        assert_true(fabs(last_of(state, "Ni at last") / in_percent(steady.last) - 1) < 1e-3);
        assert_true(fabs(velocity * thickness / steady.drive - 1) < 1e-3);
        assert_true(fabs(last_of(state, "balance")) < 1e-12);
        spread[i] = last_of(state, "Ni at first") - last_of(state, "Ni at last");
        sw_oxide_thermo_close(&thermo);
        close_run(state, model);
    }
    assert_true(spread[1] > 2.0 * spread[0]);
}

/*
 * Equal mobilities: D d mu(Fe) = D d mu(Ni), so that the potential of NiO less that of FeO is level
 * throughout, as it would be without any flux. Nickel itself is not: with more oxygen there is more
 * Fe3+, and less of it.
 */
static void equal_mobilities_do_not_demix(void **unused) {
    (void)unused;
    sw_model *model =
        load("oxide:\n  thickness: 1 um\n  nickel: 30 %\n"
             "  mobilities: {Fe: {diffusion: 0.014 cm2/s, barrier: 1.31 eV}, "
             "Ni: {diffusion: 0.014 cm2/s, barrier: 1.31 eV}}\n"
             "  first: {kind: gas, water_ratio: 8}\n  last: {kind: gas, water_ratio: 24}\n"
             "run: {temperature: 1000 degC, time: 1 h, tolerance: 1e-5}\n");
    void *state = open_run(model);
    sw_oxide_thermo thermo;
    double difference[2];
    open_thermo(&thermo, model, 1273.15);
    advance(state, 1);
    for (int f = 0; f < 2; f++) {
        const char *const vacancies[] = {"vacancies at first", "vacancies at last"};
        const char *const nickel[] = {"Ni at first", "Ni at last"};
        const double v = last_of(state, vacancies[f]) / 100;
        const double share = last_of(state, nickel[f]) / 100;
        const double y[2] = {(1 - v) * (1 - share), (1 - v) * share};
        sw_oxide_potentials p;
        assert_true(sw_oxide_potentials_at(&p, &thermo, y));
        difference[f] = (p.metal[1] - p.metal[0]) / thermo.thermal;
    }
    print_message("# mu(NiO) - mu(FeO): %.6f and %.6f kT\n", difference[0], difference[1]);
    assert_true(fabs(difference[1] - difference[0]) < 1e-4);
    sw_oxide_thermo_close(&thermo);
    close_run(state, model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scale_grows_by_wagners_integral),
        cmocka_unit_test(growth_is_of_second_order_in_cells),
        cmocka_unit_test(a_small_difference_goes_by_the_closed_form),
        cmocka_unit_test(the_slower_cation_stays_behind),
        cmocka_unit_test(equal_mobilities_do_not_demix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
