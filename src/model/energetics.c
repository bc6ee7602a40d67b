/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/sections.h"

#include "base/matrix.h"

#include <math.h>

#define FARTHEST_POINT 50.0 /* cells */
#define SAME_PLACE 0.1      /* A */

static bool read_site_term(sw_reading *reading, void *item, const sw_node *node) {
    sw_site_term *term = item;
    term->energy = sw_number_of(node, "energy");
    return sw_read_species(reading, sw_node_find(node, "species"), false, &term->species) &&
           sw_read_kinds(reading, sw_node_find(node, "sites"), &term->kinds) &&
           sw_check_may_sit(reading, sw_node_find(node, "species"), term->species, term->kinds);
}

/* One end of a pair, or one point of a cluster. */
static bool read_point(sw_reading *reading, const sw_node *node, size_t index,
                       sw_species_set *species, sw_kind_set *kinds) {
    const sw_node *name = sw_node_item(sw_node_find(node, "species"), index);
    const sw_node *site = sw_node_item(sw_node_find(node, "sites"), index);
    return sw_read_species(reading, name, false, species) && sw_read_kinds(reading, site, kinds) &&
           sw_check_may_sit(reading, name, *species, *kinds);
}

static bool read_screening(sw_reading *reading, sw_pair_term *pair, const sw_node *node) {
    if (!node)
        return true;
    const sw_node *factors = sw_node_find(node, "factors");
    if (factors->count == 0 || factors->count > 4)
        return sw_fail_expected(reading, factors, "one to four factors", NULL);
    for (const sw_node *item = factors->first; item; item = item->next)
        pair->factor[pair->factors++] = item->number;
    return sw_read_species(reading, sw_node_find(node, "species"), false, &pair->screening) &&
           sw_read_distance_of(reading, node, "distance", &pair->screening_distance);
}

static bool read_pair(sw_reading *reading, void *item, const sw_node *node) {
    sw_pair_term *pair = item;
    for (size_t end = 0; end < 2; end++)
        if (!read_point(reading, node, end, &pair->species[end], &pair->kinds[end]))
            return false;
    pair->energy = sw_number_of(node, "energy");
    return sw_read_distance_of(reading, node, "distance", &pair->distance) &&
           sw_check_shell(reading, sw_node_find(node, "distance"), pair->kinds[0], pair->kinds[1],
                          pair->distance) &&
           read_screening(reading, pair, sw_node_find(node, "screened_by"));
}

/* Distances in the order 1-2, 1-3, 2-3, 1-4 ...: every point to those before it. */
static bool read_cluster_distances(sw_reading *reading, sw_cluster_term *cluster,
                                   const sw_node *list) {
    const sw_node *item = list->first;
    for (size_t b = 1; b < cluster->points; b++)
        for (size_t a = 0; a < b; a++, item = item->next) {
            double distance;
            if (!sw_read_distance(reading, item, false, &distance) ||
                !sw_check_shell(reading, item, cluster->kinds[a], cluster->kinds[b], distance))
                return false;
            cluster->distance[a][b] = cluster->distance[b][a] = distance;
        }
    return true;
}

static bool read_cluster_by_distance(sw_reading *reading, sw_cluster_term *cluster,
                                     const sw_node *node) {
    const sw_node *sites = sw_node_find(node, "sites"), *list = sw_node_find(node, "distances");
    if (!sites || !list)
        return sw_fail_key(reading, node, "or give one figure by its points",
                           "a cluster needs 'points', or 'sites' and 'distances'");
    if (cluster->points < 3)
        return sw_fail_expected(reading, sw_node_find(node, "species"), "a list of three to eight",
                                "two points are a pair");
    if (sites->count != cluster->points)
        return sw_fail_expected(reading, sites, "one kind for each species", NULL);
    if (list->count != cluster->points * (cluster->points - 1) / 2)
        return sw_fail_expected(reading, list,
                                cluster->points == 3 ? "the distances 1-2, 1-3, 2-3"
                                                     : "the distances 1-2, 1-3, 2-3, 1-4, 2-4, 3-4 "
                                                       "and so on",
                                NULL);
    for (size_t i = 0; i < cluster->points; i++)
        if (!read_point(reading, node, i, &cluster->species[i], &cluster->kinds[i]))
            return false;
    return read_cluster_distances(reading, cluster, list);
}

