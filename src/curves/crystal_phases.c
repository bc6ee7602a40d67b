/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/crystal_phases.h"

#include "base/matrix.h"
#include "base/memory.h"
#include "curves/scattering_factors.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TWO_PI 6.28318530717958647692
enum { OXYGEN = 8, IRON = 26, NICKEL = 28, MOST_ATOMS = 4096, MOST_INDEX = 40 };

/* ---- built-in crystals ----------------------------------------------------------------------- */

static const double face_centres[4][3] = {{0, 0, 0}, {0, 0.5, 0.5}, {0.5, 0, 0.5}, {0.5, 0.5, 0}};

static void add_atom(sw_crystal_phase *phase, const double place[3], const double shift[3],
                     int element, double occupancy) {
    sw_phase_atom *atom = &phase->atom[phase->atoms++];
    for (int k = 0; k < 3; k++)
        atom->place[k] = place[k] + (shift != NULL ? shift[k] : 0.0);
    atom->element = element;
    atom->occupancy = occupancy;
}

static void add_centred(sw_crystal_phase *phase, const double place[3], int element,
                        double occupancy) {
    for (int c = 0; c < 4; c++)
        add_atom(phase, place, face_centres[c], element, occupancy);
}

static void set_cubic(sw_crystal_phase *phase, double a) {
    for (int i = 0; i < 3; i++)
        phase->cell[i][i] = a;
    phase->cubic = true;
}

static void make_fcc(sw_crystal_phase *phase, double nickel) {
    const double origin[3] = {0, 0, 0};
    set_cubic(phase, 3.58);
    add_centred(phase, origin, IRON, 1.0 - nickel);
    add_centred(phase, origin, NICKEL, nickel);
}

static void make_bcc(sw_crystal_phase *phase) {
    const double origin[3] = {0, 0, 0}, centre[3] = {0.5, 0.5, 0.5};
    set_cubic(phase, 2.8665);
    add_atom(phase, origin, NULL, IRON, 1.0);
    add_atom(phase, centre, NULL, IRON, 1.0);
}

static void make_rock_salt(sw_crystal_phase *phase, double a, int metal, double occupancy) {
    const double origin[3] = {0, 0, 0}, edge[3] = {0.5, 0, 0};
    set_cubic(phase, a);
    add_centred(phase, origin, metal, occupancy);
    add_centred(phase, edge, OXYGEN, 1.0);
}

/* F d -3 m with its origin at -3 m: Fe in 8a (1/8), 16d (1/2), O in 32e (u). */
static void make_spinel(sw_crystal_phase *phase) {
    static const double tetrahedral[2][3] = {{0.125, 0.125, 0.125}, {0.875, 0.375, 0.375}};
    static const double octahedral[4][3] = {
        {0.5, 0.5, 0.5}, {0.25, 0.75, 0}, {0.75, 0, 0.25}, {0, 0.25, 0.75}};
    const double u = 0.2549;
    const double oxygen[8][3] = {{u, u, u},
                                 {0.75 - u, 0.25 - u, u + 0.5},
                                 {0.25 - u, u + 0.5, 0.75 - u},
                                 {u + 0.5, 0.75 - u, 0.25 - u},
                                 {u + 0.75, u + 0.25, 0.5 - u},
                                 {-u, -u, -u},
                                 {u + 0.25, 0.5 - u, u + 0.75},
                                 {0.5 - u, u + 0.75, u + 0.25}};
    set_cubic(phase, 8.3970);
    for (int i = 0; i < 2; i++)
        add_centred(phase, tetrahedral[i], IRON, 1.0);
    for (int i = 0; i < 4; i++)
        add_centred(phase, octahedral[i], IRON, 1.0);
    for (int i = 0; i < 8; i++)
        add_centred(phase, oxygen[i], OXYGEN, 1.0);
}

