/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/voronoi.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "structure/voronoi_faces.h"
#include "structure/voronoi_merge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PIECE 256 /* atoms */

/* The faces of a piece of atoms, in the order of places. */
typedef struct sw_voronoi_piece {
    sw_voronoi_face *face;
    size_t count;
} sw_voronoi_piece;

typedef struct sw_voronoi_work {
    const sw_voronoi_options *options;
    const sw_voronoi_space *space;
    sw_voronoi *voronoi;
    sw_context *context;
    sw_voronoi_maker *maker; /* one a worker */
    sw_voronoi_piece *piece; /* NULL where neighbours are not kept */
} sw_voronoi_work;

/* ---- cells ----------------------------------------------------------------------------------- */

static sw_status keep_faces(sw_voronoi_piece *piece, const sw_voronoi_maker *maker) {
    piece->count = maker->faces;
    piece->face = sw_allocate(maker->faces, sizeof *piece->face);
    if (!piece->face)
        return SW_ERROR_MEMORY;
    memcpy(piece->face, maker->face, maker->faces * sizeof *piece->face);
    return SW_OK;
}

static sw_status make_piece(void *user, size_t first, size_t end, int worker) {
    sw_voronoi_work *work = user;
    sw_voronoi_maker *maker = &work->maker[worker];
    sw_status status = SW_OK;
    maker->faces = 0;
    for (size_t place = first; place < end && status == SW_OK; place++) {
        size_t atom = work->space->grid.order[place];
        status = sw_voronoi_make(&work->voronoi->atom[atom], maker, place);
    }
    if (status == SW_OK && work->piece)
        status = keep_faces(&work->piece[first / PIECE], maker);
    if (worker == 0)
        sw_progress(work->context, (double)end / (double)work->voronoi->atoms, "Voronoi cells");
    return status;
}

static sw_status make_cells(sw_voronoi_work *work) {
    size_t atoms = work->voronoi->atoms;
    int workers = sw_parallel_workers(work->context, atoms, PIECE), ready = 0;
    sw_status status = SW_OK;
    work->maker = sw_allocate((size_t)workers, sizeof *work->maker);
    if (!work->maker)
        return SW_ERROR_MEMORY;
    while (ready < workers && status == SW_OK)
        status = sw_voronoi_maker_create(&work->maker[ready++], work->space, work->options);
    if (status == SW_OK)
        status = sw_parallel(work->context, atoms, PIECE, make_piece, work);
    for (int i = 0; i < ready; i++)
        sw_voronoi_maker_clear(&work->maker[i]);
    free(work->maker);
    return status;
}

/* ---- neighbours ------------------------------------------------------------------------------ */

static sw_status deal_piece(void *user, size_t first, size_t end, int worker) {
    sw_voronoi_work *work = user;
    sw_voronoi *voronoi = work->voronoi;
    sw_voronoi_piece *piece = &work->piece[first / PIECE];
    const sw_voronoi_face *face = piece->face;
    (void)worker;
    for (size_t place = first; place < end; place++) {
        size_t atom = work->space->grid.order[place];
        for (size_t k = voronoi->first[atom]; k < voronoi->first[atom + 1]; k++, face++) {
            voronoi->neighbour[k] = work->space->grid.order[face->place];
            voronoi->area[k] = face->area;
            memcpy(voronoi->vector[k], face->vector, sizeof face->vector);
        }
    }
    free(piece->face);
    piece->face = NULL;
    return SW_OK;
}

/* From pieces, by place, to lists by atom. */
static sw_status deal_faces(sw_voronoi_work *work) {
    sw_voronoi *voronoi = work->voronoi;
    voronoi->first = sw_allocate(voronoi->atoms + 1, sizeof *voronoi->first);
    if (!voronoi->first)
        return SW_ERROR_MEMORY;
    for (size_t i = 0; i < voronoi->atoms; i++)
        voronoi->first[i + 1] = voronoi->first[i] + voronoi->atom[i].faces;
    size_t faces = voronoi->first[voronoi->atoms];
    voronoi->neighbour = sw_allocate(faces, sizeof *voronoi->neighbour);
    voronoi->area = sw_allocate(faces, sizeof *voronoi->area);
    voronoi->vector = sw_allocate(faces, sizeof *voronoi->vector);
    if (!voronoi->neighbour || !voronoi->area || !voronoi->vector)
        return SW_ERROR_MEMORY;
    return sw_parallel(work->context, voronoi->atoms, PIECE, deal_piece, work);
}

/* ---- all ------------------------------------------------------------------------------------- */

