/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which sites a site's rates depend on, and where each lies in the code. */
#include "base/memory.h"
#include "lattice/packed/packed.h"

#include <stdlib.h>
#include <string.h>

/* Lists what a site of this basis may hold: empty, then the species that may sit there. */
static void list_species(sw_packed_basis *basis, const sw_lattice_model *model, int kind) {
    basis->states = 0;
    for (size_t s = 0; s < model->species_count; s++)
        if (s == SW_EMPTY || SW_IN(model->species[s].kinds, kind))
            basis->species[basis->states++] = (uint8_t)s;
}

/* ---- slots ----------------------------------------------------------------------------------- */

static sw_status add_slot(sw_packed_basis *basis, const sw_geometry *geometry, sw_step step,
                          bool matched) {
    if (!sw_reserve(&basis->slot, &basis->capacity, basis->slots + 1, sizeof *basis->slot))
        return SW_ERROR_MEMORY;
    sw_packed_slot *slot = &basis->slot[basis->slots++];
    *slot = (sw_packed_slot){.step = step, .classes = 1, .matched = matched};
    for (int d = 0; d < 3; d++)
        if (!geometry->frame->periodic[d] && step.cell[d] != 0)
            slot->may_be_outside = true;
    return SW_OK;
}

typedef struct step_order {
    const sw_geometry *geometry;
    int basis;
} step_order;

static int compare_steps(const void *a, const void *b, void *user) {
    const step_order *order = user;
    return sw_geometry_compare(order->geometry, order->basis, *(const sw_step *)a,
                               *(const sw_step *)b);
}

/* By vector, so that bases which differ by a translation have the same slots in the same places. */
static void sort_steps(sw_step *list, size_t count, step_order *order) {
    if (count > 1)
        qsort_r(list, count, sizeof *list, compare_steps, order);
}

/* The site itself, then what events match, so that it lies in the first word, then all else. */
static sw_status find_slots(sw_packed_basis *basis, const sw_lattice *lattice, int number) {
    const sw_patterns *patterns = &lattice->patterns;
    sw_steps steps = {0};
    sw_status status = SW_OK;
    size_t first = patterns->first[number], last = patterns->first[number + 1];
    for (size_t p = first; p < last; p++)
        for (int k = 0; k < patterns->list[p].slots && status == SW_OK; k++)
            status = sw_steps_add_once(&steps, patterns->list[p].step[k], NULL);
    size_t matched = steps.count;
    for (size_t p = first; p < last && status == SW_OK; p++)
        status = sw_packed_dependencies(&steps, lattice, &patterns->list[p]);
    step_order order = {&lattice->geometry, number};
    if (matched > 0) {
        sort_steps(steps.list + 1, matched - 1, &order);
        sort_steps(steps.list + matched, steps.count - matched, &order);
    }
    for (size_t i = 0; i < steps.count && status == SW_OK; i++)
        status = add_slot(basis, &lattice->geometry, steps.list[i], i < matched);
    sw_steps_clear(&steps);
    return status;
}

size_t sw_packed_find_slot(const sw_packed_basis *basis, sw_step step) {
    size_t i = 0;
    while (!sw_step_equal(basis->slot[i].step, step))
        i++;
    return i;
}

/* Two slots must not be the same site by way of a periodic axis, nor a site see itself. */
static bool apart(const sw_packed_basis *basis, const sw_geometry *geometry) {
    for (size_t i = 0; i < basis->slots; i++)
        for (size_t j = 0; j < i; j++)
            if (sw_geometry_meet(geometry, basis->slot[i].step, basis->slot[j].step))
                return false;
    return true;
}

/* ---- classes --------------------------------------------------------------------------------- */

/* Splits the classes of a slot where states of one class are told apart. */
typedef bool tells_apart(const void *judge, size_t slot, unsigned a, unsigned b);

static void split(const sw_packed *packed, sw_packed_slot *slot, tells_apart *apart_by,
                  const void *judge, size_t number) {
    const sw_packed_basis *there = &packed->basis[slot->step.basis];
    unsigned state[SW_PACKED_STATES], states = 0, classes = 0;
    uint8_t class[SW_PACKED_STATES] = {0};
    for (unsigned s = 0; s < there->states; s++)
        state[states++] = there->species[s];
    if (slot->may_be_outside)
        state[states++] = SW_PACKED_WALL;
    for (unsigned i = 0; i < states; i++) {
        unsigned j = 0;
        while (j < i && (slot->class[state[i]] != slot->class[state[j]] ||
                         apart_by(judge, number, state[i], state[j])))
            j++;
        class[state[i]] = j < i ? class[state[j]] : (uint8_t)classes++;
    }
    memcpy(slot->class, class, sizeof class);
    slot->classes = (uint8_t)classes;
}

static bool by_rate(const void *judge, size_t slot, unsigned a, unsigned b) {
    return sw_packed_tells_apart(judge, slot, a, b);
}

