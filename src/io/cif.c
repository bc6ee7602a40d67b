/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/cif_symmetry.h"
#include "io/cif_syntax.h"
#include "io/format.h"
#include "io/label.h"

#include "base/matrix.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { OPERATORS_MAX = 192 }; /* of the largest space groups (Fm-3m and the like) */

/* Images of an atom nearer than this are the same atom on a special position, A. It leaves room
 * for coordinates such as 0.333. */
static const double same_atom = 0.05;

typedef struct cif_crystal {
    const sw_cif *cif;
    size_t block;
    double cell[3][3];
    sw_symmetry operators[OPERATORS_MAX];
    size_t operator_count;
    const sw_cif_item *x, *y, *z, *label, *type, *occupancy, *displacement;
    bool displacement_is_b, has_charges;
} cif_crystal;

static bool recognise(const sw_source *source) {
    sw_lines lines = sw_lines_of(source);
    if (!sw_lines_next(&lines))
        return false;
    if (sw_span_starts(lines.line, "#\\#CIF"))
        return true;
    do {
        sw_span text = sw_span_trim(lines.line);
        if (text.length >= 5 && strncasecmp(text.start, "data_", 5) == 0)
            return true;
        if (text.length > 0 && *text.start != '#')
            return false;
    } while (lines.number < 1000 && sw_lines_next(&lines));
    return false;
}

/* Blocks are found in one pass: their number may be as large as the file. */
static size_t atom_blocks(const sw_cif *cif, size_t wanted, size_t *block) {
    size_t count = 0, last = SIZE_MAX;
    for (size_t i = 0; i < cif->item_count; i++) {
        const sw_cif_item *item = &cif->items[i];
        if (item->block == last || item->tag.length != 18 ||
            strncasecmp(item->tag.start, "_atom_site_fract_x", 18) != 0)
            continue;
        last = item->block;
        if (count++ == wanted)
            *block = last;
    }
    return count;
}

static sw_status need_atoms(size_t blocks, const sw_source *source, sw_error *error) {
    if (blocks > 0)
        return SW_OK;
    return sw_error_set(error, SW_ERROR_FORMAT, source->name,
                        "give a CIF of a crystal with fractional coordinates",
                        "expected atom sites (_atom_site_fract_x), found none");
}

static sw_status count_blocks(size_t *frames, const sw_source *source, sw_error *error) {
    sw_cif cif;
    size_t block;
    sw_status status = sw_cif_parse(&cif, source, error);
    if (status == SW_OK) {
        *frames = atom_blocks(&cif, SIZE_MAX, &block);
        status = need_atoms(*frames, source, error);
    }
    sw_cif_clear(&cif);
    return status;
}

static double cosine_of(double degrees) {
    if (degrees == 90)
        return 0;
    if (degrees == 60 || degrees == 120)
        return degrees == 60 ? 0.5 : -0.5;
    return cos(degrees * (M_PI / 180));
}

/* a along x, b in the xy plane; International Tables, volume B. */
static bool cell_from_parameters(double cell[3][3], const double lengths[3],
                                 const double angles[3]) {
    double alpha = cosine_of(angles[0]), beta = cosine_of(angles[1]), gamma = cosine_of(angles[2]);
    double sine = sqrt(1 - gamma * gamma), y = (alpha - beta * gamma) / sine;
    double square = 1 - beta * beta - y * y;
    if (!(sine > 0) || !(square > 1e-12))
        return false;
    double vectors[3][3] = {{1, 0, 0}, {gamma, sine, 0}, {beta, y, sqrt(square)}};
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++)
            cell[i][k] = lengths[i] * vectors[i][k];
    return true;
}

static sw_status read_cell(cif_crystal *crystal, sw_error *error) {
    static const char *const tags[6] = {"_cell_length_a",   "_cell_length_b",
                                        "_cell_length_c",   "_cell_angle_alpha",
                                        "_cell_angle_beta", "_cell_angle_gamma"};
    const sw_cif *cif = crystal->cif;
    double parameters[6] = {0};
    size_t line = 1;
    for (int i = 0; i < 6; i++) {
        const sw_cif_item *item = sw_cif_find(cif, crystal->block, tags[i]);
        if (!item || item->count == 0)
            return sw_error_set(error, SW_ERROR_FORMAT, cif->source->name,
                                "the cell needs three lengths and three angles",
                                "expected %s, found none", tags[i]);
        sw_status status =
            sw_cif_number(&parameters[i], cif, sw_cif_value_of(cif, item, 0), tags[i], error);
        if (status != SW_OK)
            return status;
        line = item->line;
        double most = i < 3 ? 1e6 : 180;
        if (!(parameters[i] > 0) || !(parameters[i] < most))
            return sw_cif_error(cif, line, "lengths are in A, angles in degrees", error,
                                "expected %s between 0 and %g, found %g", tags[i], most,
                                parameters[i]);
    }
    if (!cell_from_parameters(crystal->cell, parameters, parameters + 3))
        return sw_cif_error(cif, line, "check the three angles", error,
                            "the angles of the cell span no volume");
    return SW_OK;
}

