/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Input and output room: files to nouns and back. A reader is found by content, then by name.
 */
#ifndef SPILLWAY_IO_H
#define SPILLWAY_IO_H

#include <spillway/data.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum sw_noun { SW_NOUN_NONE, SW_NOUN_ATOMS, SW_NOUN_STACK, SW_NOUN_TABLE } sw_noun;

/* What a file holds. At most one of the three is set; all belong to the caller. */
typedef struct sw_content {
    sw_noun noun;
    sw_atoms *atoms; /* the frame that was asked for */
    sw_stack *stack;
    sw_table *table;
} sw_content;
SW_API void sw_content_clear(sw_content *content);

/* One row per format, in the order in which contents are tried. */
typedef struct sw_format {
    const char *name;    /* "extxyz" */
    const char *summary; /* "extended XYZ" */
    sw_noun noun;        /* SW_NOUN_NONE: any of the three, the file tells (hdf5) */
    bool reads, writes;
    const char *extensions; /* "xyz extxyz", blank-separated */
    const char *citation;   /* where the format is described */
} sw_format;
SW_API size_t sw_format_count(void);
SW_API const sw_format *sw_format_at(size_t index);
SW_API const sw_format *sw_format_find(const char *name);

/* Recognises a file. Empty, missing, unreadable or unknown files are errors with a hint. */
SW_API SW_MUST_USE sw_status sw_identify(const sw_format **format, const char *path,
                                         sw_error *error);
/* Number of frames (atoms: trajectory length; stack: images; table: 1). */
SW_API SW_MUST_USE sw_status sw_frame_count(size_t *frames, const char *path, sw_error *error);
/* Reads frame `frame` of a trajectory (negative counts from the end; stacks are read whole).
 * format may be NULL (recognise). */
SW_API SW_MUST_USE sw_status sw_read(sw_content *content, const char *path, const sw_format *format,
                                     ptrdiff_t frame, sw_error *error);
/* The same from memory, for tests and fuzzing; `name` stands in messages and for the extension. */
SW_API SW_MUST_USE sw_status sw_read_memory(sw_content *content, const void *bytes, size_t size,
                                            const char *name, ptrdiff_t frame, sw_error *error);

/* Writes by format (NULL: by extension). The file is made beside its place, synced and renamed,
 * so a reader never sees half of it. append adds a frame (extxyz, lammps-dump) in place. */
SW_API SW_MUST_USE sw_status sw_write_atoms(const char *path, const sw_format *format,
                                            const sw_atoms *atoms, bool append, sw_error *error);
SW_API SW_MUST_USE sw_status sw_write_stack(const char *path, const sw_format *format,
                                            const sw_stack *stack, sw_error *error);
SW_API SW_MUST_USE sw_status sw_write_table(const char *path, const sw_format *format,
                                            const sw_table *table, sw_error *error);

/* Writes a mesh as PLY (binary, little-endian, double positions in A; the bodies are the property
 * `body` of the faces), in the same way. SW_ERROR_ARGUMENT where a corner is no vertex. */
SW_API SW_MUST_USE sw_status sw_write_mesh(const char *path, const sw_mesh *mesh, sw_error *error);

/* ---- ranges of mass spectra ------------------------------------------------------------------ */

#define SW_ION_PARTS 8

/* An ion and what it is made of: "FeO" is Fe 1, O 1. */
typedef struct sw_ion_part {
    char name[16];
    int element; /* atomic number; 0 where the name is of no element */
    unsigned count;
} sw_ion_part;

typedef struct sw_ion {
    char name[64]; /* the formula, without blanks */
    size_t parts;
    sw_ion_part part[SW_ION_PARTS];
    uint8_t colour[3]; /* red, green, blue; 0 where the file gives none */
} sw_ion;

/* Reads a formula ("Fe2O3"; D is hydrogen). What does not read as one is a single part of no element.
 * False where it is empty, too long or of too many parts. */
SW_API bool sw_ion_parse(sw_ion *ion, const char *formula);

/* Mass-to-charge ratios that are taken for one ion, both ends included. */
typedef struct sw_mass_range {
    double low, high; /* Da */
    size_t ion;
} sw_mass_range;

typedef struct sw_ranges sw_ranges;

/*
 * The total energy, eV, that a calculation ended with: the last of a VASP OUTCAR or vasprun.xml (sigma
 * to 0), or of the output of Quantum ESPRESSO's pw.x. What is no energy is an error at its line and column.
 */
SW_API SW_MUST_USE sw_status sw_energy_read(double *energy, const char *path, sw_error *error);
/* The same from memory; `name` stands in messages. */
SW_API SW_MUST_USE sw_status sw_energy_read_memory(double *energy, const void *bytes, size_t size,
                                                   const char *name, sw_error *error);

/* Reads a range file: .rrng, or .rng with or without its polyatomic extension; told by content. A wrong
 * word is an error at its line. The ranges belong to the caller. */
SW_API SW_MUST_USE sw_status sw_ranges_read(sw_ranges **ranges, const char *path, sw_error *error);
/* The same from memory; `name` stands in messages. */
SW_API SW_MUST_USE sw_status sw_ranges_read_memory(sw_ranges **ranges, const void *bytes,
                                                   size_t size, const char *name, sw_error *error);
SW_API void sw_ranges_destroy(sw_ranges *ranges);
SW_API size_t sw_ranges_count(const sw_ranges *ranges);
SW_API const sw_mass_range *sw_ranges_at(const sw_ranges *ranges,
                                         size_t index); /* rising; or NULL */
SW_API size_t sw_ranges_ions(const sw_ranges *ranges);
SW_API const sw_ion *sw_ranges_ion(const sw_ranges *ranges, size_t index); /* or NULL */
/* The range that holds a mass-to-charge ratio (Da), where two touch the upper; -1 where none.
 * O(log ranges). */
SW_API ptrdiff_t sw_ranges_find(const sw_ranges *ranges, double mass_to_charge);
/*
 * Ranges atoms by their column `mass_to_charge`: the element becomes the first of the ion (X: not
 * ranged, or of no element), the column `ion_type` the number of the ion from 1 (0: not ranged), the note
 * `ion_types` the list of formulas with blanks between. Returns how many were ranged.
 */
SW_API SW_MUST_USE sw_status sw_ranges_apply(size_t *ranged, sw_atoms *atoms,
                                             const sw_ranges *ranges, sw_error *error);

/* A human description of a file (format, noun, sizes, axes, columns, what was not understood),
 * as lines "key<TAB>value". The text belongs to the caller (free). */
SW_API SW_MUST_USE sw_status sw_describe(char **text, const char *path, sw_error *error);

/* Writes bytes to `path` by way of a synced temporary file and a rename. */
SW_API SW_MUST_USE sw_status sw_replace_file(const char *path, const void *bytes, size_t size,
                                             sw_error *error);
/* Reads a whole regular file; *bytes is zero-terminated and the caller's (free).
 * Larger than `limit` bytes: SW_ERROR_MEMORY. */
SW_API SW_MUST_USE sw_status sw_read_file(char **bytes, size_t *size, const char *path,
                                          size_t limit, sw_error *error);

#ifdef __cplusplus
}
#endif
#endif
