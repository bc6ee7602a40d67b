/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers and units as a reader wants them: "2.40 ± 0.12 µs", "10⁻³", "1 234 567".
 * All results are UTF-8 and do not depend on the locale.
 */
#ifndef SPILLWAY_REPORT_NUMBER_TEXT_H
#define SPILLWAY_REPORT_NUMBER_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SW_NUMBER_SIZE 64

/* Shown value = value / factor, in `unit`. */
typedef struct sw_unit_scale {
    double factor;
    char unit[64];
    bool is_power; /* the unit starts with a power of ten: "10⁵ s⁻¹" */
} sw_unit_scale;

/* The SI prefix, or the power of 1000, that brings a value of size `magnitude` between 1 and 1000;
 * a value that reads well as it is keeps its unit. Units are written as in print (A: Å). */
sw_unit_scale sw_unit_scale_choose(const char *unit, double magnitude);

/* `digits` significant digits, ASCII, '.' as point, as C prints it with %g. */
void sw_number_plain(char text[SW_NUMBER_SIZE], double value, int digits);
/* Fixed decimals with a true minus sign. */
void sw_number_fixed(char text[SW_NUMBER_SIZE], double value, int decimals);
/* `digits` significant digits, as "1.23×10⁻⁵" where that is shorter; "no value" for NaN. */
void sw_number_short(char text[SW_NUMBER_SIZE], double value, int digits);
/* "1 234 567" with narrow spaces. */
void sw_number_count(char text[SW_NUMBER_SIZE], uint64_t count);
/* "10⁻³". */
void sw_number_power_of_ten(char text[SW_NUMBER_SIZE], int exponent);
/* Decimals that show two digits of `spread` (three significant digits of value where the spread is
 * not finite or zero). */
int sw_number_decimals(double value, double spread);

/* "time [s]" or "time / s" into name and unit; the unit is empty where there is none. */
void sw_label_split(char *name, size_t name_size, char *unit, size_t unit_size, const char *label);
/* "A" -> "Å", "us" -> "µs", "1/s" -> "s⁻¹", "degC" -> "°C", "A2" -> "Å²". */
void sw_unit_print(char *text, size_t size, const char *unit);

#endif
