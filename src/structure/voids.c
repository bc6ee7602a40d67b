/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/voids.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "base/random.h"
#include "structure/alpha_shape.h"
#include "structure/subset.h"
#include "structure/tetrahedra_groups.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

sw_void_options sw_void_options_default(void) {
    return (sw_void_options){.alpha = 4.5,
                             .radius = 3.19,
                             .limit = {45.0, 125.0, 4500.0},
                             .missing = 0.028,
                             .repeats = 8,
                             .seed = 1};
}

/* ---- one structure --------------------------------------------------------------------------- */

/* Empty groups that the solid encloses belong to the region as well. */
static sw_status add_cavities(bool *region, double *volume, const sw_alpha_shape *shape) {
    sw_tetrahedra_groups empty;
    const sw_tetrahedra *tetrahedra = shape->tetrahedra;
    sw_status status = sw_tetrahedra_groups_create(&empty, tetrahedra, shape->inside, false);
    if (status != SW_OK)
        return status;
    for (size_t t = 0; t < tetrahedra->count; t++)
        if (empty.group[t] != SW_DELAUNAY_NONE && !empty.reaches_out[empty.group[t]]) {
            region[t] = true;
            *volume += tetrahedra->volume[t];
        }
    sw_tetrahedra_groups_clear(&empty);
    return SW_OK;
}

/* True for the tetrahedra of voids: in the region, and with a large sphere. */
static sw_status mark_voids(bool *empty, double *volume, const sw_alpha_shape *shape,
                            const sw_void_options *options) {
    const sw_tetrahedra *tetrahedra = shape->tetrahedra;
    memcpy(empty, shape->inside, tetrahedra->count * sizeof *empty);
    *volume = shape->volume;
    sw_status status = options->cavities ? add_cavities(empty, volume, shape) : SW_OK;
    for (size_t t = 0; t < tetrahedra->count; t++)
        empty[t] = empty[t] && tetrahedra->radius[t] > options->radius;
    return status;
}

static void barycentre(double centre[3], const sw_tetrahedra *tetrahedra, size_t t) {
    double corner[4][3];
    sw_tetrahedra_corners(corner, tetrahedra, t);
    for (int k = 0; k < 3; k++)
        centre[k] = 0.25 * (corner[0][k] + corner[1][k] + corner[2][k] + corner[3][k]);
}

/* Centres are summed up as vectors from the first tetrahedron of a void. */
static void gather(sw_void *item, double (*first)[3], const sw_tetrahedra *tetrahedra,
                   const sw_tetrahedra_groups *groups) {
    for (size_t t = 0; t < tetrahedra->count; t++) {
        double centre[3];
        uint32_t g = groups->group[t];
        if (g == SW_DELAUNAY_NONE)
            continue;
        barycentre(centre, tetrahedra, t);
        if (item[g].tetrahedra++ == 0)
            memcpy(first[g], centre, sizeof centre);
        for (int k = 0; k < 3; k++)
            centre[k] -= first[g][k];
        sw_box_nearest_image(centre, &tetrahedra->points.box);
        for (int k = 0; k < 3; k++)
            item[g].centre[k] += tetrahedra->volume[t] * centre[k];
        item[g].volume += tetrahedra->volume[t];
        item[g].radius = fmax(item[g].radius, tetrahedra->radius[t]);
    }
}

static void finish(sw_void *item, const double first[3], const sw_box *box,
                   const sw_void_options *options) {
    double fraction[3];
    for (int k = 0; k < 3; k++)
        item->centre[k] = first[k] + (item->volume > 0.0 ? item->centre[k] / item->volume : 0.0);
    sw_box_fraction(fraction, box, item->centre);
    sw_box_position(item->centre, box, fraction);
    while (item->size < SW_VOID_SIZES - 1 && item->volume >= options->limit[item->size])
        item->size++;
}

