/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fe-Ni-O-H at random temperature, pressure and amounts: always found, proved optimal by weak
 * duality from what the public functions tell, and never above an exhaustive search over phase
 * sets.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <spillway/equilibrium.h>

#include <math.h>
#include <string.h>

#define ELEMENTS 4
#define POINTS 10000
#define PROVED 400   /* of those with solutions */
#define WUSTITE 2000 /* points with wustite instead of halite and spinel */
#define COMPOSITIONS 200
#define TRIANGLE 30
#define MEANINGFUL 20.0 /* kT: driving forces below minus that are not compared */
#define SEARCHED 60
#define STARTS 8
#define SWEEPS 5
#define MOST 64

static const int elements[ELEMENTS] = {26, 28, 8, 1};

struct point {
    double temperature, pressure, amounts[ELEMENTS];
};

/* Plain, spread over eight decades, with elements missing, of small whole numbers, with traces. */
static struct point draw(sw_random *random) {
    struct point point = {.temperature = 300.0 + 2000.0 * sw_random_uniform(random),
                          .pressure = pow(10.0, -3.0 + 11.0 * sw_random_uniform(random))};
    const int kind = (int)(5.0 * sw_random_uniform(random));
    double sum = 0.0;
    for (int j = 0; j < ELEMENTS; j++) {
        const double u = sw_random_uniform(random);
        const double amounts[] = {u, pow(10.0, -8.0 * u), u < 0.3 ? 0.0 : u, floor(5.0 * u),
                                  pow(10.0, -40.0 * u)};
        sum += point.amounts[j] = amounts[kind];
    }
    if (!(sum > 0.0))
        point.amounts[0] = 1.0;
    return point;
}

static void find(sw_equilibrium *equilibrium, const struct point *point) {
    const sw_equilibrium_conditions conditions = {.temperature = point->temperature,
                                                  .pressure = point->pressure,
                                                  .amounts = point->amounts,
                                                  .beyond = true};
    sw_error error = {0};
    if (sw_equilibrium_find(equilibrium, &conditions, &error) != SW_OK)
        fail_msg("T %.17g p %.17g amounts %.17g %.17g %.17g %.17g: %s", point->temperature,
                 point->pressure, point->amounts[0], point->amounts[1], point->amounts[2],
                 point->amounts[3], error.message);
}

static double atoms_at(const sw_solution_phase *phase, int element, const double *fraction) {
    double sum = 0.0;
    for (int i = 0; i < SW_SOLUTION_ELEMENTS; i++)
        for (size_t e = 0; e < phase->ends && phase->atoms[i].element == element; e++)
            sum += fraction[e] * phase->atoms[i].amount[e];
    return sum;
}

/* The composition of this number among all whose fractions are whole parts of a number. */
static bool composition(double fraction[SW_SOLUTION_ENDS], size_t ends, int index) {
    const int parts = ends == 2 ? COMPOSITIONS : TRIANGLE;
    const int third = ends == 2 ? 0 : index / (parts + 1), second = index % (parts + 1);
    if (third > parts || (ends == 2 && index > parts))
        return false;
    fraction[2] = (double)third / parts;
    fraction[1] = (double)second / parts;
    fraction[0] = (double)(parts - third - second) / parts;
    return true;
}

/* How far a solution at a composition is below the plane, eV; no number where the system has none
 * of an element. */
static double depth(const sw_equilibrium *equilibrium, const sw_solution_phase *phase,
                    const struct point *point, const double *fraction) {
    double gibbs, first[SW_SOLUTION_ENDS], plane = 0.0;
    assert_int_equal(
        phase->gibbs(&gibbs, first, NULL, phase->data, point->temperature, fraction, NULL), SW_OK);
    for (int j = 0; j < ELEMENTS; j++) {
        const double atoms = atoms_at(phase, elements[j], fraction);
        if (atoms > 0.0)
            plane += atoms * sw_equilibrium_potential(equilibrium, (size_t)j);
    }
    return plane - gibbs;
}

/* No composition of a solution is below the plane of the potentials, and its driving force is the
 * largest of them; adds what is there to the sum. */
