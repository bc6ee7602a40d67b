/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instrument `tga`: conversion, rate, onset and saturation of one curve of a thermobalance. */
#include "base/memory.h"
#include "curves/blank.h"
#include "curves/columns.h"
#include "curves/instruments.h"
#include "curves/tga_conversion.h"
#include "curves/tga_criteria.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { POINTS = 1001, NICKEL = 28 };
enum { SUBTRACT_FIRST, SUBTRACT_IN_PROPORTION };
static const char *const subtraction_words[] = {"first", "in-proportion", NULL};

static const sw_instrument_parameter parameters[] = {
    SW_CURVE_PARAMETERS,
    SW_CONVERSION_PARAMETERS,
    SW_BLANK_PARAMETERS,
    {.name = "zero",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_TIME,
     .standard = "auto",
     .least = -1e9,
     .most = 1e9,
     .help = "times are counted from it, such as when hydrogen was let in; auto: the first row"},
    {.name = "onset",
     .kind = SW_TAKES_CHOICE,
     .standard = "tangent",
     .choices = sw_onset_words,
     .help = "criterion that is reported"},
    {.name = "saturation",
     .kind = SW_TAKES_CHOICE,
     .standard = "final-95",
     .choices = sw_saturation_words,
     .help = "criterion that is reported"},
    {.name = "subtract",
     .kind = SW_TAKES_TEXT,
     .standard = "auto",
     .help = "part of the feed whose oxygen is taken off, such as NiO; auto: none"},
    {.name = "subtracted",
     .kind = SW_TAKES_CHOICE,
     .standard = "first",
     .choices = subtraction_words,
     .help = "when that part is reduced: before all others, or in proportion with them"},
    {0},
};

typedef struct tga_work {
    sw_curve curve;
    sw_blank blank;
    sw_conversion conversion;
    sw_feed feed;
    double zero;
    sw_criteria criteria;
    /* without the part that is subtracted; NULL where none is */
    double *rest, *rest_spread, *rest_rate, *rest_rate_spread;
    double share; /* of that part in the oxygen */
    sw_criteria rest_criteria;
} tga_work;

static sw_rate_curve whole_curve(const tga_work *work) {
    const sw_conversion *c = &work->conversion;
    return (sw_rate_curve){c->count,        c->time, c->temperature, c->value,
                           c->value_spread, c->rate, c->rate_spread};
}

static sw_rate_curve rest_curve(const tga_work *work) {
    const sw_conversion *c = &work->conversion;
    return (sw_rate_curve){c->count,          c->time,         c->temperature,        work->rest,
                           work->rest_spread, work->rest_rate, work->rest_rate_spread};
}

static void clear(tga_work *work) {
    sw_curve_clear(&work->curve);
    sw_blank_clear(&work->blank);
    sw_conversion_clear(&work->conversion);
    free(work->rest);
    free(work->rest_spread);
    free(work->rest_rate);
    free(work->rest_rate_spread);
}

/* ---- without one part ------------------------------------------------------------------------ */

static void take_off(tga_work *work, bool first) {
    const sw_conversion *c = &work->conversion;
    double share = work->share;
    for (size_t i = 0; i < c->count; i++) {
        bool begun = !first || c->value[i] > share;
        double scale = first ? 1.0 / (1.0 - share) : 1.0;
        work->rest[i] = begun ? (c->value[i] - (first ? share : 0.0)) * scale : 0.0;
        work->rest_rate[i] = begun ? c->rate[i] * scale : 0.0;
        work->rest_spread[i] = c->value_spread[i] * scale;
        work->rest_rate_spread[i] = c->rate_spread[i] * scale;
    }
}

