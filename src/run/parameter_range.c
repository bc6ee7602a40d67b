/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/parameter_range.h"

#include <math.h>
#include <stdio.h>

#define DECADE 10

static bool by_logarithm(const sw_parameter *parameter) {
    return parameter->low > 0 && parameter->high >= DECADE * parameter->low;
}

double sw_range_value(const sw_parameter *parameter, double place) {
    if (by_logarithm(parameter))
        return parameter->low * pow(parameter->high / parameter->low, place);
    return parameter->low + place * (parameter->high - parameter->low);
}

double sw_range_place(const sw_parameter *parameter, double value) {
    double place = by_logarithm(parameter)
                       ? log(value / parameter->low) / log(parameter->high / parameter->low)
                       : (value - parameter->low) / (parameter->high - parameter->low);
    return fmin(fmax(place, 0), 1);
}

sw_setting sw_range_setting(char text[SW_RANGE_TEXT], const sw_parameter *parameter, double value) {
    snprintf(text, SW_RANGE_TEXT, "%.12g %s", value, sw_dimension_unit(parameter->dimension));
    return (sw_setting){parameter->name, text};
}
