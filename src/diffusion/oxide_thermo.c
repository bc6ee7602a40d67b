/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diffusion/oxide_thermo.h"

#include <math.h>
#include <string.h>

#define OXYGEN 8
#define IRON 26
#define NICKEL 28
#define LEAST_NICKEL                                                                               \
    1e-12 /* below it nickel is ideally dilute, and a logarithm must not be asked */
#define ROUNDS 200
#define CLOSE 1e-13 /* of logarithms, and of potentials over kT */

/* ---- phases ---------------------------------------------------------------------------------- */

static bool take_phase(sw_solution_phase *phase, const sw_system *system, const char *name) {
    for (size_t i = 0; i < sw_system_solutions(system); i++)
        if (strcmp(sw_system_solution(system, i)->name, name) == 0) {
            *phase = *sw_system_solution(system, i);
            return true;
        }
    return false;
}

/* The phases stay when the system that has listed them is gone. */
static sw_status take_phases(sw_oxide_thermo *thermo, sw_system *system, sw_error *error) {
    sw_status status = sw_system_add_all(system, error);
    if (status == SW_OK)
        status = sw_assessed_add_wustite(thermo->assessed, system, error);
    if (status == SW_OK)
        status = sw_assessed_add_oxides(thermo->assessed, system, error);
    if (status == SW_OK)
        status = sw_assessed_add_alloys(thermo->assessed, system, error);
    if (status != SW_OK)
        return status;
    const char *oxide = thermo->cations == 1 ? "wustite" : "halite";
    if (take_phase(&thermo->oxide, system, oxide) &&
        take_phase(&thermo->metals[0], system, "fcc") &&
        take_phase(&thermo->metals[1], system, "bcc") &&
        take_phase(&thermo->spinel, system, "spinel"))
        return SW_OK;
    return sw_error_set(error, SW_ERROR_NOT_FOUND, "oxide", NULL, "a phase is missing");
}

sw_status sw_oxide_thermo_open(sw_oxide_thermo *thermo, const sw_diffusion_oxide *model,
                               sw_error *error) {
    static const int elements[] = {IRON, NICKEL, OXYGEN};
    sw_system *system = NULL;
    const bool nickel =
        model->nickel > 0.0 || model->first.metal_nickel > 0.0 || model->last.metal_nickel > 0.0;
    *thermo = (sw_oxide_thermo){.model = model, .cations = nickel ? 2 : 1};
    sw_status status = sw_assessed_create(&thermo->assessed, error);
    if (status == SW_OK)
        status = sw_system_create(&system, elements, 3, error);
    if (status == SW_OK)
        status = take_phases(thermo, system, error);
    sw_system_destroy(system);
    if (status != SW_OK)
        sw_oxide_thermo_close(thermo);
    return status;
}

void sw_oxide_thermo_close(sw_oxide_thermo *thermo) {
    sw_assessed_destroy(thermo->assessed);
    thermo->assessed = NULL;
}

static sw_status table_gibbs(double *gibbs, const char *name, double temperature, sw_error *error) {
    sw_standard_state state;
    const sw_status status =
        sw_substance_state(&state, sw_substance_find(name), temperature, error);
    *gibbs = status == SW_OK ? state.gibbs : 0.0;
    return status;
}

/* The metal that counts, at the temperature that is being set. */
static sw_status choose_metal(sw_oxide_thermo *thermo, double temperature, sw_error *error) {
    static const double iron[SW_SOLUTION_ENDS] = {1.0};
    const sw_solution_phase *fcc = &thermo->metals[0], *bcc = &thermo->metals[1];
    double of_fcc, of_bcc;
    sw_status status = fcc->gibbs(&of_fcc, NULL, NULL, fcc->data, temperature, iron, error);
    if (status == SW_OK)
        status = bcc->gibbs(&of_bcc, NULL, NULL, bcc->data, temperature, iron, error);
    if (status != SW_OK)
        return status;
    const sw_oxide_metal wanted = thermo->model->metal;
    thermo->metal = wanted == SW_OXIDE_FCC || (wanted == SW_OXIDE_METAL_STABLE && of_fcc < of_bcc)
                        ? *fcc
                        : *bcc;
    return SW_OK;
}

