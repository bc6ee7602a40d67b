/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The starting structure: crystals and mixtures in convex regions, or an atoms file mapped onto
 * the frame. */
#include "base/random.h"
#include "lattice/state.h"

#include <spillway/io.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#define STREAM_MIXTURE 2

static void frame_middle(double middle[3], const sw_geometry *geometry) {
    for (int d = 0; d < 3; d++) {
        middle[d] = 0.0;
        for (int i = 0; i < 3; i++)
            middle[d] += 0.5 * geometry->size[i] * geometry->frame->cell[i][d];
    }
}

static bool inside(const sw_fill *fill, const double place[3]) {
    double r[3], square = 0.0;
    for (int d = 0; d < 3; d++) {
        r[d] = place[d] - fill->centre[d];
        square += r[d] * r[d];
    }
    if (fill->radius > 0.0 && square > fill->radius * fill->radius)
        return false;
    for (size_t h = 0; h < fill->half_spaces; h++) {
        const sw_half_space *half = &fill->half_space[h];
        if (half->normal[0] * r[0] + half->normal[1] * r[1] + half->normal[2] * r[2] >
            half->distance)
            return false;
    }
    return !(fill->slab.thickness > 0.0) || sw_slab_contains(&fill->slab, r);
}

/* The species that a crystal has at a position (in lattice constants), or empty. */
static int crystal_species(const sw_crystal *crystal, const double position[3]) {
    double period = crystal->period > 0.0 ? crystal->period : 1.0;
    for (size_t s = 0; s < crystal->sites; s++) {
        bool equal = true;
        for (int d = 0; d < 3 && equal; d++) {
            double apart = (position[d] - crystal->site[s].position[d]) / period;
            equal = fabs(apart - nearbyint(apart)) * period < 0.02;
        }
        if (equal)
            return crystal->site[s].species;
    }
    return SW_EMPTY;
}

static int mixed_species(const sw_lattice *lattice, const sw_fill *fill, uint32_t site) {
    uint32_t words[4];
    sw_philox(words, lattice->seed, STREAM_MIXTURE, site);
    double point = sw_random_unit(words[0], words[1]);
    for (int s = 0; s < SW_SPECIES_LIMIT; s++) {
        if (point < fill->fraction[s])
            return s;
        point -= fill->fraction[s];
    }
    return SW_EMPTY;
}

static void fill_site(sw_lattice *lattice, const sw_fill *fill, uint32_t site,
                      const double position[3]) {
    const sw_lattice_model *model = lattice->model;
    int kind = model->frame.basis[lattice->geometry.basis[site]].kind;
    int next = SW_EMPTY;
    if (fill->crystal >= 0) {
        double scaled[3];
        for (int d = 0; d < 3; d++)
            scaled[d] = position[d] / model->frame.lattice_constant;
        next = crystal_species(&model->structure.crystal[fill->crystal], scaled);
    } else if (SW_IN(fill->kinds, kind)) {
        next = mixed_species(lattice, fill, site);
    }
    if (next != SW_EMPTY && SW_IN(model->species[next].kinds, kind))
        lattice->species[site] = (uint8_t)next;
    else if (fill->replace)
        lattice->species[site] = SW_EMPTY;
}

static void fill_region(sw_lattice *lattice, const sw_fill *fill) {
    double middle[3];
    frame_middle(middle, &lattice->geometry);
    for (uint32_t site = 0; site < lattice->geometry.sites; site++) {
        double position[3], place[3];
        sw_geometry_position(position, &lattice->geometry, site);
        for (int d = 0; d < 3; d++)
            place[d] = position[d] - middle[d];
        if (inside(fill, place))
            fill_site(lattice, fill, site, position);
    }
}

/* ---- from a file ----------------------------------------------------------------------------- */

#define WORST 5

typedef struct misfit {
    size_t atom;
    double distance;
} misfit;

static void note_misfit(misfit worst[WORST], size_t atom, double distance) {
    for (int w = 0; w < WORST; w++) {
        if (distance <= worst[w].distance)
            continue;
        memmove(&worst[w + 1], &worst[w], sizeof(misfit) * (size_t)(WORST - 1 - w));
        worst[w] = (misfit){atom, distance};
        return;
    }
}

static void fractional(double fraction[3], const sw_frame *frame, const double position[3]) {
    const double(*a)[3] = frame->cell;
    double determinant = 0.0, cofactor[3][3];
    for (int i = 0; i < 3; i++)
        for (int d = 0; d < 3; d++) {
            int j = (i + 1) % 3, k = (i + 2) % 3, e = (d + 1) % 3, f = (d + 2) % 3;
            cofactor[i][d] = a[j][e] * a[k][f] - a[j][f] * a[k][e];
        }
    for (int d = 0; d < 3; d++)
        determinant += a[0][d] * cofactor[0][d];
    for (int i = 0; i < 3; i++) {
        fraction[i] = 0.0;
        for (int d = 0; d < 3; d++)
            fraction[i] += position[d] * cofactor[i][d] / determinant;
    }
}

