/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/axis.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/text_width.h"

/* Free space between two labels, in parts of the font size. */
static const double gap_beside = 1.0, gap_above = 0.7;
static const int most_labels_beside = 7, most_labels_above = 6;

double sw_plot_nice_step(double least) {
    if (!(least > 0) || !isfinite(least)) {
        return 1;
    }
    double power = pow(10, floor(log10(least)));
    static const double multiples[] = {1, 2, 5, 10};
    for (size_t i = 0; i < 4; i++) {
        if (multiples[i] * power >= least * (1 - 1e-9)) {
            return multiples[i] * power;
        }
    }
    return 10 * power;
}

double sw_plot_axis_place(const sw_plot_axis *axis, double value) {
    if (axis->log) {
        double place = value > 0 ? log(value / axis->low) / log(axis->high / axis->low) : 0;
        return place < 0 ? 0 : place > 1 ? 1 : place;
    }
    return (value - axis->low) / (axis->high - axis->low);
}

static void widen_empty_range(double *low, double *high, bool log_scale) {
    if (*low > *high) {
        double swap = *low;
        *low = *high;
        *high = swap;
    }
    if (log_scale) {
        /* beyond, powers of ten of doubles run out */
        *low = fmin(fmax(*low, 1e-300), 1e300);
        *high = fmin(fmax(*high, 1e-300), 1e300);
    }
    double size = fmax(fabs(*low), fabs(*high));
    if (log_scale && *high < *low * (1 + 1e-9)) {
        *low /= 2;
        *high *= 2;
    } else if (!log_scale && *high - *low <= fmax(1e-12 * size, 1e-290)) {
        double half = size > 1e-290 ? 0.1 * size : 1;
        *low -= half;
        *high += half;
    }
}

/* Space that a label takes along the axis, its gap included. */
static double label_room(const sw_plot_axis *axis, const char *label) {
    if (axis->along_labels) {
        return sw_text_width(label, axis->font_size, false) + gap_beside * axis->font_size;
    }
    return axis->font_size * (1 + gap_above);
}

/* Numbers of a linear axis end in the same decimal; a step of 0.25 never occurs. */
static int decimals_of_step(double step) {
    int decimals = -(int)floor(log10(step) + 1e-9);
    return decimals < 0 ? 0 : decimals;
}

static void linear_ticks(sw_plot_axis *axis, double step, double factor) {
    double first = ceil(axis->low / factor / step - 1e-6);
    double last = floor(axis->high / factor / step + 1e-6);
    axis->ticks = 0;
    for (double i = first; i <= last && axis->ticks < SW_TICK_LIMIT; i++) {
        sw_tick *tick = &axis->tick[axis->ticks++];
        tick->value = i * step * factor;
        sw_number_fixed(tick->label, i * step, decimals_of_step(step));
    }
}

static bool labels_fit(const sw_plot_axis *axis, double step_length) {
    for (size_t i = 0; i < axis->ticks; i++) {
        if (label_room(axis, axis->tick[i].label) > step_length) {
            return false;
        }
    }
    return true;
}

/* Where the axis ends above `high`: at the next tick, unless that leaves most of a step empty. */
static double outer_edge(double high, double step) {
    double tick = ceil(high / step - 1e-6) * step;
    return tick - high > 0.6 * step ? high + 0.15 * step : tick;
}

static void make_linear(sw_plot_axis *axis, double low, double high, bool tight, double factor) {
    int most = axis->along_labels ? most_labels_beside : most_labels_above;
    for (int wanted = most; wanted >= 1; wanted--) {
        double step = sw_plot_nice_step((high - low) / factor / wanted);
        axis->low = tight ? low : -outer_edge(-low, step * factor);
        axis->high = tight ? high : outer_edge(high, step * factor);
        linear_ticks(axis, step, factor);
        double step_length = axis->length * step * factor / (axis->high - axis->low);
        if (labels_fit(axis, step_length)) {
            return;
        }
    }
}