sw_status sw_oxide_thermo_set(sw_oxide_thermo *thermo, double temperature, sw_error *error) {
    double oxygen = 0.0, water = 0.0, hydrogen = 0.0;
    if (temperature < SW_WUSTITE_LOWEST || temperature > SW_WUSTITE_HIGHEST)
        return sw_error_set(error, SW_ERROR_MODEL, "run.temperature",
                            "the assessed oxides are for 500 to 1600 K",
                            "at %g K nothing is known of the oxide", temperature);
    sw_status status = table_gibbs(&oxygen, "O2", temperature, error);
    if (status == SW_OK)
        status = table_gibbs(&water, "H2O", temperature, error);
    if (status == SW_OK)
        status = table_gibbs(&hydrogen, "H2", temperature, error);
    if (status == SW_OK)
        status = choose_metal(thermo, temperature, error);
    if (status != SW_OK)
        return status;
    thermo->temperature = temperature;
    thermo->thermal = SW_BOLTZMANN * temperature;
    thermo->half_oxygen = 0.5 * oxygen;
    thermo->water = water - hydrogen;
    for (size_t a = 0; a < thermo->cations; a++)
        thermo->mobility[a] = thermo->model->mobility[a].diffusion *
                              exp(-thermo->model->mobility[a].barrier / thermo->thermal);
    return SW_OK;
}

/* ---- the oxide ------------------------------------------------------------------------------- */

/* How many of each end a site more of a cation makes, and a formula without vacancies of iron. */
static const double of_cation[2][SW_OXIDE_CATIONS][SW_SOLUTION_ENDS] = {
    {{3.0, -3.0}, {0.0}},                /* FeO, Fe2/3O */
    {{3.0, 0.0, -3.0}, {2.0, 1.0, -3.0}} /* FeO, NiO, Fe2/3O */
};
static const double of_none[2][SW_SOLUTION_ENDS] = {{-2.0, 3.0}, {-2.0, 0.0, 3.0}};

bool sw_oxide_potentials_at(sw_oxide_potentials *potentials, const sw_oxide_thermo *thermo,
                            const double *y) {
    const size_t m = sw_oxide_cations(thermo), ends = m + 1;
    const double(*turn)[SW_SOLUTION_ENDS] = of_cation[m - 1];
    double fraction[SW_SOLUTION_ENDS], gibbs, first[SW_SOLUTION_ENDS] = {0};
    double second[SW_SOLUTION_ENDS * SW_SOLUTION_ENDS] = {0};
    for (size_t e = 0; e < ends; e++) {
        fraction[e] = of_none[m - 1][e];
        for (size_t a = 0; a < m; a++)
            fraction[e] += turn[a][e] * y[a];
        if (!(fraction[e] > 0.0))
            return false;
    }
    if (thermo->oxide.gibbs(&gibbs, first, second, thermo->oxide.data, thermo->temperature,
                            fraction, NULL) != SW_OK)
        return false;
    *potentials = (sw_oxide_potentials){.oxygen = gibbs};
    for (size_t a = 0; a < m; a++) {
        for (size_t e = 0; e < ends; e++)
            potentials->metal[a] += turn[a][e] * first[e];
        potentials->oxygen -= y[a] * potentials->metal[a];
        for (size_t b = 0; b < m; b++) {
            for (size_t e = 0; e < ends; e++)
                for (size_t f = 0; f < ends; f++)
                    potentials->bend[a][b] += turn[a][e] * second[e * ends + f] * turn[b][f];
        }
    }
    return true;
}

static double vacancies_of(const double *y, size_t cations) {
    return 1.0 - y[0] - (cations == 2 ? y[1] : 0.0);
}

static bool unmixes(const sw_oxide_potentials *p, size_t cations) {
    return !(p->bend[0][0] > 0.0) ||
           (cations == 2 && !(p->bend[0][0] * p->bend[1][1] > p->bend[0][1] * p->bend[1][0]));
}

