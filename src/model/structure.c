/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/sections.h"

#include "base/matrix.h"
#include "model/directions.h"
#include "model/slab.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CRYSTAL_SITE_LIMIT 4096

/* ---- crystals -------------------------------------------------------------------------------- */

/* Lattice translations of the centred cube, in its edge. */
static size_t translations(double list[4][3], const char *centring) {
    static const double face[4][3] = {{0, 0, 0}, {0, 0.5, 0.5}, {0.5, 0, 0.5}, {0.5, 0.5, 0}};
    static const double body[2][3] = {{0, 0, 0}, {0.5, 0.5, 0.5}};
    if (centring[0] == 'F') {
        memcpy(list, face, sizeof face);
        return 4;
    }
    memcpy(list, body, sizeof body);
    return centring[0] == 'I' ? 2 : 1;
}

/* The species must fit the kind of the frame site at that position. */
static bool check_site(sw_reading *reading, const sw_crystal_site *site, const sw_node *node) {
    const sw_frame *frame = &reading->lattice->frame;
    double position[3];
    for (int i = 0; i < 3; i++)
        position[i] = site->position[i] * frame->lattice_constant;
    int basis = sw_frame_basis_at(frame, position);
    if (basis < 0)
        return sw_fail(reading, node, "positions are in lattice constants from the frame's corner",
                       "the frame has no site at [%g, %g, %g]", site->position[0],
                       site->position[1], site->position[2]);
    const sw_species *species = &reading->lattice->species[site->species];
    int kind = frame->basis[basis].kind;
    if (!(species->kinds >> kind & 1u))
        return sw_fail(reading, node, "check the position, or the sites of the species",
                       "'%s' may not sit on the %s site at [%g, %g, %g]", species->name,
                       frame->kind_names[kind], site->position[0], site->position[1],
                       site->position[2]);
    return true;
}

/* True where two positions coincide in the cube of this edge. */
static bool coincide(const double a[3], const double b[3], double period) {
    for (int i = 0; i < 3; i++) {
        double difference = (a[i] - b[i]) / period;
        if (fabs(difference - floor(difference + 0.5)) * period > 1e-4)
            return false;
    }
    return true;
}

static bool add_position(sw_reading *reading, sw_crystal *crystal, sw_crystal_site *sites,
                         sw_crystal_site site, const sw_node *node) {
    if (crystal->sites >= CRYSTAL_SITE_LIMIT)
        return sw_fail(reading, node, NULL, "more than %d sites in a crystal", CRYSTAL_SITE_LIMIT);
    for (size_t i = 0; i < crystal->sites; i++)
        if (coincide(sites[i].position, site.position, crystal->period))
            return sw_fail(reading, node, "centring repeats the listed sites",
                           "the site [%g, %g, %g] is there twice", site.position[0],
                           site.position[1], site.position[2]);
    sites[crystal->sites++] = site;
    return check_site(reading, &site, node);
}

static bool read_crystal_sites(sw_reading *reading, sw_crystal *crystal, sw_crystal_site *sites,
                               const sw_node *node) {
    double shifts[4][3];
    size_t count = translations(shifts, sw_text_of(node, "centring"));
    for (const sw_node *row = sw_node_find(node, "sites")->first; row; row = row->next) {
        sw_crystal_site site;
        if (!sw_read_one_species(reading, sw_node_find(row, "species"), &site.species))
            return false;
        for (const sw_node *at = sw_node_find(row, "at")->first; at; at = at->next)
            for (size_t shift = 0; shift < count; shift++) {
                for (size_t i = 0; i < 3; i++) {
                    double value = sw_node_item(at, i)->number + crystal->period * shifts[shift][i];
                    site.position[i] = value - crystal->period * floor(value / crystal->period);
                }
                if (!add_position(reading, crystal, sites, site, at))
                    return false;
            }
    }
    return true;
}

/* One entry for every basis site of the kinds that are named. */
static bool read_occupation(sw_reading *reading, sw_crystal *crystal, sw_crystal_site *sites,
                            const sw_node *list) {
    const sw_frame *frame = &reading->lattice->frame;
    for (const sw_node *node = list->first; node; node = node->next) {
        int kind = sw_names_find(&reading->kind_names, node->key);
        sw_crystal_site site = {0};
        if (kind < 0)
            return sw_fail_unknown(reading, node, true, "kind of site", node->key,
                                   &reading->kind_names);
        if (!sw_read_one_species(reading, node, &site.species) ||
            !sw_check_may_sit(reading, node, 1u << site.species, 1u << kind))
            return false;
        for (size_t i = 0; i < frame->basis_sites; i++) {
            double position[3];
            if (frame->basis[i].kind != kind)
                continue;
            sw_matrix_row_product(position, frame->basis[i].position, frame->cell);
            for (int axis = 0; axis < 3; axis++)
                site.position[axis] = position[axis] / frame->lattice_constant;
            sites[crystal->sites++] = site;
        }
    }
    return true;
}

static bool read_crystal(sw_reading *reading, void *item, const sw_node *node) {
    sw_crystal *crystal = item;
    const sw_node *occupy = sw_node_find(node, "occupy");
    bool periodic = sw_node_find(node, "period") && sw_node_find(node, "sites");
    crystal->name = node->key;
    crystal->period = sw_number_of(node, "period");
    if (periodic == (occupy != NULL) ||
        (occupy && (sw_node_find(node, "period") || sw_node_find(node, "sites"))))
        return sw_fail_key(reading, node, "period and sites, or occupy: {kind: species}",
                           "the crystal '%s' needs either period and sites, or occupy", node->key);
    sw_crystal_site *sites = sw_take(reading, CRYSTAL_SITE_LIMIT, sizeof *sites);
    crystal->site = sites;
    if (!sites)
        return false;
    return occupy ? read_occupation(reading, crystal, sites, occupy)
                  : read_crystal_sites(reading, crystal, sites, node);
}

