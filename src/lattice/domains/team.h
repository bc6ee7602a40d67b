/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads that do one job many times: each time for the indices 0 ... count - 1, whoever comes. */
#ifndef SPILLWAY_LATTICE_DOMAINS_TEAM_H
#define SPILLWAY_LATTICE_DOMAINS_TEAM_H

#include <spillway/base.h>

typedef struct sw_team sw_team;
typedef void sw_team_job(void *user, int index);

/* At most `threads`, the caller among them; NULL where there is no memory. */
sw_team *sw_team_create(int threads);
void sw_team_destroy(sw_team *team);
/* Returns when all indices are done. */
void sw_team_work(sw_team *team, sw_team_job *job, void *user, int count);

#endif