static void prove_solutions(double sum[ELEMENTS], const sw_equilibrium *equilibrium,
                            const sw_system *system, const struct point *point) {
    const double thermal = SW_BOLTZMANN * point->temperature;
    for (size_t i = 0; i < sw_equilibrium_solutions(equilibrium); i++) {
        const sw_solution_present present = sw_equilibrium_solution(equilibrium, i);
        const sw_solution_phase *phase = sw_system_solution(system, present.solution);
        assert_true(present.amount >= 0.0);
        for (int j = 0; j < ELEMENTS; j++)
            sum[j] += present.amount * atoms_at(phase, elements[j], present.fraction);
    }
    for (size_t s = 0; s < sw_system_solutions(system); s++) {
        const sw_solution_phase *phase = sw_system_solution(system, s);
        double fraction[SW_SOLUTION_ENDS], drive, highest = -INFINITY;
        for (int k = 0; composition(fraction, phase->ends, k); k++)
            if (fraction[0] >= 0.0)
                highest = fmax(highest, depth(equilibrium, phase, point, fraction));
        assert_int_equal(sw_equilibrium_solution_drive(&drive, fraction, equilibrium, s, NULL),
                         SW_OK);
        assert_true(highest <= 2e-9 * thermal && drive <= 2e-9 * thermal);
        if (!isfinite(highest) || highest < -MEANINGFUL * thermal)
            continue;
        if (!(drive >= highest - 1e-9 * thermal) || !(drive - highest < 0.1 * thermal))
            fail_msg("%s: driving force %g kT, searched %g", phase->name, drive / thermal,
                     highest / thermal);
    }
}

/* Balance of each element, and that no phase would lower the energy. */
static void prove(const sw_equilibrium *equilibrium, const sw_system *system,
                  const struct point *point) {
    double sum[ELEMENTS] = {0}, pressures = 0.0;
    for (size_t k = 0; k < sw_system_phases(system); k++) {
        const double amount = sw_equilibrium_phase(equilibrium, k);
        assert_true(amount >= 0.0);
        assert_true(sw_equilibrium_drive(equilibrium, k) <=
                    2e-9 * SW_BOLTZMANN * point->temperature);
        for (int j = 0; j < ELEMENTS; j++)
            sum[j] += amount * sw_substance_atoms(sw_system_phase(system, k), elements[j]);
    }
    for (size_t i = 0; i < sw_system_gases(system); i++) {
        const double fraction = exp(sw_equilibrium_gas_fraction_log(equilibrium, i));
        pressures += fraction;
        for (int j = 0; j < ELEMENTS; j++)
            sum[j] += sw_equilibrium_gas(equilibrium) * fraction *
                      sw_substance_atoms(sw_system_gas(system, i), elements[j]);
    }
    assert_true(pressures <= 1.0 + 2e-9);
    prove_solutions(sum, equilibrium, system, point);
    for (int j = 0; j < ELEMENTS; j++)
        assert_true(fabs(sum[j] - point->amounts[j]) <= 1.1e-9 * point->amounts[j]);
}

/* ---- the exhaustive search ------------------------------------------------------------------- */

#define GAS (-1)
#define PURE (-2)

/* What amounts are searched of: gases, pure phases, ends of solutions. */
struct species {
    int phase;     /* GAS, PURE, or a solution */
    size_t end;    /* of it */
    double energy; /* kT, at the pressure; of ends 0, as they come with their phase */
    double atoms[ELEMENTS];
};

