/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Thermo room, CALPHAD part: databases of assessed Gibbs energies and mobilities, solution phases
 * in the compound energy formalism, equilibrium of binary solutions.
 *
 * Energies are eV per formula unit of the phase (its sites as the database gives them), diffusion
 * coefficients A^2/s, temperatures K, pressures Pa. Site fractions stand sublattice after
 * sublattice. The reference of energies is that of the database (SGTE: elements at 298.15 K and 1
 * bar), which is that of thermo.h.
 */
#ifndef SPILLWAY_CALPHAD_H
#define SPILLWAY_CALPHAD_H

#include <spillway/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- databases ------------------------------------------------------------------------------- */

typedef struct sw_calphad sw_calphad;

/*
 * Reads a TDB file: ELEMENT, SPECIES, FUNCTION, PHASE, CONSTITUENT, PARAMETER (G, L, TC, BMAGN, BM,
 * MQ, MF, DQ, DF), TYPE_DEFINITION (MAGNETIC, DIS_PART) and DIFFUSION MAGNETIC. Other statements and parameters that
 * cannot be right (a constituent that the phase does not have) are left out with a note. Errors
 * have "file:line:column". O(bytes).
 */
SW_API SW_MUST_USE sw_status sw_calphad_read(sw_calphad **database, const char *path,
                                             sw_error *error);
/* The same from memory; `name` stands in places. */
SW_API SW_MUST_USE sw_status sw_calphad_parse(sw_calphad **database, const char *text, size_t size,
                                              const char *name, sw_error *error);
/* Adds what a second file holds, as mobilities for phases that are there. */
SW_API SW_MUST_USE sw_status sw_calphad_add(sw_calphad *database, const char *path,
                                            sw_error *error);
/* Cr-Fe-Ni-O as compiled in: FCC_A1, BCC_A2, HALITE (wustite to NiO), SPINEL (magnetite to NiFe2O4),
 * the oxides without Cr, with the mobilities named "jonsson" (fcc; bcc without Cr) or "khorasgani"
 * (fcc), or NULL: none. */
SW_API SW_MUST_USE sw_status sw_calphad_builtin(sw_calphad **database, const char *mobilities,
                                                sw_error *error);
SW_API void sw_calphad_destroy(sw_calphad *database);

/* What was left out or mended, "file:line:column: text"; after the first hundred they are only
 * counted, in a last note. */
SW_API size_t sw_calphad_notes(const sw_calphad *database);
SW_API const char *sw_calphad_note(const sw_calphad *database, size_t index);
SW_API size_t sw_calphad_phases(const sw_calphad *database);
SW_API const char *sw_calphad_phase_name(const sw_calphad *database, size_t index);
/* A named function in the database's own unit (J/mol, as a rule), and its derivative to T. */
SW_API SW_MUST_USE sw_status sw_calphad_function(double *value, double *slope,
                                                 const sw_calphad *database, const char *name,
                                                 double temperature, double pressure,
                                                 sw_error *error);

/* ---- solution phases ------------------------------------------------------------------------- */

/* A phase over some elements, at a temperature. */
typedef struct sw_solution sw_solution;

/*
 * The part of a phase whose constituents are made of `elements` (as "FE", "NI", "O"; the vacancy
 * comes by itself), with all parameters between them. `database` must outlive it. A partially ionic
 * liquid (PHASE NAME:Y) and a phase without constituents left in a sublattice are errors. Set its
 * temperature before anything else.
 */
SW_API SW_MUST_USE sw_status sw_solution_create(sw_solution **solution, const sw_calphad *database,
                                                const char *phase, const char *const *elements,
                                                size_t element_count, sw_error *error);
SW_API void sw_solution_destroy(sw_solution *solution);
/* Evaluates all parameters. O(parameters). */
SW_API SW_MUST_USE sw_status sw_solution_set(sw_solution *solution, double temperature,
                                             double pressure, sw_error *error);

/* Number of site fractions, and of one its species, sublattice, charge, and atoms of an element. */
SW_API size_t sw_solution_fractions(const sw_solution *solution);
SW_API const char *sw_solution_species(const sw_solution *solution, size_t fraction);
SW_API size_t sw_solution_sublattice(const sw_solution *solution, size_t fraction);
SW_API double sw_solution_charge(const sw_solution *solution, size_t fraction);
SW_API double sw_solution_sites(const sw_solution *solution, size_t sublattice);
SW_API ptrdiff_t sw_solution_find(const sw_solution *solution, const char *species,
                                  size_t sublattice); /* -1: none */
SW_API double sw_solution_atoms(const sw_solution *solution, const double *site_fractions);

/*
 * Gibbs energy, entropy (-dG/dT), and derivatives to the site fractions taken as independent:
 * first [n], second [n][n]. Each output may be NULL. G = end members + ideal mixing +
 * Redlich-Kister (binary, ternary) + Hillert-Jarl magnetism (Hillert and Jarl, Calphad 2, 227
 * (1978)). A fraction of zero is taken as 1e-300 in logarithms. O(parameters n^2) with `second`.
 */
SW_API void sw_solution_gibbs(double *gibbs, double *first, double *second, double *entropy,
                              const sw_solution *solution, const double *site_fractions);
