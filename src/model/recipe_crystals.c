/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Crystals of a recipe: a cell with its atoms, and how it is oriented. */
#include "model/recipe_sections.h"

#include "base/matrix.h"
#include "base/rotation.h"

#include <spillway/data.h>

#include <math.h>
#include <string.h>

#define CRYSTAL_ATOM_LIMIT 512
#define SAME_SITE 0.1 /* A: two atoms of a crystal are at least this far apart */

/* ---- orientation ----------------------------------------------------------------------------- */

static bool normalise(double vector[3]) {
    double length = sw_vector_length(vector);
    for (int i = 0; i < 3; i++)
        vector[i] /= length > 0 ? length : 1;
    return length > 0;
}

/* The direction [u, v, w], or the normal of the planes (h k l), before the crystal is turned. */
static void direction(double vector[3], const double cell[3][3], const double indices[3]) {
    sw_matrix_row_product(vector, indices, cell);
}

static void plane_normal(double vector[3], const double cell[3][3], const double indices[3]) {
    double cross[3];
    memset(vector, 0, 3 * sizeof *vector);
    for (int i = 0; i < 3; i++) {
        sw_vector_cross(cross, cell[(i + 1) % 3], cell[(i + 2) % 3]);
        for (int j = 0; j < 3; j++)
            vector[j] += indices[i] * cross[j];
    }
}

/* Rows x, y, z of the rotation that lays `up` along z and `along`, as far as it is flat, along x.
 */
static bool turn_by_axes(double rotation[3][3], const double up[3], const double along[3]) {
    double part;
    memcpy(rotation[2], up, 3 * sizeof *up);
    memcpy(rotation[0], along, 3 * sizeof *along);
    if (!normalise(rotation[2]) || !normalise(rotation[0]))
        return false;
    part = sw_vector_dot(rotation[0], rotation[2]);
    for (int i = 0; i < 3; i++)
        rotation[0][i] -= part * rotation[2][i];
    if (!(sw_vector_length(rotation[0]) > 1e-6) || !normalise(rotation[0]))
        return false;
    sw_vector_cross(rotation[1], rotation[2], rotation[0]);
    return true;
}

static bool read_up(sw_reading *reading, sw_oriented_crystal *crystal, const sw_node *node) {
    const double(*cell)[3] = (const double(*)[3])crystal->cell;
    const sw_node *along_node = sw_node_find(node, "along");
    double indices[3], up[3], along[3];
    sw_numbers_of(node, "up", indices);
    plane_normal(up, cell, indices);
    if (along_node) {
        sw_numbers_of(node, "along", indices);
        direction(along, cell, indices);
        return turn_by_axes(crystal->rotation, up, along) ||
               sw_fail(reading, along_node, "such as up: [1, 1, 1], along: [1, -1, 0]",
                       "'along' must have a part that lies in the planes of 'up'");
    }
    for (int axis = 0; axis < 3; axis++)
        if (turn_by_axes(crystal->rotation, up, cell[axis]) &&
            fabs(sw_vector_dot(cell[axis], crystal->rotation[2])) <
                0.9 * sw_vector_length(cell[axis]))
            return true;
    return sw_fail_expected(reading, sw_node_find(node, "up"), "indices other than zero", NULL);
}

/* R = Rz(first) Rx(second) Rz(third): crystal to space. */
static void turn_by_angles(double rotation[3][3], const double angle[3]) {
    double c1 = cos(angle[0]), s1 = sin(angle[0]), c = cos(angle[1]), s = sin(angle[1]);
    double c2 = cos(angle[2]), s2 = sin(angle[2]);
    const double rows[3][3] = {{c1 * c2 - s1 * s2 * c, -c1 * s2 - s1 * c2 * c, s1 * s},
                               {s1 * c2 + c1 * s2 * c, -s1 * s2 + c1 * c2 * c, -c1 * s},
                               {s2 * s, c2 * s, c}};
    memcpy(rotation, rows, sizeof rows);
}

static bool read_quaternion(sw_reading *reading, sw_oriented_crystal *crystal,
                            const sw_node *list) {
    double q[4], length = 0;
    for (size_t i = 0; i < 4; i++) {
        q[i] = sw_node_item(list, i)->number;
        length += q[i] * q[i];
    }
    if (!(length > 1e-12 && length < 1e12))
        return sw_fail_expected(reading, list, "a quaternion other than zero", NULL);
    for (size_t i = 0; i < 4; i++)
        q[i] /= sqrt(length);
    sw_rotation_of_quaternion(crystal->rotation, q);
    return true;
}

