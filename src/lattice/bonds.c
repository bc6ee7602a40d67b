/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pair terms as bonds. Pair terms of one distance and one screening rule are merged into one
 * class, so a bond costs one table look-up, plus a count of its bridging neighbours where the
 * class is screened.
 */
#include "lattice/energy.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FACTORS 4

typedef struct bond_class {
    double distance;
    sw_species_set screening; /* 0: none */
    double screening_distance;
    int kind[2];
    /* [species at the near end][at the far end][bridging neighbours], eV */
    double energy[SW_SPECIES_LIMIT][SW_SPECIES_LIMIT][FACTORS];
} bond_class;

typedef struct sw_bond {
    sw_step to;
    int class;
    size_t first_bridge, bridges; /* in the bridge list: steps from the bond's near end */
} sw_bond;

/* A bond that a site bridges: the step to its near end, and which bond of that end it is. */
typedef struct bridged {
    sw_step end;
    uint32_t bond; /* index into the bonds of end.basis */
} bridged;

typedef struct basis_bonds {
    sw_bond *bond;
    size_t bonds, bond_capacity;
    bridged *over;
    size_t overs, over_capacity;
} basis_bonds;

struct sw_bonds {
    const sw_geometry *geometry;
    bond_class *class;
    size_t classes, class_capacity;
    sw_steps bridge;
    basis_bonds *basis;
};

static bond_class *find_class(sw_bonds *bonds, const sw_pair_term *term, int kind, int other) {
    for (size_t c = 0; c < bonds->classes; c++) {
        bond_class *class = &bonds->class[c];
        if (fabs(class->distance - term->distance) < 0.01 * term->distance &&
            class->kind[0] == kind && class->kind[1] == other &&
            class->screening == term->screening &&
            (!term->screening || fabs(class->screening_distance - term->screening_distance) < 1e-3))
            return class;
    }
    if (!sw_reserve(&bonds->class, &bonds->class_capacity, bonds->classes + 1,
                    sizeof *bonds->class))
        return NULL;
    bond_class *class = &bonds->class[bonds->classes++];
    *class = (bond_class){.distance = term->distance,
                          .screening = term->screening,
                          .screening_distance = term->screening_distance,
                          .kind = {kind, other}};
    return class;
}

static bool pair_matches(const sw_pair_term *term, int kind, int other, int s, int t) {
    return (SW_IN(term->kinds[0], kind) && SW_IN(term->kinds[1], other) &&
            SW_IN(term->species[0], s) && SW_IN(term->species[1], t)) ||
           (SW_IN(term->kinds[1], kind) && SW_IN(term->kinds[0], other) &&
            SW_IN(term->species[1], s) && SW_IN(term->species[0], t));
}

static void add_term(bond_class *class, const sw_pair_term *term) {
    for (int s = 1; s < SW_SPECIES_LIMIT; s++)
        for (int t = 1; t < SW_SPECIES_LIMIT; t++)
            for (size_t n = 0; n < FACTORS; n++) {
                size_t last = term->factors ? term->factors - 1 : 0;
                double factor = term->factors ? term->factor[n < last ? n : last] : 1.0;
                if (pair_matches(term, class->kind[0], class->kind[1], s, t))
                    class->energy[s][t][n] += term->energy * factor;
            }
}

static sw_status make_classes(sw_bonds *bonds, const sw_energetics *energetics) {
    int kinds = (int)bonds->geometry->frame->kinds;
    for (size_t p = 0; p < energetics->pair_terms; p++) {
        const sw_pair_term *term = &energetics->pair[p];
        for (int kind = 0; kind < kinds; kind++)
            for (int other = 0; other < kinds; other++) {
                bool either = (SW_IN(term->kinds[0], kind) && SW_IN(term->kinds[1], other)) ||
                              (SW_IN(term->kinds[1], kind) && SW_IN(term->kinds[0], other));
                if (!either)
                    continue;
                bond_class *class = find_class(bonds, term, kind, other);
                if (!class)
                    return SW_ERROR_MEMORY;
                add_term(class, term);
            }
    }
    return SW_OK;
}

/* Sites within the screening distance of both ends of a bond. */
static sw_status add_bridges(sw_bonds *bonds, int basis, sw_bond *bond) {
    const sw_geometry *geometry = bonds->geometry;
    const bond_class *class = &bonds->class[bond->class];
    bond->first_bridge = bonds->bridge.count;
    sw_steps near = {0}, far = {0};
    sw_kind_set any = ~(sw_kind_set)0;
    double reach = class->screening_distance;
    sw_status status = sw_geometry_shell(&near, geometry, basis, any, reach, true);
    if (status == SW_OK)
        status = sw_geometry_shell(&far, geometry, bond->to.basis, any, reach, true);
    for (size_t i = 0; i < near.count && status == SW_OK; i++)
        for (size_t j = 0; j < far.count && status == SW_OK; j++)
            if (sw_step_equal(near.list[i],
                              sw_geometry_join(geometry, basis, bond->to, far.list[j])))
                status = sw_steps_add(&bonds->bridge, near.list[i]);
    bond->bridges = bonds->bridge.count - bond->first_bridge;
    sw_steps_clear(&near);
    sw_steps_clear(&far);
    return status;
}