/* R -3 c, hexagonal cell: Fe in 12c (z), O in 18e (x). */
static void make_corundum(sw_crystal_phase *phase) {
    static const double centres[3][3] = {
        {0, 0, 0}, {2.0 / 3, 1.0 / 3, 1.0 / 3}, {1.0 / 3, 2.0 / 3, 2.0 / 3}};
    const double a = 5.038, c = 13.772, z = 0.3553, x = 0.3059;
    const double iron[4][3] = {{0, 0, z}, {0, 0, 0.5 - z}, {0, 0, -z}, {0, 0, 0.5 + z}};
    const double oxygen[6][3] = {{x, 0, 0.25},  {0, x, 0.25},  {-x, -x, 0.25},
                                 {-x, 0, 0.75}, {0, -x, 0.75}, {x, x, 0.75}};
    phase->cell[0][0] = a;
    phase->cell[1][0] = -0.5 * a;
    phase->cell[1][1] = 0.5 * sqrt(3.0) * a;
    phase->cell[2][2] = c;
    for (int s = 0; s < 3; s++) {
        for (int i = 0; i < 4; i++)
            add_atom(phase, iron[i], centres[s], IRON, 1.0);
        for (int i = 0; i < 6; i++)
            add_atom(phase, oxygen[i], centres[s], OXYGEN, 1.0);
    }
}

static bool make_built_in(sw_crystal_phase *phase, const char *name, double nickel) {
    if (strcmp(name, "fcc") == 0)
        make_fcc(phase, nickel);
    else if (strcmp(name, "bcc") == 0)
        make_bcc(phase);
    else if (strcmp(name, "FeO") == 0)
        make_rock_salt(phase, 4.310, IRON, 0.947);
    else if (strcmp(name, "NiO") == 0)
        make_rock_salt(phase, 4.177, NICKEL, 1.0);
    else if (strcmp(name, "Fe3O4") == 0)
        make_spinel(phase);
    else if (strcmp(name, "Fe2O3") == 0)
        make_corundum(phase);
    else
        return false;
    return true;
}

/* ---- from a file ----------------------------------------------------------------------------- */

static bool is_cubic(const double cell[3][3]) {
    double length = sw_vector_length(cell[0]);
    for (int i = 0; i < 3; i++)
        if (fabs(sw_vector_length(cell[i]) - length) > 1e-4 * length ||
            fabs(sw_vector_dot(cell[i], cell[(i + 1) % 3])) > 1e-4 * length * length)
            return false;
    return true;
}

static sw_status take_atoms(sw_crystal_phase *phase, const sw_atoms *atoms, const char *path,
                            sw_error *error) {
    double inverse[3][3];
    size_t count = sw_atoms_count(atoms);
    ptrdiff_t column = sw_atoms_find(atoms, "occupancy");
    const double *occupancy = column < 0 ? NULL : sw_atoms_column_const(atoms, (size_t)column);
    if (!sw_atoms_cell(atoms, phase->cell, NULL) || !sw_matrix_inverse(inverse, phase->cell) ||
        count == 0 || count > MOST_ATOMS)
        return sw_error_set(error, SW_ERROR_ARGUMENT, path, "give a CIF of one crystal",
                            "no cell, or not 1 to %d atoms", MOST_ATOMS);
    phase->cubic = is_cubic(phase->cell);
    for (size_t i = 0; i < count; i++) {
        sw_phase_atom *atom = &phase->atom[phase->atoms++];
        sw_matrix_row_product(atom->place, sw_atoms_positions_const(atoms) + 3 * i, inverse);
        atom->element = sw_atoms_elements_const(atoms)[i];
        atom->occupancy = occupancy != NULL ? occupancy[i] : 1.0;
        if (!sw_scattering_is_known(atom->element))
            return sw_error_set(error, SW_ERROR_UNSUPPORTED, path,
                                "scattering factors are known from H to Cf",
                                "%s has no scattering factor", sw_element_symbol(atom->element));
    }
    return SW_OK;
}