/* The atom that a corner is, or an image of. */
static uint32_t corner_atom(const sw_tetrahedra *tetrahedra, size_t t, int corner) {
    return tetrahedra->points.atom[tetrahedra->delaunay.vertex[t][corner]];
}

/* Atoms at the place of another have its void. */
static void tell_atoms(sw_voids *voids, const sw_tetrahedra *tetrahedra,
                       const sw_tetrahedra_groups *groups) {
    for (size_t t = 0; t < tetrahedra->count; t++) {
        uint32_t g = groups->group[t];
        if (g == SW_DELAUNAY_NONE || voids->item[g].size == SW_VOID_SMALL)
            continue;
        for (int i = 0; i < 4; i++) {
            uint32_t atom = corner_atom(tetrahedra, t, i);
            voids->at_atom[atom] = fmax(voids->at_atom[atom], voids->item[g].volume);
        }
    }
    for (size_t i = 0; i < voids->atoms; i++)
        if (tetrahedra->delaunay.same[i] < voids->atoms)
            voids->at_atom[i] = voids->at_atom[tetrahedra->delaunay.same[i]];
}

/* ---- walls ----------------------------------------------------------------------------------- */

typedef struct at_wall {
    uint32_t group, atom;
} at_wall;

static int by_group(const void *a, const void *b) {
    const at_wall *left = a, *right = b;
    if (left->group != right->group)
        return left->group < right->group ? -1 : 1;
    return left->atom < right->atom ? -1 : left->atom > right->atom;
}

/* Every atom counts once at a void, however many of its tetrahedra it is a corner of. */
static sw_status count_walls(sw_void *item, const sw_tetrahedra *tetrahedra,
                             const sw_tetrahedra_groups *groups, const uint8_t *label) {
    at_wall *corner = NULL;
    size_t count = 0, capacity = 0;
    for (size_t t = 0; t < tetrahedra->count; t++)
        for (int i = 0; i < 4 && groups->group[t] != SW_DELAUNAY_NONE; i++) {
            if (!sw_reserve(&corner, &capacity, count + 1, sizeof *corner)) {
                free(corner);
                return SW_ERROR_MEMORY;
            }
            corner[count++] = (at_wall){groups->group[t], corner_atom(tetrahedra, t, i)};
        }
    if (count > 0)
        qsort(corner, count, sizeof *corner, by_group);
    for (size_t c = 0; c < count; c++)
        if (c == 0 || by_group(&corner[c - 1], &corner[c]) != 0)
            item[corner[c].group].wall[label[corner[c].atom]]++;
    free(corner);
    return SW_OK;
}

/* ---- the list -------------------------------------------------------------------------------- */

static int largest_first(const void *a, const void *b) {
    const sw_void *left = a, *right = b;
    if (left->volume != right->volume)
        return left->volume > right->volume ? -1 : 1;
    for (int k = 0; k < 3; k++)
        if (left->centre[k] != right->centre[k])
            return left->centre[k] < right->centre[k] ? -1 : 1;
    return 0;
}

static sw_status list_voids(sw_voids *voids, const sw_tetrahedra *tetrahedra,
                            const sw_tetrahedra_groups *groups, const sw_void_options *options) {
    double(*first)[3] = sw_allocate(groups->count, sizeof *first), sum = 0.0;
    voids->item = sw_allocate(groups->count, sizeof *voids->item);
    sw_status status = first && voids->item ? SW_OK : SW_ERROR_MEMORY;
    if (status == SW_OK && options->label)
        status = count_walls(voids->item, tetrahedra, groups, options->label);
    if (status == SW_OK) {
        voids->count = groups->count;
        gather(voids->item, first, tetrahedra, groups);
        for (size_t i = 0; i < voids->count; i++) {
            sw_void *item = &voids->item[i];
            finish(item, first[i], &tetrahedra->points.box, options);
            voids->number[item->size]++;
            voids->share[item->size] += item->volume;
            sum += item->volume;
        }
        tell_atoms(voids, tetrahedra, groups);
        qsort(voids->item, voids->count, sizeof *voids->item, largest_first);
        voids->porosity = voids->solid_volume > 0.0 ? sum / voids->solid_volume : 0.0;
    }
    free(first);
    return status;
}