static sw_status add_bonds(sw_bonds *bonds, int basis, int class) {
    basis_bonds *own = &bonds->basis[basis];
    const bond_class *type = &bonds->class[class];
    sw_steps shell = {0};
    sw_status status = sw_geometry_shell(&shell, bonds->geometry, basis,
                                         (sw_kind_set)1 << type->kind[1], type->distance, false);
    for (size_t i = 0; i < shell.count && status == SW_OK; i++) {
        if (!sw_reserve(&own->bond, &own->bond_capacity, own->bonds + 1, sizeof *own->bond)) {
            status = SW_ERROR_MEMORY;
            break;
        }
        sw_bond *next = &own->bond[own->bonds++];
        *next = (sw_bond){.to = shell.list[i], .class = class};
        if (type->screening)
            status = add_bridges(bonds, basis, next);
    }
    sw_steps_clear(&shell);
    return status;
}

/* Notes at each bridging site the bonds that it bridges, each once. */
static sw_status add_bridged(sw_bonds *bonds, int basis, uint32_t index) {
    const sw_bond *own = &bonds->basis[basis].bond[index];
    double vector[3];
    sw_geometry_vector(vector, bonds->geometry, basis, own->to);
    int axis = fabs(vector[0]) > 1e-4 ? 0 : fabs(vector[1]) > 1e-4 ? 1 : 2;
    if (vector[axis] < 0.0)
        return SW_OK; /* noted from the other end */
    for (size_t i = 0; i < own->bridges; i++) {
        sw_step step = bonds->bridge.list[own->first_bridge + i];
        basis_bonds *at = &bonds->basis[step.basis];
        if (!sw_reserve(&at->over, &at->over_capacity, at->overs + 1, sizeof *at->over))
            return SW_ERROR_MEMORY;
        at->over[at->overs++] =
            (bridged){.end = sw_geometry_reverse(bonds->geometry, basis, step), .bond = index};
    }
    return SW_OK;
}

typedef struct bridged_order {
    const sw_bonds *bonds;
    int basis;
} bridged_order;

static int compare_bridged(const void *a, const void *b, void *user) {
    const bridged_order *order = user;
    const bridged *p = a, *q = b;
    int compared = sw_geometry_compare(order->bonds->geometry, order->basis, p->end, q->end);
    return compared ? compared : (p->bond > q->bond) - (p->bond < q->bond);
}

static sw_status make_bonds(sw_bonds *bonds) {
    sw_status status = SW_OK;
    for (int basis = 0; basis < bonds->geometry->basis_sites; basis++)
        for (size_t c = 0; c < bonds->classes && status == SW_OK; c++)
            if (bonds->geometry->frame->basis[basis].kind == bonds->class[c].kind[0])
                status = add_bonds(bonds, basis, (int)c);
    for (int basis = 0; basis < bonds->geometry->basis_sites; basis++)
        for (uint32_t i = 0; i < bonds->basis[basis].bonds && status == SW_OK; i++)
            status = add_bridged(bonds, basis, i);
    for (int basis = 0; basis < bonds->geometry->basis_sites && status == SW_OK; basis++) {
        bridged_order order = {bonds, basis};
        basis_bonds *own = &bonds->basis[basis];
        if (own->overs > 1)
            qsort_r(own->over, own->overs, sizeof *own->over, compare_bridged, &order);
    }
    return status;
}

sw_status sw_bonds_create(sw_bonds **created, const sw_geometry *geometry,
                          const sw_energetics *energetics, sw_error *error) {
    (void)error;
    sw_bonds *bonds = *created = sw_allocate(1, sizeof *bonds);
    if (!bonds)
        return SW_ERROR_MEMORY;
    bonds->geometry = geometry;
    bonds->basis = sw_allocate((size_t)geometry->basis_sites, sizeof *bonds->basis);
    if (!bonds->basis)
        return SW_ERROR_MEMORY;
    sw_status status = make_classes(bonds, energetics);
    return status == SW_OK ? make_bonds(bonds) : status;
}

void sw_bonds_destroy(sw_bonds *bonds) {
    if (!bonds)
        return;
    for (int basis = 0; bonds->basis && basis < bonds->geometry->basis_sites; basis++) {
        free(bonds->basis[basis].bond);
        free(bonds->basis[basis].over);
    }
    free(bonds->basis);
    free(bonds->class);
    sw_steps_clear(&bonds->bridge);
    free(bonds);
}

