/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Equilibrium room: equilibrium of an ideal gas mixture, condensed pure phases and
 * solution phases, at a given temperature, pressure and amount of each element, or with the
 * chemical potentials of some elements given instead (an open system).
 *
 * Amounts are formula units, or moles, in whatever unit the amounts of elements are given; energies
 * in eV per formula unit. The convention of energies is that of thermo.h.
 */
#ifndef SPILLWAY_EQUILIBRIUM_H
#define SPILLWAY_EQUILIBRIUM_H

#include <spillway/thermo.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SW_SYSTEM_ELEMENTS 12
#define SW_SYSTEM_PHASES 64 /* at most so many gases, and so many pure phases */
#define SW_SYSTEM_SOLUTIONS 8

/* ---- solution phases ----------------------------------------------------------------------------
 */

/*
 * A phase whose composition has one variable x between 0 and 1: (1-x) A + x B. Amounts of elements
 * in a formula unit are (1-x) first + x second. The names and *data live as long as what uses them.
 */
typedef struct sw_solution_phase {
    const char *name;
    struct {
        int element; /* atomic number, 0 after the last */
        double first, second;
    } atoms[4];
    /*
     * g[0] the Gibbs energy of a formula unit at T and x, g[1] and g[2] its first and second
     * derivatives in x, eV. At x = 0 and 1 only g[0] needs to be finite. rest is 1 - x, with all
     * its digits where it is small. Without `slopes` g[0] alone is wanted.
     */
    sw_status (*gibbs)(double g[3], const void *data, double temperature, double x, double rest,
                       bool slopes, sw_error *error);
    const void *data;
} sw_solution_phase;

#define SW_REDLICH_KISTER_TERMS 4

/*
 * A substitutional solution of two substances:
 * G = (1-x) G_A + x G_B + kT [x ln x + (1-x) ln(1-x)] + x (1-x) sum_k L_k (1-2x)^k,
 * L_k = energy[k] + entropy[k] T, eV and eV/K. With all L zero it is ideal.
 */
typedef struct sw_redlich_kister {
    const sw_substance *first, *second;
    double energy[SW_REDLICH_KISTER_TERMS], entropy[SW_REDLICH_KISTER_TERMS];
} sw_redlich_kister;

/* *solution uses `parameters`, which must outlive it. Its ends may be beyond their tables. */
SW_API SW_MUST_USE sw_status sw_redlich_kister_solution(sw_solution_phase *solution,
                                                        const char *name,
                                                        const sw_redlich_kister *parameters,
                                                        sw_error *error);

/* ---- a chemical system --------------------------------------------------------------------------
 */

typedef struct sw_system sw_system;

/* A system of `count` elements (atomic numbers, each once), without phases. */
SW_API SW_MUST_USE sw_status sw_system_create(sw_system **system, const int *elements, size_t count,
                                              sw_error *error);
SW_API void sw_system_destroy(sw_system *system);
/* A gas species or a pure phase; all its elements must be of the system. */
SW_API SW_MUST_USE sw_status sw_system_add(sw_system *system, const sw_substance *substance,
                                           sw_error *error);
/*
 * Every gas and condensed phase of the built-in tables made of the system's elements alone; of
 * polymorphs the joined table; not the hypothetical FeO, nor second opinions such as RuO2(freed).
 */
SW_API SW_MUST_USE sw_status sw_system_add_all(sw_system *system, sw_error *error);
/* Takes a gas or pure phase away; SW_ERROR_NOT_FOUND where it is not there. */
SW_API SW_MUST_USE sw_status sw_system_remove(sw_system *system, const sw_substance *substance,
                                              sw_error *error);
/* A copy is kept. */
SW_API SW_MUST_USE sw_status sw_system_add_solution(sw_system *system,
                                                    const sw_solution_phase *solution,
                                                    sw_error *error);
/* The Gibbs energy (eV per formula) of a pure phase of the system from elsewhere than its table;
 * *data must outlive the system. SW_ERROR_NOT_FOUND where the phase is not there. */
typedef sw_status (*sw_gibbs_function)(double *gibbs, const void *data, double temperature,
                                       sw_error *error);
SW_API SW_MUST_USE sw_status sw_system_replace_gibbs(sw_system *system,
                                                     const sw_substance *substance,
                                                     sw_gibbs_function gibbs, const void *data,
                                                     sw_error *error);
SW_API size_t sw_system_elements(const sw_system *system);
SW_API int sw_system_element(const sw_system *system, size_t index);
SW_API size_t sw_system_gases(const sw_system *system);
SW_API const sw_substance *sw_system_gas(const sw_system *system, size_t index);
SW_API size_t sw_system_phases(const sw_system *system); /* pure, condensed */
SW_API const sw_substance *sw_system_phase(const sw_system *system, size_t index);
/* Whether a pure phase stays out at a temperature beyond its table: a liquid below it, and where a
 * phase of the same composition is within its own. */
SW_API bool sw_system_gives_way(const sw_system *system, size_t phase, double temperature);
SW_API size_t sw_system_solutions(const sw_system *system);
SW_API const sw_solution_phase *sw_system_solution(const sw_system *system, size_t index);

