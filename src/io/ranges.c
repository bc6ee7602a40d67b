/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/ranges.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_IONS = 4096 };

/* ---- gathering ------------------------------------------------------------------------------- */

static sw_status find_ion(size_t *index, sw_ranges *ranges, const sw_ion *ion) {
    for (*index = 0; *index < ranges->ions; (*index)++)
        if (sw_ion_equal(&ranges->ion[*index], ion))
            return SW_OK;
    if (!sw_reserve(&ranges->ion, &ranges->ion_capacity, ranges->ions + 1, sizeof *ranges->ion))
        return SW_ERROR_MEMORY;
    ranges->ion[ranges->ions++] = *ion;
    return SW_OK;
}

sw_status sw_ranges_add(sw_ranges *ranges, const sw_lines *lines, double low, double high,
                        sw_ion *ion, sw_error *error) {
    size_t index;
    const sw_span nowhere = {0};
    if (!(low >= 0.0) || !(high > low) || !isfinite(high))
        return sw_lines_error(lines, nowhere, "write the lower end first, both in Da", error,
                              "expected a range of mass-to-charge ratios, found %g to %g", low,
                              high);
    if (!sw_ion_name(ion))
        return sw_lines_error(lines, nowhere, "name the ion that the range belongs to", error,
                              "expected an ion of 1 to %d elements", SW_ION_PARTS);
    if (ranges->ions >= MOST_IONS)
        return sw_lines_error(lines, nowhere, "join ions that are the same", error,
                              "expected at most %d different ions", MOST_IONS);
    if (find_ion(&index, ranges, ion) != SW_OK ||
        !sw_reserve(&ranges->range, &ranges->capacity, ranges->count + 1, sizeof *ranges->range) ||
        !sw_reserve(&ranges->line, &ranges->line_capacity, ranges->count + 1, sizeof *ranges->line))
        return sw_source_no_memory(lines->source, error);
    ranges->line[ranges->count] = lines->number;
    ranges->range[ranges->count++] = (sw_mass_range){low, high, index};
    return SW_OK;
}

/* ---- order ----------------------------------------------------------------------------------- */

typedef struct placed_range {
    sw_mass_range range;
    size_t line;
} placed_range;

static int by_mass(const void *a, const void *b) {
    const placed_range *left = a, *right = b;
    if (left->range.low < right->range.low || left->range.low > right->range.low)
        return left->range.low < right->range.low ? -1 : 1;
    return left->line < right->line ? -1 : left->line > right->line;
}

static bool is_repeated(const sw_mass_range *a, const sw_mass_range *b) {
    return !(a->low < b->low) && !(a->high < b->high) && !(a->high > b->high) && a->ion == b->ion;
}

/* Puts sorted ranges back; one that is listed twice for one ion counts once (the polyatomic
 * extension of .rng repeats ranges). Others that overlap are an error. */
static sw_status keep(sw_ranges *ranges, const placed_range *list, const sw_source *source,
                      sw_error *error) {
    size_t kept = 0, count = ranges->count;
    for (size_t i = 0; i < count; i++) {
        const sw_mass_range *last = kept > 0 ? &ranges->range[kept - 1] : NULL;
        if (last && is_repeated(&list[i].range, last))
            continue;
        if (last && list[i].range.low < last->high) {
            sw_lines lines = sw_lines_of(source);
            lines.number = list[i].line;
            return sw_lines_error(&lines, (sw_span){0}, "shorten one of the two ranges", error,
                                  "the range %g to %g Da (%s) overlaps that of line %zu, %g to %g "
                                  "Da (%s)",
                                  list[i].range.low, list[i].range.high,
                                  ranges->ion[list[i].range.ion].name, ranges->line[kept - 1],
                                  last->low, last->high, ranges->ion[last->ion].name);
        }
        ranges->range[kept] = list[i].range;
        ranges->line[kept++] = list[i].line;
    }
    ranges->count = kept;
    return SW_OK;
}

static sw_status put_in_order(sw_ranges *ranges, const sw_source *source, sw_error *error) {
    if (ranges->count == 0)
        return sw_error_set(error, SW_ERROR_FORMAT, source->name,
                            "range files are .rng (first line: numbers of ions and of ranges) or "
                            ".rrng (sections [Ions] and [Ranges])",
                            "expected ranges of mass-to-charge ratios, found none");
    placed_range *list = sw_allocate(ranges->count, sizeof *list);
    if (!list)
        return sw_source_no_memory(source, error);
    for (size_t i = 0; i < ranges->count; i++)
        list[i] = (placed_range){ranges->range[i], ranges->line[i]};
    qsort(list, ranges->count, sizeof *list, by_mass);
    sw_status status = keep(ranges, list, source, error);
    free(list);
    return status;
}

/* ---- reading --------------------------------------------------------------------------------- */

static bool has_sections(const sw_source *source) {
    sw_lines lines = sw_lines_of(source);
    while (sw_lines_next(&lines)) {
        sw_span text = sw_span_trim(lines.line);
        if (text.length > 0 && *text.start != '#')
            return *text.start == '[';
    }
    return false;
}