static sw_status voids_of_shape(sw_voids *voids, const sw_alpha_shape *shape,
                                const sw_void_options *options) {
    sw_tetrahedra_groups groups = {0};
    const sw_tetrahedra *tetrahedra = shape->tetrahedra;
    bool *empty = sw_allocate(tetrahedra->count, sizeof *empty);
    sw_status status =
        empty ? mark_voids(empty, &voids->solid_volume, shape, options) : SW_ERROR_MEMORY;
    if (status == SW_OK)
        status = sw_tetrahedra_groups_create(&groups, tetrahedra, empty, true);
    if (status == SW_OK)
        status = list_voids(voids, tetrahedra, &groups, options);
    sw_tetrahedra_groups_clear(&groups);
    free(empty);
    return status;
}

/* Without control. */
static sw_status find_voids(sw_voids *voids, const sw_atoms *atoms, const sw_void_options *options,
                            sw_context *context, sw_error *error) {
    sw_tetrahedra tetrahedra;
    sw_alpha_shape shape = {0};
    memset(voids, 0, sizeof *voids);
    voids->atoms = sw_atoms_count(atoms);
    voids->at_atom = sw_allocate(voids->atoms, sizeof *voids->at_atom);
    if (!voids->at_atom)
        return sw_error_set(error, SW_ERROR_MEMORY, "voids", NULL,
                            "not enough memory for the voids");
    sw_status status =
        sw_tetrahedra_create(&tetrahedra, atoms, SW_ALPHA_MARGIN * options->alpha, context, error);
    if (status != SW_OK) {
        sw_voids_clear(voids);
        return status;
    }
    status = sw_alpha_shape_create(&shape, &tetrahedra, options->alpha, error);
    if (status == SW_OK) {
        status = voids_of_shape(voids, &shape, options);
        if (status != SW_OK)
            (void)sw_error_set(error, status, "voids", NULL, "not enough memory for the voids");
    }
    sw_alpha_shape_clear(&shape);
    sw_tetrahedra_clear(&tetrahedra);
    if (status != SW_OK)
        sw_voids_clear(voids);
    return status;
}

/* ---- the control ----------------------------------------------------------------------------- */

typedef struct control_work {
    const sw_atoms *atoms;
    const sw_void_options *options;
    size_t removed;
    double (*found)[SW_VOID_SIZES + 1]; /* [repeats] numbers, porosity */
} control_work;

/* The first `removed` of a random order (Fisher and Yates) are not kept. */
static bool choose_missing(bool *keep, size_t atoms, size_t removed, sw_random *random) {
    uint32_t *order = sw_allocate(atoms, sizeof *order);
    if (!order)
        return false;
    for (size_t i = 0; i < atoms; i++) {
        order[i] = (uint32_t)i;
        keep[i] = true;
    }
    for (size_t i = 0; i < removed; i++) {
        size_t j = i + (size_t)(sw_random_uniform(random) * (double)(atoms - i));
        uint32_t chosen = order[j];
        order[j] = order[i];
        keep[chosen] = false;
    }
    free(order);
    return true;
}

static sw_status repeat_once(const control_work *work, size_t repeat) {
    size_t count = sw_atoms_count(work->atoms);
    sw_random random = sw_random_create(work->options->seed, repeat);
    sw_atoms *rest = NULL;
    sw_voids voids;
    bool *keep = sw_allocate(count, sizeof *keep);
    sw_status status = SW_ERROR_MEMORY;
    if (keep && choose_missing(keep, count, work->removed, &random))
        status = sw_subset_create(&rest, NULL, work->atoms, 0, keep, NULL);
    if (status == SW_OK)
        status = find_voids(&voids, rest, work->options, NULL, NULL);
    if (status == SW_OK) {
        for (int s = 0; s < SW_VOID_SIZES; s++)
            work->found[repeat][s] = (double)voids.number[s];
        work->found[repeat][SW_VOID_SIZES] = voids.porosity;
        sw_voids_clear(&voids);
    }
    sw_atoms_destroy(rest);
    free(keep);
    return status;
}