/* ---- assessed phases of iron and nickel ------------------------------------------------------ */

/*
 * Phases with a composition, from the built-in CALPHAD assessment (calphad.h), shifted so that
 * their pure iron, nickel and oxygen are those of the species tables: wustite with its defects, in
 * equilibrium with iron and magnetite as sw_wustite_with_iron tells, and fcc and bcc Fe-Ni. Not for
 * two threads at once.
 */
typedef struct sw_assessed sw_assessed;
SW_API SW_MUST_USE sw_status sw_assessed_create(sw_assessed **assessed, sw_error *error);
/* After the systems that it was added to. */
SW_API void sw_assessed_destroy(sw_assessed *assessed);
/*
 * Where the system has Fe and O: "wustite" in place of Fe0.947O, and the magnetite of the same
 * assessment: 500 to 1600 K, an error outside. Where it has Fe and Ni: "fcc" and "bcc", x the atom
 * fraction of Ni, in place of solid Fe and Ni, from 298.15 K on.
 */
SW_API SW_MUST_USE sw_status sw_assessed_add_wustite(sw_assessed *assessed, sw_system *system,
                                                     sw_error *error);
SW_API SW_MUST_USE sw_status sw_assessed_add_alloys(sw_assessed *assessed, sw_system *system,
                                                    sw_error *error);

/* ---- equilibrium ----------------------------------------------------------------------------- */

typedef struct sw_equilibrium_conditions {
    double temperature;       /* K */
    double pressure;          /* Pa, of the gas */
    const double *amounts;    /* [elements], >= 0; an amount below 1e-250 of the sum is none */
    const double *potentials; /* [elements], eV; NaN: the amount counts. NULL: all amounts count.
                                 Where one is given, the gas is a reservoir and no phase. */
    bool beyond;              /* take substances outside their tables, and tell them */
} sw_equilibrium_conditions;

/* Results, and the room to find them in: made once for many calls. */
typedef struct sw_equilibrium sw_equilibrium;

/* `system` must not change while it is used. */
SW_API SW_MUST_USE sw_status sw_equilibrium_create(sw_equilibrium **equilibrium,
                                                   const sw_system *system);
SW_API void sw_equilibrium_destroy(sw_equilibrium *equilibrium);

/*
 * Minimises the Gibbs energy. What is returned is certified: no phase of the system has a driving
 * force above 1e-9 kT, present ones have none to 1e-9 kT, elements balance to 1e-10 of each; these
 * are the conditions of Karush, Kuhn and Tucker, sufficient here (solutions by their global minimum
 * over composition). Otherwise SW_ERROR_NUMERIC. Amounts that no phases can hold, and potentials
 * above what a phase of those elements alone allows: SW_ERROR_ARGUMENT.
 *
 * The dual problem, maximise b.mu over element potentials mu under one convex constraint a phase,
 * by column generation (a simplex of at most 12 rows) that proposes phase sets, and Newton's method
 * on each (White, Johnson, Dantzig 1958; Smith, Missen 1982, chapters 4 and 6).
 * About 20 us for four elements.
 */
SW_API SW_MUST_USE sw_status sw_equilibrium_find(sw_equilibrium *equilibrium,
                                                 const sw_equilibrium_conditions *conditions,
                                                 sw_error *error);

/* Of the last equilibrium found. Gibbs energy of the closed part less the given potentials'
 * contribution, eV times the unit of amounts. */
SW_API double sw_equilibrium_gibbs(const sw_equilibrium *equilibrium);
/* Chemical potential of an element, eV; NaN where the system has none of it. */
SW_API double sw_equilibrium_potential(const sw_equilibrium *equilibrium, size_t element);
SW_API double sw_equilibrium_gas(const sw_equilibrium *equilibrium); /* all molecules */
/* ln(partial pressure / total pressure) of a gas if there were gas at this pressure; -infinity
 * where an element of it is missing. */
SW_API double sw_equilibrium_gas_fraction_log(const sw_equilibrium *equilibrium, size_t gas);
SW_API double sw_equilibrium_phase(const sw_equilibrium *equilibrium, size_t phase); /* formulas */
/* Driving force of a pure phase, eV per formula: 0 where present, below 0 where absent. */
SW_API double sw_equilibrium_drive(const sw_equilibrium *equilibrium, size_t phase);
/* Solution phases that are present; one with a miscibility gap may be there twice. */
typedef struct sw_solution_present {
    size_t solution;        /* index in the system */
    double x, rest, amount; /* rest = 1 - x */
} sw_solution_present;
SW_API size_t sw_equilibrium_solutions(const sw_equilibrium *equilibrium);
SW_API sw_solution_present sw_equilibrium_solution(const sw_equilibrium *equilibrium, size_t index);
/* Substances that were taken beyond their tables. */
SW_API size_t sw_equilibrium_beyond(const sw_equilibrium *equilibrium);
SW_API const sw_substance *sw_equilibrium_beyond_at(const sw_equilibrium *equilibrium,
                                                    size_t index);

#ifdef __cplusplus
}
#endif
#endif
