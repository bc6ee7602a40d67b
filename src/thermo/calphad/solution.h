/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A phase over chosen elements. Site fractions are numbered sublattice after sublattice; every
 * parameter is a term: its value times a product of site fractions, times what its order asks for.
 */
#ifndef SPILLWAY_THERMO_CALPHAD_SOLUTION_H
#define SPILLWAY_THERMO_CALPHAD_SOLUTION_H

#include "thermo/calphad/database.h"

#define CALPHAD_FACTORS 16

enum sw_calphad_form {
    CALPHAD_PLAIN,  /* the product alone */
    CALPHAD_BINARY, /* times (y_i - y_j)^order */
    CALPHAD_TERNARY /* times y_k + (1 - y_i - y_j - y_k)/3, k the one that the order names */
};

typedef struct sw_calphad_term {
    enum sw_calphad_property property;
    enum sw_calphad_form form;
    uint16_t target;
    int order;
    int factors;
    uint16_t factor[CALPHAD_FACTORS]; /* indices of site fractions, all different */
    uint16_t mixing[3];               /* those that the form is about */
    size_t parameter;                 /* in the database */
    double value, slope;              /* J/mol, K or Bohr magnetons at the temperature set */
} sw_calphad_term;

typedef struct sw_calphad_fraction {
    uint16_t species;
    int sublattice;
} sw_calphad_fraction;

struct sw_solution {
    const sw_calphad *database;
    size_t phase;
    char name[CALPHAD_NAME];
    int sublattices;
    const double *sites;
    sw_calphad_fraction *fractions;
    size_t fraction_count;
    sw_calphad_term *terms;
    size_t term_count, term_capacity;
    uint64_t
        mobile; /* a bit a fraction: whether the mobility of its species is known (mobility.c) */
    size_t begin[CALPHAD_OTHER + 2]; /* where the terms of each property begin; they are in order */
    bool magnetic;
    double antiferromagnetic, p;
    double temperature, pressure; /* 0: not set */
};

/* Adds the sum of all terms of a property (and, for mobilities, a target; else 0) to *value and,
 * where not NULL, *slope (to temperature), first [n] and second [n][n]. */
void sw_calphad_add_terms(double *value, double *slope, double *first, double *second,
                          const sw_solution *solution, enum sw_calphad_property property,
                          uint16_t target, const double *y);
/* Adds the magnetic part, J/mol. */
void sw_calphad_add_magnetism(double *value, double *slope, double *first, double *second,
                              const sw_solution *solution, const double *y);

/* Magnetic enthalpy over that at 0 K: 1 in full order, p of the phase at the Curie temperature, 0 far
 * above it. */
double sw_calphad_magnetic_order(const sw_solution *solution, const double *y);

/* K; that of Neel is divided by the factor of the phase; 0 or less: none. */
double sw_calphad_curie_temperature(const sw_solution *solution, const double *y);

/* Finds the fractions whose species have a mobility in each element on the first sublattice. Without one of
 * these end members RT ln M would be 0 there, which is far too fast. */
void sw_calphad_find_mobile(sw_solution *solution);
/* Whether the species (by its index) is one of these; else an error that names what lacks. */
sw_status sw_calphad_check_mobile(const sw_solution *solution, uint16_t species, sw_error *error);
/* Its tracer diffusion coefficient, A^2/s; `order` as above. */
double sw_calphad_tracer_diffusion(const sw_solution *solution, uint16_t species, const double *y,
                                   double order);

#endif
