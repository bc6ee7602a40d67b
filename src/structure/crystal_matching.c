/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/crystal_matching.h"

#include "base/matrix.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/rotation.h"
#include "structure/face_order.h"
#include "structure/neighbours.h"
#include "structure/template_search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PIECE 512
#define BONDS 4       /* of an atom in diamond */
#define OTHER_BONDS 3 /* of each of its neighbours */
#define CANDIDATES 18 /* nearest atoms among which faces choose: two shells of fcc */

typedef struct sw_matching_work {
    const sw_neighbours *neighbours;
    const sw_crystal_matching_options *options;
    sw_crystal_match *match;
    struct sw_atom_work *atom; /* one a worker */
} sw_matching_work;

/* ---- neighbourhoods -------------------------------------------------------------------------- */

/* The three nearest of neighbour `k` of an atom, but for the atom itself: it is the one opposite to
 * the bond. */
static bool add_other_bonds(double (*vector)[3], const sw_neighbours *neighbours, uint32_t atom,
                            size_t k) {
    const double *bond = neighbours->vector[k];
    uint32_t at = neighbours->index[k];
    size_t found = 0;
    for (size_t l = neighbours->first[at]; l < neighbours->first[at + 1]; l++) {
        const double *next = neighbours->vector[l];
        bool back = neighbours->index[l] == atom && next[0] == -bond[0] && next[1] == -bond[1] &&
                    next[2] == -bond[2];
        if (back || found == OTHER_BONDS)
            continue;
        for (int d = 0; d < 3; d++)
            vector[found][d] = bond[d] + next[d];
        found++;
    }
    return found == OTHER_BONDS;
}

static bool gather_diamond(double (*vector)[3], const sw_neighbours *neighbours, uint32_t atom) {
    size_t first = neighbours->first[atom];
    if (neighbours->first[atom + 1] - first < BONDS)
        return false;
    memcpy(vector, neighbours->vector[first], BONDS * sizeof *vector);
    for (size_t b = 0; b < BONDS; b++)
        if (!add_other_bonds(&vector[BONDS + OTHER_BONDS * b], neighbours, atom, first + b))
            return false;
    return true;
}

static bool is_diamond(sw_crystal_kind crystal) {
    return crystal == SW_CRYSTAL_DIAMOND || crystal == SW_CRYSTAL_HEXAGONAL_DIAMOND;
}

/* ---- one atom -------------------------------------------------------------------------------- */

static void set_none(sw_crystal_match *match) {
    match->type = match->nearest = SW_CRYSTAL_OTHER;
    match->rmsd = match->distance = NAN;
    for (int k = 0; k < 4; k++)
        match->orientation[k] = NAN;
    for (int k = 0; k < 9; k++)
        match->deformation[k / 3][k % 3] = NAN;
}

/* F refers to the crystal in its reduced orientation: F_fit R_fit^T R_reduced. */
static void set_match(sw_crystal_match *match, const sw_template_fit *fit, sw_crystal_kind crystal,
                      const double (*vector)[3]) {
    const sw_crystal_template *of = sw_crystal_template_of(crystal);
    double total[3][3], turned[3][3], fitted[3][3], reduced[3][3];
    match->nearest = crystal;
    match->rmsd = fit->rmsd;
    match->distance = fit->scale * of->nearest;
    memcpy(match->orientation, fit->rotation, sizeof match->orientation);
    sw_crystal_reduce(match->orientation, crystal);
    sw_template_deformation(total, fit, of, vector);
    sw_rotation_of_quaternion(fitted, fit->rotation);
    sw_rotation_of_quaternion(reduced, match->orientation);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            turned[i][j] = 0.0;
            for (int k = 0; k < 3; k++)
                turned[i][j] += total[i][k] / fit->scale * fitted[j][k];
        }
    sw_matrix_product(match->deformation, (const double(*)[3])turned, (const double(*)[3])reduced);
}

/* ---- one atom's searches --------------------------------------------------------------------- */

typedef enum sw_shape_kind {
    SHAPE_OF_6,
    SHAPE_OF_12,
    SHAPE_OF_14,
    SHAPE_OF_DIAMOND,
    SHAPES
} sw_shape_kind;

static const size_t neighbours_of_shape[SHAPES] = {6, 12, 14, (1 + OTHER_BONDS) * (size_t)BONDS};

static sw_shape_kind shape_of(sw_crystal_kind crystal) {
    int shape = 0;
    while (neighbours_of_shape[shape] != sw_crystal_template_of(crystal)->neighbours)
        shape++;
    return (sw_shape_kind)shape;
}