/* Without operators only P 1 can be read as it stands. */
static sw_status check_p1(const cif_crystal *crystal, sw_error *error) {
    static const char *const numbers[] = {"_space_group_IT_number", "_symmetry_Int_Tables_number"};
    static const char *const names[] = {"_space_group_name_H-M_alt",
                                        "_symmetry_space_group_name_H-M"};
    const sw_cif *cif = crystal->cif;
    for (int i = 0; i < 4; i++) {
        const sw_cif_item *item =
            sw_cif_find(cif, crystal->block, i < 2 ? numbers[i] : names[i - 2]);
        if (!item || item->count == 0)
            continue;
        const sw_cif_value *value = sw_cif_value_of(cif, item, 0);
        if (!sw_cif_missing(value) && !sw_span_is(value->text, "1") &&
            !sw_span_is(value->text, "P 1") && !sw_span_is(value->text, "P1"))
            return sw_cif_error(cif, item->line,
                                "add the operators (_space_group_symop_operation_xyz)", error,
                                "the space group is \"%.*s\", but the symmetry operators are "
                                "missing",
                                SW_SHOWN(value->text));
    }
    return SW_OK;
}

static sw_status read_operators(cif_crystal *crystal, sw_error *error) {
    static const char *const tags[] = {"_space_group_symop_operation_xyz",
                                       "_symmetry_equiv_pos_as_xyz"};
    const sw_cif *cif = crystal->cif;
    const sw_cif_item *item = sw_cif_find(cif, crystal->block, tags[0]);
    if (!item)
        item = sw_cif_find(cif, crystal->block, tags[1]);
    if (!item || item->count == 0) {
        sw_symmetry_parse(&crystal->operators[0], (sw_span){"x,y,z", 5});
        crystal->operator_count = 1;
        return check_p1(crystal, error);
    }
    if (item->count > OPERATORS_MAX)
        return sw_cif_error(cif, item->line, "list each operator once", error,
                            "expected at most %d symmetry operators, found %zu", OPERATORS_MAX,
                            item->count);
    for (size_t i = 0; i < item->count; i++) {
        const sw_cif_value *value = sw_cif_value_of(cif, item, i);
        if (!sw_symmetry_parse(&crystal->operators[i], value->text))
            return sw_cif_error(cif, value->line, "write it as x,-y,z+1/2", error,
                                "expected a symmetry operator, found \"%.*s\"",
                                SW_SHOWN(value->text));
    }
    crystal->operator_count = item->count;
    return SW_OK;
}

static const sw_cif_item *site_item(const cif_crystal *crystal, const char *tag) {
    const sw_cif_item *item = sw_cif_find(crystal->cif, crystal->block, tag);
    return item && item->count == crystal->x->count ? item : NULL;
}

static sw_status find_sites(cif_crystal *crystal, sw_error *error) {
    const sw_cif *cif = crystal->cif;
    crystal->x = sw_cif_find(cif, crystal->block, "_atom_site_fract_x");
    crystal->y = site_item(crystal, "_atom_site_fract_y");
    crystal->z = site_item(crystal, "_atom_site_fract_z");
    crystal->label = site_item(crystal, "_atom_site_label");
    crystal->type = site_item(crystal, "_atom_site_type_symbol");
    crystal->occupancy = site_item(crystal, "_atom_site_occupancy");
    crystal->displacement = site_item(crystal, "_atom_site_U_iso_or_equiv");
    if (!crystal->displacement) {
        crystal->displacement = site_item(crystal, "_atom_site_B_iso_or_equiv");
        crystal->displacement_is_b = true;
    }
    if (!crystal->y || !crystal->z || (!crystal->label && !crystal->type))
        return sw_cif_error(cif, crystal->x->line, "the loop needs label and fract_x, _y, _z",
                            error, "the atom sites lack %s",
                            crystal->y && crystal->z ? "_atom_site_label" : "fractional y or z");
    double charge;
    for (size_t i = 0; crystal->type && i < crystal->type->count; i++)
        crystal->has_charges =
            crystal->has_charges ||
            sw_label_charge(&charge, sw_cif_value_of(cif, crystal->type, i)->text);
    return SW_OK;
}

