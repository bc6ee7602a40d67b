/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Structures by name. Positions after the International Tables for Crystallography, volume A;
 * spinel in Fd-3m with the origin at -43m, where the anion is at u + 1/8 (u = 1/4 is close
 * packing).
 */
#include "model/recipe_sections.h"

#include <math.h>
#include <string.h>

/* A place is base + u * slope, repeated by the centring. */
typedef struct structure_site {
    int kind;
    double base[3], slope[3];
} structure_site;

typedef struct structure_row {
    const char *name;
    const char *words; /* kinds of site */
    int kinds;
    char centring; /* P, I, F */
    bool hexagonal;
    double c; /* in units of a; 0: cubic */
    double u; /* 0: none */
    size_t sites;
    const structure_site *site;
} structure_row;

static const structure_site corner[] = {{.kind = 0}};
static const structure_site two_hcp[] = {{.kind = 0}, {.kind = 0, .base = {1.0 / 3, 2.0 / 3, 0.5}}};
static const structure_site diamond[] = {{.kind = 0}, {.kind = 0, .base = {0.25, 0.25, 0.25}}};
static const structure_site rock_salt[] = {{.kind = 0}, {.kind = 1, .base = {0.5, 0.5, 0.5}}};
static const structure_site fluorite[] = {
    {.kind = 0}, {.kind = 1, .base = {0.25, 0.25, 0.25}}, {.kind = 1, .base = {0.75, 0.75, 0.75}}};
static const structure_site spinel[] = {
    {.kind = 0},
    {.kind = 0, .base = {0.25, 0.25, 0.25}},
    {.kind = 1, .base = {0.625, 0.625, 0.625}},
    {.kind = 1, .base = {0.625, 0.875, 0.875}},
    {.kind = 1, .base = {0.875, 0.625, 0.875}},
    {.kind = 1, .base = {0.875, 0.875, 0.625}},
    {.kind = 2, .base = {0.125, 0.125, 0.125}, .slope = {1, 1, 1}},
    {.kind = 2, .base = {0.125, -0.125, -0.125}, .slope = {1, -1, -1}},
    {.kind = 2, .base = {-0.125, 0.125, -0.125}, .slope = {-1, 1, -1}},
    {.kind = 2, .base = {-0.125, -0.125, 0.125}, .slope = {-1, -1, 1}},
    {.kind = 2, .base = {0.125, 0.125, 0.125}, .slope = {-1, -1, -1}},
    {.kind = 2, .base = {0.125, 0.375, 0.375}, .slope = {-1, 1, 1}},
    {.kind = 2, .base = {0.375, 0.125, 0.375}, .slope = {1, -1, 1}},
    {.kind = 2, .base = {0.375, 0.375, 0.125}, .slope = {1, 1, -1}},
};
static const structure_site rutile[] = {
    {.kind = 0},
    {.kind = 0, .base = {0.5, 0.5, 0.5}},
    {.kind = 1, .slope = {1, 1, 0}},
    {.kind = 1, .slope = {-1, -1, 0}},
    {.kind = 1, .base = {0.5, 0.5, 0.5}, .slope = {1, -1, 0}},
    {.kind = 1, .base = {0.5, 0.5, 0.5}, .slope = {-1, 1, 0}},
};

#define SITES(list) .sites = sizeof(list) / sizeof *(list), .site = (list)
static const structure_row rows[] = {
    {"sc", "atom", 1, 'P', SITES(corner)},
    {"fcc", "atom", 1, 'F', SITES(corner)},
    {"bcc", "atom", 1, 'I', SITES(corner)},
    {"hcp", "atom", 1, 'P', .hexagonal = true, .c = 1.632993161855452, SITES(two_hcp)},
    {"diamond", "atom", 1, 'F', SITES(diamond)},
    {"rock-salt", "cation, anion", 2, 'F', SITES(rock_salt)},
    {"fluorite", "cation, anion", 2, 'F', SITES(fluorite)},
    {"spinel", "tetrahedral, octahedral, anion", 3, 'F', .u = 0.25, SITES(spinel)},
    {"rutile", "cation, anion", 2, 'P', .c = 0.644, .u = 0.305, SITES(rutile)},
};

static const structure_row *find_row(const char *name) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    return NULL;
}

int sw_structure_kinds(const char *name, const char **words) {
    const structure_row *row = find_row(name);
    *words = row ? row->words : "";
    return row ? row->kinds : 0;
}

bool sw_structure_has_c(const char *name) {
    const structure_row *row = find_row(name);
    return row && row->c > 0;
}

bool sw_structure_has_u(const char *name) {
    const structure_row *row = find_row(name);
    return row && row->u > 0;
}

static size_t centring(double shifts[4][3], char letter) {
    static const double face[4][3] = {{0, 0, 0}, {0, 0.5, 0.5}, {0.5, 0, 0.5}, {0.5, 0.5, 0}};
    static const double body[2][3] = {{0, 0, 0}, {0.5, 0.5, 0.5}};
    memcpy(shifts, face, sizeof face);
    if (letter == 'I')
        memcpy(shifts, body, sizeof body);
    return letter == 'F' ? 4 : letter == 'I' ? 2 : 1;
}

static void make_cell(double cell[3][3], const structure_row *row, double c) {
    memset(cell, 0, 9 * sizeof(double));
    cell[0][0] = cell[1][1] = 1;
    cell[2][2] = row->c > 0 ? c : 1;
    if (row->hexagonal) {
        cell[1][0] = -0.5;
        cell[1][1] = sqrt(0.75);
    }
}

bool sw_structure_make(double cell[3][3], sw_crystal_atom sites[SW_STRUCTURE_SITES], size_t *count,
                       const sw_structure_choice *choice) {
    const structure_row *row = find_row(choice->name);
    double shifts[4][3];
    *count = 0;
    if (!row)
        return false;
    double u = choice->u > 0 ? choice->u : row->u;
    size_t repeats = centring(shifts, row->centring);
    make_cell(cell, row, choice->c > 0 ? choice->c : row->c);
    for (size_t i = 0; i < row->sites; i++)
        for (size_t shift = 0; shift < repeats; shift++) {
            sw_crystal_atom *site = &sites[(*count)++];
            site->element = row->site[i].kind;
            for (int axis = 0; axis < 3; axis++) {
                double place =
                    row->site[i].base[axis] + u * row->site[i].slope[axis] + shifts[shift][axis];
                site->position[axis] = place - floor(place);
            }
        }
    return true;
}