bool sw_oxide_mixing(sw_mixing_point *point, const void *of, const double *given) {
    const sw_oxide_thermo *thermo = of;
    const size_t m = sw_oxide_cations(thermo);
    double y[SW_OXIDE_CATIONS] = {given[0], m == 2 ? fmax(given[1], LEAST_NICKEL) : 0.0};
    sw_oxide_potentials potentials;
    if (!sw_oxide_potentials_at(&potentials, thermo, y) || unmixes(&potentials, m))
        return false;
    const double vacancies =
        pow(vacancies_of(y, m) / thermo->model->reference_vacancies, thermo->model->order);
    for (size_t a = 0; a < m; a++) {
        for (size_t b = 0; b < m; b++)
            point->matrix[a * m + b] =
                y[a] * thermo->mobility[a] * vacancies * potentials.bend[a][b] / thermo->thermal;
        point->drift[a] = point->mobile[a] = 0.0;
    }
    return true;
}

/* ---- gas ------------------------------------------------------------------------------------- */

double sw_oxide_gas_potential(const sw_oxide_thermo *thermo, const sw_oxide_face_model *face) {
    if (face->oxygen_pressure > 0.0)
        return thermo->half_oxygen +
               0.5 * thermo->thermal * log(face->oxygen_pressure / SW_STANDARD_PRESSURE);
    return thermo->water + thermo->thermal * log(face->water_ratio);
}

double sw_oxide_log_pressure(const sw_oxide_thermo *thermo, double oxygen) {
    return 2.0 * (oxygen - thermo->half_oxygen) / (thermo->thermal * log(10.0));
}

/* ---- what it is in equilibrium with ---------------------------------------------------------- */

/* Newton for the logarithm of the vacancies, between bounds that close in. */
bool sw_oxide_with_oxygen(double *y, const sw_oxide_thermo *thermo, double oxygen, double nickel) {
    double low = log(1e-10), high = log((1.0 - nickel) / 3.0) - 1e-9;
    double at = fmin(log(0.05), high - 1.0);
    if (thermo->cations == 2)
        y[1] = nickel = fmax(nickel, LEAST_NICKEL);
    for (int i = 0; i < ROUNDS; i++) {
        sw_oxide_potentials p;
        y[0] = 1.0 - exp(at) - nickel;
        if (!sw_oxide_potentials_at(&p, thermo, y))
            return false;
        const double off = p.oxygen - oxygen;
        double slope = 0.0; /* d oxygen / d logarithm, by Gibbs and Duhem */
        for (size_t a = 0; a < thermo->cations; a++)
            slope += y[a] * p.bend[a][0] * exp(at);
        if (off > 0.0)
            high = at;
        else
            low = at;
        double next = at - off / slope;
        if (!(next > low && next < high))
            next = 0.5 * (low + high);
        if (fabs(next - at) <= CLOSE * 10.0)
            return fabs(off) < 1e-9;
        at = next;
    }
    return false;
}

/* The potentials in metal of this atom fraction of nickel. */
static bool metal_potentials(double *potential, const sw_oxide_thermo *thermo, double nickel) {
    const double fraction[SW_SOLUTION_ENDS] = {1.0 - nickel, nickel};
    double gibbs, first[SW_SOLUTION_ENDS] = {0};
    if (thermo->metal.gibbs(&gibbs, nickel > 0.0 ? first : NULL, NULL, thermo->metal.data,
                            thermo->temperature, fraction, NULL) != SW_OK)
        return false;
    const double slope = nickel > 0.0 ? first[1] - first[0] : 0.0;
    potential[0] = gibbs - nickel * slope;
    potential[1] = gibbs + (1.0 - nickel) * slope;
    return true;
}

static double off_by(double *off, const sw_oxide_potentials *p, const double *wanted, size_t m,
                     double thermal) {
    double sum = 0.0;
    for (size_t a = 0; a < m; a++) {
        off[a] = (p->metal[a] - wanted[a]) / thermal;
        sum += off[a] * off[a];
    }
    return sqrt(sum);
}

/* Newton's step for the logarithms of vacancies and nickel, none longer than 1. */
static void newton_step(double *step, const sw_oxide_potentials *p, const double *off,
                        double vacancies, double nickel, size_t m, double thermal) {
    const double a = -vacancies * p->bend[0][0] / thermal;
    step[0] = -off[0] / a;
    step[1] = 0.0;
    if (m == 2) {
        const double b = nickel * (p->bend[0][1] - p->bend[0][0]) / thermal;
        const double c = -vacancies * p->bend[1][0] / thermal;
        const double d = nickel * (p->bend[1][1] - p->bend[1][0]) / thermal;
        const double determinant = a * d - b * c;
        step[0] = (b * off[1] - d * off[0]) / determinant;
        step[1] = (c * off[0] - a * off[1]) / determinant;
    }
    const double longest = fmax(fabs(step[0]), fabs(step[1]));
    for (size_t i = 0; i < 2 && longest > 1.0; i++)
        step[i] /= longest;
}

