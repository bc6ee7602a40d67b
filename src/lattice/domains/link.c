/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/domains/link.h"

#include <spillway/lattice.h>

#include <stdlib.h>
#include <string.h>

#ifdef SPILLWAY_MPI
#include <mpi.h>
#endif

/* ---- one process alone ----------------------------------------------------------------------- */

static sw_status share_alone(void *data, size_t size) {
    (void)data;
    (void)size;
    return SW_OK;
}

static sw_status collect_alone(void *all, const void *own, size_t size) {
    memcpy(all, own, size);
    return SW_OK;
}

static sw_status send_alone(int to, const void *data, size_t size) {
    (void)to;
    (void)data;
    (void)size;
    return SW_ERROR_ARGUMENT; /* there is nobody else */
}

static sw_status receive_alone(int from, void *data, size_t size) {
    (void)from;
    (void)data;
    (void)size;
    return SW_ERROR_ARGUMENT;
}

static sw_status pass_alone(const sw_parcel *out, size_t outs, const sw_parcel *in, size_t ins) {
    (void)out;
    (void)in;
    return outs + ins == 0 ? SW_OK : SW_ERROR_ARGUMENT;
}

static sw_link alone(void) {
    return (sw_link){1, 0, share_alone, collect_alone, send_alone, receive_alone, pass_alone};
}

/* ---- many, through MPI ----------------------------------------------------------------------- */

/* Processes that a launcher says it started, or 1. */
static long launched(void) {
    const char *names[] = {"OMPI_COMM_WORLD_SIZE", "PMIX_SIZE", "PMI_SIZE"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *text = getenv(names[i]);
        if (text)
            return strtol(text, NULL, 10);
    }
    /* srun's PMIx tells the number by SLURM alone */
    const char *tasks = getenv("SLURM_NTASKS");
    return getenv("PMIX_RANK") && tasks ? strtol(tasks, NULL, 10) : 1;
}

#ifdef SPILLWAY_MPI

#define LARGEST_MESSAGE ((size_t)1 << 30) /* counts are of type int */
#define PARCELS 8                         /* a process among many holds one domain */
#define TAG_PLAIN 32000                   /* above those of parcels */

static sw_status status_of(int result) {
    return result == MPI_SUCCESS ? SW_OK : SW_ERROR_FILE;
}

static sw_status share_bytes(void *data, size_t size) {
    return status_of(MPI_Bcast(data, (int)size, MPI_BYTE, 0, MPI_COMM_WORLD));
}

static sw_status collect_bytes(void *all, const void *own, size_t size) {
    return status_of(
        MPI_Allgather(own, (int)size, MPI_BYTE, all, (int)size, MPI_BYTE, MPI_COMM_WORLD));
}

static sw_status send_bytes(int to, const void *data, size_t size) {
    const char *bytes = data;
    sw_status status = SW_OK;
    for (size_t at = 0; at < size && status == SW_OK; at += LARGEST_MESSAGE) {
        size_t part = size - at < LARGEST_MESSAGE ? size - at : LARGEST_MESSAGE;
        status =
            status_of(MPI_Send(bytes + at, (int)part, MPI_BYTE, to, TAG_PLAIN, MPI_COMM_WORLD));
    }
    return status;
}

static sw_status receive_bytes(int from, void *data, size_t size) {
    char *bytes = data;
    sw_status status = SW_OK;
    for (size_t at = 0; at < size && status == SW_OK; at += LARGEST_MESSAGE) {
        size_t part = size - at < LARGEST_MESSAGE ? size - at : LARGEST_MESSAGE;
        status = status_of(MPI_Recv(bytes + at, (int)part, MPI_BYTE, from, TAG_PLAIN,
                                    MPI_COMM_WORLD, MPI_STATUS_IGNORE));
    }
    return status;
}

static sw_status pass_parcels(const sw_parcel *out, size_t outs, const sw_parcel *in, size_t ins) {
    MPI_Request request[2 * PARCELS];
    int count = 0;
    sw_status status = outs > PARCELS || ins > PARCELS ? SW_ERROR_ARGUMENT : SW_OK;
    for (size_t i = 0; i < ins && status == SW_OK; i++)
        status = status_of(MPI_Irecv(in[i].data, (int)in[i].size, MPI_BYTE, in[i].process,
                                     in[i].tag, MPI_COMM_WORLD, &request[count++]));
    for (size_t i = 0; i < outs && status == SW_OK; i++)
        status = status_of(MPI_Isend(out[i].data, (int)out[i].size, MPI_BYTE, out[i].process,
                                     out[i].tag, MPI_COMM_WORLD, &request[count++]));
    return status == SW_OK ? status_of(MPI_Waitall(count, request, MPI_STATUSES_IGNORE)) : status;
}

static bool joined(void) {
    int begun = 0, ended = 0;
    MPI_Initialized(&begun);
    MPI_Finalized(&ended);
    return begun && !ended;
}

sw_link sw_link_open(void) {
    if (!joined())
        return alone();
    sw_link link = {1, 0, share_bytes, collect_bytes, send_bytes, receive_bytes, pass_parcels};
    MPI_Comm_size(MPI_COMM_WORLD, &link.processes);
    MPI_Comm_rank(MPI_COMM_WORLD, &link.process);
    return link;
}

sw_status sw_lattice_join(int *processes, int *process, sw_error *error) {
    *processes = 1;
    *process = 0;
    if (launched() > 1 && !joined()) {
        if (MPI_Init(NULL, NULL) != MPI_SUCCESS)
            return sw_error_set(error, SW_ERROR_UNSUPPORTED, "MPI",
                                "try the launcher of the MPI that spillway was built with",
                                "the processes cannot be joined");
        MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    }
    sw_link link = sw_link_open();
    *processes = link.processes;
    *process = link.process;
    if (launched() > 1 && link.processes == 1)
        return sw_error_set(error, SW_ERROR_UNSUPPORTED, "MPI",
                            "use the launcher of the MPI that spillway was built with",
                            "the %ld processes that were started do not find each other",
                            launched());
    return SW_OK;
}

void sw_link_close(void) {
    if (joined())
        MPI_Finalize();
}

#else

sw_link sw_link_open(void) {
    return alone();
}

sw_status sw_lattice_join(int *processes, int *process, sw_error *error) {
    *processes = 1;
    *process = 0;
    if (launched() > 1)
        return sw_error_set(error, SW_ERROR_UNSUPPORTED, "MPI",
                            "install libopenmpi-dev and build again, or leave mpirun away",
                            "this spillway was built without MPI, but %ld processes were started",
                            launched());
    return SW_OK;
}

void sw_link_close(void) {
}

#endif
