/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/domains/team.h"

#include "base/memory.h"

#include <pthread.h>
#include <stdlib.h>

struct sw_team {
    pthread_t *thread;
    int threads;          /* besides the caller */
    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t begin, end;
    sw_team_job *job;
    void *user;
    int next, count, left;
    bool leaving;
};

/* Works while there is something to do; the lock is held. */
static void work(sw_team *team) {
    while (team->next < team->count) {
        int index = team->next++;
        sw_team_job *job = team->job;
        void *user = team->user;
        pthread_mutex_unlock(&team->lock);
        job(user, index);
        pthread_mutex_lock(&team->lock);
        if (--team->left == 0)
            pthread_cond_signal(&team->end);
    }
}

static void *stand_by(void *user) {
    sw_team *team = user;
    pthread_mutex_lock(&team->lock);
    while (!team->leaving) {
        work(team);
        if (!team->leaving)
            pthread_cond_wait(&team->begin, &team->lock);
    }
    pthread_mutex_unlock(&team->lock);
    return NULL;
}

sw_team *sw_team_create(int threads) {
    sw_team *team = sw_allocate(1, sizeof *team);
    if (!team)
        return NULL;
    pthread_mutex_init(&team->lock, NULL);
    pthread_cond_init(&team->begin, NULL);
    pthread_cond_init(&team->end, NULL);
    size_t more = threads > 1 ? (size_t)threads - 1 : 0;
    team->thread = sw_allocate(more, sizeof *team->thread);
    while (team->thread && (size_t)team->threads < more &&
           pthread_create(&team->thread[team->threads], NULL, stand_by, team) == 0)
        team->threads++;
    return team; /* with fewer threads where the system has no more */
}

void sw_team_destroy(sw_team *team) {
    if (!team)
        return;
    pthread_mutex_lock(&team->lock);
    team->leaving = true;
    pthread_cond_broadcast(&team->begin);
    pthread_mutex_unlock(&team->lock);
    for (int t = 0; t < team->threads; t++)
        pthread_join(team->thread[t], NULL);
    pthread_cond_destroy(&team->begin);
    pthread_cond_destroy(&team->end);
    pthread_mutex_destroy(&team->lock);
    free(team->thread);
    free(team);
}

void sw_team_work(sw_team *team, sw_team_job *job, void *user, int count) {
    pthread_mutex_lock(&team->lock);
    team->job = job;
    team->user = user;
    team->next = 0;
    team->count = team->left = count;
    if (team->threads > 0 && count > 1)
        pthread_cond_broadcast(&team->begin);
    work(team);
    while (team->left > 0)
        pthread_cond_wait(&team->end, &team->lock);
    pthread_mutex_unlock(&team->lock);
}