static sw_status read_phase(sw_crystal_phase *phase, const char *path, sw_error *error) {
    sw_content content = {0};
    sw_status status = sw_read(&content, path, NULL, -1, error);
    if (status == SW_OK && content.noun != SW_NOUN_ATOMS)
        status = sw_error_set(error, SW_ERROR_ARGUMENT, path, "give a CIF of one crystal",
                              "the file holds no atoms");
    if (status == SW_OK)
        status = take_atoms(phase, content.atoms, path, error);
    sw_content_clear(&content);
    return status;
}

sw_status sw_crystal_phase_create(sw_crystal_phase *phase, const char *name, double nickel,
                                  sw_error *error) {
    const char *slash = strrchr(name, '/');
    *phase = (sw_crystal_phase){.cubic = false};
    phase->atom = sw_allocate(MOST_ATOMS, sizeof *phase->atom);
    snprintf(phase->name, sizeof phase->name, "%.31s", slash != NULL ? slash + 1 : name);
    if (phase->atom == NULL)
        return SW_ERROR_MEMORY;
    if (make_built_in(phase, name, nickel))
        return SW_OK;
    if (strchr(name, '.') != NULL)
        return read_phase(phase, name, error);
    return sw_error_set(error, SW_ERROR_NOT_FOUND, "phases",
                        "fcc, bcc, FeO, NiO, Fe3O4, Fe2O3, or a CIF file",
                        "there is no crystal \"%s\"", name);
}

void sw_crystal_phase_clear(sw_crystal_phase *phase) {
    free(phase->atom);
    *phase = (sw_crystal_phase){.atom = NULL};
}

double sw_crystal_phase_mass(const sw_crystal_phase *phase) {
    double mass = 0.0;
    for (size_t i = 0; i < phase->atoms; i++)
        mass += phase->atom[i].occupancy * sw_element_mass(phase->atom[i].element);
    return mass;
}

double sw_crystal_phase_volume(const double cell[3][3]) {
    return fabs(sw_matrix_determinant(cell));
}

/* ---- reflections ----------------------------------------------------------------------------- */

void sw_crystal_phase_scaled(double cell[3][3], const sw_crystal_phase *phase, double across,
                             double along) {
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++)
            cell[i][k] = phase->cell[i][k] * (i < 2 ? across : along);
}

/* The normal of planes, not of length 1. */
static void normal_of(double normal[3], const double inverse[3][3], const int index[3]) {
    for (int k = 0; k < 3; k++) {
        normal[k] = 0.0;
        for (int i = 0; i < 3; i++)
            normal[k] += inverse[k][i] * index[i];
    }
}

double sw_plane_spacing(const double cell[3][3], const int index[3]) {
    double inverse[3][3], normal[3];
    if (!sw_matrix_inverse(inverse, cell))
        return (double)NAN;
    normal_of(normal, inverse, index);
    return 1.0 / sw_vector_length(normal);
}

static double structure_factor(const sw_crystal_phase *phase, const int index[3], double spacing) {
    double real = 0.0, imaginary = 0.0, square = 0.25 / (spacing * spacing);
    for (size_t i = 0; i < phase->atoms; i++) {
        const sw_phase_atom *atom = &phase->atom[i];
        double phase_angle = TWO_PI * (index[0] * atom->place[0] + index[1] * atom->place[1] +
                                       index[2] * atom->place[2]);
        double f = atom->occupancy * sw_scattering_factor(atom->element, square);
        real += f * cos(phase_angle);
        imaginary += f * sin(phase_angle);
    }
    return real * real + imaginary * imaginary;
}

/* The square of the cosine between the normals of two planes. */
static double square_of_cosine(const double cell[3][3], const int first[3], const int second[3]) {
    double inverse[3][3], a[3], b[3];
    if (!sw_matrix_inverse(inverse, cell))
        return 0.0;
    normal_of(a, inverse, first);
    normal_of(b, inverse, second);
    double both = sw_vector_dot(a, b);
    return fmin(both * both / (sw_vector_dot(a, a) * sw_vector_dot(b, b)), 1.0);
}

typedef struct found_reflection {
    int index[3];
    double strength, spacing;
} found_reflection;

