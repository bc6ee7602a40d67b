/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Clusters of two to eight points. A cluster term adds its energy once for every set of sites on
 * which it lies and that carries its species in at least one matching assignment.
 */
#include "base/memory.h"
#include "lattice/energy.h"
#include "lattice/figures.h"

#include <stdlib.h>
#include <string.h>

#define POINTS SW_POINT_LIMIT

/* One placement of a term, seen from one of its points: that point first, the others by vector. */
typedef struct sighting {
    uint8_t basis;
    uint32_t term;
    size_t points;
    sw_step step[POINTS];
    sw_species_set species[POINTS];
} sighting;

typedef struct sightings {
    sighting *list;
    size_t count, capacity;
} sightings;

typedef struct assignment {
    sw_species_set species[POINTS];
} assignment;

/* One set of sites, seen from its first point; assignments are tried in turn. */
typedef struct sw_figure {
    size_t points;
    sw_step step[POINTS]; /* step[0] is the site itself */
    size_t first, assignments;
    double energy;
} sw_figure;

struct sw_clusters {
    const sw_geometry *geometry;
    sw_figure *figure;
    size_t *first; /* [basis + 1] figures that contain a site of this basis, seen from it */
    assignment *assignment;
};

/* ---- compiling ------------------------------------------------------------------------------- */

/* Behind the first point the others are ordered by vector. */
static void insert_point(sighting *one, const sw_geometry *geometry, sw_step step,
                         sw_species_set species) {
    size_t at = one->points++;
    for (; at > 1 && sw_geometry_compare(geometry, one->basis, one->step[at - 1], step) > 0; at--) {
        one->step[at] = one->step[at - 1];
        one->species[at] = one->species[at - 1];
    }
    one->step[at] = step;
    one->species[at] = species;
}

static sw_status see_from(sightings *seen, const sw_geometry *geometry, const sw_cluster_term *term,
                          uint32_t number, const sw_placement *placement, size_t anchor) {
    if (!sw_reserve(&seen->list, &seen->capacity, seen->count + 1, sizeof *seen->list))
        return SW_ERROR_MEMORY;
    sighting *one = &seen->list[seen->count++];
    int basis = placement->point[anchor].basis;
    sw_step back =
        sw_geometry_reverse(geometry, placement->point[0].basis, placement->point[anchor]);
    *one = (sighting){.basis = (uint8_t)basis, .term = number};
    insert_point(one, geometry, (sw_step){.basis = (uint8_t)basis}, term->species[anchor]);
    for (size_t i = 0; i < term->points; i++)
        if (i != anchor)
            insert_point(one, geometry,
                         sw_geometry_join(geometry, basis, back, placement->point[i]),
                         term->species[i]);
    return SW_OK;
}

static sw_status see_term(sightings *seen, const sw_geometry *geometry,
                          const sw_energetics *energetics, size_t number,
                          const sw_space_group *symmetry) {
    const sw_cluster_term *term = &energetics->cluster[number];
    sw_placements placements = {0};
    sw_status status = sw_figures_find(&placements, geometry, term, symmetry);
    for (size_t p = 0; p < placements.count; p++)
        for (size_t anchor = 0; anchor < term->points && status == SW_OK; anchor++)
            status = see_from(seen, geometry, term, (uint32_t)number, &placements.list[p], anchor);
    sw_placements_clear(&placements);
    return status;
}

static int compare_sites(const sighting *a, const sighting *b, const sw_geometry *geometry) {
    if (a->basis != b->basis)
        return a->basis < b->basis ? -1 : 1;
    if (a->term != b->term)
        return a->term < b->term ? -1 : 1;
    for (size_t i = 1; i < a->points; i++) {
        int compared = sw_geometry_compare(geometry, a->basis, a->step[i], b->step[i]);
        if (compared != 0)
            return compared;
    }
    return 0;
}

static int compare_sightings(const void *a, const void *b, void *user) {
    const sighting *p = a, *q = b;
    int compared = compare_sites(p, q, user);
    return compared != 0 ? compared : memcmp(p->species, q->species, sizeof p->species);
}

/* Sightings of the same sites are one figure with an assignment each; equal ones count once. */
static void add_sighting(sw_clusters *clusters, size_t counts[2], const sighting *list,
                         size_t index, const sw_energetics *energetics) {
    const sighting *one = &list[index];
    bool known = index > 0 && compare_sites(one - 1, one, clusters->geometry) == 0;
    if (known && memcmp((one - 1)->species, one->species, sizeof one->species) == 0)
        return;
    if (!known) {
        sw_figure *figure = &clusters->figure[counts[0]++];
        *figure = (sw_figure){.points = one->points,
                              .first = counts[1],
                              .energy = energetics->cluster[one->term].energy};
        memcpy(figure->step, one->step, sizeof figure->step);
        clusters->first[one->basis + 1] = counts[0];
    }
    clusters->figure[counts[0] - 1].assignments++;
    memcpy(clusters->assignment[counts[1]++].species, one->species, sizeof one->species);
}

