/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/interface_patches.h"

#include "structure/interval.h"

#include "base/memory.h"
#include "structure/box.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TWICE_PI 6.283185307179586

const char *sw_coherency_name(sw_coherency_class class) {
    static const char *const names[SW_COHERENCY_CLASSES] = {"coherent", "semi-coherent",
                                                            "incoherent"};
    return names[class < SW_COHERENCY_CLASSES ? class : SW_INCOHERENT];
}

/* ---- which grains meet ----------------------------------------------------------------------- */

typedef struct sw_contact_key {
    uint32_t first, second, contact;
} sw_contact_key;

static int by_grains(const void *a, const void *b) {
    const sw_contact_key *left = a, *right = b;
    if (left->first != right->first)
        return left->first < right->first ? -1 : 1;
    if (left->second != right->second)
        return left->second < right->second ? -1 : 1;
    return left->contact < right->contact ? -1 : left->contact > right->contact;
}

static int by_area(const void *a, const void *b) {
    const sw_interface_patch *left = a, *right = b;
    if (left->area != right->area)
        return left->area > right->area ? -1 : 1;
    if (left->first_grain != right->first_grain)
        return left->first_grain < right->first_grain ? -1 : 1;
    return left->second_grain < right->second_grain ? -1 : 1;
}

static void add_contact(sw_interface_patch *patch, const sw_contact *contact) {
    patch->contacts++;
    patch->area += contact->flat;
    for (int d = 0; d < 3; d++)
        patch->normal[d] += contact->flat * contact->normal[d];
}

static void finish_normal(sw_interface_patch *patch) {
    double length = sqrt(patch->normal[0] * patch->normal[0] + patch->normal[1] * patch->normal[1] +
                         patch->normal[2] * patch->normal[2]);
    for (int d = 0; d < 3 && length > 0.0; d++)
        patch->normal[d] /= length;
}

/* Runs of equal keys become patches; the list's order is then that of area. */
static sw_status list_patches(sw_interface_patches *patches, const sw_interface *interface,
                              sw_contact_key *key) {
    for (size_t c = 0; c < interface->contacts; c++) {
        bool new = c == 0 || key[c].first != key[c - 1].first || key[c].second != key[c - 1].second;
        if (new) {
            patches->list[patches->count].first_grain = key[c].first;
            patches->list[patches->count++].second_grain = key[c].second;
        }
        add_contact(&patches->list[patches->count - 1], &interface->contact[key[c].contact]);
    }
    if (patches->count > 0)
        qsort(patches->list, patches->count, sizeof *patches->list, by_area);
    for (size_t p = 0; p < patches->count; p++) {
        const sw_interface_patch *patch = &patches->list[p];
        finish_normal(&patches->list[p]);
        sw_contact_key least = {patch->first_grain, patch->second_grain, 0};
        size_t low = 0, high = interface->contacts;
        while (low < high) { /* the first key of this patch */
            size_t half = low + (high - low) / 2;
            if (by_grains(&key[half], &least) < 0)
                low = half + 1;
            else
                high = half;
        }
        for (size_t c = low; c < low + patch->contacts; c++)
            patches->of_contact[key[c].contact] = (uint32_t)p;
    }
    return SW_OK;
}

static sw_status sort_contacts(sw_interface_patches *patches, const sw_interface *interface,
                               const sw_crystal_grains *grains) {
    sw_contact_key *key = sw_allocate(interface->contacts, sizeof *key);
    patches->list = sw_allocate(interface->contacts, sizeof *patches->list);
    patches->of_contact = sw_allocate(interface->contacts, sizeof *patches->of_contact);
    sw_status status = SW_ERROR_MEMORY;
    if (key && patches->list && patches->of_contact) {
        for (size_t c = 0; c < interface->contacts; c++)
            key[c] = (sw_contact_key){grains->of[interface->contact[c].first],
                                      grains->of[interface->contact[c].second], (uint32_t)c};
        if (interface->contacts > 0)
            qsort(key, interface->contacts, sizeof *key, by_grains);
        status = list_patches(patches, interface, key);
    }
    free(key);
    return status;
}

/* ---- places in the middle -------------------------------------------------------------------- */

