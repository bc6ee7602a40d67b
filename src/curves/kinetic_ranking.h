/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All reaction models fitted and ranked, one step against two, and the compensation line. */
#ifndef SPILLWAY_CURVES_KINETIC_RANKING_H
#define SPILLWAY_CURVES_KINETIC_RANKING_H

#include "curves/kinetic_fit.h"

enum { SW_RANKED_SINGLE = SW_REACTION_MODELS + 1, SW_RANKED = SW_RANKED_SINGLE + 2 };

typedef struct sw_kinetic_ranking {
    size_t count;
    sw_kinetic_fit fit[SW_RANKED]; /* best AICc first */
    sw_line compensation; /* ln A (A in 1/s) over E (J/mol) of single curves and all models */
} sw_kinetic_ranking;

/*
 * energies: J/mol at runs->level, the first guesses. Models that cannot be fitted are left out.
 * SW_ERROR_CANCELLED where the context is.
 */
SW_MUST_USE sw_status sw_kinetic_ranking_find(sw_kinetic_ranking *ranking,
                                              const sw_kinetic_runs *runs, const double *energies,
                                              sw_context *context, sw_error *error);
/* "F1", "order n", "two parallel steps" ... */
const char *sw_kinetic_fit_name(const sw_kinetic_fit *fit);
/* The best single step, and the best of two steps; NULL where there is none. */
const sw_kinetic_fit *sw_kinetic_ranking_best(const sw_kinetic_ranking *ranking, bool two_steps);
/*
 * Whether two steps are told apart: they do not miss the curves by an rms above 0.005 and five
 * times the noise (of conversion), one step misses them by half more than what they are known to,
 * two are better than one by more than 10 in AICc and by a fifth in rms, energies and shares have intervals below half of themselves, and energies of parallel steps
 * differ by more than theirs. *why: what is not so, static.
 */
bool sw_kinetic_steps_separate(const char **why, const sw_kinetic_fit *two,
                               const sw_kinetic_fit *one, double noise);
/* Standard deviation of conversion about the smooth curve, the largest of all runs. */
double sw_kinetic_noise(const sw_kinetic_runs *runs);
/* The table of models, the numbers of the best, and what can be said of steps. */
SW_MUST_USE sw_status sw_kinetic_ranking_report(const sw_kinetic_ranking *ranking,
                                                const sw_kinetic_runs *runs,
                                                sw_measurement *measurement);
/* Numbers of one fit. */
SW_MUST_USE sw_status sw_kinetic_fit_report(const sw_kinetic_fit *fit, sw_measurement *measurement);

#endif