/* Sites that a translation makes equal list their figures in equal order. */
static sw_status make_figures(sw_clusters *clusters, sightings *seen,
                              const sw_energetics *energetics) {
    size_t counts[2] = {0, 0};
    size_t basis_sites = (size_t)clusters->geometry->basis_sites;
    if (seen->count > 1)
        qsort_r(seen->list, seen->count, sizeof *seen->list, compare_sightings,
                (void *)(uintptr_t)clusters->geometry);
    clusters->figure = sw_allocate(seen->count, sizeof *clusters->figure);
    clusters->assignment = sw_allocate(seen->count, sizeof *clusters->assignment);
    clusters->first = sw_allocate(basis_sites + 1, sizeof *clusters->first);
    if (!clusters->figure || !clusters->assignment || !clusters->first)
        return SW_ERROR_MEMORY;
    for (size_t i = 0; i < seen->count; i++)
        add_sighting(clusters, counts, seen->list, i, energetics);
    for (size_t basis = 0; basis < basis_sites; basis++)
        if (clusters->first[basis + 1] < clusters->first[basis])
            clusters->first[basis + 1] = clusters->first[basis];
    return SW_OK;
}

sw_status sw_clusters_create(sw_clusters **created, const sw_geometry *geometry,
                             const sw_energetics *energetics, sw_error *error) {
    (void)error;
    sightings seen = {0};
    sw_space_group symmetry = {0};
    sw_status status = SW_OK;
    sw_clusters *clusters = *created = sw_allocate(1, sizeof *clusters);
    if (!clusters)
        return SW_ERROR_MEMORY;
    clusters->geometry = geometry;
    if (sw_figures_need_symmetry(energetics))
        status = sw_space_group_find(&symmetry, geometry->frame);
    for (size_t t = 0; t < energetics->cluster_terms && status == SW_OK; t++)
        status = see_term(&seen, geometry, energetics, t, &symmetry);
    if (status == SW_OK)
        status = make_figures(clusters, &seen, energetics);
    sw_space_group_clear(&symmetry);
    free(seen.list);
    return status;
}

void sw_clusters_destroy(sw_clusters *clusters) {
    if (!clusters)
        return;
    free(clusters->figure);
    free(clusters->first);
    free(clusters->assignment);
    free(clusters);
}

/* ---- energies -------------------------------------------------------------------------------- */

static bool carries(const sw_clusters *clusters, const sw_figure *figure, const int held[POINTS]) {
    for (size_t a = figure->first; a < figure->first + figure->assignments; a++) {
        const sw_species_set *species = clusters->assignment[a].species;
        size_t i = 0;
        while (i < figure->points && SW_IN(species[i], held[i]))
            i++;
        if (i == figure->points)
            return true;
    }
    return false;
}

static void look(int held[POINTS], const sw_clusters *clusters, const uint8_t *species,
                 uint32_t site, const sw_figure *figure) {
    held[0] = species[site];
    for (size_t i = 1; i < figure->points; i++)
        held[i] = species[sw_geometry_follow(clusters->geometry, site, figure->step[i])];
}

double sw_clusters_change(const sw_clusters *clusters, const uint8_t *species, uint32_t site,
                          int next) {
    int basis = clusters->geometry->basis[site];
    double change = 0.0;
    for (size_t f = clusters->first[basis]; f < clusters->first[basis + 1]; f++) {
        const sw_figure *figure = &clusters->figure[f];
        int held[POINTS];
        look(held, clusters, species, site, figure);
        bool before = carries(clusters, figure, held);
        held[0] = next;
        change += figure->energy * (carries(clusters, figure, held) - before);
    }
    return change;
}

double sw_clusters_total(const sw_clusters *clusters, const uint8_t *species) {
    double total = 0.0;
    for (uint32_t site = 0; site < clusters->geometry->sites; site++) {
        int basis = clusters->geometry->basis[site], held[POINTS];
        for (size_t f = clusters->first[basis]; f < clusters->first[basis + 1]; f++) {
            const sw_figure *figure = &clusters->figure[f];
            look(held, clusters, species, site, figure);
            if (carries(clusters, figure, held))
                total += figure->energy / (double)figure->points;
        }
    }
    return total;
}

sw_status sw_clusters_dependencies(sw_steps *steps, const sw_clusters *clusters, int basis) {
    sw_status status = SW_OK;
    for (size_t f = clusters->first[basis]; f < clusters->first[basis + 1]; f++)
        for (size_t i = 1; i < clusters->figure[f].points && status == SW_OK; i++)
            status = sw_steps_add_once(steps, clusters->figure[f].step[i], NULL);
    return status;
}
