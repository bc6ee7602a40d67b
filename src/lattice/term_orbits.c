/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terms of the energetics by symmetry orbit, with the number of their places in a unit cell. */
#include "base/matrix.h"
#include "base/memory.h"
#include "lattice/figures.h"

#include <spillway/lattice.h>

#include <stdlib.h>
#include <string.h>

/* The sites of a place, whatever their order: from the site that makes it smallest, sorted. */
typedef struct place {
    int8_t site[SW_POINT_LIMIT][4]; /* basis, cell */
    size_t placement;               /* the first that lies there */
    size_t orbit;
} place;

typedef struct places {
    place *list;
    size_t count;
} places;

typedef struct listing {
    sw_geometry geometry;
    sw_space_group symmetry;
    const sw_lattice_model *model;
    sw_term_orbit *orbit;
    size_t count, capacity;
} listing;

/* ---- places ---------------------------------------------------------------------------------- */

static int compare_sites(const void *a, const void *b) {
    return memcmp(a, b, 4);
}

static int compare_places(const void *a, const void *b) {
    const place *p = a, *q = b;
    int compared = memcmp(p->site, q->site, sizeof p->site);
    return compared ? compared : (p->placement > q->placement) - (p->placement < q->placement);
}

/* Orders the sites of a place so that equal places look alike. */
static void make_canonical(place *canonical, const int8_t site[SW_POINT_LIMIT][4], size_t points) {
    for (size_t anchor = 0; anchor < points; anchor++) {
        int8_t shifted[SW_POINT_LIMIT][4] = {{0}};
        for (size_t i = 0; i < points; i++) {
            shifted[i][0] = site[i][0];
            for (int d = 1; d < 4; d++)
                shifted[i][d] = (int8_t)(site[i][d] - site[anchor][d]);
        }
        qsort(shifted, points, sizeof *shifted, compare_sites);
        if (anchor == 0 || memcmp(shifted, canonical->site, sizeof shifted) < 0)
            memcpy(canonical->site, shifted, sizeof shifted);
    }
}

static void place_of(place *made, const sw_placement *placement, size_t points) {
    int8_t site[SW_POINT_LIMIT][4] = {{0}};
    for (size_t i = 0; i < points; i++) {
        site[i][0] = (int8_t)placement->point[i].basis;
        memcpy(&site[i][1], placement->point[i].cell, 3);
    }
    make_canonical(made, (const int8_t(*)[4])site, points);
}

static void image_of(place *image, const place *from, const sw_group_operation *operation,
                     size_t points) {
    int8_t site[SW_POINT_LIMIT][4] = {{0}};
    int origin[3] = {0};
    for (size_t i = 0; i < points; i++) {
        int basis = (uint8_t)from->site[i][0];
        int cell[3] = {from->site[i][1], from->site[i][2], from->site[i][3]};
        sw_space_group_apply(&basis, cell, operation);
        site[i][0] = (int8_t)basis;
        for (int d = 0; d < 3; d++) {
            origin[d] = i == 0 ? cell[d] : origin[d];
            site[i][d + 1] = (int8_t)(cell[d] - origin[d]);
        }
    }
    make_canonical(image, (const int8_t(*)[4])site, points);
}

static sw_status collect_places(places *found, const sw_placements *placements, size_t points) {
    found->list = sw_allocate(placements->count, sizeof *found->list);
    if (!found->list)
        return SW_ERROR_MEMORY;
    for (size_t p = 0; p < placements->count; p++) {
        place_of(&found->list[p], &placements->list[p], points);
        found->list[p].placement = p;
        found->list[p].orbit = SIZE_MAX;
    }
    if (placements->count > 1)
        qsort(found->list, placements->count, sizeof *found->list, compare_places);
    for (size_t p = 0; p < placements->count; p++)
        if (found->count == 0 || memcmp(found->list[found->count - 1].site, found->list[p].site,
                                        sizeof found->list[p].site) != 0)
            found->list[found->count++] = found->list[p];
    return SW_OK;
}