typedef struct reflection_list {
    found_reflection *item;
    size_t count, capacity;
} reflection_list;

static sw_status collect(reflection_list *list, const sw_crystal_phase *phase, double least,
                         double most, double displacement) {
    int reach[3];
    for (int k = 0; k < 3; k++)
        reach[k] = (int)fmin(sw_vector_length(phase->cell[k]) / least + 1.0, MOST_INDEX);
    for (int h = -reach[0]; h <= reach[0]; h++)
        for (int k = -reach[1]; k <= reach[1]; k++)
            for (int l = -reach[2]; l <= reach[2]; l++) {
                const int index[3] = {h, k, l};
                double spacing =
                    h == 0 && k == 0 && l == 0 ? 0.0 : sw_plane_spacing(phase->cell, index);
                if (!(spacing >= least && spacing <= most))
                    continue;
                if (!sw_reserve(&list->item, &list->capacity, list->count + 1, sizeof *list->item))
                    return SW_ERROR_MEMORY;
                double strength = structure_factor(phase, index, spacing) *
                                  exp(-0.5 * displacement / (spacing * spacing));
                list->item[list->count++] = (found_reflection){{h, k, l}, strength, spacing};
            }
    return SW_OK;
}

/* By falling spacing, then by falling indices. */
static int compare(const void *a, const void *b) {
    const found_reflection *first = a, *second = b;
    if (fabs(first->spacing - second->spacing) > 1e-6 * first->spacing)
        return first->spacing < second->spacing ? 1 : -1;
    for (int k = 0; k < 3; k++)
        if (first->index[k] != second->index[k])
            return second->index[k] - first->index[k];
    return 0;
}

/* Joins those of one spacing, and drops what is too weak to be seen. made: [list.count]. */
static size_t join(sw_reflection *made, const reflection_list *list, const sw_crystal_phase *phase,
                   const int direction[3]) {
    size_t used = 0, kept = 0;
    double strongest = 0.0;
    for (size_t i = 0; i < list->count; i++) {
        const found_reflection *item = &list->item[i];
        bool same = i > 0 && fabs(item[-1].spacing - item->spacing) < 1e-6 * item->spacing;
        if (!same) {
            made[used] = (sw_reflection){.strength = 0.0};
            memcpy(made[used++].index, item->index, sizeof item->index);
        }
        sw_reflection *own = &made[used - 1];
        own->strength += item->strength;
        if (direction != NULL)
            sw_texture_add(&own->texture, square_of_cosine(phase->cell, item->index, direction),
                           item->strength);
        strongest = fmax(strongest, own->strength);
    }
    for (size_t i = 0; i < used; i++)
        if (made[i].strength > 1e-4 * strongest) {
            made[kept] = made[i];
            sw_texture_scale(&made[kept++].texture);
        }
    return kept;
}

/* How many spacings there are. */
static size_t count_spacings(const reflection_list *list) {
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        count += i == 0 || !(fabs(list->item[i - 1].spacing - list->item[i].spacing) <
                             1e-6 * list->item[i].spacing);
    return count;
}

sw_status sw_crystal_reflections(sw_reflection **reflection, size_t *count,
                                 const sw_crystal_phase *phase, double least, double most,
                                 double displacement, const int direction[3], sw_error *error) {
    reflection_list list = {.count = 0};
    *reflection = NULL;
    *count = 0;
    sw_status status = collect(&list, phase, least, most, displacement);
    if (status == SW_OK && list.item == NULL)
        status = sw_error_set(error, SW_ERROR_ARGUMENT, phase->name, "leave it out of --phases",
                              "%s has no reflection in the pattern", phase->name);
    else if (status == SW_OK) {
        qsort(list.item, list.count, sizeof *list.item, compare);
        *reflection = sw_allocate(count_spacings(&list), sizeof **reflection);
        status = *reflection != NULL ? SW_OK : SW_ERROR_MEMORY;
    }
    if (status == SW_OK && *reflection != NULL)
        *count = join(*reflection, &list, phase, direction);
    free(list.item);
    return status;
}