static sw_status subtract(tga_work *work, const sw_instrument_settings *settings, sw_error *error) {
    size_t count = work->conversion.count;
    const char *name = sw_setting_text(settings, "subtract");
    if (sw_setting_is_automatic(settings, "subtract"))
        return SW_OK;
    ptrdiff_t part = sw_feed_find(&work->feed, name);
    if (part < 0)
        return sw_error_set(error, SW_ERROR_NOT_FOUND, "subtract",
                            "give --feed with this part in it", "the feed has no part \"%s\"",
                            name);
    work->share = sw_feed_oxygen_share(&work->feed, (size_t)part);
    if (!(work->share < 1.0))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "subtract", "subtract another part, or none",
                            "all oxygen of the feed is in %s: nothing is left", name);
    work->rest = sw_allocate(count, sizeof(double));
    work->rest_spread = sw_allocate(count, sizeof(double));
    work->rest_rate = sw_allocate(count, sizeof(double));
    work->rest_rate_spread = sw_allocate(count, sizeof(double));
    if (!work->rest || !work->rest_spread || !work->rest_rate || !work->rest_rate_spread)
        return SW_ERROR_MEMORY;
    take_off(work, sw_setting_choice(settings, "subtracted") == SUBTRACT_FIRST);
    sw_rate_curve curve = rest_curve(work);
    work->rest_criteria = sw_criteria_find(&curve);
    return SW_OK;
}

/* ---- tables ---------------------------------------------------------------------------------- */

static sw_status add_curve(const tga_work *work, sw_measurement *out) {
    const sw_conversion *c = &work->conversion;
    double *seconds = sw_allocate(c->count, sizeof *seconds);
    double *celsius = sw_allocate(c->count, sizeof *celsius);
    sw_status status = seconds != NULL && celsius != NULL ? SW_OK : SW_ERROR_MEMORY;
    for (size_t i = 0; i < c->count && status == SW_OK; i++) {
        seconds[i] = c->time[i] - work->zero;
        celsius[i] = c->temperature[i] - SW_ICE_POINT;
    }
    const sw_column columns[] = {{"time", "s", seconds, NULL},
                                 {"temperature", "degC", celsius, NULL},
                                 {"mass", work->curve.mass_unit, c->mass, NULL},
                                 {"conversion", "", c->value, NULL},
                                 {"conversion spread", "", c->value_spread, NULL},
                                 {"rate", "1/s", c->rate, NULL},
                                 {"rate spread", "1/s", c->rate_spread, NULL},
                                 {work->rest != NULL ? "rest" : NULL, "", work->rest, NULL},
                                 {"rest spread", "", work->rest_spread, NULL},
                                 {"rest rate", "1/s", work->rest_rate, NULL},
                                 {"rest rate spread", "1/s", work->rest_rate_spread, NULL},
                                 {0}};
    if (status == SW_OK)
        status = sw_add_columns(out, "conversion", columns, c->count);
    free(seconds);
    free(celsius);
    return status;
}

enum { CRITERIA = SW_ONSET_CRITERIA + SW_SATURATION_CRITERIA };

typedef struct criteria_columns {
    const char *kind[2 * CRITERIA], *word[2 * CRITERIA], *meaning[2 * CRITERIA];
    double time[2 * CRITERIA], spread[2 * CRITERIA], temperature[2 * CRITERIA];
    size_t rows;
} criteria_columns;

static void add_row(criteria_columns *columns, const char *kind, const char *word,
                    const char *meaning, const sw_criterion *criterion, double zero) {
    size_t row = columns->rows++;
    columns->kind[row] = kind;
    columns->word[row] = word;
    columns->meaning[row] = meaning;
    columns->time[row] = criterion->time - zero;
    columns->spread[row] = criterion->spread;
    columns->temperature[row] = criterion->temperature - SW_ICE_POINT;
}

static void add_rows(criteria_columns *columns, const sw_criteria *criteria, bool rest,
                     double zero) {
    for (size_t i = 0; i < SW_ONSET_CRITERIA; i++)
        add_row(columns, rest ? "onset of the rest" : "onset", sw_onset_words[i],
                sw_onset_meanings[i], &criteria->onset[i], zero);
    for (size_t i = 0; i < SW_SATURATION_CRITERIA; i++)
        add_row(columns, rest ? "saturation of the rest" : "saturation", sw_saturation_words[i],
                sw_saturation_meanings[i], &criteria->saturation[i], zero);
}

