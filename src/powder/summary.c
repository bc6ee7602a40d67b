/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What papers print of a run, by the criteria that they often leave undefined. */
#include "powder/powder.h"

#include <math.h>

#define GONE 0.01 /* of the nickel: NiO below it is not seen */
#define COMPLETE 0.98
#define SLOW 0.01            /* of the largest rate */
#define FIRST_STEP (1.0 / 9) /* of the iron's oxygen: Fe2O3 to Fe3O4 */
#define BEGUN 0.1            /* conversion before which a rate may be a flash */

typedef double (*curve)(const sw_powder_amounts *amounts);

static double conversion(const sw_powder_amounts *amounts) {
    return amounts->conversion;
}
static double iron_conversion(const sw_powder_amounts *amounts) {
    return amounts->iron_conversion;
}
static double nickel_done(const sw_powder_amounts *amounts) {
    return 1 - amounts->nickel_left;
}
static double time_of(const sw_powder_amounts *amounts) {
    return amounts->time;
}
static double temperature_of(const sw_powder_amounts *amounts) {
    return amounts->temperature;
}
static double conversion_rate(const sw_powder_amounts *amounts) {
    return amounts->conversion_rate;
}
static double iron_rate(const sw_powder_amounts *amounts) {
    return amounts->iron_rate;
}

/* The first value of `wanted` where `rising` reaches a level, linear between points. */
static double reaching(const sw_powder *powder, curve rising, double level, curve wanted) {
    for (size_t i = 0; i < powder->points; i++) {
        double now = rising(&powder->point[i]);
        if (!(now >= level))
            continue;
        if (i == 0)
            return wanted(&powder->point[0]);
        double before = rising(&powder->point[i - 1]), step = now - before;
        double part = step > 0 ? (level - before) / step : 1;
        double from = wanted(&powder->point[i - 1]);
        return from + part * (wanted(&powder->point[i]) - from);
    }
    return (double)NAN;
}

double sw_powder_hydrogen_time(const sw_powder_model *model) {
    double time = 0;
    for (size_t i = 0; i < model->legs; i++) {
        if (model->leg[i].hydrogen > 0)
            return time;
        time += model->leg[i].duration;
    }
    return 0;
}

/* When the rate was last above a hundredth of its largest. */
static double slow_time(const sw_powder *powder) {
    double largest = 0, time = (double)NAN;
    for (size_t i = 0; i < powder->points; i++)
        if (powder->point[i].conversion > BEGUN)
            largest = fmax(largest, powder->point[i].conversion_rate);
    for (size_t i = 0; i < powder->points; i++)
        if (powder->point[i].conversion > BEGUN &&
            powder->point[i].conversion_rate > SLOW * largest)
            time = powder->point[i].time;
    return time;
}

/* Where the tangent at the steepest place of conversion against temperature, up to a conversion,
 * cuts zero. */
static double tangent_onset(const sw_powder *powder, double last) {
    double steepest = 0, onset = (double)NAN;
    for (size_t i = 1; i < powder->points; i++) {
        const sw_powder_amounts *a = &powder->point[i - 1], *b = &powder->point[i];
        double warmer = b->temperature - a->temperature;
        if (b->iron_conversion > last)
            break;
        double slope = warmer > 1e-6 ? (b->iron_conversion - a->iron_conversion) / warmer : 0;
        if (slope > steepest) {
            steepest = slope;
            onset = b->temperature - b->iron_conversion / slope;
        }
    }
    return onset;
}

/* Of a sample without oxygen: it does not begin and does not end. */
static sw_powder_summary nothing_leaves(void) {
    const double none = (double)NAN;
    sw_powder_summary summary = {.conversion = 1,
                                 .saturation = none,
                                 .saturation_rate = none,
                                 .onset = none,
                                 .onset_tangent = none,
                                 .onset_first = none,
                                 .nickel_gone = none,
                                 .complete = none};
    for (int i = 0; i < 9; i++)
        summary.rate[i] = summary.iron_rate[i] = none;
    return summary;
}

static void follow_conversion(sw_powder_summary *summary, const sw_powder *powder,
                              sw_powder_criteria criteria) {
    const sw_powder_model *model = powder->compiled.model;
    double begun = sw_powder_hydrogen_time(model);
    double last = powder->point[powder->points - 1].conversion;
    bool oxide = model->feed.nickel == SW_NICKEL_OXIDE;
    *summary = (sw_powder_summary){
        .conversion = last,
        .saturation = reaching(powder, conversion, criteria.saturation * last, time_of) - begun,
        .saturation_rate = slow_time(powder) - begun,
        .onset = reaching(powder, iron_conversion, criteria.onset, temperature_of),
        .onset_tangent = tangent_onset(powder, 1),
        .onset_first = tangent_onset(powder, FIRST_STEP),
        .nickel_gone = oxide ? reaching(powder, nickel_done, 1 - GONE, time_of) - begun : NAN,
        .complete = reaching(powder, conversion, COMPLETE, time_of) - begun,
    };
    for (int i = 0; i < 9; i++) {
        summary->rate[i] = reaching(powder, conversion, 0.1 * (i + 1), conversion_rate);
        summary->iron_rate[i] = reaching(powder, iron_conversion, 0.1 * (i + 1), iron_rate);
    }
}

void sw_powder_summarise(sw_powder_summary *summary, const sw_powder *powder,
                         sw_powder_criteria criteria) {
    *summary = nothing_leaves();
    if (powder->compiled.oxygen_fed > 0)
        follow_conversion(summary, powder, criteria);
    for (size_t i = 0; i < powder->points; i++)
        summary->largest_bcc = fmax(summary->largest_bcc, powder->point[i].bcc);
}
