/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Clusters of three and four points. A cluster term adds its energy once for every set of sites
 * that has its distances and that carries its species in at least one matching assignment.
 */
#include "lattice/energy.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define POINTS 4

/* One set of sites, seen from its first point; assignments are tried in turn. */
typedef struct sw_figure {
    size_t points;
    sw_step step[POINTS]; /* step[0] is the site itself */
    size_t assignments;
    sw_species_set species[24][POINTS];
    double energy;
} sw_figure;

typedef struct figure_list {
    sw_figure *list;
    size_t count, capacity;
} figure_list;

struct sw_clusters {
    const sw_geometry *geometry;
    figure_list *basis; /* figures that contain a site of this basis, seen from it */
};

static bool same_sites(const sw_figure *a, const sw_step step[POINTS], size_t points, int order[POINTS])
{
    for (size_t i = 0; i < points; i++) {
        order[i] = -1;
        for (size_t j = 0; j < points; j++)
            if (sw_step_equal(a->step[j], step[i]))
                order[i] = (int)j;
        if (order[i] < 0)
            return false;
    }
    return true;
}

/* Adds an assignment to the figure on these sites, or makes the figure. */
static sw_status note_figure(figure_list *figures, size_t first, const sw_cluster_term *term,
                             const sw_step step[POINTS], const int role[POINTS])
{
    sw_figure *found = NULL;
    int order[POINTS] = {0, 1, 2, 3};
    for (size_t f = first; f < figures->count && !found; f++)
        if (same_sites(&figures->list[f], step, term->points, order))
            found = &figures->list[f];
    if (!found) {
        if (!sw_reserve(&figures->list, &figures->capacity, figures->count + 1,
                        sizeof *figures->list))
            return SW_ERROR_MEMORY;
        found = &figures->list[figures->count++];
        *found = (sw_figure){.points = term->points, .energy = term->energy};
        memcpy(found->step, step, sizeof found->step);
        for (int i = 0; i < POINTS; i++)
            order[i] = i;
    }
    for (size_t i = 0; i < term->points; i++)
        found->species[found->assignments][order[i]] = term->species[role[i]];
    found->assignments++;
    return SW_OK;
}

typedef struct figure_search {
    const sw_geometry *geometry;
    const sw_cluster_term *term;
    figure_list *figures;
    size_t first;
    int basis;
    int role[POINTS];
    sw_step step[POINTS];
} figure_search;

static bool fits(const figure_search *search, size_t point, sw_step candidate)
{
    for (size_t i = 0; i < point; i++) {
        double a[3], b[3];
        sw_geometry_vector(a, search->geometry, search->basis, search->step[i]);
        sw_geometry_vector(b, search->geometry, search->basis, candidate);
        double length = sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) +
                             (a[2] - b[2]) * (a[2] - b[2]));
        double wanted = search->term->distance[search->role[i]][search->role[point]];
        if (fabs(length - wanted) > 0.01 * wanted || length < 1e-6)
            return false;
    }
    return true;
}

static sw_status place(figure_search *search, size_t point)
{
    const sw_cluster_term *term = search->term;
    if (point == term->points || point >= POINTS)
        return note_figure(search->figures, search->first, term, search->step, search->role);
    int role = search->role[point];
    sw_steps shell = {0};
    sw_status status =
        sw_geometry_shell(&shell, search->geometry, search->basis, term->kinds[role],
                          term->distance[search->role[0]][role], false);
    for (size_t i = 0; i < shell.count && status == SW_OK; i++) {
        if (!fits(search, point, shell.list[i]))
            continue;
        search->step[point] = shell.list[i];
        status = place(search, point + 1);
    }
    sw_steps_clear(&shell);
    return status;
}

static sw_status add_term(figure_list *figures, const sw_geometry *geometry,
                          const sw_cluster_term *term, int basis)
{
    figure_search search = {geometry, term, figures, figures->count, basis, {0}, {{{0}, 0, 0}}};
    search.step[0] = (sw_step){.basis = (uint8_t)basis};
    sw_status status = SW_OK;
    for (int own = 0; own < (int)term->points && status == SW_OK; own++) {
        if (!(sw_geometry_kind_bit(geometry, basis) & term->kinds[own]))
            continue;
        search.role[0] = own;
        for (int i = 0, next = 1; i < (int)term->points; i++)
            if (i != own)
                search.role[next++] = i;
        status = place(&search, 1);
    }
    return status;
}

sw_status sw_clusters_create(sw_clusters **created, const sw_geometry *geometry,
                             const sw_energetics *energetics, sw_error *error)
{
    (void)error;
    sw_clusters *clusters = *created = sw_allocate(1, sizeof *clusters);
    if (!clusters)
        return SW_ERROR_MEMORY;
    clusters->geometry = geometry;
    clusters->basis = sw_allocate((size_t)geometry->basis_sites, sizeof *clusters->basis);
    if (!clusters->basis)
        return SW_ERROR_MEMORY;
    sw_status status = SW_OK;
    for (int basis = 0; basis < geometry->basis_sites; basis++)
        for (size_t t = 0; t < energetics->cluster_terms && status == SW_OK; t++)
            status = add_term(&clusters->basis[basis], geometry, &energetics->cluster[t], basis);
    return status;
}

void sw_clusters_destroy(sw_clusters *clusters)
{
    if (!clusters)
        return;
    for (int basis = 0; clusters->basis && basis < clusters->geometry->basis_sites; basis++)
        free(clusters->basis[basis].list);
    free(clusters->basis);
    free(clusters);
}

static bool carries(const sw_clusters *clusters, const uint8_t *species, uint32_t site,
                    const sw_figure *figure, int own)
{
    int held[POINTS] = {own};
    for (size_t i = 1; i < figure->points; i++)
        held[i] = species[sw_geometry_follow(clusters->geometry, site, figure->step[i])];
    for (size_t a = 0; a < figure->assignments; a++) {
        bool all = true;
        for (size_t i = 0; i < figure->points && all; i++)
            all = SW_IN(figure->species[a][i], held[i]);
        if (all)
            return true;
    }
    return false;
}

double sw_clusters_change(const sw_clusters *clusters, const uint8_t *species, uint32_t site,
                          int next)
{
    const figure_list *figures = &clusters->basis[clusters->geometry->basis[site]];
    double change = 0.0;
    for (size_t f = 0; f < figures->count; f++) {
        const sw_figure *figure = &figures->list[f];
        change += figure->energy * (carries(clusters, species, site, figure, next) -
                                    carries(clusters, species, site, figure, species[site]));
    }
    return change;
}

double sw_clusters_total(const sw_clusters *clusters, const uint8_t *species)
{
    double total = 0.0;
    for (uint32_t site = 0; site < clusters->geometry->sites; site++) {
        const figure_list *figures = &clusters->basis[clusters->geometry->basis[site]];
        for (size_t f = 0; f < figures->count; f++)
            if (carries(clusters, species, site, &figures->list[f], species[site]))
                total += figures->list[f].energy / (double)figures->list[f].points;
    }
    return total;
}

sw_status sw_clusters_dependencies(sw_steps *steps, const sw_clusters *clusters, int basis)
{
    const figure_list *figures = &clusters->basis[basis];
    sw_status status = SW_OK;
    for (size_t f = 0; f < figures->count; f++)
        for (size_t i = 1; i < figures->list[f].points && status == SW_OK; i++)
            status = sw_steps_add_once(steps, figures->list[f].step[i], NULL);
    return status;
}