/* Where an event looks for one species, it is told from all others. */
static bool by_species(const void *judge, size_t slot, unsigned a, unsigned b) {
    (void)slot;
    unsigned species = *(const unsigned *)judge;
    return (a == species) != (b == species);
}

static sw_status split_classes(void *context, const sw_packed_study *study) {
    sw_packed *packed = context;
    sw_packed_basis *basis = &packed->basis[study->basis];
    for (int k = 0; k < study->pattern->slots; k++) {
        unsigned species = (unsigned)study->before[k];
        split(packed, &basis->slot[study->own[k]], by_species, &species, 0);
    }
    for (size_t i = 0; i < study->slots; i++)
        split(packed, &basis->slot[study->slot[i]], by_rate, study, i);
    return SW_OK;
}

/* ---- bits ------------------------------------------------------------------------------------ */

static unsigned binary_bits(unsigned classes) {
    unsigned bits = 0;
    while (1u << bits < classes)
        bits++;
    return bits;
}

/* Up to three classes both ways of writing them take the same bits. */
static void set_widths(sw_packed_basis *basis) {
    basis->bits = 0;
    for (size_t i = 0; i < basis->slots; i++) {
        basis->slot[i].width = (uint8_t)binary_bits(basis->slot[i].classes);
        basis->slot[i].one_hot = i > 0 && basis->slot[i].classes <= 3;
        basis->bits += basis->slot[i].width;
    }
    if (basis->bits <= SW_PACKED_DIRECT_BITS)
        return;
    for (size_t i = 1; i < basis->slots; i++)
        if (basis->slot[i].classes > 3 && basis->slot[i].classes <= 9) {
            basis->slot[i].width = (uint8_t)(basis->slot[i].classes - 1);
            basis->slot[i].one_hot = true;
        }
}

/* Slot by slot into the first word with room, slot 0 lowest; false where there is none. */
static bool place_slots(sw_packed_basis *basis) {
    unsigned used[SW_PACKED_WORDS] = {0};
    set_widths(basis);
    basis->bits = 0;
    basis->words = 1;
    for (size_t i = 0; i < basis->slots; i++) {
        sw_packed_slot *slot = &basis->slot[i];
        unsigned w = 0;
        while (w < SW_PACKED_WORDS && used[w] + slot->width > SW_PACKED_WORD_BITS)
            w++;
        if (w == SW_PACKED_WORDS || (w > 0 && slot->matched))
            return false;
        slot->word = (uint8_t)w;
        slot->shift = (uint8_t)(slot->width ? used[w] : 0);
        used[w] += slot->width;
        basis->bits += slot->width;
        basis->words = w + 1 > basis->words ? w + 1 : basis->words;
    }
    basis->own_mask = basis->slots ? (1ULL << basis->slot[0].width) - 1 : 0;
    return true;
}

/* Who sees a change, by the basis of the site that changes. */
static sw_status add_dependents(sw_packed *packed, const sw_geometry *geometry, int number) {
    const sw_packed_basis *basis = &packed->basis[number];
    for (size_t i = 0; i < basis->slots; i++) {
        const sw_packed_slot *slot = &basis->slot[i];
        sw_packed_dependents *seen = &packed->seen[slot->step.basis];
        if (slot->width == 0)
            continue;
        if (!sw_reserve(&seen->list, &seen->capacity, seen->count + 1, sizeof *seen->list))
            return SW_ERROR_MEMORY;
        seen->list[seen->count++] =
            (sw_packed_dependent){sw_geometry_reverse(geometry, number, slot->step), (uint16_t)i};
    }
    return SW_OK;
}

static sw_status place_all(sw_packed *packed, const char **reason, const sw_lattice *lattice) {
    sw_status status = SW_OK;
    packed->words = 1;
    for (size_t b = 0; b < packed->basis_sites && status == SW_OK && !*reason; b++) {
        sw_packed_basis *basis = &packed->basis[b];
        if (!place_slots(basis))
            *reason = "the rates of a site depend on more sites than fit into its code";
        packed->words = basis->words > packed->words ? basis->words : packed->words;
        status = add_dependents(packed, &lattice->geometry, (int)b);
    }
    return status;
}

sw_status sw_packed_lay_out(sw_packed *packed, const char **reason, const sw_lattice *lattice,
                            sw_error *error) {
    sw_status status = SW_OK;
    for (size_t b = 0; b < packed->basis_sites; b++)
        list_species(&packed->basis[b], lattice->model, lattice->geometry.frame->basis[b].kind);
    for (size_t b = 0; b < packed->basis_sites && status == SW_OK; b++) {
        status = find_slots(&packed->basis[b], lattice, (int)b);
        if (!apart(&packed->basis[b], &lattice->geometry))
            *reason = "the frame is so small that a site has the same neighbour twice";
    }
    if (status != SW_OK || *reason)
        return status;
    status = sw_packed_patch_create(packed, lattice, error);
    if (status == SW_OK)
        status = sw_packed_study_events(packed, reason, lattice, split_classes, packed);
    return status == SW_OK && !*reason ? place_all(packed, reason, lattice) : status;
}
