/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Data room: the three nouns. Everything Spillway reads, makes or measures is one of them.
 *
 *   atoms  positions (A), elements, cell, periodicity, named per-atom columns, key = value notes
 *   stack  float32 [n][y][x] with calibrated axes and per-frame columns
 *   table  named columns with units, numbers or text
 *
 * Beside them stands the mesh, a surface that is only written.
 *
 * Arrays are C order. Pointers handed out stay valid until the object is resized or destroyed.
 */
#ifndef SPILLWAY_DATA_H
#define SPILLWAY_DATA_H

#include <spillway/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- elements -------------------------------------------------------------------------------- */

/* Symbol of an atomic number 1..118 ("Fe"); 0 is "X" (no element: a vacancy or unknown). Never
 * NULL. */
SW_API const char *sw_element_symbol(int atomic_number);
/* Atomic number of a symbol (case as usual, "Fe"); -1 when it is none. "X" is 0. */
SW_API int sw_element_number(const char *symbol);
/* Standard atomic weight in amu (IUPAC 2021, conventional), the mass number of the longest-lived
 * isotope where there is none; 0 for X. */
SW_API double sw_element_mass(int atomic_number);

/* ---- table ----------------------------------------------------------------------------------- */

typedef struct sw_table sw_table;

SW_API SW_MUST_USE sw_status sw_table_create(sw_table **table);
SW_API void sw_table_destroy(sw_table *table);
/* Adds a column of numbers (NaN where a value is missing) or of text; unit may be NULL or "".
 * A name that exists already is SW_ERROR_ARGUMENT. Existing rows get NaN or "". */
SW_API SW_MUST_USE sw_status sw_table_add_column(sw_table *table, const char *name,
                                                 const char *unit);
SW_API SW_MUST_USE sw_status sw_table_add_text_column(sw_table *table, const char *name);
/* Appends an empty row (NaN, ""); *row is its index (may be NULL). Amortised O(columns). */
SW_API SW_MUST_USE sw_status sw_table_add_row(sw_table *table, size_t *row);
SW_API size_t sw_table_rows(const sw_table *table);
SW_API size_t sw_table_columns(const sw_table *table);
/* Index of a column, or -1. */
SW_API ptrdiff_t sw_table_find(const sw_table *table, const char *name);
SW_API const char *sw_table_name(const sw_table *table, size_t column);
SW_API const char *sw_table_unit(const sw_table *table, size_t column); /* "" where none */
SW_API bool sw_table_is_text(const sw_table *table, size_t column);
/* The numbers of a column [rows], writable; NULL for a text column. */
SW_API double *sw_table_numbers(sw_table *table, size_t column);
SW_API const double *sw_table_numbers_const(const sw_table *table, size_t column);
SW_API const char *sw_table_text(const sw_table *table, size_t row,
                                 size_t column); /* "" where none */
SW_API SW_MUST_USE sw_status sw_table_set_text(sw_table *table, size_t row, size_t column,
                                               const char *text);

/* Where a table and its rows were read: the name of the file ("" where it is not known) and the line of a
 * row, from 1 (0 where not known). For messages; not part of what is written. */
SW_API SW_MUST_USE sw_status sw_table_set_source(sw_table *table, const char *name);
SW_API const char *sw_table_source(const sw_table *table);
SW_API SW_MUST_USE sw_status sw_table_set_line(sw_table *table, size_t row, size_t line);
SW_API size_t sw_table_line(const sw_table *table, size_t row);

/* A plot of columns of a table, by name, as the report draws it. Strings are static. */
typedef struct sw_plot {
    const char *title;
    const char *table; /* "series", "exchange" ... */
    const char *x;
    const char *y;       /* comma-separated columns; "NAME spread" beside NAME is its interval */
    const char *y_label; /* with unit */
    /* "lines", "steps", "bars", "points"; "points and line": the last column is a curve through or
     * beside the points of the others; or "fields": one series of boundaries with gaps, and the
     * column "label" of the table "fields" at its columns of the same names as x and y */
    const char *kind;
    const char *help; /* one sentence on how to read it */
    bool log_y;
} sw_plot;

/* ---- atoms ----------------------------------------------------------------------------------- */

typedef struct sw_atoms sw_atoms;

SW_API SW_MUST_USE sw_status sw_atoms_create(sw_atoms **atoms, size_t count);
SW_API void sw_atoms_destroy(sw_atoms *atoms);
SW_API SW_MUST_USE sw_status sw_atoms_copy(sw_atoms **copy, const sw_atoms *atoms);
SW_API size_t sw_atoms_count(const sw_atoms *atoms);
/* Changes the number of atoms; new atoms and columns are zero. */
SW_API SW_MUST_USE sw_status sw_atoms_resize(sw_atoms *atoms, size_t count);
/* Removes the atoms whose keep[i] is 0, with what their columns say of them; the rest stays in order.
 */
SW_API void sw_atoms_keep(sw_atoms *atoms, const uint8_t *keep);
SW_API double *sw_atoms_positions(sw_atoms *atoms); /* [count][3], A */
SW_API const double *sw_atoms_positions_const(const sw_atoms *atoms);
SW_API uint8_t *sw_atoms_elements(sw_atoms *atoms); /* [count], atomic numbers */
SW_API const uint8_t *sw_atoms_elements_const(const sw_atoms *atoms);
/* Cell vectors as rows, A. has_cell is false for a cluster in free space (the cell is then 0).
 * cell NULL takes the cell away; in sw_atoms_cell both outputs may be NULL. */