static sw_status check_options(const sw_voronoi_options *options, sw_error *error) {
    if (!(options->smallest_face >= 0.0 && options->smallest_face < 1.0))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "smallest face",
                            "give a fraction of the surface from 0 to below 1",
                            "%g is no such fraction", options->smallest_face);
    if (!(options->cutoff >= 0.0))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "cutoff", "give 0 A or more",
                            "%g A is no distance", options->cutoff);
    if (!(options->farthest >= 0.0))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "farthest", "give 0 A or more",
                            "%g A is no distance", options->farthest);
    if (!(options->cube >= 0.0 && options->cube < 1e12))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "cube", "give 0 A or more",
                            "%g A is no side of a cube", options->cube);
    return SW_OK;
}

static sw_status make_all(sw_voronoi_work *work) {
    sw_voronoi *voronoi = work->voronoi;
    size_t pieces = voronoi->atoms / PIECE + 1;
    sw_status status = SW_OK;
    if (work->options->neighbours)
        work->piece = sw_allocate(pieces, sizeof *work->piece);
    if (work->options->neighbours && !work->piece)
        return SW_ERROR_MEMORY;
    status = make_cells(work);
    if (status == SW_OK && work->piece)
        status = deal_faces(work);
    for (size_t i = 0; work->piece && i < pieces; i++)
        free(work->piece[i].face);
    free(work->piece);
    for (size_t i = 0; i < voronoi->atoms; i++)
        voronoi->open += voronoi->atom[i].kind == SW_VORONOI_OPEN;
    return status;
}

/* Cells of atoms of which none are on top of each other. */
static sw_status create_apart(sw_voronoi *voronoi, const sw_atoms *atoms,
                              const sw_voronoi_options *options, sw_context *context,
                              sw_error *error) {
    sw_voronoi_space space;
    sw_status status = sw_voronoi_space_create(&space, atoms, options->farthest, error);
    if (status != SW_OK)
        return status;
    voronoi->atoms = sw_atoms_count(atoms);
    voronoi->atom = sw_allocate(voronoi->atoms, sizeof *voronoi->atom);
    sw_voronoi_work work = {
        .options = options, .space = &space, .voronoi = voronoi, .context = context};
    status = voronoi->atom ? make_all(&work) : SW_ERROR_MEMORY;
    if (status == SW_ERROR_MEMORY)
        sw_error_set(error, status, "voronoi", "leave the neighbours out, or measure fewer atoms",
                     "not enough memory for the cells of %zu atoms", voronoi->atoms);
    else if (status == SW_ERROR_CANCELLED)
        sw_error_set(error, status, "voronoi", NULL, "stopped before all cells were made");
    else if (status == SW_ERROR_NUMERIC)
        status = sw_voronoi_refuse(&space, error);
    sw_voronoi_space_clear(&space);
    return status;
}

static sw_status create_merged(sw_voronoi *voronoi, const sw_atoms *atoms,
                               const sw_voronoi_options *options, sw_context *context,
                               sw_error *error) {
    sw_atoms *apart;
    uint32_t *kept;
    sw_status status = sw_voronoi_separate(&apart, &kept, atoms, error);
    if (status == SW_OK)
        status = create_apart(voronoi, apart, options, context, error);
    if (status == SW_OK && sw_voronoi_spread(voronoi, kept, sw_atoms_count(atoms)) != SW_OK)
        status =
            sw_error_set(error, SW_ERROR_MEMORY, "voronoi", NULL,
                         "not enough memory for the cells of %zu atoms", sw_atoms_count(atoms));
    sw_atoms_destroy(apart);
    free(kept);
    return status;
}

sw_status sw_voronoi_create(sw_voronoi *voronoi, const sw_atoms *atoms,
                            const sw_voronoi_options *options, sw_context *context,
                            sw_error *error) {
    memset(voronoi, 0, sizeof *voronoi);
    sw_status status = check_options(options, error);
    if (status == SW_OK && options->merge)
        status = create_merged(voronoi, atoms, options, context, error);
    else if (status == SW_OK)
        status = create_apart(voronoi, atoms, options, context, error);
    if (status != SW_OK)
        sw_voronoi_clear(voronoi);
    return status;
}

void sw_voronoi_clear(sw_voronoi *voronoi) {
    free(voronoi->atom);
    free(voronoi->first);
    free(voronoi->neighbour);
    free(voronoi->area);
    free(voronoi->vector);
    memset(voronoi, 0, sizeof *voronoi);
}

bool sw_voronoi_at_surface(const sw_voronoi_atom *atom, double farthest) {
    return atom->kind != SW_VORONOI_CLOSED || !(atom->reach < farthest);
}

double sw_voronoi_sphericity(const sw_voronoi_atom *atom) {
    return atom->volume > 0.0 ? cbrt(36.0 * M_PI * atom->volume * atom->volume) / atom->surface
                              : NAN;
}
