/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which sites a site's rates depend on, and where each lies in the code. */
#include "base/memory.h"
#include "lattice/packed/packed.h"

#include <stdlib.h>
#include <string.h>

sw_status sw_packed_dependencies(sw_steps *steps, const sw_lattice *lattice,
                                 const sw_pattern *pattern)
{
    sw_status status = sw_patterns_matched(steps, &lattice->patterns, pattern);
    return status == SW_OK ? sw_codes_energetic(steps, lattice, pattern) : status;
}

/* ---- states ---------------------------------------------------------------------------------- */

/* Numbers what a site of this basis may hold: empty, then the species that may sit there. */
static void number_states(sw_packed_basis *basis, const sw_lattice_model *model, int kind)
{
    memset(basis->state, 0xff, sizeof basis->state);
    basis->states = 0;
    for (size_t s = 0; s < model->species_count; s++) {
        if (s != SW_EMPTY && !SW_IN(model->species[s].kinds, kind))
            continue;
        basis->species[basis->states] = (uint8_t)s;
        basis->state[s] = basis->states++;
    }
}

static unsigned bits_for(unsigned states)
{
    unsigned bits = 0;
    while (1u << bits < states)
        bits++;
    return bits;
}

/* ---- slots ----------------------------------------------------------------------------------- */

static sw_status add_slot(sw_packed_basis *basis, const sw_geometry *geometry, sw_step step)
{
    if (!sw_reserve(&basis->slot, &basis->capacity, basis->slots + 1, sizeof *basis->slot))
        return SW_ERROR_MEMORY;
    sw_packed_slot *slot = &basis->slot[basis->slots++];
    *slot = (sw_packed_slot){.step = step};
    for (int d = 0; d < 3; d++)
        if (!geometry->frame->periodic[d] && step.cell[d] != 0)
            slot->may_be_outside = true;
    return SW_OK;
}

static sw_status find_slots(sw_packed_basis *basis, const sw_lattice *lattice, int number)
{
    const sw_patterns *patterns = &lattice->patterns;
    sw_steps steps = {0};
    sw_status status = SW_OK;
    for (size_t p = patterns->first[number];
         p < patterns->first[number + 1] && status == SW_OK; p++)
        status = sw_packed_dependencies(&steps, lattice, &patterns->list[p]);
    for (size_t i = 0; i < steps.count && status == SW_OK; i++)
        status = add_slot(basis, &lattice->geometry, steps.list[i]);
    sw_steps_clear(&steps);
    return status;
}

/* Gives every slot its bits, slot 0 the lowest. */
static void place_slots(sw_packed *packed, sw_packed_basis *basis)
{
    basis->bits = 0;
    for (size_t i = 0; i < basis->slots; i++) {
        sw_packed_slot *slot = &basis->slot[i];
        unsigned states = packed->basis[slot->step.basis].states;
        unsigned width = bits_for(states + (slot->may_be_outside ? 1u : 0u));
        slot->shift = (uint8_t)(basis->bits < 63 ? basis->bits : 63);
        slot->width = (uint8_t)width;
        basis->bits += width;
    }
    basis->own_mask = basis->slots ? (1ULL << basis->slot[0].width) - 1 : 0;
}

/* Two slots must not be the same site by way of a periodic axis, nor a site see itself. */
static bool apart(const sw_packed_basis *basis, const sw_geometry *geometry)
{
    for (size_t i = 0; i < basis->slots; i++)
        for (size_t j = 0; j < i; j++)
            if (sw_geometry_meet(geometry, basis->slot[i].step, basis->slot[j].step))
                return false;
    return true;
}

/* Who sees a change, by the basis of the site that changes. */
static sw_status add_dependents(sw_packed *packed, const sw_geometry *geometry, int number)
{
    const sw_packed_basis *basis = &packed->basis[number];
    for (size_t i = 0; i < basis->slots; i++) {
        const sw_packed_slot *slot = &basis->slot[i];
        sw_packed_dependents *seen = &packed->seen[slot->step.basis];
        if (slot->width == 0)
            continue;
        if (!sw_reserve(&seen->list, &seen->capacity, seen->count + 1, sizeof *seen->list))
            return SW_ERROR_MEMORY;
        seen->list[seen->count++] = (sw_packed_dependent){
            sw_geometry_reverse(geometry, number, slot->step), slot->shift};
    }
    return SW_OK;
}

sw_status sw_packed_lay_out(sw_packed *packed, const char **reason, const sw_lattice *lattice)
{
    sw_status status = SW_OK;
    for (size_t b = 0; b < packed->basis_sites; b++)
        number_states(&packed->basis[b], lattice->model,
                      lattice->geometry.frame->basis[b].kind);
    for (size_t b = 0; b < packed->basis_sites && status == SW_OK; b++) {
        sw_packed_basis *basis = &packed->basis[b];
        status = find_slots(basis, lattice, (int)b);
        place_slots(packed, basis);
        if (basis->bits > 63)
            *reason = "the rates of a site depend on more sites than fit into 63 bits";
        else if (!apart(basis, &lattice->geometry))
            *reason = "the frame is so small that a site has the same neighbour twice";
        if (status == SW_OK)
            status = add_dependents(packed, &lattice->geometry, (int)b);
    }
    return status;
}

const sw_packed_slot *sw_packed_find_slot(const sw_packed_basis *basis, sw_step step)
{
    for (size_t i = 0; i < basis->slots; i++)
        if (sw_step_equal(basis->slot[i].step, step))
            return &basis->slot[i];
    return NULL;
}