static void log_tick(sw_plot_axis *axis, double value, const char *label) {
    bool inside = value >= axis->low * (1 - 1e-9) && value <= axis->high * (1 + 1e-9);
    if (inside && axis->ticks < SW_TICK_LIMIT) {
        sw_tick *tick = &axis->tick[axis->ticks++];
        tick->value = value;
        snprintf(tick->label, sizeof tick->label, "%s", label);
    }
}

/* Every `stride`-th decade is labelled; 2..9 within a decade are minor ticks where there is room.
 */
static void log_ticks(sw_plot_axis *axis, int stride, bool minor, bool label_two_and_five) {
    int first = (int)floor(log10(axis->low) - 1e-9);
    int last = (int)ceil(log10(axis->high) + 1e-9);
    axis->ticks = 0;
    for (int decade = first; decade <= last; decade++) {
        char label[SW_NUMBER_SIZE] = "";
        if (decade % stride == 0) {
            sw_number_power_of_ten(label, decade);
        }
        if (label_two_and_five) {
            sw_number_short(label, pow(10, decade), 2);
        }
        log_tick(axis, pow(10, decade), label);
        for (int i = 2; minor && i < 10; i++) {
            char part[SW_NUMBER_SIZE] = "";
            if (label_two_and_five && (i == 2 || i == 5)) {
                sw_number_short(part, i * pow(10, decade), 2);
            }
            log_tick(axis, i * pow(10, decade), part);
        }
    }
}

static void make_log(sw_plot_axis *axis, double low, double high, bool tight) {
    axis->low = tight ? low : pow(10, floor(log10(low) + 1e-6));
    axis->high = tight ? high : pow(10, ceil(log10(high) - 1e-6));
    double decades = log10(axis->high / axis->low);
    if (decades < 1.5) {
        log_ticks(axis, 1, true, true);
        return;
    }
    double decade_length = axis->length / decades;
    char widest[SW_NUMBER_SIZE];
    sw_number_power_of_ten(widest, -10);
    int stride = (int)ceil(label_room(axis, widest) / decade_length);
    bool minor = decades <= 6 && decade_length > 24;
    log_ticks(axis, stride < 1 ? 1 : stride, minor, false);
}

/* Where even the widest step cannot part the labels, those that would touch are left out. */
static void drop_touching_labels(sw_plot_axis *axis) {
    double free_from = -INFINITY;
    for (size_t i = 0; i < axis->ticks; i++) {
        sw_tick *tick = &axis->tick[i];
        double half = label_room(axis, tick->label) / 2;
        double middle = sw_plot_axis_place(axis, tick->value) * axis->length;
        if (tick->label[0] == '\0') {
            continue;
        }
        if (middle - half < free_from) {
            tick->label[0] = '\0';
        } else {
            free_from = middle + half;
        }
    }
}

static void make_title(sw_plot_axis *axis, const char *name, const char *unit) {
    bool quotient = strchr(unit, '/') != NULL;
    if (*unit == '\0') {
        snprintf(axis->title, sizeof axis->title, "%s", name);
    } else {
        snprintf(axis->title, sizeof axis->title, quotient ? "%s / (%s)" : "%s / %s", name, unit);
    }
}

void sw_plot_axis_make(sw_plot_axis *axis, double low, double high, bool tight, const char *label) {
    char name[96], unit[64];
    sw_label_split(name, sizeof name, unit, sizeof unit, label);
    widen_empty_range(&low, &high, axis->log);
    sw_unit_scale scale = sw_unit_scale_choose(unit, axis->log ? 1 : fmax(fabs(low), fabs(high)));
    make_title(axis, name, scale.unit);
    if (axis->log) {
        make_log(axis, low, high, tight);
    } else {
        make_linear(axis, low, high, tight, scale.factor);
    }
    drop_touching_labels(axis);
}