typedef struct sw_atom_work {
    const sw_matching_work *work;
    uint32_t index;
    double around[SW_TEMPLATE_NEIGHBOURS][3]; /* the diamonds' */
    bool taken[SHAPES], usable[SHAPES];
    sw_shape shape[SHAPES];
    sw_template_search search[SW_CRYSTALS];
    double limit;
    sw_crystal_kind best;
    sw_template_fit fit;
} sw_atom_work;

/* The shape that a crystal is laid on; taken when it is first asked for. NULL where neighbours
 * lack. */
static sw_shape *take_shape(sw_atom_work *atom, sw_crystal_kind crystal) {
    const sw_neighbours *neighbours = atom->work->neighbours;
    size_t first = neighbours->first[atom->index];
    size_t there = neighbours->first[atom->index + 1] - first;
    sw_shape_kind kind = shape_of(crystal);
    const double(*vector)[3] = (const double(*)[3])neighbours->vector + first;
    if (!atom->taken[kind]) {
        bool enough = there >= neighbours_of_shape[kind];
        if (kind == SHAPE_OF_DIAMOND) {
            enough = gather_diamond(atom->around, neighbours, atom->index);
            vector = (const double(*)[3])atom->around;
        }
        atom->taken[kind] = true;
        atom->usable[kind] =
            enough && sw_shape_take(&atom->shape[kind], vector, neighbours_of_shape[kind]);
    }
    return atom->usable[kind] ? &atom->shape[kind] : NULL;
}

/* Whether what has been laid on the same neighbours already rules a crystal out. */
static bool is_ruled_out(const sw_atom_work *atom, uint32_t begun, sw_crystal_kind crystal) {
    const sw_crystal_template *of = sw_crystal_template_of(crystal);
    double points = (double)of->neighbours + 1.0;
    double allowed = asin(fmin(atom->limit * sqrt(points / of->spread), 1.0));
    for (sw_crystal_kind other = SW_CRYSTAL_FCC; other < SW_CRYSTALS; other++)
        if ((begun >> other & 1U) &&
            sw_crystal_apart(other, crystal) - atom->search[other].angle > allowed)
            return true;
    return false;
}

static void take_result(sw_atom_work *atom, sw_crystal_kind crystal) {
    sw_template_fit fit;
    if (!sw_template_search_result(&fit, &atom->search[crystal]) || !(fit.rmsd < atom->limit))
        return;
    atom->fit = fit;
    atom->best = crystal;
    atom->limit = fit.rmsd;
}

/* Of the crystals in the set the one that a guess has come nearest to. */
static sw_crystal_kind nearest_guess(const sw_atom_work *atom, uint32_t set) {
    sw_crystal_kind nearest = SW_CRYSTAL_OTHER;
    for (sw_crystal_kind crystal = SW_CRYSTAL_FCC; crystal < SW_CRYSTALS; crystal++)
        if ((set >> crystal & 1U) && (nearest == SW_CRYSTAL_OTHER ||
                                      atom->search[crystal].angle < atom->search[nearest].angle))
            nearest = crystal;
    return nearest;
}

static void find_best(sw_atom_work *atom, uint32_t crystals) {
    uint32_t begun = 0, left = 0;
    for (sw_crystal_kind crystal = SW_CRYSTAL_FCC; crystal < SW_CRYSTALS; crystal++) {
        sw_shape *shape;
        if (!(crystals >> crystal & 1U) || is_ruled_out(atom, begun, crystal) ||
            (shape = take_shape(atom, crystal)) == NULL)
            continue;
        sw_template_search_begin(&atom->search[crystal], sw_crystal_template_of(crystal), shape,
                                 atom->limit);
        take_result(atom, crystal);
        begun |= 1U << crystal;
        left |= (uint32_t)!atom->search[crystal].finished << crystal;
    }
    while (left != 0) {
        sw_crystal_kind crystal = nearest_guess(atom, left);
        left &= ~(1U << crystal);
        if (is_ruled_out(atom, begun, crystal))
            continue;
        sw_template_search_complete(&atom->search[crystal], atom->limit);
        take_result(atom, crystal);
    }
}

static void match_atom(const sw_matching_work *work, sw_atom_work *atom, uint32_t index) {
    sw_crystal_match *match = &work->match[index];
    atom->work = work;
    atom->index = index;
    atom->limit = work->options->farthest;
    atom->best = SW_CRYSTAL_OTHER;
    memset(atom->taken, 0, sizeof atom->taken);
    find_best(atom, work->options->crystals);
    set_none(match);
    if (atom->best == SW_CRYSTAL_OTHER)
        return;
    set_match(match, &atom->fit, atom->best, atom->shape[shape_of(atom->best)].vector);
    if (match->rmsd < work->options->threshold)
        match->type = atom->best;
}

static sw_status match_piece(void *user, size_t first, size_t end, int worker) {
    sw_matching_work *work = user;
    for (size_t i = first; i < end; i++)
        match_atom(work, &work->atom[worker], (uint32_t)i);
    return SW_OK;
}

