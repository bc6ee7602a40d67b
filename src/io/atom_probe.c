/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Atom-probe points, .pos and .epos: records of big-endian numbers without any header, so that a file
 * is told by its name and by records that make sense. */
#include "io/format.h"

#include <math.h>
#include <string.h>
#include <strings.h>

/* B. Gault, M. P. Moody, J. M. Cairney and S. P. Ringer, Atom Probe Microscopy (Springer, 2012). */
typedef struct point_layout {
    const char *name;           /* and extension */
    size_t reals, counts;       /* float32 and uint32 a record, in this order */
    const char *const *columns; /* what stands behind the position */
} point_layout;

static const char *const column_names[] = {
    "mass_to_charge",                     /* Da */
    "time_of_flight",                     /* ns */
    "standing_voltage",  "pulse_voltage", /* V */
    "detector_x",        "detector_y",    /* mm */
    "pulses_since_last", "ions_in_pulse",
};

static const point_layout pos_layout = {"pos", 4, 0, column_names};
static const point_layout epos_layout = {"epos", 9, 2, column_names};

enum { MOST_NUMBERS = 11, RECORDS_LOOKED_AT = 64 };

#define ANGSTROMS_PER_NANOMETRE 10.0
/* No specimen is as large, no ion as heavy; bytes that are no such numbers soon go beyond. */
#define LARGEST_PLACE 1e6 /* nm */
#define LARGEST_MASS 1e5  /* Da */

static size_t record_size(const point_layout *layout) {
    return 4 * (layout->reals + layout->counts);
}

static uint32_t word_at(const unsigned char *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static void numbers_at(double numbers[MOST_NUMBERS], const unsigned char *record,
                       const point_layout *layout) {
    for (size_t k = 0; k < layout->reals + layout->counts; k++) {
        uint32_t word = word_at(record + 4 * k);
        float real;
        memcpy(&real, &word, sizeof real);
        numbers[k] = k < layout->reals ? (double)real : (double)word;
    }
}

static bool is_plausible(const double numbers[MOST_NUMBERS], const point_layout *layout) {
    for (size_t k = 0; k < 3; k++)
        if (!(fabs(numbers[k]) < LARGEST_PLACE))
            return false;
    for (size_t k = 4; k < layout->reals; k++)
        if (!isfinite(numbers[k]))
            return false;
    return fabs(numbers[3]) < LARGEST_MASS;
}

static bool is_named(const char *path, const char *extension) {
    const char *dot = strrchr(path, '.');
    return dot && strcasecmp(dot + 1, extension) == 0;
}

static bool recognise(const sw_source *source, const point_layout *layout) {
    size_t size = record_size(layout), records = source->size / size;
    double numbers[MOST_NUMBERS];
    if (!is_named(source->name, layout->name) || source->size % size != 0)
        return false;
    for (size_t i = 0; i < records && i < RECORDS_LOOKED_AT; i++) {
        numbers_at(numbers, source->bytes + i * size, layout);
        if (!is_plausible(numbers, layout))
            return false;
    }
    return true;
}

static sw_status refuse_record(const sw_source *source, const point_layout *layout, size_t record,
                               const double numbers[MOST_NUMBERS], sw_error *error) {
    return sw_source_error(source, record * record_size(layout),
                           "the bytes may be in another order (big-endian is read), or the file is "
                           "of another kind",
                           error,
                           "expected x, y, z below 1e6 nm and a mass-to-charge ratio below 1e5 Da, "
                           "found %g, %g, %g and %g in ion %zu",
                           numbers[0], numbers[1], numbers[2], numbers[3], record + 1);
}

static sw_status add_columns(sw_atoms *atoms, const point_layout *layout) {
    sw_status status = SW_OK;
    for (size_t k = 3; k < layout->reals + layout->counts && status == SW_OK; k++)
        status = sw_atoms_add_column(atoms, layout->columns[k - 3], 1, k >= layout->reals);
    return status;
}

static sw_status fill(sw_atoms *atoms, const sw_source *source, const point_layout *layout,
                      sw_error *error) {
    double numbers[MOST_NUMBERS], *columns[MOST_NUMBERS];
    size_t width = layout->reals + layout->counts;
    for (size_t k = 3; k < width; k++)
        columns[k] = sw_atoms_column(atoms, k - 3);
    for (size_t i = 0; i < sw_atoms_count(atoms); i++) {
        numbers_at(numbers, source->bytes + i * record_size(layout), layout);
        if (!is_plausible(numbers, layout))
            return refuse_record(source, layout, i, numbers, error);
        for (size_t k = 0; k < 3; k++)
            sw_atoms_positions(atoms)[3 * i + k] = numbers[k] * ANGSTROMS_PER_NANOMETRE;
        for (size_t k = 3; k < width; k++)
            columns[k][i] = numbers[k];
    }
    return SW_OK;
}

static sw_status read_points(sw_content *content, const sw_source *source,
                             const point_layout *layout, ptrdiff_t frame, sw_error *error) {
    size_t size = record_size(layout), index;
    sw_status status = sw_source_frame(&index, source, frame, 1, error);
    if (status != SW_OK)
        return status;
    if (source->size % size != 0)
        return sw_source_error(source, source->size - source->size % size,
                               "the file is cut off, or of another kind", error,
                               "expected records of %zu bytes, found %zu bytes at the end", size,
                               source->size % size);
    content->noun = SW_NOUN_ATOMS;
    status = sw_atoms_create(&content->atoms, source->size / size);
    if (status == SW_OK)
        status = add_columns(content->atoms, layout);
    if (status != SW_OK)
        return sw_source_no_memory(source, error);
    sw_source_remark(source, "elements", "none: ranges tell them (spillway measure, --ranges)");
    return fill(content->atoms, source, layout, error);
}

static bool recognise_pos(const sw_source *source) {
    return recognise(source, &pos_layout);
}

static bool recognise_epos(const sw_source *source) {
    return recognise(source, &epos_layout);
}

static sw_status read_pos(sw_content *content, const sw_source *source, ptrdiff_t frame,
                          sw_error *error) {
    return read_points(content, source, &pos_layout, frame, error);
}

static sw_status read_epos(sw_content *content, const sw_source *source, ptrdiff_t frame,
                           sw_error *error) {
    return read_points(content, source, &epos_layout, frame, error);
}

#define DESCRIBED                                                                                  \
    "B. Gault, M. P. Moody, J. M. Cairney and S. P. Ringer, Atom Probe Microscopy (Springer, "     \
    "2012)"

const sw_format_operations sw_format_pos = {
    .format = {.name = "pos",
               .summary = "atom-probe points: position and mass-to-charge ratio",
               .noun = SW_NOUN_ATOMS,
               .reads = true,
               .extensions = "pos",
               .citation = DESCRIBED},
    .recognise = recognise_pos,
    .read = read_pos,
};

const sw_format_operations sw_format_epos = {
    .format = {.name = "epos",
               .summary = "atom-probe points with flight times, voltages, places on the detector",
               .noun = SW_NOUN_ATOMS,
               .reads = true,
               .extensions = "epos",
               .citation = DESCRIBED},
    .recognise = recognise_epos,
    .read = read_epos,
};
