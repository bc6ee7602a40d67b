/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/step_report.h"

#include "structure/results.h"

#include <math.h>

#define MISFIT 2.0 /* deviance a degree of freedom from which a fit is doubted */

static sw_status add_fit_values(sw_measurement *out, const sw_share_step *fit) {
    const double wide = SW_SHARE_STEP_10_TO_90;
    sw_status status =
        sw_measurement_add(out, "interface position", fit->position.value, fit->position.low,
                           fit->position.high, "A", "where the fitted step is half done");
    if (status == SW_OK)
        status = sw_measurement_add(out, "interface width", wide * fit->width.value,
                                    wide * fit->width.low, wide * fit->width.high, "A",
                                    "from 10 to 90 % of the fitted step");
    if (status == SW_OK)
        status = sw_measurement_add(out, "level before", 100.0 * fit->before.value,
                                    100.0 * fit->before.low, 100.0 * fit->before.high, "at%",
                                    "concentration before the fitted step");
    if (status == SW_OK)
        status =
            sw_measurement_add(out, "level after", 100.0 * fit->after.value, 100.0 * fit->after.low,
                               100.0 * fit->after.high, "at%", "concentration behind it");
    double misfit = fit->freedom > 0 ? fit->deviance / (double)fit->freedom : NAN;
    if (status == SW_OK)
        status = sw_add_number(out, "misfit", misfit, "",
                               "deviance a degree of freedom; about 1 where counts are "
                               "independent and the step is right");
    if (status == SW_OK && misfit > MISFIT)
        status = sw_measurement_note(
            out,
            "The profile is no smoothed step within what counting explains (misfit %.3g): "
            "the fit's intervals are too narrow. Limit it by --low and --high.",
            misfit);
    return status;
}

static sw_status add_fit_table(sw_measurement *out, const sw_share_step *fit,
                               const sw_share_step_bins *bins) {
    static const char *const names[4] = {"distance", "measured", "measured spread", "fit"};
    sw_table *table;
    sw_status status = sw_table_create(&table);
    if (status != SW_OK)
        return status;
    for (int c = 0; c < 4 && status == SW_OK; c++)
        status = sw_table_add_column(table, names[c], c == 0 ? "A" : "at%");
    for (size_t b = 0; b < bins->bins && status == SW_OK; b++) {
        status = sw_table_add_row(table, NULL);
        if (status != SW_OK)
            break;
        sw_table_numbers(table, 0)[b] = bins->first + ((double)b + 0.5) * bins->size;
        sw_set_share(table, 1, b,
                     sw_interval_fraction(bins->count[b * bins->stride], bins->total[b]));
        sw_table_numbers(table, 3)[b] = 100.0 * sw_share_step_value(fit, bins, b);
    }
    status = sw_add_filled_table(out, "fit", table, status);
    if (status != SW_OK)
        return status;
    return sw_measurement_add_plot(
        out, (sw_plot){.title = "Fitted step",
                       .table = "fit",
                       .x = "distance",
                       .y = "measured,fit",
                       .kind = "lines",
                       .y_label = "concentration [at%]",
                       .help = "What was counted, with its 95 % interval, and the smoothed step "
                               "that fits it best."});
}

sw_status sw_step_report_add(sw_measurement *out, const sw_share_step_bins *bins, sw_error *error) {
    sw_share_step fit;
    sw_status status = sw_share_step_fit(&fit, bins, error);
    if (status == SW_OK)
        status = add_fit_values(out, &fit);
    return status == SW_OK ? add_fit_table(out, &fit, bins) : status;
}