static size_t list_species(struct species *list, const sw_system *system,
                           const struct point *point) {
    const size_t gases = sw_system_gases(system);
    size_t count = 0;
    for (size_t i = 0; i < gases + sw_system_phases(system); i++) {
        const sw_substance *substance =
            i < gases ? sw_system_gas(system, i) : sw_system_phase(system, i - gases);
        sw_standard_state state;
        double lowest, highest;
        sw_substance_range(substance, &lowest, &highest);
        if (point->temperature < lowest || point->temperature > highest)
            continue;
        assert_int_equal(sw_substance_state(&state, substance, point->temperature, NULL), SW_OK);
        list[count].phase = i < gases ? GAS : PURE;
        list[count].energy = state.gibbs / (SW_BOLTZMANN * point->temperature);
        if (i < gases)
            list[count].energy += log(point->pressure / SW_STANDARD_PRESSURE);
        for (int j = 0; j < ELEMENTS; j++)
            list[count].atoms[j] = sw_substance_atoms(substance, elements[j]);
        count++;
    }
    for (size_t s = 0; s < sw_system_solutions(system); s++)
        for (size_t e = 0; e < sw_system_solution(system, s)->ends; e++) {
            double fraction[SW_SOLUTION_ENDS] = {0.0};
            fraction[e] = 1.0;
            list[count].phase = (int)s;
            list[count].end = e;
            list[count].energy = 0.0;
            for (int j = 0; j < ELEMENTS; j++)
                list[count].atoms[j] =
                    atoms_at(sw_system_solution(system, s), elements[j], fraction);
            count++;
        }
    return count;
}

static double solution_energy(const struct species *list, size_t count, const double *amounts,
                              const sw_system *system, size_t solution, double temperature) {
    const sw_solution_phase *phase = sw_system_solution(system, solution);
    double fraction[SW_SOLUTION_ENDS] = {0.0}, sum = 0.0, gibbs = 0.0;
    for (size_t i = 0; i < count; i++)
        if (list[i].phase == (int)solution)
            sum += fraction[list[i].end] = amounts[i];
    for (size_t e = 0; e < phase->ends && sum > 0.0; e++)
        fraction[e] /= sum;
    if (sum > 0.0)
        assert_int_equal(phase->gibbs(&gibbs, NULL, NULL, phase->data, temperature, fraction, NULL),
                         SW_OK);
    return sum * gibbs / (SW_BOLTZMANN * temperature);
}

static double energy_of(const struct species *list, size_t count, const double *amounts,
                        const sw_system *system, double temperature) {
    double energy = 0.0, gas = 0.0;
    for (size_t i = 0; i < count; i++)
        gas += list[i].phase == GAS ? amounts[i] : 0.0;
    for (size_t i = 0; i < count; i++) {
        energy += amounts[i] * list[i].energy;
        if (list[i].phase == GAS && amounts[i] > 0.0)
            energy += amounts[i] * log(amounts[i] / gas);
    }
    for (size_t s = 0; s < sw_system_solutions(system); s++)
        energy += solution_energy(list, count, amounts, system, s, temperature);
    return energy;
}

/* x of (four columns) x = right, by elimination; false where singular. */
static bool solve(double x[ELEMENTS], const struct species *const columns[ELEMENTS],
                  const double *right) {
    double work[ELEMENTS][ELEMENTS + 1];
    for (int i = 0; i < ELEMENTS; i++) {
        for (int j = 0; j < ELEMENTS; j++)
            work[i][j] = columns[j]->atoms[i];
        work[i][ELEMENTS] = right[i];
    }
    for (int k = 0; k < ELEMENTS; k++) {
        int best = k;
        for (int i = k; i < ELEMENTS; i++)
            best = fabs(work[i][k]) > fabs(work[best][k]) ? i : best;
        if (fabs(work[best][k]) < 1e-9)
            return false;
        for (int j = 0; j <= ELEMENTS; j++) {
            const double held = work[k][j];
            work[k][j] = work[best][j];
            work[best][j] = held;
        }
        for (int i = 0; i < ELEMENTS; i++)
            for (int j = ELEMENTS; i != k && j >= k; j--)
                work[i][j] -= work[i][k] / work[k][k] * work[k][j];
    }
    for (int k = 0; k < ELEMENTS; k++)
        x[k] = work[k][ELEMENTS] / work[k][k];
    return true;
}

struct search {
    const sw_system *system;
    double temperature;
    size_t count;
    struct species list[MOST];
};