bool sw_oxide_with_metal(double *y, const sw_oxide_thermo *thermo, double nickel) {
    const size_t m = sw_oxide_cations(thermo);
    double wanted[SW_OXIDE_CATIONS], off[SW_OXIDE_CATIONS], step[SW_OXIDE_CATIONS];
    double v = m == 1 ? 1.0 - y[0] : 1.0 - y[0] - y[1], n = m == 2 ? y[1] : 0.0;
    sw_oxide_potentials p;
    if (!metal_potentials(wanted, thermo, m == 2 ? fmax(nickel, LEAST_NICKEL) : 0.0))
        return false;
    if (!(v > 1e-9 && v < 0.3) || (m == 2 && !(n > LEAST_NICKEL)) ||
        !sw_oxide_potentials_at(&p, thermo, y)) {
        v = 0.04;
        n = m == 2 ? 0.003 * fmax(nickel, LEAST_NICKEL) : 0.0;
    }
    for (int i = 0; i < ROUNDS; i++) {
        y[0] = 1.0 - v - n;
        if (m == 2)
            y[1] = n;
        if (!sw_oxide_potentials_at(&p, thermo, y))
            return false;
        const double far = off_by(off, &p, wanted, m, thermo->thermal);
        newton_step(step, &p, off, v, n, m, thermo->thermal);
        if (far < 1e-11 || fabs(step[0]) + fabs(step[1]) < CLOSE)
            return true;
        double part = 1.0;
        while (v * exp(part * step[0]) * 3.0 + n * exp(part * step[1]) >= 1.0 && part > 1e-3)
            part *= 0.5;
        v *= exp(part * step[0]);
        n *= exp(part * step[1]);
    }
    return false;
}

/* The largest of what ends give less the energy of the phase, over compositions; in *fraction that
 * of the second end. The energy is convex. */
static double drive_of(double *fraction, const sw_solution_phase *phase, double temperature,
                       const double *ends, bool mixed) {
    double low = -60.0, high = 60.0, gibbs = 0.0, first[SW_SOLUTION_ENDS], x = 0.0;
    for (int i = 0; i < 60 && mixed; i++) {
        const double at = 0.5 * (low + high);
        x = 1.0 / (1.0 + exp(-at));
        const double f[SW_SOLUTION_ENDS] = {1.0 / (1.0 + exp(at)), x};
        if (phase->gibbs(&gibbs, first, NULL, phase->data, temperature, f, NULL) != SW_OK)
            return NAN;
        if (ends[1] - ends[0] > first[1] - first[0])
            low = at;
        else
            high = at;
    }
    const double f[SW_SOLUTION_ENDS] = {1.0 - x, x};
    if (phase->gibbs(&gibbs, NULL, NULL, phase->data, temperature, f, NULL) != SW_OK)
        return NAN;
    *fraction = x;
    return ends[0] + x * (ends[1] - ends[0]) - gibbs;
}

double sw_oxide_metal_drive(double *nickel, const sw_oxide_thermo *thermo,
                            const sw_oxide_potentials *potentials) {
    double x;
    const double drive =
        drive_of(&x, &thermo->metal, thermo->temperature, potentials->metal, thermo->cations == 2);
    if (nickel)
        *nickel = x;
    return drive;
}

double sw_oxide_spinel_drive(const sw_oxide_thermo *thermo, const sw_oxide_potentials *p) {
    const double iron = p->metal[0], oxygen = p->oxygen;
    const bool mixed = thermo->cations == 2;
    const double ends[2] = {3.0 * iron + 4.0 * oxygen,
                            mixed ? 2.0 * iron + p->metal[1] + 4.0 * oxygen : 0.0};
    double x;
    return drive_of(&x, &thermo->spinel, thermo->temperature, ends, mixed) / 3.0;
}
