/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/sections.h"

#include "base/matrix.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define NEAREST_SITES 0.1 /* A: two sites of the basis are at least this far apart */

static bool read_vector(sw_reading *reading, const sw_node *node, double vector[3]) {
    if (node->kind != SW_NODE_LIST || node->count != 3)
        return sw_fail_expected(reading, node, "three numbers", NULL);
    int axis = 0;
    for (const sw_node *item = node->first; item; item = item->next) {
        double value;
        if (item->kind != SW_NODE_SCALAR)
            return sw_fail_expected(reading, item, "a number", NULL);
        if (!sw_read_quantity(reading, item, SW_NUMBER, &value))
            return false;
        if (!(fabs(value) <= 1e6))
            return sw_fail_expected(reading, item, "a number of lattice constants", NULL);
        vector[axis++] = value;
    }
    return true;
}

bool sw_read_edges(sw_reading *reading, const sw_node *cell, double rows[3][3]) {
    static const char *const what = "'cubic', three edges, or three vectors";
    if (cell->kind == SW_NODE_SCALAR && strcmp(cell->text, "cubic") == 0) {
        rows[0][0] = rows[1][1] = rows[2][2] = 1;
        return true;
    }
    if (cell->kind != SW_NODE_LIST || cell->count != 3)
        return sw_fail_expected(reading, cell, what, "edges are in lattice constants");
    if (cell->first->kind == SW_NODE_SCALAR) {
        double edges[3] = {0};
        if (!read_vector(reading, cell, edges))
            return false;
        for (int i = 0; i < 3; i++)
            rows[i][i] = edges[i];
        return true;
    }
    int row = 0;
    for (const sw_node *item = cell->first; item; item = item->next)
        if (!read_vector(reading, item, rows[row++]))
            return false;
    return true;
}

static bool read_cell(sw_reading *reading, const sw_node *section, sw_frame *frame) {
    const sw_node *cell = sw_node_find(section, "cell");
    double rows[3][3] = {{0}};
    if (!sw_read_edges(reading, cell, rows))
        return false;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            frame->cell[i][j] = rows[i][j] * frame->lattice_constant;
    double volume = sw_matrix_determinant((const double(*)[3])rows);
    if (!(volume > 1e-6))
        return sw_fail(reading, cell, "the vectors must be independent and right-handed",
                       "the cell has the volume %g cubic lattice constants", volume);
    return true;
}

static bool read_size(sw_reading *reading, const sw_node *section, sw_frame *frame) {
    const sw_node *size = sw_node_find(section, "size");
    double sites = (double)frame->basis_sites;
    for (size_t i = 0; i < 3; i++) {
        frame->size[i] = (int)sw_node_item(size, i)->number;
        frame->periodic[i] = sw_node_item(sw_node_find(section, "periodic"), i)->number != 0;
        sites *= frame->size[i];
    }
    if (sites >= SW_SITE_LIMIT)
        return sw_fail(reading, size, "reduce frame.size",
                       "%d x %d x %d cells of %zu sites are %.3g sites, more than the %.0f that a "
                       "lattice can have",
                       frame->size[0], frame->size[1], frame->size[2], frame->basis_sites, sites,
                       SW_SITE_LIMIT);
    return true;
}

/* ---- basis ----------------------------------------------------------------------------------- */

/* The shortest vector between two fractional positions, periodic images included, A. */
static double shortest(const sw_frame *frame, const double a[3], const double b[3]) {
    double best = INFINITY;
    for (int image = 0; image < 27; image++) {
        double fraction[3], vector[3];
        const int cell[3] = {image % 3 - 1, image / 3 % 3 - 1, image / 9 - 1};
        for (int i = 0; i < 3; i++) {
            double difference = b[i] - a[i];
            fraction[i] = difference - floor(difference + 0.5) + cell[i];
        }
        sw_matrix_row_product(vector, fraction, frame->cell);
        best = fmin(best, sw_vector_length(vector));
    }
    return best;
}

static bool add_site(sw_reading *reading, sw_basis_site *basis, sw_frame *frame, int kind,
                     const sw_node *node) {
    sw_basis_site site = {.kind = kind};
    if (frame->basis_sites >= SW_BASIS_LIMIT)
        return sw_fail(reading, node, "choose a smaller cell", "more than %d sites in the cell",
                       SW_BASIS_LIMIT);
    for (size_t i = 0; i < 3; i++)
        site.position[i] = sw_node_item(node, i)->number;
    for (size_t i = 0; i < frame->basis_sites; i++)
        if (shortest(frame, basis[i].position, site.position) < NEAREST_SITES)
            return sw_fail(reading, node, "each site of the cell is listed once",
                           "this site coincides with one of kind '%s'",
                           reading->kind_names.list[basis[i].kind]);
    basis[frame->basis_sites++] = site;
    return true;
}

static bool read_basis(sw_reading *reading, const sw_node *section, sw_frame *frame) {
    const sw_node *sites = sw_node_find(section, "sites");
    if (sites->count == 0 || sites->count > SW_KIND_LIMIT)
        return sw_fail_key(reading, sites, NULL, "expected 1 to %d kinds of site, found %zu",
                           SW_KIND_LIMIT, sites->count);
    if (!sw_names_of(reading, &reading->kind_names, sites))
        return false;
    frame->kinds = sites->count;
    frame->kind_names = reading->kind_names.list;
    sw_basis_site *basis = sw_take(reading, SW_BASIS_LIMIT, sizeof *basis);
    if (!basis)
        return false;
    frame->basis = basis;
    int kind = 0;
    for (const sw_node *child = sites->first; child; child = child->next, kind++) {
        if (child->count == 0)
            return sw_fail_expected(reading, child, "at least one position [x, y, z]", NULL);
        for (const sw_node *item = child->first; item; item = item->next)
            if (!add_site(reading, basis, frame, kind, item))
                return false;
    }
    return true;
}

static bool read_distances(sw_reading *reading, const sw_node *section) {
    const sw_node *distances = sw_node_find(section, "distances");
    sw_names names;
    if (!sw_names_of(reading, &names, distances))
        return false;
    reading->distances = sw_take(reading, names.count, sizeof *reading->distances);
    if (!reading->distances)
        return false;
    /* a name may be used by the distances after it */
    reading->distance_names = (sw_names){names.list, 0};
    for (const sw_node *child = distances ? distances->first : NULL; child; child = child->next) {
        size_t index = reading->distance_names.count;
        if (!sw_read_distance_of(reading, distances, child->key, &reading->distances[index]))
            return false;
        reading->distance_names.count++;
    }
    return true;
}

bool sw_frame_read(sw_reading *reading) {
    const sw_node *section = sw_node_find(reading->root, "frame");
    sw_frame *frame = &reading->lattice->frame;
    frame->lattice_constant = sw_number_of(section, "lattice_constant");
    return read_cell(reading, section, frame) && read_basis(reading, section, frame) &&
           read_size(reading, section, frame) && read_distances(reading, section);
}

int sw_frame_basis_at(const sw_frame *frame, const double position[3]) {
    double inverse[3][3], fraction[3];
    if (!sw_matrix_inverse(inverse, frame->cell))
        return -1;
    sw_matrix_row_product(fraction, position, (const double(*)[3])inverse);
    for (size_t i = 0; i < frame->basis_sites; i++)
        if (shortest(frame, frame->basis[i].position, fraction) < NEAREST_SITES)
            return (int)i;
    return -1;
}
