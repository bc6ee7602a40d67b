/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fit `powder`: parameters of a powder model from curves of a thermobalance. */
#include "run/powder_fit.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

enum { ROUNDS = 2 };       /* least squares begin again where a profile meets a better set */
enum { NOISE_ROUNDS = 4 }; /* and where the noise is another than was told */

#define BETTER 0.05 /* of the rise that the interval allows */
#define NOISE_KNOWN 0.1

static const char *const programme_words[] = {"data", "model", NULL};

static const sw_instrument_parameter parameters[] = {
    SW_CURVE_PARAMETERS,
    {.name = "model",
     .kind = SW_TAKES_TEXT,
     .standard = "fe2o3-nio",
     .help = "a model of a powder, by name or file"},
    {.name = "free",
     .kind = SW_TAKES_TEXT,
     .standard = "oxide_size, stagnant",
     .help = "what is fitted: parameters that the model calls swept and gives a range"},
    {.name = "settings",
     .kind = SW_TAKES_TEXT,
     .standard = "none",
     .help = "other values in the model, 'feed.nickel=none, flow=5 l/h'; one list for all "
             "curves, or one for each, parted by ';'"},
    {.name = "without",
     .kind = SW_TAKES_TEXT,
     .standard = "none",
     .help = "mechanisms that are left out, 'nickel, alloying'; lists as for settings"},
    {.name = "programme",
     .kind = SW_TAKES_CHOICE,
     .standard = "data",
     .choices = programme_words,
     .help = "temperature against time: as measured, or as the model says"},
    {.name = "hydrogen",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_TIME,
     .standard = "auto",
     .least = -1e9,
     .most = 1e9,
     .help = "when it is let in, by the file's clock; auto: as in the model's programme"},
    {.name = "sample",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_MASS,
     .standard = "auto",
     .help = "mass that was weighed in; auto: the file's where it is in mg, else the model's"},
    {.name = "temperature-error",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_TEMPERATURE,
     .standard = "1 K",
     .least = 0,
     .most = 50,
     .help = "standard error of the thermometer: one offset for all curves is fitted, a Gaussian "
             "about 0; 0 K: exact"},
    {.name = "mass-error",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_NUMBER,
     .standard = "0 %",
     .least = 0,
     .most = 0.1,
     .help = "standard error of the mass from hydrogen on against the mass before, of that mass "
             "(buoyancy, blank): an offset for each curve; 0 %: exact"},
    {.name = "scan",
     .kind = SW_TAKES_COUNT,
     .standard = "8",
     .least = 0,
     .most = 1000,
     .help = "sets over the ranges that are tried first; the best begins the fit"},
    {0},
};

typedef struct fit_work {
    sw_powder_fit fit;
    sw_powder_best best;
    sw_powder_profiles profiles;
    sw_powder_directions directions;
} fit_work;

static bool met_better(const sw_powder_profiles *profiles) {
    return profiles->better_sum < profiles->least - BETTER * (profiles->limit - profiles->least);
}

/* The errors of the instrument weigh against the noise, which the fit before tells: again until it is
 * the one that was told. */
static sw_status fit_again(fit_work *work, sw_error *error) {
    bool weighs = work->fit.temperature_error > 0 || work->fit.mass_error > 0;
    sw_status status = SW_OK;
    for (int round = 0; round < NOISE_ROUNDS && weighs && status == SW_OK; round++) {
        double noise = sw_powder_fit_noise(&work->fit, &work->best.result);
        if (fabs(noise / work->fit.noise - 1) < NOISE_KNOWN ||
            sw_context_cancelled(work->fit.context))
            break;
        work->fit.noise = noise;
        status = sw_powder_fit_from(&work->best, &work->fit, work->best.place, error);
    }
    return status;
}

static sw_status find(fit_work *work, size_t scan, sw_error *error) {
    sw_status status = sw_powder_fit_find(&work->best, &work->fit, scan, error);
    if (status == SW_OK)
        status = fit_again(work, error);
    for (int round = 0; round < ROUNDS && status == SW_OK; round++) {
        work->profiles = (sw_powder_profiles){.least = 0};
        status = sw_powder_profiles_find(&work->profiles, &work->fit, &work->best, error);
        if (status != SW_OK || !met_better(&work->profiles) || round + 1 == ROUNDS ||
            sw_context_cancelled(work->fit.context))
            break;
        status = sw_powder_fit_from(&work->best, &work->fit, work->profiles.better, error);
    }
    return status == SW_OK
               ? sw_powder_directions_find(&work->directions, &work->fit, &work->best, error)
               : status;
}

static sw_status note_state(sw_measurement *out, const fit_work *work) {
    if (sw_context_cancelled(work->fit.context))
        return sw_measurement_note(out, "Stopped by hand: what was found until then.");
    if (met_better(&work->profiles))
        return sw_measurement_note(out, "A profile met a better set than the fit: the sum of "
                                        "squares has several valleys. A larger --scan may help.");
    return SW_OK;
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    fit_work *work = sw_allocate(1, sizeof *work);
    if (!work)
        return SW_ERROR_MEMORY;
    sw_status status = sw_powder_fit_begin(&work->fit, inputs, settings, context, error);
    if (status == SW_OK)
        status = find(work, sw_setting_count(settings, "scan"), error);
    if (status == SW_OK)
        status = note_state(measurement, work);
    if (status == SW_OK)
        status = sw_powder_fit_report(measurement, &work->fit, &work->best, &work->profiles,
                                      &work->directions, error);
    sw_powder_fit_clear(&work->fit);
    free(work);
    return status;
}

static const sw_instrument row = {
    .name = "powder",
    .summary = "parameters of a powder model from curves of a thermobalance",
    .description =
        "Runs the model under the measured temperature programme and fits its conversion to the "
        "measured one by least squares: (1 - mass / mass before hydrogen) / oxygen in the feed. "
        "Free parameters stay within the ranges that the model gives them.\n\n"
        "Intervals are profile likelihoods: each parameter is held at values around its best, "
        "the others are fitted again, and the 95 % interval ends where the sum of squares has "
        "risen by the F-quantile, widened where residuals of neighbours are alike. A profile "
        "that does not rise that far within the range says that the data do not determine the "
        "parameter on that side, and a note says so.\n\n"
        "The thermometer may be wrong by an offset, and the mass from hydrogen on by another: both "
        "are fitted along, held by Gaussians of --temperature-error and --mass-error, in every "
        "point of the profiles. Of several parameters it is said which product of their powers the "
        "data determine best, and which worst.\n\n"
        "Several curves are fitted at once; --settings and --without take a list for each, so "
        "that Fe2O3 with and without nickel can share their parameters.",
    .citation = "A. Raue et al., Structural and practical identifiability analysis of partially "
                "observed dynamical models by exploiting the profile likelihood, Bioinformatics "
                "25, 1923 (2009), doi:10.1093/bioinformatics/btp358",
    .input = {SW_NOUN_TABLE},
    .repeats = true,
    .parameters = parameters,
    .measure = measure,
};

const sw_instrument *sw_run_fit(size_t index) {
    return index == 0 ? &row : NULL;
}
