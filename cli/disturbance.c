/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/disturbance.h"

#include <stdio.h>

#define STANDARD_DRAWS 10
#define STANDARD_SEED 1

static sw_status read_quantity(double *value, const cli_arguments *arguments, const char *name,
                               sw_dimension dimension, sw_error *error) {
    const char *text = option_text(arguments, name);
    if (text == NULL)
        return SW_OK;
    sw_status status = sw_quantity_parse(value, text, dimension, error);
    if (status != SW_OK && error != NULL)
        snprintf(error->place, sizeof error->place, "--%s", name);
    return status;
}

sw_status disturbance_read(sw_disturbance *disturbance, const cli_arguments *arguments,
                           sw_error *error) {
    uint64_t draws = 0;
    bool asked = option_is_given(arguments, "draws");
    *disturbance = (sw_disturbance){.seed = STANDARD_SEED};
    sw_status status =
        read_quantity(&disturbance->precision, arguments, "precision", SW_LENGTH, error);
    if (status == SW_OK)
        status = read_quantity(&disturbance->missing, arguments, "missing", SW_NUMBER, error);
    if (status == SW_OK)
        status = option_count(&draws, arguments, "draws", 0, 1000000, error);
    if (status == SW_OK)
        status = option_count(&disturbance->seed, arguments, "seed", 1, UINT64_MAX, error);
    if (status != SW_OK)
        return status;
    bool known = disturbance->precision != 0.0 || disturbance->missing != 0.0;
    if (asked && draws > 0 && !known)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "--draws",
                            "add --precision '28 pm' or --missing '2.8 %'",
                            "nothing says how the copies are to be disturbed");
    disturbance->draws = !known ? 0 : asked ? (size_t)draws : STANDARD_DRAWS;
    return sw_disturbance_check(disturbance, error);
}
