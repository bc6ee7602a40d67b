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

/* ---- solution phases ------------------------------------------------------------------------- */

#define SW_SOLUTION_ENDS 3 /* at most so many */
#define SW_SOLUTION_ELEMENTS 4
#define SW_SOLUTION_KINKS 2

/*
 * A phase that mixes two or three ends: `fraction` of each, [ends], above zero or zero, sum 1; so
 * with n ends its composition has n - 1 variables. Amounts of elements in a formula unit are the
 * ends' amounts weighted by the fractions. The names and *data live as long as what uses them.
 */
typedef struct sw_solution_phase {
    const char *name;
    size_t ends;
    struct {
        int element;                     /* atomic number, 0 after the last */
        double amount[SW_SOLUTION_ENDS]; /* in a formula unit of each end */
    } atoms[SW_SOLUTION_ELEMENTS];
    /*
     * The Gibbs energy of a formula unit, eV, and its derivatives to the fractions: first [ends],
     * second [ends][ends], each NULL where it is not wanted. The fractions count as independent
     * there (only differences along their sum are used); small ones have all their digits. Where a
     * fraction is zero the energy must be finite, derivatives to it need not. With `first` NULL an
     * upper bound will do: such energies are sampled, and no answer rests on them.
     */
    sw_status (*gibbs)(double *gibbs, double *first, double *second, const void *data,
                       double temperature, const double *fraction, sw_error *error);
    const void *data;
    /*
     * NULL, or of two ends: the fractions of the second at which the second derivative jumps, as
     * where magnetic order sets in; how many. Phases may lie beside such a point that are closer to
     * each other than samples.
     */
    size_t (*kinks)(double at[SW_SOLUTION_KINKS], const void *data, double temperature);
} sw_solution_phase;

#define SW_REDLICH_KISTER_TERMS 4

/*
 * A substitutional solution of two substances:
 * G = (1-x) G_A + x G_B + kT [x ln x + (1-x) ln(1-x)] + x (1-x) sum_k L_k (1-2x)^k,
 * x the fraction of the second end, L_k = energy[k] + entropy[k] T, eV and eV/K. With all L zero it
 * is ideal.
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

/* ---- a chemical system ----------------------------------------------------------------------- */

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
 * their pure iron, nickel, oxygen and NiO are those of the species tables: oxides, in equilibrium
 * with iron and with each other as sw_wustite_with_iron and sw_wustite_with_magnetite tell, and fcc
 * and bcc Fe-Ni. Not for two threads at once.
 */
typedef struct sw_assessed sw_assessed;
SW_API SW_MUST_USE sw_status sw_assessed_create(sw_assessed **assessed, sw_error *error);
/* After the systems that it was added to. */
SW_API void sw_assessed_destroy(sw_assessed *assessed);
/*
 * Where the system has Fe and O: "wustite" in place of Fe0.947O, with vacancies, its ends FeO and
 * Fe2/3O, and the magnetite of the same assessment in place of that of the table.
 */
SW_API SW_MUST_USE sw_status sw_assessed_add_wustite(sw_assessed *assessed, sw_system *system,
                                                     sw_error *error);
/*
 * Where the system has Fe, Ni and O: "halite", (Fe,Ni)O with vacancies, its ends FeO, NiO and
 * Fe2/3O, in place of Fe0.947O and NiO; "spinel" from Fe3O4 to NiFe2O4, in place of both. Without
 * nickel they are wustite and magnetite as above. Ni2+ has no place on the spinel's tetrahedral
 * sites (the assessment has 2e-4 of it there at 700 degC), and there is no Ni3+.
 */
SW_API SW_MUST_USE sw_status sw_assessed_add_oxides(sw_assessed *assessed, sw_system *system,
                                                    sw_error *error);
/* Where the system has Fe and Ni: "fcc" and "bcc", ends Fe and Ni, in place of the solid metals,
 * from 298.15 K on. The oxides are for 500 to 1600 K: an error outside. */
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
 * For four elements, at a new temperature each time, 5 us with pure phases, 50 us with alloys and
 * wustite, 100 us with halite and spinel.
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
    size_t solution; /* index in the system */
    double amount;   /* formulas */
    double fraction[SW_SOLUTION_ENDS];
} sw_solution_present;
SW_API size_t sw_equilibrium_solutions(const sw_equilibrium *equilibrium);
SW_API sw_solution_present sw_equilibrium_solution(const sw_equilibrium *equilibrium, size_t index);
/*
 * Driving force of a solution phase, eV per formula: the largest of its compositions, and in
 * fraction [ends] (NULL: not wanted) which that is. 0 where present, below 0 where absent,
 * -infinity where the elements there are make none of it.
 */
SW_API SW_MUST_USE sw_status sw_equilibrium_solution_drive(double *drive, double *fraction,
                                                           const sw_equilibrium *equilibrium,
                                                           size_t solution, sw_error *error);
/* Substances that were taken beyond their tables. */
SW_API size_t sw_equilibrium_beyond(const sw_equilibrium *equilibrium);
SW_API const sw_substance *sw_equilibrium_beyond_at(const sw_equilibrium *equilibrium,
                                                    size_t index);

#ifdef __cplusplus
}
#endif
#endif