static sw_status add_columns(sw_atoms *atoms, const cif_crystal *crystal, sw_error *error) {
    sw_status status = sw_atoms_add_column(atoms, "site", 1, true);
    if (status == SW_OK && crystal->occupancy)
        status = sw_atoms_add_column(atoms, "occupancy", 1, false);
    if (status == SW_OK && crystal->has_charges)
        status = sw_atoms_add_column(atoms, "charge", 1, false);
    if (status == SW_OK && crystal->displacement)
        status =
            sw_atoms_add_column(atoms, crystal->displacement_is_b ? "B_iso" : "U_iso", 1, false);
    return status == SW_OK ? SW_OK : sw_source_no_memory(crystal->cif->source, error);
}

/* One row of the loop of atom sites. */
typedef struct atom_site {
    double position[3];
    int element;
    double occupancy, charge, displacement;
} atom_site;

static sw_status optional_number(double *number, const cif_crystal *crystal,
                                 const sw_cif_item *item, size_t row, double otherwise,
                                 const char *tag, sw_error *error) {
    *number = otherwise;
    if (!item)
        return SW_OK;
    const sw_cif_value *value = sw_cif_value_of(crystal->cif, item, row);
    return sw_cif_missing(value) ? SW_OK : sw_cif_number(number, crystal->cif, value, tag, error);
}

static sw_status read_element(atom_site *site, const cif_crystal *crystal, size_t row,
                              sw_error *error) {
    const sw_cif_item *item = crystal->type;
    if (!item || (crystal->label && sw_cif_missing(sw_cif_value_of(crystal->cif, item, row))))
        item = crystal->label;
    const sw_cif_value *value = sw_cif_value_of(crystal->cif, item, row);
    site->element =
        item == crystal->type ? sw_label_element(value->text) : sw_site_label_element(value->text);
    site->charge = 0;
    sw_label_charge(&site->charge, value->text);
    if (site->element >= 0)
        return SW_OK;
    return sw_cif_error(crystal->cif, value->line, "symbols are written as Fe, Fe3+ or O2-", error,
                        "expected an element symbol, found \"%.*s\"", SW_SHOWN(value->text));
}

static sw_status read_site(atom_site *site, const cif_crystal *crystal, size_t row,
                           sw_error *error) {
    const sw_cif_item *items[3] = {crystal->x, crystal->y, crystal->z};
    sw_status status = read_element(site, crystal, row, error);
    for (int k = 0; k < 3 && status == SW_OK; k++)
        status = sw_cif_number(&site->position[k], crystal->cif,
                               sw_cif_value_of(crystal->cif, items[k], row),
                               "a fractional coordinate", error);
    if (status == SW_OK)
        status = optional_number(&site->occupancy, crystal, crystal->occupancy, row, 1,
                                 "_atom_site_occupancy", error);
    if (status == SW_OK)
        status = optional_number(&site->displacement, crystal, crystal->displacement, row, NAN,
                                 "a displacement parameter", error);
    return status;
}

static bool is_same(const double a[3], const double b[3], const double cell[3][3]) {
    double difference[3], distance[3];
    for (int k = 0; k < 3; k++)
        difference[k] = a[k] - b[k] - round(a[k] - b[k]);
    sw_matrix_row_product(distance, difference, cell);
    return sw_vector_length(distance) < same_atom;
}

/* The different images of a site; the site itself stays where the file has it, the images are
 * brought into the cell. */
static size_t expand(double images[OPERATORS_MAX][3], const cif_crystal *crystal,
                     const double position[3]) {
    size_t count = 0;
    for (size_t i = 0; i < crystal->operator_count; i++) {
        double image[3];
        sw_symmetry_apply(image, &crystal->operators[i], position);
        bool known = false;
        for (size_t k = 0; k < count && !known; k++)
            known = is_same(image, images[k], (const double(*)[3])crystal->cell);
        if (known)
            continue;
        for (int k = 0; k < 3; k++)
            images[count][k] = count == 0 && i == 0 ? image[k] : image[k] - floor(image[k]);
        count++;
    }
    return count;
}