static sw_status read_source(sw_ranges **ranges, const sw_source *source, sw_error *error) {
    const unsigned char *zero = memchr(source->bytes, '\0', source->size);
    if (zero)
        return sw_source_error(source, (size_t)(zero - source->bytes),
                               "save it as plain text in UTF-8", error,
                               "expected a text with ranges, found a zero byte");
    *ranges = sw_allocate(1, sizeof **ranges);
    if (!*ranges)
        return sw_source_no_memory(source, error);
    sw_status status = has_sections(source) ? sw_rrng_read(*ranges, source, error)
                                            : sw_rng_read(*ranges, source, error);
    if (status == SW_OK)
        status = put_in_order(*ranges, source, error);
    if (status != SW_OK) {
        sw_ranges_destroy(*ranges);
        *ranges = NULL;
    }
    return status;
}

sw_status sw_ranges_read(sw_ranges **ranges, const char *path, sw_error *error) {
    sw_source source;
    *ranges = NULL;
    sw_status status = sw_source_open(&source, path, SW_SOURCE_MAP_ABOVE, error);
    if (status != SW_OK)
        return status;
    status = read_source(ranges, &source, error);
    sw_source_close(&source);
    return status;
}

sw_status sw_ranges_read_memory(sw_ranges **ranges, const void *bytes, size_t size,
                                const char *name, sw_error *error) {
    sw_source source = {.name = name, .bytes = bytes, .size = size};
    *ranges = NULL;
    if (size == 0)
        return sw_error_set(error, SW_ERROR_FORMAT, name, NULL, "the file is empty");
    return read_source(ranges, &source, error);
}

void sw_ranges_destroy(sw_ranges *ranges) {
    if (!ranges)
        return;
    free(ranges->range);
    free(ranges->line);
    free(ranges->ion);
    free(ranges);
}

/* ---- looking up ------------------------------------------------------------------------------ */

size_t sw_ranges_count(const sw_ranges *ranges) {
    return ranges->count;
}

const sw_mass_range *sw_ranges_at(const sw_ranges *ranges, size_t index) {
    return index < ranges->count ? &ranges->range[index] : NULL;
}

size_t sw_ranges_ions(const sw_ranges *ranges) {
    return ranges->ions;
}

const sw_ion *sw_ranges_ion(const sw_ranges *ranges, size_t index) {
    return index < ranges->ions ? &ranges->ion[index] : NULL;
}

ptrdiff_t sw_ranges_find(const sw_ranges *ranges, double mass_to_charge) {
    size_t low = 0, high = ranges->count; /* the first range that begins above */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ranges->range[middle].low <= mass_to_charge)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low > 0 && mass_to_charge <= ranges->range[low - 1].high;
    return found ? (ptrdiff_t)low - 1 : -1;
}

static sw_status note_ions(sw_atoms *atoms, const sw_ranges *ranges) {
    sw_text text = {0};
    for (size_t i = 0; i < ranges->ions; i++)
        sw_text_append(&text, "%s%s", i > 0 ? " " : "", ranges->ion[i].name);
    char *list = sw_text_take(&text);
    sw_status status = list ? sw_atoms_set_note(atoms, "ion_types", list) : SW_ERROR_MEMORY;
    free(list);
    return status;
}

sw_status sw_ranges_apply(size_t *ranged, sw_atoms *atoms, const sw_ranges *ranges,
                          sw_error *error) {
    *ranged = 0;
    if (!sw_atoms_numbers(atoms, "mass_to_charge"))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "mass_to_charge",
                            "ranges are for atom-probe points (.pos, .epos)",
                            "the atoms have no column of mass-to-charge ratios");
    sw_status status = sw_atoms_find(atoms, "ion_type") < 0
                           ? sw_atoms_add_column(atoms, "ion_type", 1, true)
                           : SW_OK;
    if (status == SW_OK)
        status = note_ions(atoms, ranges);
    if (status != SW_OK)
        return sw_error_set(error, status, "ranges", NULL, "no memory to range the atoms");
    const double *mass = sw_atoms_numbers(atoms, "mass_to_charge");
    if (!sw_atoms_numbers(atoms, "ion_type"))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "ion_type", "rename that column",
                            "the atoms have a column ion_type of more than one number");
    double *type = sw_atoms_column(atoms, (size_t)sw_atoms_find(atoms, "ion_type"));
    for (size_t i = 0; i < sw_atoms_count(atoms); i++) {
        ptrdiff_t range = sw_ranges_find(ranges, mass[i]);
        size_t ion = range >= 0 ? ranges->range[range].ion : 0;
        type[i] = range >= 0 ? (double)ion + 1.0 : 0.0;
        sw_atoms_elements(atoms)[i] =
            range >= 0 ? (uint8_t)ranges->ion[ion].part[0].element : (uint8_t)0;
        *ranged += range >= 0;
    }
    return SW_OK;
}
