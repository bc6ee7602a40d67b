/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A parameter within its range: places from 0 to 1, by the logarithm where the range spans a decade. */
#ifndef SPILLWAY_RUN_PARAMETER_RANGE_H
#define SPILLWAY_RUN_PARAMETER_RANGE_H

#include <spillway/model.h>

/* Inside unit; the parameter has a range. */
double sw_range_value(const sw_parameter *parameter, double place);
/* The place of a value, at an end where it is outside. */
double sw_range_place(const sw_parameter *parameter, double value);
#define SW_RANGE_TEXT 64
/* A value (inside unit) as a setting of the model, which refers to `text`. */
sw_setting sw_range_setting(char text[SW_RANGE_TEXT], const sw_parameter *parameter, double value);

#endif