static bool read_orientation(sw_reading *reading, sw_oriented_crystal *crystal,
                             const sw_node *node) {
    static const char *const ways[] = {"up", "euler", "quaternion", "random"};
    size_t given = 0;
    for (int i = 0; i < 3; i++)
        crystal->rotation[i][i] = 1;
    if (!node)
        return true;
    for (size_t i = 0; i < 4; i++)
        given += sw_node_find(node, ways[i]) != NULL;
    if (given != 1)
        return sw_fail_key(reading, node, "such as {up: [1, 1, 1], along: [1, -1, 0]}",
                           "an orientation needs one of up, euler, quaternion, random");
    if (sw_node_find(node, "along") && !sw_node_find(node, "up"))
        return sw_fail_key(reading, sw_node_find(node, "along"), "give 'up' too",
                           "'along' belongs to 'up'");
    crystal->random = sw_flag_of(node, "random");
    if (sw_node_find(node, "up"))
        return read_up(reading, crystal, node);
    if (sw_node_find(node, "quaternion"))
        return read_quaternion(reading, crystal, sw_node_find(node, "quaternion"));
    if (sw_node_find(node, "euler")) {
        double angles[3];
        sw_numbers_of(node, "euler", angles);
        turn_by_angles(crystal->rotation, angles);
    }
    return true;
}

/* ---- cell and atoms -------------------------------------------------------------------------- */

static bool fail_key_of(sw_reading *reading, const sw_node *node, const char *key,
                        const char *why) {
    const sw_node *child = sw_node_find(node, key);
    return !child || sw_fail_key(reading, child, "remove it", "'%s' %s", key, why);
}

static bool read_named(sw_reading *reading, sw_oriented_crystal *crystal, sw_crystal_atom *atoms,
                       const sw_node *node) {
    const sw_node *elements = sw_node_find(node, "elements");
    const char *name = sw_text_of(node, "structure"), *words;
    int kinds = sw_structure_kinds(name, &words), element[3] = {0};
    double a = sw_number_of(node, "a");
    if ((!sw_structure_has_c(name) && !fail_key_of(reading, node, "c", "is no edge of a cube")) ||
        (!sw_structure_has_u(name) &&
         !fail_key_of(reading, node, "u", "has no meaning in this structure")))
        return false;
    if (!elements || (int)elements->count != kinds)
        return sw_fail_key(reading, elements ? elements : node, words,
                           "%s needs 'elements' with one for each kind of site, %d in all", name,
                           kinds);
    for (int i = 0; i < kinds; i++)
        if (!sw_read_element(reading, sw_node_item(elements, (size_t)i), &element[i]))
            return false;
    const sw_structure_choice choice = {name, sw_number_of(node, "c") / a, sw_number_of(node, "u")};
    if (!sw_structure_make(crystal->cell, atoms, &crystal->atoms, &choice))
        return sw_fail(reading, node, NULL, "no structure '%s'", name);
    for (size_t i = 0; i < crystal->atoms; i++)
        atoms[i].element = element[atoms[i].element];
    return true;
}

static bool read_basis(sw_reading *reading, sw_oriented_crystal *crystal, sw_crystal_atom *atoms,
                       const sw_node *node) {
    const sw_node *basis = sw_node_find(node, "basis");
    for (const sw_node *child = basis->first; child; child = child->next) {
        int element = sw_element_number(child->key);
        if (element < 1)
            return sw_fail_key(reading, child, "a symbol such as Zr", "'%.60s' is no element",
                               child->key);
        for (const sw_node *item = child->first; item; item = item->next) {
            if (crystal->atoms >= CRYSTAL_ATOM_LIMIT)
                return sw_fail(reading, item, NULL, "more than %d atoms in a cell",
                               CRYSTAL_ATOM_LIMIT);
            sw_crystal_atom *atom = &atoms[crystal->atoms++];
            atom->element = element;
            for (size_t i = 0; i < 3; i++) {
                double place = sw_node_item(item, i)->number;
                atom->position[i] = place - floor(place);
            }
        }
    }
    if (crystal->atoms == 0)
        return sw_fail_expected(reading, basis, "at least one atom", "such as {Zr: [[0, 0, 0]]}");
    return true;
}