/* ---- all atoms ------------------------------------------------------------------------------- */

static size_t neighbours_needed(uint32_t crystals) {
    size_t most = 0;
    for (sw_crystal_kind crystal = SW_CRYSTAL_FCC; crystal < SW_CRYSTALS; crystal++) {
        size_t own = is_diamond(crystal) ? BONDS : sw_crystal_template_of(crystal)->neighbours;
        if ((crystals >> crystal & 1U) && own > most)
            most = own;
    }
    return most;
}

static sw_status check_options(const sw_crystal_matching_options *options, sw_error *error) {
    if (neighbours_needed(options->crystals) == 0)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "crystals", "choose at least one",
                            "no crystal to look for");
    if (!(options->threshold > 0.0) || !(options->farthest >= options->threshold))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "threshold",
                            "give an rmsd above 0, and fit at least up to it",
                            "nothing fits below an rmsd of %g", options->threshold);
    return SW_OK;
}

static sw_status match_all(sw_matching_work *work, sw_crystal_matching *matching,
                           sw_context *context, sw_error *error) {
    int workers = sw_parallel_workers(context, matching->atoms, PIECE);
    matching->match = sw_allocate(matching->atoms, sizeof *matching->match);
    work->match = matching->match;
    work->atom = sw_allocate((size_t)workers, sizeof *work->atom);
    sw_status status = matching->match && work->atom
                           ? sw_parallel(context, matching->atoms, PIECE, match_piece, work)
                           : SW_ERROR_MEMORY;
    free(work->atom);
    if (status == SW_ERROR_CANCELLED)
        return sw_error_set(error, status, "template", NULL, "cancelled");
    if (status != SW_OK)
        return sw_error_set(error, status, "template", NULL, "not enough memory for %zu atoms",
                            matching->atoms);
    return SW_OK;
}

sw_status sw_crystal_matching_create(sw_crystal_matching *matching, const sw_atoms *atoms,
                                     const sw_crystal_matching_options *options,
                                     sw_context *context, sw_error *error) {
    sw_neighbours neighbours = {0};
    sw_matching_work work = {.neighbours = &neighbours, .options = options};
    memset(matching, 0, sizeof *matching);
    matching->atoms = sw_atoms_count(atoms);
    sw_status status = check_options(options, error);
    if (status == SW_OK)
        status = sw_neighbours_nearest(
            &neighbours, atoms,
            options->by_faces ? CANDIDATES : neighbours_needed(options->crystals), context, error);
    if (status == SW_OK && options->by_faces)
        status = sw_neighbours_order_by_faces(&neighbours, context, error);
    if (status == SW_OK)
        status = match_all(&work, matching, context, error);
    sw_neighbours_clear(&neighbours);
    if (status != SW_OK)
        sw_crystal_matching_clear(matching);
    return status;
}

void sw_crystal_matching_clear(sw_crystal_matching *matching) {
    free(matching->match);
    memset(matching, 0, sizeof *matching);
}

/* ---- strain ---------------------------------------------------------------------------------- */

/* The rotation of the polar decomposition: R <- (R + R^-T) / 2 (N. J. Higham, SIAM J. Sci. Stat.
 * Comput. 7, 1160 (1986)); converges quadratically. */
static bool nearest_rotation(double rotation[3][3], const double matrix[3][3]) {
    double change = 1.0;
    memcpy(rotation, matrix, 9 * sizeof(double));
    for (int step = 0; step < 60 && change > 1e-15; step++) {
        double inverse[3][3];
        if (!sw_matrix_inverse(inverse, (const double(*)[3])rotation))
            return false;
        change = 0.0;
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++) {
                double off = 0.5 * (inverse[j][i] - rotation[i][j]);
                change = fmax(change, fabs(off));
                rotation[i][j] += off;
            }
    }
    return true;
}

void sw_crystal_strain(double strain[6], const sw_crystal_match *match, double reference) {
    static const int first[6] = {0, 1, 2, 1, 0, 0}, second[6] = {0, 1, 2, 2, 2, 1};
    double rotation[3][3], ratio = match->distance / reference;
    bool solid = match->nearest != SW_CRYSTAL_OTHER && ratio > 0.0 &&
                 nearest_rotation(rotation, match->deformation);
    for (int c = 0; c < 6; c++) {
        double stretch = solid ? 0.0 : NAN, across = stretch;
        for (int k = 0; k < 3 && solid; k++) {
            stretch += match->deformation[first[c]][k] * rotation[second[c]][k];
            across += match->deformation[second[c]][k] * rotation[first[c]][k];
        }
        strain[c] = 0.5 * ratio * (stretch + across) - (c < 3 ? 1.0 : 0.0);
    }
}