static double length_between(const double a[3], const double b[3]) {
    const double vector[3] = {b[0] - a[0], b[1] - a[1], b[2] - a[2]};
    return sw_vector_length(vector);
}

/* One point of a placed cluster: a site of the frame, and none of those before it. */
static bool read_place(sw_reading *reading, sw_cluster_term *cluster, size_t index,
                       const sw_node *node, const sw_node *name) {
    const sw_frame *frame = &reading->lattice->frame;
    double fraction[3];
    for (size_t d = 0; d < 3; d++) {
        fraction[d] = sw_node_item(node, d)->number;
        if (fabs(fraction[d]) > FARTHEST_POINT)
            return sw_fail(reading, node, "points may lie in neighbouring cells",
                           "%g cells from the corner is too far", fraction[d]);
    }
    sw_matrix_row_product(cluster->place[index], fraction, frame->cell);
    int basis = sw_frame_basis_at(frame, cluster->place[index]);
    if (basis < 0)
        return sw_fail(
            reading, node, "positions are fractional, as in frame.sites, plus whole cells",
            "no site of the frame is at [%g, %g, %g]", fraction[0], fraction[1], fraction[2]);
    cluster->kinds[index] = 1u << frame->basis[basis].kind;
    for (size_t i = 0; i < index; i++) {
        double length = length_between(cluster->place[i], cluster->place[index]);
        cluster->distance[i][index] = cluster->distance[index][i] = length;
        if (length < SAME_PLACE)
            return sw_fail(reading, node, NULL, "points %zu and %zu are the same site", i + 1,
                           index + 1);
    }
    return sw_read_species(reading, name, false, &cluster->species[index]) &&
           sw_check_may_sit(reading, name, cluster->species[index], cluster->kinds[index]);
}

static bool read_placed_cluster(sw_reading *reading, sw_cluster_term *cluster, const sw_node *node,
                                const sw_node *points) {
    const sw_node *species = sw_node_find(node, "species"), *other = sw_node_find(node, "sites");
    other = other ? other : sw_node_find(node, "distances");
    cluster->placed = true;
    if (other)
        return sw_fail_key(reading, other, "remove it", "'%s' follows from 'points'", other->key);
    if (points->count != cluster->points)
        return sw_fail_expected(reading, points, "one position for each species", NULL);
    for (size_t i = 0; i < cluster->points; i++)
        if (!read_place(reading, cluster, i, sw_node_item(points, i), sw_node_item(species, i)))
            return false;
    return true;
}

static bool read_cluster(sw_reading *reading, void *item, const sw_node *node) {
    sw_cluster_term *cluster = item;
    const sw_node *points = sw_node_find(node, "points"), *species = sw_node_find(node, "species");
    cluster->points = species->count;
    cluster->energy = sw_number_of(node, "energy");
    if (cluster->points < 2 || cluster->points > SW_POINT_LIMIT)
        return sw_fail_expected(reading, species, "a list of two to eight", NULL);
    return points ? read_placed_cluster(reading, cluster, node, points)
                  : read_cluster_by_distance(reading, cluster, node);
}

/* ---- valence --------------------------------------------------------------------------------- */

