/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Thermo room (first part): standard thermodynamic functions of species.
 *
 * Energies per molecule or formula unit, in eV; entropies in eV/K; standard state 1 bar.
 * H is the enthalpy of formation from the elements at 298.15 K plus H(T) - H(298.15 K)
 * (the NASA convention) and S is absolute, so that differences over balanced reactions are
 * reaction enthalpies and entropies. Sources: NASA CEA and SUPCRT07, see sw_substance_source.
 */
#ifndef SPILLWAY_THERMO_H
#define SPILLWAY_THERMO_H

#include <spillway/base.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SW_STANDARD_PRESSURE 1.0e5 /* Pa */

/* One species of the built-in tables. Opaque; lives as long as the program. */
typedef struct sw_substance sw_substance;

SW_API size_t sw_substance_count(void);
SW_API const sw_substance *sw_substance_at(size_t index);
/*
 * By name: gases "H2" "O2" "H2O" "He" ... or "H2(g)"; condensed phases by formula: "Fe3O4",
 * "Fe0.947O", "NiO" is the solid, "Fe" the solid that is stable at each temperature; or
 * "formula(phase)": "Fe(bcc)", "Fe(fcc)", "Fe(l)", "ZrO2(tetragonal)", "NiO(g)".
 * NULL where unknown.
 */
SW_API const sw_substance *sw_substance_find(const char *name);
SW_API const char *sw_substance_name(const sw_substance *substance);
SW_API const char *sw_substance_source(const sw_substance *substance);
SW_API bool sw_substance_is_gas(const sw_substance *substance);
SW_API double sw_substance_mass(const sw_substance *substance); /* amu */
/* Atoms of an element (atomic number) in one formula unit. */
SW_API double sw_substance_atoms(const sw_substance *substance, int atomic_number);
/* Ends of the table, K. */
SW_API void sw_substance_range(const sw_substance *substance, double *lowest, double *highest);

/*
 * Cp/eV K^-1, H/eV, S/eV K^-1, G = H - T S /eV at T, standard pressure. Outside the range of the
 * table: SW_ERROR_NUMERIC with the range in the hint. Within it G is continuous to 1e-5 eV; H and S
 * jump where a phase changes to another, and there the state is that of the phase stable below.
 */
typedef struct sw_standard_state {
    double heat_capacity, enthalpy, entropy, gibbs;
} sw_standard_state;
SW_API SW_MUST_USE sw_status sw_substance_state(sw_standard_state *state,
                                                const sw_substance *substance, double temperature,
                                                sw_error *error);

/*
 * The same at any temperature above zero: outside the table as if the heat capacity at its nearer
 * end went on, and *outside (which may be NULL) is true then: say so, with the name of the substance.
 */
SW_API SW_MUST_USE sw_status sw_substance_state_beyond(sw_standard_state *state, bool *outside,
                                                       const sw_substance *substance,
                                                       double temperature, sw_error *error);

/* mu = G(T) + kT ln(p / 1 bar), eV per molecule. pressure > 0 in Pa. */
SW_API SW_MUST_USE sw_status sw_gas_chemical_potential(double *potential, const sw_substance *gas,
                                                       double temperature, double pressure,
                                                       sw_error *error);

/* Ideal-gas collisions per second on `area` (A^2) at `pressure` (Pa): p A / sqrt(2 pi m k T).
 * NaN for anything but a gas at T > 0, pressure >= 0, area >= 0. */
SW_API double sw_collision_rate(const sw_substance *gas, double temperature, double pressure,
                                double area);

/*
 * A reaction written as text, "Fe3O4 + 4 H2 = 3 Fe(bcc) + 4 H2O", "Cu + 1/2 O2 -> CuO" or
 * "0.947 Fe3O4 + 0.788 H2 = 3 Fe0.947O + 0.788 H2O": standard Gibbs energy in eV per reaction as
 * written. Errors: unknown substances with the nearest name, unbalanced elements with their
 * excess (more than 1e-6 of what there is), a temperature outside a table.
 */
SW_API SW_MUST_USE sw_status sw_reaction_gibbs(double *gibbs, const char *reaction,
                                               double temperature, sw_error *error);
/*
 * pH2O/pH2 at equilibrium of "oxide + H2 = ... + H2O", scaled to one H2, and the same as pO2 (Pa).
 * It may be CO that takes the oxygen, to CO2, or none, so that O2 is freed; other gases must not
 * take part. Either output may be NULL.
 */
SW_API SW_MUST_USE sw_status sw_reaction_water_ratio(double *ratio, double *oxygen_pressure,
                                                     const char *reaction, double temperature,
                                                     sw_error *error);

/* ---- defect wustite -------------------------------------------------------------------------- */

#define SW_WUSTITE_LOWEST 500.0 /* K */
#define SW_WUSTITE_HIGHEST 1600.0

/*
 * Wustite Fe(1-v)O with v vacancies, 2v Fe3+ and 1-3v Fe2+ on the cation sites (Sundman, J. Phase
 * Equilibria 12, 127 (1991)), at its two ends: with iron (bcc below 1184 K, else fcc) and with
 * magnetite (disordered spinel of the same assessment). water_ratio is pH2O/pH2 there, with the
 * water of thermo.h. Between the two temperatures above; under the eutectoid (834 K) both are metastable.
 */
typedef struct sw_wustite_state {
    double iron_per_oxygen, water_ratio;
} sw_wustite_state;
SW_API SW_MUST_USE sw_status sw_wustite_with_iron(sw_wustite_state *state, double temperature,
                                                  sw_error *error);
SW_API SW_MUST_USE sw_status sw_wustite_with_magnetite(sw_wustite_state *state, double temperature,
                                                       sw_error *error);
/* pH2O/pH2 of magnetite with iron, the equilibrium below the eutectoid. */
SW_API SW_MUST_USE sw_status sw_magnetite_with_iron(double *water_ratio, double temperature,
                                                    sw_error *error);

#ifdef __cplusplus
}
#endif
#endif