static sw_status repeat_some(void *user, size_t first, size_t end, int worker) {
    sw_status status = SW_OK;
    (void)worker;
    for (size_t r = first; r < end && status == SW_OK; r++)
        status = repeat_once(user, r);
    return status;
}

static sw_void_spread spread_of(const control_work *work, int column) {
    size_t repeats = work->options->repeats;
    sw_void_spread spread = {0};
    for (size_t r = 0; r < repeats; r++)
        spread.mean += work->found[r][column] / (double)repeats;
    for (size_t r = 0; r < repeats; r++)
        spread.deviation += pow(work->found[r][column] - spread.mean, 2) / (double)(repeats - 1);
    spread.deviation = sqrt(spread.deviation);
    return spread;
}

static sw_status run_control(sw_void_control *control, const sw_atoms *atoms,
                             const sw_void_options *options, sw_context *context, sw_error *error) {
    size_t count = sw_atoms_count(atoms);
    sw_void_options plain = *options;
    plain.label = NULL; /* they are those of all atoms */
    control_work work = {.atoms = atoms, .options = &plain};
    work.removed = (size_t)llround(options->missing * (double)count);
    work.found = sw_allocate(options->repeats, sizeof *work.found);
    sw_status status = work.found ? sw_parallel(context, options->repeats, 1, repeat_some, &work)
                                  : SW_ERROR_MEMORY;
    *control = (sw_void_control){
        .missing = options->missing, .removed = work.removed, .repeats = options->repeats};
    for (int s = 0; s < SW_VOID_SIZES && status == SW_OK; s++)
        control->count[s] = spread_of(&work, s);
    if (status == SW_OK)
        control->porosity = spread_of(&work, SW_VOID_SIZES);
    free(work.found);
    return status == SW_OK ? SW_OK
                           : sw_error_set(error, status, "voids", NULL,
                                          "the control with missing atoms was not finished");
}

/* ---- interface ------------------------------------------------------------------------------- */

static sw_status check_options(const sw_void_options *o, sw_error *error) {
    if (!(o->alpha > 0.0) || !(o->radius >= 0.0) || !(o->alpha < INFINITY))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "voids", "give radii above 0 A",
                            "alpha %g A and radius %g A make no voids", o->alpha, o->radius);
    if (!(o->limit[0] <= o->limit[1] && o->limit[1] <= o->limit[2]))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "voids", "order them by size",
                            "limits of %g, %g, %g A3 do not grow", o->limit[0], o->limit[1],
                            o->limit[2]);
    if (!(o->missing >= 0.0 && o->missing < 1.0) || o->repeats < 2 || o->repeats > 100000)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "voids",
                            "give a share from 0 to below 1 and at least 2 repeats",
                            "a control without %g of the atoms, %zu times", o->missing, o->repeats);
    return SW_OK;
}

sw_status sw_voids_create(sw_voids *voids, const sw_atoms *atoms, const sw_void_options *options,
                          sw_context *context, sw_error *error) {
    memset(voids, 0, sizeof *voids);
    sw_status status = check_options(options, error);
    if (status == SW_OK)
        status = find_voids(voids, atoms, options, context, error);
    if (status == SW_OK)
        status = run_control(&voids->control, atoms, options, context, error);
    if (status != SW_OK)
        sw_voids_clear(voids);
    return status;
}

void sw_voids_clear(sw_voids *voids) {
    free(voids->item);
    free(voids->at_atom);
    memset(voids, 0, sizeof *voids);
}