static bool read_ligands(sw_reading *reading, sw_valence_term *term, const sw_node *list) {
    sw_valence_ligand *ligands = sw_take(reading, list->count, sizeof *ligands);
    if (!ligands)
        return false;
    if (list->count == 0)
        return sw_fail_expected(reading, list, "at least one ligand", NULL);
    for (const sw_node *node = list->first; node; node = node->next) {
        sw_valence_ligand *ligand = &ligands[term->ligand_kinds];
        sw_species_set species;
        const sw_node *name = sw_node_find(node, "species");
        if (!sw_read_species(reading, name, false, &species) ||
            !sw_read_one_kind(reading, sw_node_find(node, "site"), &ligand->kind) ||
            !sw_read_distance_of(reading, node, "distance", &ligand->distance) ||
            !sw_check_may_sit(reading, name, species, 1u << ligand->kind) ||
            !sw_check_shell(reading, sw_node_find(node, "distance"), 1u << term->centre_kind,
                            1u << ligand->kind, ligand->distance))
            return false;
        if (term->ligand_kinds > 0 && species != term->ligands)
            return sw_fail(reading, name, "write a further valence term",
                           "the ligands of one term are the same species");
        term->ligands = species;
        ligand->shared_by_at_least = sw_integer_of(node, "shared_by_at_least");
        term->ligand_kinds++;
    }
    term->ligand = ligands;
    return true;
}

static bool read_table(sw_reading *reading, sw_valence_term *term, const sw_node *list) {
    double *columns = sw_take(reading, list->count * 4, sizeof *columns);
    if (!columns)
        return false;
    if (list->count < 2)
        return sw_fail_expected(reading, list, "at least two rows {w, energy}", NULL);
    double *w = columns, *energy = w + list->count, *entropy = energy + list->count;
    double *heat_capacity = entropy + list->count;
    for (const sw_node *node = list->first; node; node = node->next) {
        size_t i = term->points++;
        w[i] = sw_number_of(node, "w");
        energy[i] = sw_number_of(node, "energy");
        entropy[i] = sw_number_of(node, "entropy");
        heat_capacity[i] = sw_number_of(node, "heat_capacity");
        if (i == 0 && w[i] != 0)
            return sw_fail(reading, node, "begin with {w: 0, energy: 0 eV}",
                           "the table begins at w = %g, expected 0", w[i]);
        if (i > 0 && w[i] <= w[i - 1])
            return sw_fail(reading, node, "order the rows by w",
                           "w = %g is not above the %g "
                           "before it",
                           w[i], w[i - 1]);
    }
    term->w = w;
    term->energy = energy;
    term->entropy = entropy;
    term->heat_capacity = heat_capacity;
    return true;
}

static bool read_valence(sw_reading *reading, void *item, const sw_node *node) {
    sw_valence_term *term = item;
    const sw_node *centre = sw_node_find(node, "centre");
    const sw_node *species = sw_node_find(centre, "species");
    return sw_read_species(reading, species, false, &term->centres) &&
           sw_read_one_kind(reading, sw_node_find(centre, "site"), &term->centre_kind) &&
           sw_check_may_sit(reading, species, term->centres, 1u << term->centre_kind) &&
           read_ligands(reading, term, sw_node_find(node, "ligands")) &&
           read_table(reading, term, sw_node_find(node, "table"));
}

bool sw_energetics_read(sw_reading *reading) {
    const sw_node *section = sw_node_find(reading->root, "energetics");
    sw_energetics *energetics = &reading->lattice->energetics;
    return sw_read_list(reading, &energetics->site, &energetics->site_terms,
                        sw_node_find(section, "sites"), sizeof(sw_site_term), read_site_term) &&
           sw_read_list(reading, &energetics->pair, &energetics->pair_terms,
                        sw_node_find(section, "pairs"), sizeof(sw_pair_term), read_pair) &&
           sw_read_list(reading, &energetics->cluster, &energetics->cluster_terms,
                        sw_node_find(section, "clusters"), sizeof(sw_cluster_term), read_cluster) &&
           sw_read_list(reading, &energetics->valence, &energetics->valence_terms,
                        sw_node_find(section, "valence"), sizeof(sw_valence_term), read_valence);
}
