/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diagrams/sweep.h"

#include <stdio.h>
#include <string.h>

#define ENOUGH 64

static sw_status read_one(double *temperature, const char *text, size_t length, sw_error *error) {
    char part[ENOUGH];
    snprintf(part, sizeof part, "%.*s", (int)(length < sizeof part ? length : sizeof part - 1),
             text);
    const sw_status status = sw_quantity_parse(temperature, part, SW_TEMPERATURE, error);
    if (status != SW_OK && error != NULL)
        snprintf(error->place, sizeof error->place, "temperature");
    if (status == SW_OK && !(*temperature > 0.0))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "temperature", NULL,
                            "a temperature above zero was expected, \"%s\" was found", part);
    return status;
}

sw_status sw_sweep_read(struct sw_sweep *sweep, const sw_instrument_settings *settings,
                        sw_error *error) {
    const char *text = sw_setting_text(settings, "temperature");
    const char *dots = strstr(text, "..");
    const size_t length = dots != NULL ? (size_t)(dots - text) : strlen(text);
    sw_status status = read_one(&sweep->low, text, length, error);
    sweep->high = sweep->low;
    sweep->points = 1;
    if (status != SW_OK || dots == NULL)
        return status;
    status = read_one(&sweep->high, dots + 2, strlen(dots + 2), error);
    if (status == SW_OK && !(sweep->high > sweep->low))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "temperature",
                            "write the lower one first: '400 degC..1000 degC'",
                            "the range \"%s\" does not rise", text);
    sweep->points = sw_setting_count(settings, "points");
    return status;
}

double sw_sweep_at(const struct sw_sweep *sweep, size_t point) {
    if (sweep->points < 2)
        return sweep->low;
    return sweep->low + (sweep->high - sweep->low) * (double)point / (double)(sweep->points - 1);
}
