/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>

#define WORKER_LIMIT 256

typedef struct sw_work {
    sw_context *context;
    size_t count, piece;
    sw_parallel_function function;
    void *user;
    atomic_size_t next;
    atomic_int status;
} sw_work;

typedef struct sw_hand {
    sw_work *work;
    int worker;
    pthread_t thread;
} sw_hand;

static sw_status take_piece(sw_work *work, size_t piece, int worker) {
    size_t first = piece * work->piece;
    size_t end = work->count - first < work->piece ? work->count : first + work->piece;
    if (sw_context_cancelled(work->context))
        return SW_ERROR_CANCELLED;
    return work->function(work->user, first, end, worker);
}

static void *take_pieces(void *argument) {
    const sw_hand *hand = argument;
    sw_work *work = hand->work;
    size_t pieces = (work->count - 1) / work->piece + 1;
    while (atomic_load(&work->status) == SW_OK) {
        size_t piece = atomic_fetch_add(&work->next, 1);
        if (piece >= pieces)
            break;
        int none = SW_OK;
        sw_status status = take_piece(work, piece, hand->worker);
        if (status != SW_OK)
            atomic_compare_exchange_strong(&work->status, &none, (int)status);
    }
    return NULL;
}

int sw_parallel_workers(const sw_context *context, size_t count, size_t piece) {
    size_t pieces = count == 0 ? 1 : (count - 1) / piece + 1;
    int threads = sw_context_threads(context);
    threads = threads < WORKER_LIMIT ? threads : WORKER_LIMIT;
    return (size_t)threads < pieces ? threads : (int)pieces;
}

sw_status sw_parallel(sw_context *context, size_t count, size_t piece,
                      sw_parallel_function function, void *user) {
    sw_work work = {
        .context = context, .count = count, .piece = piece, .function = function, .user = user};
    sw_hand hands[WORKER_LIMIT] = {{.work = &work}};
    int workers = sw_parallel_workers(context, count, piece), started = 1;
    if (count == 0)
        return SW_OK;
    for (int i = 1; i < workers; i++)
        hands[i] = (sw_hand){.work = &work, .worker = i};
    while (started < workers &&
           pthread_create(&hands[started].thread, NULL, take_pieces, &hands[started]) == 0)
        started++;
    take_pieces(&hands[0]);
    for (int i = 1; i < started; i++)
        pthread_join(hands[i].thread, NULL);
    return (sw_status)atomic_load(&work.status);
}
