/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One equilibrium as numbers: energies in kT, element amounts that sum to 1, elements without
 * amount and what holds them left out, elements of given potential taken out of the balance and
 * into the energies.
 *
 * A column is a compound that the simplex may use: a pure phase, a gas (one species, or a mixture),
 * or a solution at one composition. Every column is above the true Gibbs energy surface or on it,
 * so a basis of columns is a feasible state, and its element potentials a first guess.
 */
#ifndef EQUILIBRIUM_PROBLEM_H
#define EQUILIBRIUM_PROBLEM_H

#include "equilibrium/grid.h"
#include "equilibrium/system.h"

#define PROBLEM_COLUMNS 3600
#define PROBLEM_MIXTURES 160
#define ARTIFICIAL_COST 1e6 /* kT per atom: above all that chemistry has */
#define WORTH_REFINING 1.0  /* kT: between samples a surface is less than 0.1 kT below them */

/* Samples around a kink of a solution, closer to each other the nearer they are to it. */
#define KINK_SIDE 12
#define KINK_POINTS (2 * KINK_SIDE + 1)
struct sw_equilibrium_kink {
    struct sw_equilibrium_composition at[KINK_POINTS];
    double sample[KINK_POINTS]; /* Gibbs energies, kT */
};

enum sw_equilibrium_column_kind {
    COLUMN_ARTIFICIAL,
    COLUMN_PURE,
    COLUMN_GAS,
    COLUMN_MIXTURE,
    COLUMN_SOLUTION
};

struct sw_equilibrium_column {
    enum sw_equilibrium_column_kind kind;
    size_t index;                         /* of the phase, gas, mixture or solution */
    struct sw_equilibrium_composition at; /* of a solution */
    double cost;
    double atoms[SW_SYSTEM_ELEMENTS];
};

struct sw_problem {
    const sw_system *system;
    double temperature, thermal;        /* K, eV */
    size_t elements;                    /* in the balance */
    size_t element[SW_SYSTEM_ELEMENTS]; /* their indices in the system */
    double given[SW_SYSTEM_ELEMENTS];   /* amounts, sum 1 */
    double amount[SW_SYSTEM_ELEMENTS];  /* the same, or nudged: see sw_problem_nudge */
    double scale;                       /* the sum of the amounts as given */
    double open[SW_SYSTEM_ELEMENTS];    /* of the system's elements: given potential / kT, or 0 */

    size_t gases;
    size_t gas[SW_SYSTEM_PHASES];
    double gas_energy[SW_SYSTEM_PHASES], gas_atoms[SW_SYSTEM_PHASES][SW_SYSTEM_ELEMENTS];
    size_t phases;
    size_t phase[SW_SYSTEM_PHASES];
    double phase_energy[SW_SYSTEM_PHASES], phase_atoms[SW_SYSTEM_PHASES][SW_SYSTEM_ELEMENTS];
    size_t solutions;
    struct sw_problem_solution {
        size_t index;
        size_t ends, end[SW_SOLUTION_ENDS]; /* those whose elements are there */
        double atoms[SW_SOLUTION_ENDS][SW_SYSTEM_ELEMENTS];
        double open[SW_SOLUTION_ENDS]; /* what given potentials take from the energy */
        double sample[GRID_POINTS];    /* Gibbs energies at the grid; infinite without an end */
        size_t kinks;                  /* none without an end */
        const struct sw_equilibrium_kink *kink;
    } solution[SW_SYSTEM_SOLUTIONS];

    const struct sw_equilibrium_grid *grids; /* of two ends, of three */
    size_t columns, mixtures;
    size_t lasting; /* columns that were there before any was generated */
    struct sw_equilibrium_column column[PROBLEM_COLUMNS];
    double mixture[PROBLEM_MIXTURES][SW_SYSTEM_PHASES]; /* mole fractions */
};

/* Energies of the system's substances at one temperature, kept from call to call. */
struct sw_equilibrium_energies {
    double temperature;
    bool valid, allowed_beyond;
    double gas[SW_SYSTEM_PHASES], phase[SW_SYSTEM_PHASES]; /* kT; NaN: left out at this T */
    double sample[SW_SYSTEM_SOLUTIONS][GRID_POINTS];       /* kT, at the grid */
    struct sw_equilibrium_grid grids[2];                   /* of two ends, of three */
    size_t kinks[SW_SYSTEM_SOLUTIONS];
    struct sw_equilibrium_kink kink[SW_SYSTEM_SOLUTIONS][SW_SOLUTION_KINKS];
    size_t beyond;
    const sw_substance *outside[2 * SW_SYSTEM_PHASES];
};

SW_MUST_USE sw_status sw_equilibrium_energies_update(struct sw_equilibrium_energies *energies,
                                                     const sw_system *system, double temperature,
                                                     bool beyond, sw_error *error);

SW_MUST_USE sw_status sw_problem_create(struct sw_problem *problem, const sw_system *system,
                                        const struct sw_equilibrium_energies *energies,
                                        const sw_equilibrium_conditions *conditions,
                                        sw_error *error);
/*
 * Compositions like Fe2O3 in nitrogen leave potentials open but for traces below rounding. Amounts
 * that differ from those given by a part of the balance's tolerance have none of that. Attempt 0
 * takes the amounts as given. Generated columns are forgotten.
 */
void sw_problem_nudge(struct sw_problem *problem, int attempt);
/* The grid of a solution of the problem. */
const struct sw_equilibrium_grid *sw_problem_grid(const struct sw_problem *problem,
                                                  size_t solution);
/* Gibbs energy of a solution, its derivatives to the fractions of all ends (first [ends], second
 * [ends][ends]; NULL: not wanted), in kT, less what the given potentials take. */
SW_MUST_USE sw_status sw_problem_solution_gibbs(double *gibbs, double *first, double *second,
                                                const struct sw_problem *problem, size_t solution,
                                                const struct sw_equilibrium_composition *at,
                                                sw_error *error);
/* Atoms in a formula unit of it. */
void sw_problem_solution_atoms(double *atoms, const struct sw_problem *problem, size_t solution,
                               const struct sw_equilibrium_composition *at);
/* False where there is no room for more. */
bool sw_problem_add_mixture(struct sw_problem *problem, const double *fractions);
SW_MUST_USE sw_status sw_problem_add_solution_point(struct sw_problem *problem, size_t solution,
                                                    const struct sw_equilibrium_composition *at,
                                                    sw_error *error);
/* Scalar product over the balanced elements. */
double sw_problem_dot(const struct sw_problem *problem, const double *atoms,
                      const double *potentials);
/* ln of the sum of exp(a.pi - g) over the gases, and their fractions; -infinity without gas. */
double sw_problem_gas(double *fractions, const struct sw_problem *problem,
                      const double *potentials);
/*
 * The lowest of g(x) - a(x).pi over compositions of a solution: sampled, and every dip of the
 * samples refined that is not above `worth`. *at is where.
 */
SW_MUST_USE sw_status sw_problem_solution_lowest(double *lowest,
                                                 struct sw_equilibrium_composition *at,
                                                 const struct sw_problem *problem, size_t solution,
                                                 const double *potentials, double worth,
                                                 sw_error *error);

#endif