SW_API void sw_atoms_set_cell(sw_atoms *atoms, const double cell[3][3], const bool periodic[3]);
SW_API bool sw_atoms_cell(const sw_atoms *atoms, double cell[3][3], bool periodic[3]);

/* Per-atom columns of one to nine numbers; integers are kept as doubles (exact to 2^53). */
SW_API SW_MUST_USE sw_status sw_atoms_add_column(sw_atoms *atoms, const char *name, size_t width,
                                                 bool integer);
SW_API size_t sw_atoms_columns(const sw_atoms *atoms);
SW_API ptrdiff_t sw_atoms_find(const sw_atoms *atoms, const char *name);
SW_API const char *sw_atoms_column_name(const sw_atoms *atoms, size_t column);
SW_API size_t sw_atoms_column_width(const sw_atoms *atoms, size_t column);
SW_API bool sw_atoms_column_is_integer(const sw_atoms *atoms, size_t column);
SW_API double *sw_atoms_column(sw_atoms *atoms, size_t column); /* [count][width] */
SW_API const double *sw_atoms_column_const(const sw_atoms *atoms, size_t column);
/* The column of this name, [count]; NULL where there is none or it has several numbers an atom. */
SW_API const double *sw_atoms_numbers(const sw_atoms *atoms, const char *name);

/* Notes of the frame (time, energy, source ...): text by key; setting a key again replaces it. */
SW_API SW_MUST_USE sw_status sw_atoms_set_note(sw_atoms *atoms, const char *key, const char *text);
SW_API size_t sw_atoms_notes(const sw_atoms *atoms);
SW_API const char *sw_atoms_note_key(const sw_atoms *atoms, size_t index);
SW_API const char *sw_atoms_note_text(const sw_atoms *atoms, size_t index);
SW_API const char *sw_atoms_note(const sw_atoms *atoms, const char *key); /* NULL where none */

/* ---- mesh ---------------------------------------------------------------------------------------
 * A surface of triangles: what a measurement may hold beside atoms and tables. */

typedef struct sw_mesh sw_mesh;

/* Zero-filled; at most 2^32 - 1 vertices. SW_ERROR_ARGUMENT beyond that, SW_ERROR_MEMORY. */
SW_API SW_MUST_USE sw_status sw_mesh_create(sw_mesh **mesh, size_t vertices, size_t triangles);
SW_API void sw_mesh_destroy(sw_mesh *mesh);
SW_API size_t sw_mesh_vertices(const sw_mesh *mesh);
SW_API size_t sw_mesh_triangles(const sw_mesh *mesh);
SW_API double *sw_mesh_positions(sw_mesh *mesh); /* [vertices][3], A */
SW_API const double *sw_mesh_positions_const(const sw_mesh *mesh);
/* [triangles][3], vertices counter-clockwise seen from outside. */
SW_API uint32_t *sw_mesh_corners(sw_mesh *mesh);
SW_API const uint32_t *sw_mesh_corners_const(const sw_mesh *mesh);
/* [triangles], the number of the body that a triangle bounds. */
SW_API uint32_t *sw_mesh_bodies(sw_mesh *mesh);
SW_API const uint32_t *sw_mesh_bodies_const(const sw_mesh *mesh);

/* ---- stack ----------------------------------------------------------------------------------- */

typedef struct sw_stack sw_stack;

/* A calibrated axis: coordinate of pixel i is origin + i * step, in unit. */
typedef struct sw_axis {
    char name[32];
    char unit[32];
    double origin;
    double step;
} sw_axis;

typedef enum sw_stack_axis { SW_AXIS_FRAME, SW_AXIS_Y, SW_AXIS_X } sw_stack_axis;

/* Zero-filled [frames][height][width]; axes are in pixels with step 1 until set.
 * SW_ERROR_ARGUMENT where a size is 0, SW_ERROR_MEMORY where the product overflows or does not fit.
 */
SW_API SW_MUST_USE sw_status sw_stack_create(sw_stack **stack, size_t frames, size_t height,
                                             size_t width);
SW_API void sw_stack_destroy(sw_stack *stack);
SW_API size_t sw_stack_frames(const sw_stack *stack);
SW_API size_t sw_stack_height(const sw_stack *stack);
SW_API size_t sw_stack_width(const sw_stack *stack);
SW_API float *sw_stack_pixels(sw_stack *stack); /* [frames][height][width] */
SW_API const float *sw_stack_pixels_const(const sw_stack *stack);
SW_API sw_axis *sw_stack_axis_of(sw_stack *stack, sw_stack_axis axis);
SW_API const sw_axis *sw_stack_axis_of_const(const sw_stack *stack, sw_stack_axis axis);
/* Per-frame columns (tilt, time, temperature): a table with one row a frame, owned by the stack. */
SW_API sw_table *sw_stack_columns(sw_stack *stack);
SW_API const sw_table *sw_stack_columns_const(const sw_stack *stack);

#ifdef __cplusplus
}
#endif
#endif