static int count_bridges(const sw_bonds *bonds, const uint8_t *species, uint32_t site,
                         const sw_bond *bond) {
    const bond_class *class = &bonds->class[bond->class];
    const sw_step *bridge = bonds->bridge.list + bond->first_bridge;
    int count = 0;
    for (size_t i = 0; i < bond->bridges; i++)
        count += (int)SW_IN(class->screening,
                            species[sw_geometry_follow(bonds->geometry, site, bridge[i])]);
    return count < FACTORS ? count : FACTORS - 1;
}

static double bond_energy(const sw_bonds *bonds, const sw_bond *bond, int s, int t, int bridges) {
    return bonds->class[bond->class].energy[s][t][bridges];
}

/* Energy gained or lost by the bonds that end at the site. */
static double ends_change(const sw_bonds *bonds, const uint8_t *species, uint32_t site, int next) {
    const basis_bonds *own = &bonds->basis[bonds->geometry->basis[site]];
    int now = species[site];
    double change = 0.0;
    for (size_t i = 0; i < own->bonds; i++) {
        const sw_bond *bond = &own->bond[i];
        int t = species[sw_geometry_follow(bonds->geometry, site, bond->to)];
        if (t == SW_EMPTY || t >= SW_SPECIES_LIMIT)
            continue;
        int n = bond->bridges ? count_bridges(bonds, species, site, bond) : 0;
        change += bond_energy(bonds, bond, next, t, n) - bond_energy(bonds, bond, now, t, n);
    }
    return change;
}

/* Energy gained or lost by the bonds that the site bridges. */
static double bridges_change(const sw_bonds *bonds, const uint8_t *species, uint32_t site,
                             int next) {
    const basis_bonds *own = &bonds->basis[bonds->geometry->basis[site]];
    int now = species[site];
    double change = 0.0;
    for (size_t i = 0; i < own->overs; i++) {
        uint32_t end = sw_geometry_follow(bonds->geometry, site, own->over[i].end);
        int s = species[end];
        if (s == SW_EMPTY || s >= SW_SPECIES_LIMIT)
            continue;
        const sw_bond *bond = &bonds->basis[own->over[i].end.basis].bond[own->over[i].bond];
        sw_species_set screening = bonds->class[bond->class].screening;
        int step = (int)SW_IN(screening, next) - (int)SW_IN(screening, now);
        int t = species[sw_geometry_follow(bonds->geometry, end, bond->to)];
        if (step == 0 || t == SW_EMPTY || t >= SW_SPECIES_LIMIT)
            continue;
        int n = count_bridges(bonds, species, end, bond);
        int after = n + step < FACTORS ? n + step : FACTORS - 1;
        change += bond_energy(bonds, bond, s, t, after) - bond_energy(bonds, bond, s, t, n);
    }
    return change;
}

double sw_bonds_change(const sw_bonds *bonds, const uint8_t *species, uint32_t site, int next) {
    return ends_change(bonds, species, site, next) + bridges_change(bonds, species, site, next);
}

double sw_bonds_total(const sw_bonds *bonds, const uint8_t *species) {
    double twice = 0.0;
    for (uint32_t site = 0; site < bonds->geometry->sites; site++) {
        const basis_bonds *own = &bonds->basis[bonds->geometry->basis[site]];
        for (size_t i = 0; species[site] != SW_EMPTY && i < own->bonds; i++) {
            int t = species[sw_geometry_follow(bonds->geometry, site, own->bond[i].to)];
            if (t < SW_SPECIES_LIMIT)
                twice += bond_energy(bonds, &own->bond[i], species[site], t,
                                     count_bridges(bonds, species, site, &own->bond[i]));
        }
    }
    return 0.5 * twice;
}

sw_status sw_bonds_dependencies(sw_steps *steps, const sw_bonds *bonds, int basis) {
    const sw_geometry *geometry = bonds->geometry;
    const basis_bonds *own = &bonds->basis[basis];
    sw_status status = SW_OK;
    for (size_t i = 0; i < own->bonds && status == SW_OK; i++) {
        const sw_bond *bond = &own->bond[i];
        status = sw_steps_add_once(steps, bond->to, NULL);
        for (size_t j = 0; j < bond->bridges && status == SW_OK; j++)
            status = sw_steps_add_once(steps, bonds->bridge.list[bond->first_bridge + j], NULL);
    }
    for (size_t i = 0; i < own->overs && status == SW_OK; i++) {
        sw_step end = own->over[i].end;
        const sw_bond *bond = &bonds->basis[end.basis].bond[own->over[i].bond];
        status = sw_steps_add_once(steps, end, NULL);
        if (status == SW_OK)
            status =
                sw_steps_add_once(steps, sw_geometry_join(geometry, basis, end, bond->to), NULL);
        for (size_t j = 0; j < bond->bridges && status == SW_OK; j++)
            status = sw_steps_add_once(
                steps,
                sw_geometry_join(geometry, basis, end, bonds->bridge.list[bond->first_bridge + j]),
                NULL);
    }
    return status;
}