static sw_status add_criteria(const tga_work *work, sw_measurement *out) {
    criteria_columns columns = {.rows = 0};
    add_rows(&columns, &work->criteria, false, work->zero);
    if (work->rest != NULL)
        add_rows(&columns, &work->rest_criteria, true, work->zero);
    const sw_column list[] = {{"what", "", NULL, columns.kind},
                              {"criterion", "", NULL, columns.word},
                              {"time", "s", columns.time, NULL},
                              {"time spread", "s", columns.spread, NULL},
                              {"temperature", "degC", columns.temperature, NULL},
                              {"meaning", "", NULL, columns.meaning},
                              {0}};
    return sw_add_columns(out, "criteria", list, columns.rows);
}

static sw_status add_plots(const tga_work *work, sw_measurement *out) {
    bool rest = work->rest != NULL;
    const sw_plot plots[] = {{.title = "conversion",
                              .table = "conversion",
                              .x = "time",
                              .y = rest ? "conversion,rest" : "conversion",
                              .y_label = "conversion",
                              .kind = "lines",
                              .help = "Smooth conversion with its 95 % interval."},
                             {.title = "rate of conversion",
                              .table = "conversion",
                              .x = "time",
                              .y = rest ? "rate,rest rate" : "rate",
                              .y_label = "d(conversion)/dt",
                              .kind = "lines",
                              .help = "Its derivative, of the same smoothing."},
                             {.title = "rate over conversion",
                              .table = "conversion",
                              .x = "conversion",
                              .y = "rate",
                              .y_label = "d(conversion)/dt",
                              .kind = "lines",
                              .help = "How far the reaction has come, and how fast it is."},
                             {.title = "temperature",
                              .table = "conversion",
                              .x = "time",
                              .y = "temperature",
                              .y_label = "temperature",
                              .kind = "lines",
                              .help = "The programme as it was measured."}};
    sw_status status = SW_OK;
    for (size_t i = 0; i < sizeof plots / sizeof plots[0] && status == SW_OK; i++)
        status = sw_measurement_add_plot(out, plots[i]);
    return status;
}

/* ---- numbers --------------------------------------------------------------------------------- */

static sw_status add_event(sw_measurement *out, const char *name, const sw_criterion *criterion,
                           double zero, const char *help) {
    char of_temperature[64];
    snprintf(of_temperature, sizeof of_temperature, "%s temperature", name);
    sw_status status =
        sw_add_spread(out, name, criterion->time - zero, criterion->spread, "s", help);
    if (status == SW_OK)
        status = sw_add_plain(out, of_temperature, criterion->temperature - SW_ICE_POINT, "degC",
                              "of the sample at that time");
    return status;
}

static sw_status add_feed(const tga_work *work, sw_measurement *out) {
    const sw_feed *feed = &work->feed;
    sw_status status = SW_OK;
    if (feed->parts == 0)
        return SW_OK;
    if (sw_feed_atom_share(feed, NICKEL) > 0.0)
        status = sw_add_plain(out, "Ni in the metal", 100.0 * sw_feed_atom_share(feed, NICKEL),
                              "at%", "when all is reduced");
    for (size_t i = 0; i < feed->parts && status == SW_OK && feed->parts > 1; i++) {
        char name[64];
        snprintf(name, sizeof name, "oxygen in %s", feed->part[i].name);
        status = sw_add_plain(out, name, 100.0 * sw_feed_oxygen_share(feed, i), "%",
                              "of the oxygen in the feed");
    }
    return status;
}

