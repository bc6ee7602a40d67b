/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/dump.h"

#include <math.h>
#include <string.h>

static double least(double a, double b, double c, double d) {
    return fmin(fmin(a, b), fmin(c, d));
}

static double most(double a, double b, double c, double d) {
    return fmax(fmax(a, b), fmax(c, d));
}

static sw_status read_rows(double rows[3][4], size_t width, sw_lines *lines, sw_error *error) {
    for (int i = 0; i < 3; i++) {
        if (!sw_lines_next(lines))
            return sw_lines_error(lines, (sw_span){0}, "the file is cut off", error,
                                  "expected three lines of box bounds, found %d", i);
        sw_span rest = lines->line;
        sw_status status = sw_lines_numbers(rows[i], width, lines, &rest, "a box bound", error);
        if (status == SW_OK && sw_span_trim(rest).length > 0)
            status = sw_lines_error(lines, sw_span_trim(rest), "the box bounds are damaged", error,
                                    "expected %zu numbers, found more", width);
        if (status != SW_OK)
            return status;
    }
    return SW_OK;
}

/* Bounds enclose a tilted box; LAMMPS manual, "Triclinic simulation boxes". */
static void restricted_box(sw_lammps_box *box, double rows[3][4], bool tilted) {
    double xy = tilted ? rows[0][2] : 0, xz = tilted ? rows[1][2] : 0, yz = tilted ? rows[2][2] : 0;
    double x_low = rows[0][0] - least(0, xy, xz, xy + xz);
    double x_high = rows[0][1] - most(0, xy, xz, xy + xz);
    double y_low = rows[1][0] - fmin(0, yz), y_high = rows[1][1] - fmax(0, yz);
    double cell[3][3] = {
        {x_high - x_low, 0, 0}, {xy, y_high - y_low, 0}, {xz, yz, rows[2][1] - rows[2][0]}};
    memcpy(box->cell, cell, sizeof cell);
    box->origin[0] = x_low;
    box->origin[1] = y_low;
    box->origin[2] = rows[2][0];
}

static void general_box(sw_lammps_box *box, double rows[3][4]) {
    for (int i = 0; i < 3; i++) {
        memcpy(box->cell[i], rows[i], sizeof box->cell[i]);
        box->origin[i] = rows[i][3];
    }
}

sw_status sw_dump_read_box(sw_lammps_box *box, sw_lines *lines, sw_error *error) {
    sw_span rest = lines->line, word;
    size_t words = 0, boundary = 0;
    bool tilted = false, general = false;
    *box = (sw_lammps_box){0};
    while (sw_span_word(&word, &rest)) {
        tilted = tilted || sw_span_is(word, "xy");
        general = general || sw_span_is(word, "abc");
        /* the words of the boundary have two letters of p, f, s, m */
        if (++words > 3 && boundary < 3 && word.length == 2 && strchr("pfsm", *word.start))
            box->periodic[boundary++] = *word.start == 'p';
    }
    if (boundary == 0) /* old files do not say */
        box->periodic[0] = box->periodic[1] = box->periodic[2] = true;
    double rows[3][4] = {{0}};
    sw_status status = read_rows(rows, general ? 4 : tilted ? 3 : 2, lines, error);
    if (status != SW_OK)
        return status;
    if (general)
        general_box(box, rows);
    else
        restricted_box(box, rows, tilted);
    return sw_lammps_box_check(box, lines, error);
}
