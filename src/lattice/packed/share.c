/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bases that differ by a translation, as the four sites of a cubic cell of an fcc crystal do, have
 * the same rates for the same codes. They share the tables of the first of them: less to fill, and
 * less to keep in the cache.
 */
#include "lattice/packed/packed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool same_vector(const sw_geometry *geometry, int a, sw_step from_a, int b, sw_step from_b) {
    double x[3], y[3];
    sw_geometry_vector(x, geometry, a, from_a);
    sw_geometry_vector(y, geometry, b, from_b);
    return fabs(x[0] - y[0]) + fabs(x[1] - y[1]) + fabs(x[2] - y[2]) < 1e-4;
}

/* Whether the codes of two bases mean the same. */
static bool like_codes(const sw_packed *packed, const sw_geometry *geometry, size_t a, size_t b) {
    const sw_packed_basis *x = &packed->basis[a], *y = &packed->basis[b];
    const sw_basis_site *site = geometry->frame->basis;
    if (site[a].kind != site[b].kind || x->slots != y->slots || x->slots == 0)
        return false;
    for (size_t i = 0; i < x->slots; i++) {
        const sw_packed_slot *s = &x->slot[i], *t = &y->slot[i];
        if (site[s->step.basis].kind != site[t->step.basis].kind || s->word != t->word ||
            s->shift != t->shift || s->width != t->width || s->one_hot != t->one_hot ||
            memcmp(s->class, t->class, sizeof s->class) != 0 ||
            !same_vector(geometry, (int)a, s->step, (int)b, t->step))
            return false;
    }
    return true;
}

static bool like_indices(const sw_packed *packed, const sw_packed_index *x,
                         const sw_packed_index *y) {
    const sw_packed_part *p = packed->part + x->first_part, *q = packed->part + y->first_part;
    if (x->bits != y->bits || x->gathers != y->gathers || x->numbers != y->numbers)
        return false;
    for (int i = 0; i < x->gathers + x->numbers; i++)
        if (p[i].mask != q[i].mask || p[i].stride != q[i].stride || p[i].word != q[i].word)
            return false;
    return true;
}

/* Whether two events are the same but for a translation. */
static bool like_events(const sw_packed *packed, const sw_lattice *lattice,
                        const sw_packed_event *x, const sw_packed_event *y) {
    const sw_pattern *p = &lattice->patterns.list[x->pattern];
    const sw_pattern *q = &lattice->patterns.list[y->pattern];
    if (x->counter != y->counter || x->mask != y->mask || x->value != y->value ||
        x->counted != y->counted || x->numbers != y->numbers ||
        !like_indices(packed, &x->rates.index, &y->rates.index))
        return false;
    for (int k = 0; k < p->slots; k++)
        if (!same_vector(&lattice->geometry, x->basis, p->step[k], y->basis, q->step[k]))
            return false;
    for (uint32_t n = 0; n < x->numbers; n++)
        if (!sw_packed_same_effect(&packed->number[x->first_number + n].effect,
                                   &packed->number[y->first_number + n].effect))
            return false;
    return !x->counted || sw_packed_same_effect(&x->base, &y->base);
}

static bool like_owns(const sw_packed *packed, const sw_lattice *lattice, const sw_packed_own *x,
                      const sw_packed_own *y) {
    if (x->events != y->events || x->groups != y->groups || x->open_groups != y->open_groups)
        return false;
    for (uint32_t e = 0; e < x->events; e++)
        if (!like_events(packed, lattice, &packed->event[x->first_event + e],
                         &packed->event[y->first_event + e]))
            return false;
    for (uint32_t g = 0; g < x->groups; g++)
        if (packed->group[x->first_group + g].count != packed->group[y->first_group + g].count ||
            !like_indices(packed, &packed->group[x->first_group + g].index,
                          &packed->group[y->first_group + g].index))
            return false;
    return true;
}

static bool like_bases(const sw_packed *packed, const sw_lattice *lattice, size_t a, size_t b) {
    if (!like_codes(packed, &lattice->geometry, a, b))
        return false;
    for (int class = 0; class < SW_SPECIES_LIMIT; class ++)
        if (!like_owns(packed, lattice, &packed->basis[a].own[class], &packed->basis[b].own[class]))
            return false;
    return true;
}

static void share_own(sw_packed *packed, const sw_packed_own *from, const sw_packed_own *own) {
    for (uint32_t e = 0; e < own->events; e++) {
        sw_packed_event *event = &packed->event[own->first_event + e];
        free(event->rates.rate);
        free(event->rates.key);
        event->leader = from->first_event + e;
        event->shared = true;
        event->rates = packed->event[event->leader].rates;
    }
    for (uint32_t g = 0; g < own->groups; g++) {
        sw_packed_group *group = &packed->group[own->first_group + g];
        free(group->total);
        group->total = packed->group[from->first_group + g].total;
        group->shared = true;
    }
}

void sw_packed_share_tables(sw_packed *packed, const sw_lattice *lattice) {
    for (uint32_t e = 0; e < packed->events; e++)
        packed->event[e].leader = e;
    for (size_t b = 0; b < packed->basis_sites; b++) {
        sw_packed_basis *basis = &packed->basis[b];
        size_t a = 0;
        while (a < b && !(!packed->basis[a].shared && like_bases(packed, lattice, a, b)))
            a++;
        if (a == b)
            continue;
        basis->shared = true;
        free(basis->bin);
        basis->bin = packed->basis[a].bin;
        for (int class = 0; class < SW_SPECIES_LIMIT; class ++)
            share_own(packed, &packed->basis[a].own[class], &basis->own[class]);
    }
}