/* Golden section along a reaction that makes species `made` from four others. */
static double descend(double *amounts, const struct search *search, size_t made,
                      const size_t basis[ELEMENTS], double before) {
    const struct species *list = search->list;
    const struct species *const columns[ELEMENTS] = {&list[basis[0]], &list[basis[1]],
                                                     &list[basis[2]], &list[basis[3]]};
    double used[ELEMENTS], low = -amounts[made], high = INFINITY, trial[MOST];
    if (!solve(used, columns, list[made].atoms))
        return before;
    for (int j = 0; j < ELEMENTS; j++) {
        if (used[j] > 1e-12)
            high = fmin(high, amounts[basis[j]] / used[j]);
        if (used[j] < -1e-12)
            low = fmax(low, amounts[basis[j]] / used[j]);
    }
    if (!(high > low) || !isfinite(high))
        return before;
    double best = before, chosen = 0.0;
    for (int i = 0; i < 40; i++) {
        const double one = high - 0.618 * (high - low), other = low + 0.618 * (high - low);
        double energies[2];
        for (int k = 0; k < 2; k++) {
            const double extent = k == 0 ? one : other;
            memcpy(trial, amounts, search->count * sizeof(double));
            trial[made] = fmax(0.0, trial[made] + extent);
            for (int j = 0; j < ELEMENTS; j++)
                trial[basis[j]] = fmax(0.0, trial[basis[j]] - used[j] * extent);
            energies[k] =
                energy_of(list, search->count, trial, search->system, search->temperature);
            if (energies[k] < best) {
                best = energies[k];
                chosen = extent;
            }
        }
        if (energies[0] < energies[1])
            high = other;
        else
            low = one;
    }
    amounts[made] = fmax(0.0, amounts[made] + chosen);
    for (int j = 0; j < ELEMENTS; j++)
        amounts[basis[j]] = fmax(0.0, amounts[basis[j]] - used[j] * chosen);
    return best;
}

/* The sets of four species that can hold the amounts, those of lowest energy first. */
struct start {
    size_t basis[ELEMENTS];
    double energy, amounts[ELEMENTS];
};

static void keep(struct start *starts, size_t *kept, const struct start *start) {
    size_t place = *kept;
    while (place > 0 && starts[place - 1].energy > start->energy)
        place--;
    if (place == STARTS)
        return;
    *kept = *kept < STARTS ? *kept + 1 : STARTS;
    for (size_t i = *kept; i-- > place + 1;)
        starts[i] = starts[i - 1];
    starts[place] = *start;
}

static size_t find_starts(struct start *starts, const struct search *search,
                          const struct point *point) {
    const struct species *list = search->list;
    const size_t count = search->count;
    size_t kept = 0;
    for (size_t a = 0; a < count; a++)
        for (size_t b = a + 1; b < count; b++)
            for (size_t c = b + 1; c < count; c++)
                for (size_t d = c + 1; d < count; d++) {
                    struct start start = {.basis = {a, b, c, d}};
                    const struct species *const columns[ELEMENTS] = {&list[a], &list[b], &list[c],
                                                                     &list[d]};
                    double *x = start.amounts, amounts[MOST] = {0};
                    if (!solve(x, columns, point->amounts) || x[0] < 0.0 || x[1] < 0.0 ||
                        x[2] < 0.0 || x[3] < 0.0)
                        continue;
                    for (int j = 0; j < ELEMENTS; j++)
                        amounts[start.basis[j]] = x[j];
                    start.energy =
                        energy_of(list, count, amounts, search->system, search->temperature);
                    keep(starts, &kept, &start);
                }
    return kept;
}

/* The lowest energy over the best sets of four species, each improved by every reaction from it. */
static double search_energy(const sw_system *system, const struct point *point) {
    struct search search = {.system = system, .temperature = point->temperature};
    struct start starts[STARTS + 1];
    double best = INFINITY;
    search.count = list_species(search.list, system, point);
    const size_t kept = find_starts(starts, &search, point);
    for (size_t k = 0; k < kept; k++) {
        double energy = starts[k].energy, amounts[MOST] = {0};
        const size_t *basis = starts[k].basis;
        for (int j = 0; j < ELEMENTS; j++)
            amounts[basis[j]] = starts[k].amounts[j];
        for (int sweep = 0; sweep < SWEEPS; sweep++)
            for (size_t i = 0; i < search.count; i++)
                if (i != basis[0] && i != basis[1] && i != basis[2] && i != basis[3])
                    energy = descend(amounts, &search, i, basis, energy);
        best = fmin(best, energy);
    }
    return best * SW_BOLTZMANN * point->temperature;
}

