/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Projected areas count the squares of a grid (one nearest-neighbour distance wide) that hold an
 * atom of the phase when seen along an axis; the interface is the centre of the exchanged atoms
 * that touch both metal and oxide.
 */
#include "lattice/census.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

#define A_PER_NM 10.0

/* ---- projected areas ------------------------------------------------------------------------- */

typedef struct projection {
    uint8_t *seen; /* [phase][axis][cells] */
    size_t width[3], cells[3];
    double step;
} projection;

static sw_status projection_create(projection *view, const sw_lattice *lattice, size_t phases) {
    const sw_frame *frame = lattice->geometry.frame;
    double extent[3] = {0};
    size_t total = 0;
    if (phases == 0)
        return SW_OK;
    view->step = lattice->observer->bin_width;
    for (int d = 0; d < 3; d++)
        for (int i = 0; i < 3; i++)
            extent[d] += fabs(frame->cell[i][d]) * frame->size[i];
    for (int axis = 0; axis < 3; axis++) {
        view->width[axis] = (size_t)(extent[(axis + 1) % 3] / view->step) + 2;
        view->cells[axis] = view->width[axis] * ((size_t)(extent[(axis + 2) % 3] / view->step) + 2);
        total += view->cells[axis];
    }
    view->seen = sw_allocate(total * phases, 1);
    return view->seen ? SW_OK : SW_ERROR_MEMORY;
}

static void project(projection *view, sw_census *found, int phase, const double position[3]) {
    size_t offset = (size_t)phase * (view->cells[0] + view->cells[1] + view->cells[2]);
    for (int axis = 0; axis < 3; axis++) {
        double u = position[(axis + 1) % 3], v = position[(axis + 2) % 3];
        size_t x = u > 0.0 ? (size_t)(u / view->step) : 0;
        size_t y = v > 0.0 ? (size_t)(v / view->step) : 0;
        size_t cell = offset + y * view->width[axis] + x;
        if (!view->seen[cell])
            found->area[phase][axis] += view->step * view->step / (A_PER_NM * A_PER_NM);
        view->seen[cell] = 1;
        offset += view->cells[axis];
    }
}

/* ---- one site -------------------------------------------------------------------------------- */

static void count_exchanged(const sw_lattice *lattice, sw_census *found, uint32_t site,
                            const double position[3]) {
    found->open_exchanged += lattice->open[site];
    if (sw_observer_site_type(lattice, site) != SW_AT_INTERFACE)
        return;
    found->interface_atoms++;
    for (int d = 0; d < 3; d++)
        found->interface[d] += position[d];
}

static void count_particle(const sw_lattice *lattice, sw_census *found, projection *view,
                           uint32_t site) {
    const sw_observe *observe = &lattice->model->observe;
    int species = lattice->species[site];
    double position[3];
    sw_geometry_position(position, &lattice->geometry, site);
    int phase = sw_observer_phase(lattice, site);
    if (phase >= 0 && view->seen) {
        found->phase[phase]++;
        project(view, found, phase, position);
    }
    if (SW_IN(observe->core, species)) {
        found->core_atoms++;
        found->core_in_metal += sw_observer_is_metal(lattice, site);
    }
    if (SW_IN(observe->exchanged, species))
        count_exchanged(lattice, found, site, position);
}

sw_status sw_census_take(sw_census *found, const sw_lattice *lattice) {
    const sw_observe *observe = &lattice->model->observe;
    const sw_geometry *geometry = &lattice->geometry;
    bool particle = observe->phases || observe->core || observe->exchanged;
    projection view = {0};
    *found = (sw_census){0};
    sw_status status = projection_create(&view, lattice, observe->phases);
    for (uint32_t site = 0; site < geometry->sites && status == SW_OK; site++) {
        int kind = geometry->frame->basis[geometry->basis[site]].kind;
        found->sites[kind]++;
        found->held[kind][lattice->species[site]]++;
        if (lattice->supply.present && lattice->supply.field[site] > 0.36788f)
            found->reached++;
        if (particle && lattice->species[site] != SW_EMPTY)
            count_particle(lattice, found, &view, site);
    }
    free(view.seen);
    for (int d = 0; d < 3; d++)
        found->interface[d] =
            found->interface_atoms > 0.0 ? found->interface[d] / found->interface_atoms : NAN;
    found->core_found = observe->core && sw_observer_core(found->core, lattice);
    return status;
}

double sw_census_atoms(const sw_census *found, size_t species) {
    double atoms = 0.0;
    for (size_t kind = 0; kind < SW_KIND_LIMIT; kind++)
        atoms += found->held[kind][species];
    return atoms;
}