/* Tracer diffusion coefficient of a species, A^2/s: exp((MQ + MF)/RT) m2/s, times Jonsson's factor of
 * magnetic order, exp(alpha xi (6 + MQ/RT)), where the database has DIFFUSION MAGNETIC for the phase. Error
 * where it has no mobility of the species, or none in one of the elements on the first sublattice. */
SW_API SW_MUST_USE sw_status sw_solution_tracer_diffusion(double *diffusion,
                                                          const sw_solution *solution,
                                                          const char *species,
                                                          const double *site_fractions,
                                                          sw_error *error);

/* ---- binary solutions ------------------------------------------------------------------------ */

/*
 * A solution of two elements that share the first sublattice (the rest is vacancies), at x, the
 * atom fraction of the second: energies in eV per atom.
 */
typedef struct sw_binary {
    double gibbs, slope;         /* G and dG/dx */
    double potential[2];         /* chemical potentials of both elements */
    double thermodynamic_factor; /* x (1-x)/kT d2G/dx2 */
} sw_binary;
SW_API SW_MUST_USE sw_status sw_solution_binary(sw_binary *state, const sw_solution *solution,
                                                double x, sw_error *error);
/* D of both tracers and of interdiffusion in the number-fixed frame (Darken), A^2/s. */
typedef struct sw_binary_diffusion {
    double tracer[2], intrinsic[2], interdiffusion;
} sw_binary_diffusion;
SW_API SW_MUST_USE sw_status sw_solution_binary_diffusion(sw_binary_diffusion *diffusion,
                                                          const sw_solution *solution, double x,
                                                          sw_error *error);

/* Two phases (or one with itself: a miscibility gap) in equilibrium. */
typedef struct sw_tie_line {
    size_t phase[2]; /* which of the solutions; phase[0] is on the side of small x */
    double x[2];
    double potential[2]; /* eV */
} sw_tie_line;
/*
 * All tie lines of `count` binary solutions at their common temperature, from small x to large: the
 * lower convex hull of their Gibbs energies, each contact then refined until the chemical
 * potentials agree to 1e-12 eV. At most `room` are given; *found tells how many there are.
 */
SW_API SW_MUST_USE sw_status sw_binary_tie_lines(sw_tie_line *lines, size_t *found, size_t room,
                                                 sw_solution *const *solutions, size_t count,
                                                 sw_error *error);
/* Shares of the two phases at overall composition x: share[1] = (x - x0)/(x1 - x0). */
SW_API void sw_tie_line_shares(double share[2], const sw_tie_line *line, double x);

/* ---- solutions of several elements ----------------------------------------------------------- */

#define SW_DIFFUSING_ELEMENTS 8 /* at most */

/*
 * Diffusion in a solution whose elements share the first sublattice, with interstitials that share the second one
 * with vacancies (the others hold vacancies alone). Elements are in the order of the site fractions, vacancies left
 * out. Contents u are atoms per substitutional atom: those of the first `substitutional` elements have the sum 1, and
 * are atom fractions where there is no interstitial. Fluxes are J_k = -sum_j D_kj grad u_j over all but the reference
 * element, times the substitutional atoms per volume. These have equal volumes, interstitials none.
 */
typedef struct sw_multicomponent {
    size_t elements, substitutional;
    bool stable; /* the energy is convex here: else the solution unmixes by itself (spinodal) */
    double potential[SW_DIFFUSING_ELEMENTS]; /* eV */
    double tracer[SW_DIFFUSING_ELEMENTS];    /* A^2/s; interstitials: among vacancies alone */
    double mobile
        [SW_DIFFUSING_ELEMENTS]; /* A^2/s: u_k M_k kT, times the share of vacancies for interstitials */
    /* A^2/s, in the frame of the lattice: mobile_k d mu_k / d u_j / kT */
    double intrinsic[SW_DIFFUSING_ELEMENTS][SW_DIFFUSING_ELEMENTS];
    /* A^2/s, in the frame of fixed volume (or number): less u_k times all intrinsic ones of substitutional elements */
    double interdiffusion[SW_DIFFUSING_ELEMENTS][SW_DIFFUSING_ELEMENTS];
    /* A^2/s: the lattice moves with sum_j drift_j grad u_j against fixed volume (Kirkendall) */
    double drift[SW_DIFFUSING_ELEMENTS];
} sw_multicomponent;

/* How many elements the solution has in this sense, and how many of them are substitutional; 0 where it is of another
 * kind. */
SW_API size_t sw_solution_elements(size_t *substitutional, const sw_solution *solution);
/*
 * At contents u [elements]; those below 1e-12 are taken as that, and the sum of the substitutional ones as 1.
 * `reference` is one of these. The second derivatives of the energy are analytic. Andersson and Agren, J. Appl.
 * Phys. 72, 1350 (1992). Errors: not such a solution, no temperature, an element without mobility. O(parameters
 * elements^2).
 */
SW_API SW_MUST_USE sw_status sw_solution_multicomponent(sw_multicomponent *state,
                                                        const sw_solution *solution,
                                                        const double *u, size_t reference,
                                                        sw_error *error);

#ifdef __cplusplus
}
#endif
#endif