static void store(sw_atoms *atoms, size_t index, const double fraction[3], const atom_site *site,
                  size_t row, const cif_crystal *crystal) {
    size_t column = 0;
    sw_matrix_row_product(&sw_atoms_positions(atoms)[3 * index], fraction,
                          (const double(*)[3])crystal->cell);
    sw_atoms_elements(atoms)[index] = (uint8_t)site->element;
    sw_atoms_column(atoms, column++)[index] = (double)row;
    if (crystal->occupancy)
        sw_atoms_column(atoms, column++)[index] = site->occupancy;
    if (crystal->has_charges)
        sw_atoms_column(atoms, column++)[index] = site->charge;
    if (crystal->displacement)
        sw_atoms_column(atoms, column)[index] = site->displacement;
}

static sw_status read_atoms(sw_atoms *atoms, const cif_crystal *crystal, sw_error *error) {
    static const bool periodic[3] = {true, true, true};
    double images[OPERATORS_MAX][3];
    size_t count = 0;
    sw_status status = add_columns(atoms, crystal, error);
    for (size_t row = 0; row < crystal->x->count && status == SW_OK; row++) {
        atom_site site;
        status = read_site(&site, crystal, row, error);
        if (status != SW_OK)
            break;
        size_t added = expand(images, crystal, site.position);
        if (count + added > sw_atoms_count(atoms) &&
            sw_atoms_resize(atoms, count + added + count / 2) != SW_OK)
            return sw_source_no_memory(crystal->cif->source, error);
        for (size_t i = 0; i < added; i++)
            store(atoms, count + i, images[i], &site, row, crystal);
        count += added;
    }
    if (status == SW_OK && sw_atoms_resize(atoms, count) != SW_OK)
        status = sw_source_no_memory(crystal->cif->source, error);
    sw_atoms_set_cell(atoms, (const double(*)[3])crystal->cell, periodic);
    return status;
}

static sw_status set_note(sw_atoms *atoms, const char *key, sw_span text, const sw_source *source,
                          sw_error *error) {
    char *note = sw_span_text(text);
    sw_status status = note ? sw_atoms_set_note(atoms, key, note) : SW_ERROR_MEMORY;
    free(note);
    return status == SW_OK ? SW_OK : sw_source_no_memory(source, error);
}

static sw_status read_block(sw_content *content, const sw_cif *cif, size_t block, sw_error *error) {
    cif_crystal *crystal = sw_allocate(1, sizeof *crystal);
    if (!crystal || sw_atoms_create(&content->atoms, 0) != SW_OK) {
        free(crystal);
        return sw_source_no_memory(cif->source, error);
    }
    content->noun = SW_NOUN_ATOMS;
    crystal->cif = cif;
    crystal->block = block;
    sw_status status = find_sites(crystal, error);
    if (status == SW_OK)
        status = read_cell(crystal, error);
    if (status == SW_OK)
        status = read_operators(crystal, error);
    if (status == SW_OK)
        status = read_atoms(content->atoms, crystal, error);
    if (status == SW_OK)
        status = set_note(content->atoms, "block", cif->blocks[block], cif->source, error);
    free(crystal);
    return status;
}

static sw_status read_cif(sw_content *content, const sw_source *source, ptrdiff_t frame,
                          sw_error *error) {
    sw_cif cif;
    size_t block = 0, index = 0;
    sw_status status = sw_cif_parse(&cif, source, error);
    if (status == SW_OK)
        status = need_atoms(atom_blocks(&cif, SIZE_MAX, &block), source, error);
    if (status == SW_OK)
        status = sw_source_frame(&index, source, frame, atom_blocks(&cif, SIZE_MAX, &block), error);
    if (status == SW_OK) {
        atom_blocks(&cif, index, &block);
        status = read_block(content, &cif, block, error);
    }
    sw_cif_clear(&cif);
    return status;
}

const sw_format_operations sw_format_cif = {
    .format = {.name = "cif",
               .summary = "CIF: a crystal, symmetry operators expanded, occupancies kept",
               .noun = SW_NOUN_ATOMS,
               .reads = true,
               .writes = false,
               .extensions = "cif",
               .citation = "Hall, Allen, Brown, Acta Cryst. A47, 655 (1991); iucr.org CIF 1.1"},
    .is_text = true,
    .recognise = recognise,
    .count = count_blocks,
    .read = read_cif,
};