static sw_status add_numbers(const tga_work *work, const sw_instrument_settings *settings,
                             sw_measurement *out) {
    const sw_criteria *criteria = &work->criteria;
    size_t onset = sw_setting_choice(settings, "onset"), peak = criteria->peak;
    size_t saturation = sw_setting_choice(settings, "saturation");
    sw_status status =
        add_event(out, "onset", &criteria->onset[onset], work->zero, sw_onset_meanings[onset]);
    if (status == SW_OK)
        status = add_event(out, "saturation", &criteria->saturation[saturation], work->zero,
                           sw_saturation_meanings[saturation]);
    if (status == SW_OK)
        status =
            sw_add_spread(out, "largest rate", work->conversion.rate[peak],
                          work->conversion.rate_spread[peak], "1/s", "of conversion, smoothed");
    if (status == SW_OK)
        status = sw_add_plain(out, "time of the largest rate",
                              work->conversion.time[peak] - work->zero, "s", "");
    if (status == SW_OK && work->rest != NULL)
        status =
            add_event(out, "saturation of the rest", &work->rest_criteria.saturation[saturation],
                      work->zero, "without the part that is subtracted");
    return status;
}

static sw_status report(const tga_work *work, const sw_instrument_settings *settings,
                        sw_measurement *out) {
    sw_status status = add_numbers(work, settings, out);
    if (status == SW_OK)
        status = sw_conversion_report(&work->conversion, &work->feed, &work->curve, settings, out);
    if (status == SW_OK)
        status = add_feed(work, out);
    if (status == SW_OK)
        status = sw_curve_notes(&work->curve, out);
    if (status == SW_OK)
        status = add_curve(work, out);
    if (status == SW_OK)
        status = add_criteria(work, out);
    if (status == SW_OK)
        status = add_plots(work, out);
    return status == SW_OK ? sw_blank_report(&work->blank, &work->curve, out) : status;
}

static sw_status measure(sw_measurement *measurement, const sw_content *inputs,
                         const sw_instrument_settings *settings, sw_context *context,
                         sw_error *error) {
    tga_work work = {.share = 0.0};
    (void)context;
    sw_status status = sw_curve_read_rows(&work.curve, inputs[0].table, settings, error);
    if (status == SW_OK)
        status = sw_blank_take_off(&work.blank, &work.curve, settings, error);
    if (status == SW_OK)
        status = sw_curve_settle_jumps(&work.curve, settings, error);
    if (status == SW_OK)
        status = sw_conversion_create(&work.conversion, &work.feed, &work.curve, POINTS, settings,
                                      error);
    if (status == SW_OK) {
        sw_rate_curve curve = whole_curve(&work);
        work.zero = sw_setting_is_automatic(settings, "zero") ? work.conversion.time[0]
                                                              : sw_setting_number(settings, "zero");
        work.criteria = sw_criteria_find(&curve);
        status = subtract(&work, settings, error);
    }
    if (status == SW_OK)
        status = report(&work, settings, measurement);
    clear(&work);
    return status;
}

const sw_instrument sw_instrument_tga = {
    .name = "tga",
    .summary = "conversion, rate, onset and saturation of a thermobalance curve",
    .description =
        "Reads time, temperature and mass of a thermobalance: columns are known by their names "
        "and units in the spellings of many makers, and may be named. Refused with their line "
        "are a time that goes back and a jump of the mass; rows with a missing value are left "
        "out.\n\n"
        "A run without sample (--blank) takes buoyancy, switched gas and drift off; its noise is "
        "in the intervals, and how well blanks repeat where --blank-error says it.\n\n"
        "Conversion is the mass lost over the loss of complete reaction: the oxygen of --feed, "
        "or --loss, or all that was lost at the end. Its smooth value and its rate are those of "
        "local cubic regression with a bandwidth that is printed, chosen by cross-validation "
        "where it is not given. Intervals hold the noise of the balance and not the bias of the "
        "smoothing.\n\n"
        "Onset and saturation depend on the criterion, so all usual ones are in a table "
        "(criteria) and the chosen ones are reported. With --subtract NiO the oxygen of that "
        "part of the feed is taken off: reduced before all others (the rest begins when it is "
        "gone), or in proportion.",
    .citation =
        "S. Vyazovkin et al., Thermochim. Acta 590, 1 (2014), doi:10.1016/j.tca.2014.05.036; "
        "J. Fan, I. Gijbels, Local Polynomial Modelling and Its Applications (1996)",
    .input = {SW_NOUN_TABLE},
    .parameters = parameters,
    .measure = measure,
};