/* ---- fills ----------------------------------------------------------------------------------- */

static void set_half_space(sw_half_space *half, const double normal[3], double distance) {
    double length = sw_vector_length(normal);
    for (int i = 0; i < 3; i++)
        half->normal[i] = normal[i] / length;
    half->distance = distance;
}

static bool add_half_spaces(sw_reading *reading, sw_fill *fill, sw_half_space *halves,
                            const sw_node *node) {
    double list[SW_FAMILY_LIMIT][3], distance;
    size_t count;
    if (!sw_read_indices(reading, node, "a half-space",
                         "such as {normals: \"<111>\", distance: 30 A}", list, &count) ||
        !sw_read_distance(reading, sw_node_find(node, "distance"), true, &distance))
        return false;
    for (size_t i = 0; i < count; i++)
        set_half_space(&halves[fill->half_spaces++], list[i], distance);
    return true;
}

static bool read_half_spaces(sw_reading *reading, sw_fill *fill, const sw_node *list) {
    if (!list)
        return true;
    if (list->count > 64)
        return sw_fail_key(reading, list, NULL, "more than 64 half-spaces in a fill");
    sw_half_space *halves = sw_take(reading, list->count * SW_FAMILY_LIMIT, sizeof *halves);
    if (!halves)
        return false;
    fill->half_space = halves;
    for (const sw_node *node = list->first; node; node = node->next)
        if (!add_half_spaces(reading, fill, halves, node))
            return false;
    return true;
}

static bool read_mixture(sw_reading *reading, sw_fill *fill, const sw_node *list,
                         const sw_node *sites) {
    double sum = 0;
    int rest = -1;
    for (const sw_node *node = list->first; node; node = node->next) {
        int species = sw_names_find(&reading->species_names, node->key);
        double fraction;
        if (species < 1)
            return sw_fail_unknown(reading, node, true, "species", node->key,
                                   &reading->species_names);
        if (!sw_check_may_sit(reading, sites, 1u << species, fill->kinds))
            return false;
        if (strcmp(node->text, "rest") == 0) {
            if (rest >= 0)
                return sw_fail(reading, node, NULL, "only one species can be the rest");
            rest = species;
            continue;
        }
        if (!sw_read_quantity(reading, node, SW_NUMBER, &fraction))
            return false;
        if (!(fraction >= 0 && fraction <= 1))
            return sw_fail(reading, node, "fractions lie between 0 and 1",
                           "the fraction of %s is %g", node->key, fraction);
        fill->fraction[species] = fraction;
        sum += fraction;
    }
    if (sum > 1 + 1e-9)
        return sw_fail_key(reading, list, "what is missing to 1 stays empty",
                           "the fractions add up to %g, more than 1", sum);
    if (rest >= 0)
        fill->fraction[rest] = fmax(1 - sum, 0);
    return true;
}

static bool read_region(sw_reading *reading, sw_fill *fill, const sw_node *node) {
    const sw_node *centre = sw_node_find(node, "centre");
    for (size_t i = 0; centre && i < 3; i++)
        if (!sw_read_distance(reading, sw_node_item(centre, i), true, &fill->centre[i]))
            return false;
    if (sw_node_find(node, "radius") &&
        !sw_read_distance_of(reading, node, "radius", &fill->radius))
        return false;
    fill->replace = sw_flag_of(node, "replace");
    return sw_slab_read(reading, fill, sw_node_find(node, "slab")) &&
           read_half_spaces(reading, fill, sw_node_find(node, "half_spaces"));
}

static bool read_fill(sw_reading *reading, void *item, const sw_node *node) {
    sw_fill *fill = item;
    const sw_node *crystal = sw_node_find(node, "crystal"), *sites = sw_node_find(node, "sites");
    const sw_node *mixture = sw_node_find(node, "mixture");
    fill->crystal = -1;
    if (!crystal == !mixture || !mixture != !sites)
        return sw_fail(reading, node,
                       "{crystal: name}, or {mixture: {Ni: 0.5, Fe: rest}, sites: [kind]}",
                       "a fill needs either a crystal, or a mixture with sites");
    if (crystal) {
        sw_names names;
        if (!sw_names_of(reading, &names,
                         sw_node_find(sw_node_find(reading->root, "structure"), "crystals")))
            return false;
        fill->crystal = sw_names_find(&names, crystal->text);
        if (fill->crystal < 0)
            return sw_fail_unknown(reading, crystal, false, "crystal", crystal->text, &names);
        return read_region(reading, fill, node);
    }
    return sw_read_kinds(reading, sites, &fill->kinds) &&
           read_mixture(reading, fill, mixture, sites) && read_region(reading, fill, node);
}

bool sw_structure_read(sw_reading *reading) {
    const sw_node *section = sw_node_find(reading->root, "structure");
    const sw_node *relax = sw_node_find(section, "relax");
    sw_structure *structure = &reading->lattice->structure;
    structure->file = sw_node_find(section, "file") ? sw_text_of(section, "file") : NULL;
    structure->relax_moves = (uint64_t)sw_number_of(relax, "moves");
    structure->relax_temperature = sw_number_of(relax, "temperature");
    if (relax &&
        !sw_read_species(reading, sw_node_find(relax, "species"), false, &structure->relax_species))
        return false;
    return sw_read_list(reading, &structure->crystal, &structure->crystals,
                        sw_node_find(section, "crystals"), sizeof(sw_crystal), read_crystal) &&
           sw_read_list(reading, &structure->fill, &structure->fills, sw_node_find(section, "fill"),
                        sizeof(sw_fill), read_fill);
}