static sw_equilibrium *make(sw_system **system) {
    sw_equilibrium *equilibrium = NULL;
    assert_int_equal(sw_system_create(system, elements, ELEMENTS, NULL), SW_OK);
    assert_int_equal(sw_system_add_all(*system, NULL), SW_OK);
    assert_int_equal(sw_equilibrium_create(&equilibrium, *system), SW_OK);
    return equilibrium;
}

static void always_found_and_optimal(void **context) {
    (void)context;
    sw_system *system;
    sw_equilibrium *equilibrium = make(&system);
    sw_random random = sw_random_create(20261128, 0);
    for (int i = 0; i < POINTS; i++) {
        const struct point point = draw(&random);
        find(equilibrium, &point);
        prove(equilibrium, system, &point);
    }
    sw_equilibrium_destroy(equilibrium);
    sw_system_destroy(system);
}

/* Halite or wustite with defects, spinel or magnetite, bcc and fcc alloys. */
static sw_equilibrium *make_assessed(sw_system **system, sw_assessed **assessed, bool oxides) {
    sw_equilibrium *equilibrium = make(system);
    assert_int_equal(sw_assessed_create(assessed, NULL), SW_OK);
    assert_int_equal(oxides ? sw_assessed_add_oxides(*assessed, *system, NULL)
                            : sw_assessed_add_wustite(*assessed, *system, NULL),
                     SW_OK);
    assert_int_equal(sw_assessed_add_alloys(*assessed, *system, NULL), SW_OK);
    return equilibrium;
}

/* Traces down to 1e-40 included. */
static void assessed_phases(void **context) {
    (void)context;
    for (int oxides = 0; oxides < 2; oxides++) {
        sw_system *system;
        sw_assessed *assessed;
        sw_equilibrium *equilibrium = make_assessed(&system, &assessed, oxides == 1);
        sw_random random = sw_random_create(6, 0);
        for (int i = 0; i < (oxides == 1 ? POINTS : WUSTITE); i++) {
            struct point point = draw(&random);
            point.temperature = 500.0 + 0.55 * (point.temperature - 300.0);
            find(equilibrium, &point);
            if (i < PROVED)
                prove(equilibrium, system, &point);
        }
        sw_equilibrium_destroy(equilibrium);
        sw_system_destroy(system);
        sw_assessed_destroy(assessed);
    }
}

static void compare_with_search(sw_equilibrium *equilibrium, const sw_system *system,
                                const struct point *point) {
    find(equilibrium, point);
    const double found = sw_equilibrium_gibbs(equilibrium);
    const double searched = search_energy(system, point), slack = 1e-9 * fabs(found);
    assert_true(found <= searched + slack);
    /* the search gets near: it is no empty test */
    assert_true(searched - found < 1e-3 * fabs(found));
}

static void never_above_a_search(void **context) {
    (void)context;
    sw_system *system;
    sw_equilibrium *equilibrium = make(&system);
    sw_random random = sw_random_create(5, 0);
    for (int i = 0; i < SEARCHED; i++) {
        struct point point = draw(&random);
        point.temperature = 300.0 + 0.65 * (point.temperature - 300.0); /* within all tables */
        compare_with_search(equilibrium, system, &point);
    }
    sw_equilibrium_destroy(equilibrium);
    sw_system_destroy(system);
}

static void never_above_a_search_with_solutions(void **context) {
    (void)context;
    sw_system *system;
    sw_assessed *assessed;
    sw_equilibrium *equilibrium = make_assessed(&system, &assessed, true);
    sw_random random = sw_random_create(15, 0);
    for (int i = 0; i < SEARCHED; i++) {
        struct point point = draw(&random);
        point.temperature = 500.0 + 0.5 * (point.temperature - 300.0);
        compare_with_search(equilibrium, system, &point);
    }
    sw_equilibrium_destroy(equilibrium);
    sw_system_destroy(system);
    sw_assessed_destroy(assessed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(always_found_and_optimal),
        cmocka_unit_test(assessed_phases),
        cmocka_unit_test(never_above_a_search),
        cmocka_unit_test(never_above_a_search_with_solutions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
