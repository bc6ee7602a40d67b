/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/crystal_matching.h"

#include "base/matrix.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/rotation.h"
#include "structure/neighbours.h"
#include "structure/template_search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PIECE 512
#define BONDS 4       /* of an atom in diamond */
#define OTHER_BONDS 3 /* of each of its neighbours */

typedef struct sw_matching_work {
    const sw_neighbours *neighbours;
    const sw_crystal_matching_options *options;
    sw_crystal_match *match;
    sw_template_search (*searches)[SW_CRYSTALS]; /* one a worker and crystal */
} sw_matching_work;

/* ---- neighbourhoods -----------------------------------------------------------------------------
 */

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

/* ---- one atom -----------------------------------------------------------------------------------
 */

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

/* One atom's searches: one a crystal, those of the diamonds on vectors of their own. */
typedef struct sw_atom_work {
    sw_template_search *search; /* [SW_CRYSTALS] */
    const double (*near)[3];
    double around[SW_TEMPLATE_NEIGHBOURS][3];
    double limit;
    sw_crystal_kind best;
    sw_template_fit fit;
} sw_atom_work;

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

static void find_best(sw_atom_work *atom, uint32_t crystals) {
    uint32_t begun = 0;
    for (sw_crystal_kind crystal = SW_CRYSTAL_FCC; crystal < SW_CRYSTALS; crystal++) {
        if (!(crystals >> crystal & 1U) || is_ruled_out(atom, begun, crystal))
            continue;
        sw_template_search_begin(
            &atom->search[crystal], sw_crystal_template_of(crystal),
            is_diamond(crystal) ? (const double(*)[3])atom->around : atom->near, atom->limit);
        take_result(atom, crystal);
        begun |= 1U << crystal;
    }
    for (sw_crystal_kind crystal = SW_CRYSTAL_FCC; crystal < SW_CRYSTALS; crystal++)
        if ((begun >> crystal & 1U) && !atom->search[crystal].finished &&
            !is_ruled_out(atom, begun, crystal)) {
            sw_template_search_complete(&atom->search[crystal], atom->limit);
            take_result(atom, crystal);
        }
}

/* The crystals whose neighbours are there. */
static uint32_t crystals_possible(sw_atom_work *atom, const sw_matching_work *work,
                                  uint32_t index) {
    const sw_neighbours *neighbours = work->neighbours;
    size_t count = neighbours->first[index + 1] - neighbours->first[index];
    uint32_t crystals = work->options->crystals;
    uint32_t diamonds = 1U << SW_CRYSTAL_DIAMOND | 1U << SW_CRYSTAL_HEXAGONAL_DIAMOND;
    for (sw_crystal_kind crystal = SW_CRYSTAL_FCC; crystal < SW_CRYSTALS; crystal++)
        if (!is_diamond(crystal) && count < sw_crystal_template_of(crystal)->neighbours)
            crystals &= ~(1U << crystal);
    if ((crystals & diamonds) && !gather_diamond(atom->around, neighbours, index))
        crystals &= ~diamonds;
    return crystals;
}

static void match_atom(const sw_matching_work *work, sw_template_search *search, uint32_t index) {
    const sw_neighbours *neighbours = work->neighbours;
    sw_crystal_match *match = &work->match[index];
    sw_atom_work atom = {.search = search,
                         .near = (const double(*)[3])neighbours->vector + neighbours->first[index],
                         .limit = work->options->farthest};
    find_best(&atom, crystals_possible(&atom, work, index));
    set_none(match);
    if (atom.best == SW_CRYSTAL_OTHER)
        return;
    set_match(match, &atom.fit, atom.best,
              is_diamond(atom.best) ? (const double(*)[3])atom.around : atom.near);
    if (match->rmsd < work->options->threshold)
        match->type = atom.best;
}

static sw_status match_piece(void *user, size_t first, size_t end, int worker) {
    sw_matching_work *work = user;
    for (size_t i = first; i < end; i++)
        match_atom(work, work->searches[worker], (uint32_t)i);
    return SW_OK;
}

/* ---- all atoms ----------------------------------------------------------------------------------
 */

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
    work->searches = sw_allocate((size_t)workers, sizeof *work->searches);
    sw_status status = matching->match && work->searches
                           ? sw_parallel(context, matching->atoms, PIECE, match_piece, work)
                           : SW_ERROR_MEMORY;
    free(work->searches);
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
        status = sw_neighbours_nearest(&neighbours, atoms, neighbours_needed(options->crystals),
                                       context, error);
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

/* ---- strain -------------------------------------------------------------------------------------
 */

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