/* The nearest site of one of `kinds`, and how far it is (A). */
static uint32_t nearest_site(double *distance, const sw_geometry *geometry,
                             const double position[3], sw_kind_set kinds) {
    double fraction[3];
    fractional(fraction, geometry->frame, position);
    uint32_t best = geometry->sites;
    *distance = 1e300;
    for (int n = 0; n < 27; n++) {
        int64_t index = 0;
        int offset[3] = {n % 3 - 1, n / 3 % 3 - 1, n / 9 - 1};
        double image[3] = {0.0}; /* from the cell in the frame to the cell at the atom, A */
        bool in_frame = true;
        for (int d = 2; d >= 0; d--) {
            double size = geometry->size[d], cell = floor(fraction[d]) + offset[d];
            double around = geometry->frame->periodic[d] ? floor(cell / size) * size : 0.0;
            for (int e = 0; e < 3; e++)
                image[e] += around * geometry->frame->cell[d][e];
            cell -= around;
            in_frame = in_frame && cell >= 0.0 && cell < size;
            index = in_frame ? index * geometry->size[d] + (int)cell : 0;
        }
        for (int b = 0; in_frame && b < geometry->basis_sites; b++) {
            if (!(sw_geometry_kind_bit(geometry, b) & kinds))
                continue;
            double place[3], square = 0.0;
            uint32_t site = (uint32_t)(index * geometry->basis_sites + b);
            sw_geometry_position(place, geometry, site);
            for (int d = 0; d < 3; d++)
                square += pow(place[d] + image[d] - position[d], 2.0);
            if (sqrt(square) < *distance) {
                *distance = sqrt(square);
                best = site;
            }
        }
    }
    return best;
}

static int species_of_element(const sw_lattice_model *model, int element) {
    for (size_t s = 1; s < model->species_count; s++)
        if (model->species[s].element == element)
            return (int)s;
    return -1;
}

static sw_status report_misfits(const char *file, const sw_atoms *atoms, const misfit worst[WORST],
                                size_t misfits, double limit, sw_error *error) {
    char list[200] = "";
    for (int w = 0; w < WORST && worst[w].distance >= 0.0; w++) {
        size_t used = strlen(list);
        snprintf(
            list + used, sizeof list - used, "%s%zu (%s, %.2f A)", w ? ", " : "", worst[w].atom + 1,
            sw_element_symbol(sw_atoms_elements_const(atoms)[worst[w].atom]), worst[w].distance);
    }
    return sw_error_set(error, SW_ERROR_MODEL, file,
                        "shift or scale the atoms to the frame; positions count from its corner",
                        "%zu of %zu atoms lie more than %.2f A from a free site of their kind; "
                        "worst: atom %s",
                        misfits, sw_atoms_count(atoms), limit, list);
}

static sw_status map_atoms(sw_lattice *lattice, const sw_atoms *atoms, sw_error *error) {
    const sw_lattice_model *model = lattice->model;
    const double *positions = sw_atoms_positions_const(atoms);
    double limit = 0.15 * model->frame.lattice_constant;
    misfit worst[WORST];
    size_t misfits = 0;
    for (int w = 0; w < WORST; w++)
        worst[w] = (misfit){0, -1.0}; /* none */
    for (size_t i = 0; i < sw_atoms_count(atoms); i++) {
        int species = species_of_element(model, sw_atoms_elements_const(atoms)[i]);
        if (species < 0)
            return sw_error_set(error, SW_ERROR_MODEL, model->structure.file,
                                "add the species to the model or remove the atom",
                                "atom %zu is %s, which is no species of the model", i + 1,
                                sw_element_symbol(sw_atoms_elements_const(atoms)[i]));
        double distance;
        uint32_t site = nearest_site(&distance, &lattice->geometry, positions + 3 * i,
                                     model->species[species].kinds);
        if (distance > limit || lattice->species[site] != SW_EMPTY) {
            misfits++;
            note_misfit(worst, i, distance < 1e6 ? distance : 1e6);
            continue;
        }
        lattice->species[site] = (uint8_t)species;
    }
    if (misfits == 0)
        return SW_OK;
    return report_misfits(model->structure.file, atoms, worst, misfits, limit, error);
}

static sw_status fill_from_file(sw_lattice *lattice, sw_error *error) {
    sw_content content = {0};
    sw_status status = sw_read(&content, lattice->model->structure.file, NULL, -1, error);
    if (status == SW_OK && content.noun != SW_NOUN_ATOMS)
        status = sw_error_set(error, SW_ERROR_FORMAT, lattice->model->structure.file,
                              "give an atoms file (extended XYZ, POSCAR ...)",
                              "the starting structure must be atoms");
    if (status == SW_OK)
        status = map_atoms(lattice, content.atoms, error);
    sw_content_clear(&content);
    return status;
}

sw_status sw_structure_build(sw_lattice *lattice, sw_error *error) {
    const sw_structure *structure = &lattice->model->structure;
    memset(lattice->species, SW_EMPTY, lattice->geometry.sites);
    if (structure->file) {
        sw_status status = fill_from_file(lattice, error);
        if (status != SW_OK)
            return status;
    }
    for (size_t f = 0; f < structure->fills; f++)
        fill_region(lattice, &structure->fill[f]);
    return SW_OK;
}