/* Shortest distance between two atoms of the crystal, images included, A. */
static double find_nearest(const sw_oriented_crystal *crystal) {
    double best = INFINITY;
    for (size_t i = 0; i < crystal->atoms; i++)
        for (size_t j = i; j < crystal->atoms; j++)
            for (int image = 0; image < 125; image++) {
                const int shift[3] = {image % 5 - 2, image / 5 % 5 - 2, image / 25 - 2};
                double fraction[3], vector[3];
                if (i == j && image == 62)
                    continue;
                for (int k = 0; k < 3; k++)
                    fraction[k] =
                        crystal->atom[j].position[k] - crystal->atom[i].position[k] + shift[k];
                sw_matrix_row_product(vector, fraction, (const double(*)[3])crystal->cell);
                best = fmin(best, sw_vector_length(vector));
            }
    return best;
}

static bool read_like(sw_reading *reading, sw_oriented_crystal *crystal, const sw_node *node) {
    static const char *const own[] = {"structure", "elements", "cell", "basis", "a", "c", "u"};
    int other;
    for (size_t i = 0; i < 7; i++)
        if (!fail_key_of(reading, node, own[i], "comes from the crystal that this one is like"))
            return false;
    if (!sw_read_name_of(reading, node, "like", "crystal", &reading->crystal_names, &other))
        return false;
    const sw_oriented_crystal *model = &reading->recipe->crystal[other];
    crystal->atoms = model->atoms;
    crystal->atom = model->atom;
    crystal->nearest = model->nearest;
    memcpy(crystal->cell, model->cell, sizeof crystal->cell);
    return true;
}

static bool read_content(sw_reading *reading, sw_oriented_crystal *crystal, const sw_node *node) {
    const sw_node *cell = sw_node_find(node, "cell");
    bool named = sw_node_find(node, "structure");
    if (named == (cell && sw_node_find(node, "basis")) || (named && cell) ||
        !sw_node_find(node, "a"))
        return sw_fail_key(reading, node, "such as {structure: fcc, elements: [Zr], a: 4.666 A}",
                           "the crystal '%s' needs structure, elements and a; or cell, basis and "
                           "a; or like",
                           node->key);
    sw_crystal_atom *atoms = sw_take(reading, CRYSTAL_ATOM_LIMIT, sizeof *atoms);
    double a = sw_number_of(node, "a");
    crystal->atom = atoms;
    if (!atoms || !(named ? read_named(reading, crystal, atoms, node)
                          : sw_read_edges(reading, cell, crystal->cell) &&
                                read_basis(reading, crystal, atoms, node)))
        return false;
    if (!(sw_matrix_determinant((const double(*)[3])crystal->cell) > 1e-6))
        return sw_fail(reading, cell ? cell : node, "vectors must be right-handed",
                       "the cell has no volume");
    for (int i = 0; i < 9; i++)
        crystal->cell[i / 3][i % 3] *= a;
    crystal->nearest = find_nearest(crystal);
    if (crystal->nearest < SAME_SITE)
        return sw_fail(reading, node, "each site of the cell is listed once",
                       "two atoms of the crystal '%s' are %.3g A apart", node->key,
                       crystal->nearest);
    return true;
}

bool sw_recipe_crystals_read(sw_reading *reading) {
    const sw_node *section = sw_node_find(reading->root, "crystals");
    sw_recipe *recipe = reading->recipe;
    size_t count = section ? section->count : 0;
    sw_oriented_crystal *crystals = sw_take(reading, count, sizeof *crystals);
    recipe->crystal = crystals;
    if (!crystals || !sw_names_of(reading, &reading->crystal_names, section))
        return false;
    /* a crystal may be like one before it */
    reading->crystal_names.count = 0;
    for (const sw_node *node = section ? section->first : NULL; node; node = node->next) {
        sw_oriented_crystal *crystal = &crystals[recipe->crystals];
        crystal->name = node->key;
        if (!(sw_node_find(node, "like") ? read_like(reading, crystal, node)
                                         : read_content(reading, crystal, node)) ||
            !read_orientation(reading, crystal, sw_node_find(node, "orientation")))
            return false;
        reading->crystal_names.count = ++recipe->crystals;
    }
    return true;
}