/* Mean of the middles of a patch; along periodic axes the mean direction on a circle. */
static void find_middle(sw_interface_patch *patch, uint32_t number,
                        const sw_interface_patches *patches, const sw_interface *interface,
                        const sw_box *box) {
    double cosine[3] = {0}, sine[3] = {0}, sum[3] = {0}, fraction[3];
    for (size_t c = 0; c < interface->contacts; c++) {
        if (patches->of_contact[c] != number)
            continue;
        sw_box_fraction(fraction, box, interface->contact[c].middle);
        for (int d = 0; d < 3; d++) {
            sum[d] += fraction[d];
            cosine[d] += cos(TWICE_PI * fraction[d]);
            sine[d] += sin(TWICE_PI * fraction[d]);
        }
    }
    for (int d = 0; d < 3; d++)
        fraction[d] = box->periodic[d] ? atan2(sine[d], cosine[d]) / TWICE_PI
                                       : sum[d] / (double)patch->contacts;
    sw_box_position(patch->middle, box, fraction);
}

/* ---- atoms and bonds ------------------------------------------------------------------------- */

/* Every atom of the first side belongs to the patch with most of its contact. */
static sw_status deal_atoms(sw_interface_patches *patches, const sw_interface *interface,
                            size_t atoms) {
    double *most = sw_allocate(atoms, sizeof *most);
    patches->of_atom = sw_allocate(atoms, sizeof *patches->of_atom);
    if (most && patches->of_atom)
        memset(patches->of_atom, 0xff, atoms * sizeof *patches->of_atom);
    for (size_t c = 0; most && patches->of_atom && c < interface->contacts;) {
        uint32_t atom = interface->contact[c].first;
        size_t end = c;
        while (end < interface->contacts && interface->contact[end].first == atom)
            end++;
        for (size_t a = c; a < end; a++) { /* contacts of one atom follow each other */
            double area = 0.0;
            for (size_t b = c; b < end; b++)
                if (patches->of_contact[b] == patches->of_contact[a] &&
                    interface->contact[b].counts)
                    area += interface->contact[b].area;
            if (area > most[atom]) {
                most[atom] = area;
                patches->of_atom[atom] = patches->of_contact[a];
            }
        }
        c = end;
    }
    free(most);
    return most && patches->of_atom ? SW_OK : SW_ERROR_MEMORY;
}

static void add_atoms(sw_interface_patches *patches, const sw_neighbours *near, const uint8_t *side,
                      const sw_coherency *coherency) {
    for (size_t i = 0; i < near->atoms; i++) {
        if (patches->of_atom[i] == SW_NO_PATCH)
            continue;
        sw_interface_patch *patch = &patches->list[patches->of_atom[i]];
        patch->atoms++;
        patch->matched += coherency->domain[i] != SW_NO_DOMAIN;
        for (size_t k = near->first[i]; k < near->first[i + 1]; k++)
            if (side[near->index[k]] == 2) {
                patch->bonds++;
                patch->length += near->distance[k];
                patch->length2 += near->distance[k] * near->distance[k];
            }
    }
}

static void classify(sw_interface_patches *patches, double coherent, double semi_coherent) {
    for (size_t p = 0; p < patches->count; p++) {
        sw_interface_patch *patch = &patches->list[p];
        sw_interval share = sw_interval_fraction(patch->matched, patch->atoms);
        patch->class = share.value >= coherent     ? SW_COHERENT
                       : share.low > semi_coherent ? SW_SEMI_COHERENT
                                                   : SW_INCOHERENT;
    }
}

sw_status sw_interface_patches_create(sw_interface_patches *patches, const sw_interface *interface,
                                      const sw_crystal_grains *grains,
                                      const sw_neighbours *neighbours, const uint8_t *side,
                                      const sw_coherency *coherency, double coherent,
                                      double semi_coherent) {
    sw_box box;
    *patches = (sw_interface_patches){0};
    sw_status status = sort_contacts(patches, interface, grains);
    if (status == SW_OK)
        status = deal_atoms(patches, interface, neighbours->atoms);
    if (status == SW_OK)
        status = sw_box_create(&box, interface->middles, NULL);
    if (status == SW_OK) {
        add_atoms(patches, neighbours, side, coherency);
        classify(patches, coherent, semi_coherent);
        for (size_t p = 0; p < patches->count; p++)
            find_middle(&patches->list[p], (uint32_t)p, patches, interface, &box);
    } else {
        sw_interface_patches_clear(patches);
    }
    return status;
}

void sw_interface_patches_clear(sw_interface_patches *patches) {
    free(patches->list);
    free(patches->of_contact);
    free(patches->of_atom);
    *patches = (sw_interface_patches){0};
}