static place *find_place(const places *found, const place *wanted) {
    size_t low = 0, high = found->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int compared = memcmp(found->list[middle].site, wanted->site, sizeof wanted->site);
        if (compared == 0)
            return &found->list[middle];
        if (compared < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* ---- orbits ---------------------------------------------------------------------------------- */

static sw_term_orbit *new_orbit(listing *out, sw_term_kind kind, size_t term, double energy) {
    if (!sw_reserve(&out->orbit, &out->capacity, out->count + 1, sizeof *out->orbit))
        return NULL;
    sw_term_orbit *orbit = &out->orbit[out->count++];
    *orbit = (sw_term_orbit){.kind = kind, .term = term, .energy = energy};
    return orbit;
}

static double sites_of_kind(const listing *out, int kind) {
    double sites = 0.0;
    for (size_t b = 0; b < out->model->frame.basis_sites; b++)
        sites += out->model->frame.basis[b].kind == kind;
    return sites;
}

static void set_point(sw_term_orbit *orbit, const listing *out, sw_step at,
                      sw_species_set species) {
    const sw_basis_site *site = &out->model->frame.basis[at.basis];
    size_t i = orbit->points++;
    orbit->species[i] = species;
    orbit->site_kind[i] = site->kind;
    for (int d = 0; d < 3; d++)
        orbit->position[i][d] = site->position[d] + at.cell[d];
    for (size_t j = 0; j < i; j++) {
        double vector[3], fraction[3];
        for (int d = 0; d < 3; d++)
            fraction[d] = orbit->position[i][d] - orbit->position[j][d];
        sw_matrix_row_product(vector, fraction, out->model->frame.cell);
        orbit->distance[i][j] = orbit->distance[j][i] = sw_vector_length(vector);
    }
}

/* Marks all images of a place; returns how many there are. */
static size_t mark_orbit(places *found, size_t first, const listing *out, size_t points) {
    size_t marked = 0;
    for (size_t o = 0; o < out->symmetry.count; o++) {
        place image;
        image_of(&image, &found->list[first], &out->symmetry.list[o], points);
        place *known = find_place(found, &image);
        if (!known || known->orbit != SIZE_MAX)
            continue;
        known->orbit = first;
        marked++;
    }
    return marked;
}

static sw_status add_figures(listing *out, sw_term_kind kind, size_t number,
                             const sw_cluster_term *term) {
    sw_placements placements = {0};
    places found = {0};
    sw_status status = sw_figures_find(&placements, &out->geometry, term, &out->symmetry);
    if (status == SW_OK)
        status = collect_places(&found, &placements, term->points);
    for (size_t p = 0; p < found.count && status == SW_OK; p++) {
        if (found.list[p].orbit != SIZE_MAX)
            continue;
        sw_term_orbit *orbit = new_orbit(out, kind, number, term->energy);
        if (!orbit) {
            status = SW_ERROR_MEMORY;
            break;
        }
        const sw_placement *placement = &placements.list[found.list[p].placement];
        for (size_t i = 0; i < term->points; i++)
            set_point(orbit, out, placement->point[i], term->species[i]);
        orbit->multiplicity = mark_orbit(&found, p, out, term->points);
        orbit->per_site = (double)orbit->multiplicity / sites_of_kind(out, orbit->site_kind[0]);
    }
    sw_placements_clear(&placements);
    free(found.list);
    return status;
}

/* ---- single sites and valence ---------------------------------------------------------------- */

/* The lowest basis site that the space group makes of this one. */
static int lowest_image(const listing *out, int basis) {
    int lowest = basis;
    for (size_t o = 0; o < out->symmetry.count; o++)
        if (out->symmetry.list[o].image[basis] < lowest)
            lowest = out->symmetry.list[o].image[basis];
    return lowest;
}

/* An orbit of single sites for each class of basis sites in `kinds`; *orbit is NULL where this
 * basis site is none of its class's first. */
static sw_status add_sites(sw_term_orbit **orbit, listing *out, int basis, sw_term_kind kind,
                           size_t number, double energy, sw_species_set species) {
    *orbit = NULL;
    if (lowest_image(out, basis) != basis)
        return SW_OK;
    *orbit = new_orbit(out, kind, number, energy);
    if (!*orbit)
        return SW_ERROR_MEMORY;
    set_point(*orbit, out, (sw_step){.basis = (uint8_t)basis}, species);
    for (int b = 0; b < (int)out->model->frame.basis_sites; b++)
        (*orbit)->multiplicity += lowest_image(out, b) == basis;
    (*orbit)->per_site =
        (double)(*orbit)->multiplicity / sites_of_kind(out, (*orbit)->site_kind[0]);
    return SW_OK;
}

static sw_status add_site_term(listing *out, size_t number) {
    const sw_site_term *term = &out->model->energetics.site[number];
    sw_status status = SW_OK;
    for (int basis = 0; basis < out->geometry.basis_sites && status == SW_OK; basis++) {
        sw_term_orbit *orbit;
        if (sw_geometry_kind_bit(&out->geometry, basis) & term->kinds)
            status =
                add_sites(&orbit, out, basis, SW_TERM_SITE, number, term->energy, term->species);
    }
    return status;
}

/* The centre, and the nearest ligand of each shell. */
static sw_status add_valence_term(listing *out, size_t number) {
    const sw_valence_term *term = &out->model->energetics.valence[number];
    sw_status status = SW_OK;
    for (int basis = 0; basis < out->geometry.basis_sites && status == SW_OK; basis++) {
        sw_term_orbit *orbit = NULL;
        if (out->model->frame.basis[basis].kind == term->centre_kind)
            status = add_sites(&orbit, out, basis, SW_TERM_VALENCE, number,
                               -term->energy[term->points - 1], term->centres);
        for (size_t l = 0; orbit && l < term->ligand_kinds && status == SW_OK; l++) {
            sw_steps shell = {0};
            status = sw_geometry_shell(&shell, &out->geometry, basis, 1u << term->ligand[l].kind,
                                       term->ligand[l].distance, false);
            if (status == SW_OK && shell.count > 0 && orbit->points < SW_POINT_LIMIT)
                set_point(orbit, out, shell.list[0], term->ligands);
            sw_steps_clear(&shell);
        }
    }
    return status;
}

/* ---- all of them ----------------------------------------------------------------------------- */

static sw_status list_terms(listing *out) {
    const sw_energetics *energetics = &out->model->energetics;
    sw_status status = SW_OK;
    for (size_t t = 0; t < energetics->site_terms && status == SW_OK; t++)
        status = add_site_term(out, t);
    for (size_t t = 0; t < energetics->pair_terms && status == SW_OK; t++) {
        sw_cluster_term figure = sw_figures_of_pair(&energetics->pair[t]);
        status = add_figures(out, SW_TERM_PAIR, t, &figure);
    }
    for (size_t t = 0; t < energetics->cluster_terms && status == SW_OK; t++)
        status = add_figures(out, SW_TERM_CLUSTER, t, &energetics->cluster[t]);
    for (size_t t = 0; t < energetics->valence_terms && status == SW_OK; t++)
        status = add_valence_term(out, t);
    return status;
}

/* One cell is enough, as long as what leaves the whole frame leaves it too. */
static sw_status create_cell(sw_geometry *geometry, sw_frame *cell, const sw_frame *frame,
                             sw_error *error) {
    *cell = *frame;
    for (int d = 0; d < 3; d++)
        cell->size[d] = 1;
    sw_status status = sw_geometry_create(geometry, cell, error);
    for (int d = 0; d < 3 && status == SW_OK; d++)
        if (!frame->periodic[d])
            geometry->room[d] = frame->size[d];
    return status;
}

sw_status sw_lattice_term_orbits(sw_term_orbit **orbits, size_t *count,
                                 const sw_lattice_model *model, sw_error *error) {
    sw_frame cell;
    listing out = {.model = model};
    *orbits = NULL;
    *count = 0;
    sw_status status = create_cell(&out.geometry, &cell, &model->frame, error);
    if (status != SW_OK)
        return status;
    status = sw_space_group_find(&out.symmetry, &model->frame);
    if (status == SW_OK)
        status = list_terms(&out);
    sw_space_group_clear(&out.symmetry);
    sw_geometry_clear(&out.geometry);
    if (status != SW_OK) {
        free(out.orbit);
        return sw_error_set(error, status, "energetics", NULL, "not enough memory for its orbits");
    }
    *orbits = out.orbit;
    *count = out.count;
    return SW_OK;
}
