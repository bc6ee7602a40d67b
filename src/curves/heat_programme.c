/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/heat_programme.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST_PIECES = 16 };
static const double endless = 1500.0; /* K above the start, of a rate without an end */

typedef struct programme_corners {
    size_t count;
    double time[MOST_PIECES + 1], temperature[MOST_PIECES + 1];
} programme_corners;

static void trim(char *text) {
    size_t skip = strspn(text, " "), length = strlen(text);
    while (length > skip && text[length - 1] == ' ')
        length--;
    memmove(text, text + skip, length - skip);
    text[length - skip] = '\0';
}

static void append(programme_corners *corners, double duration, double temperature) {
    size_t last = corners->count - 1;
    corners->time[corners->count] = corners->time[last] + duration;
    corners->temperature[corners->count++] = temperature;
}

/* "5 K/min to 700 degC", "5 K/min" */
static bool take_rate(programme_corners *corners, char *piece) {
    double rate, end, from = corners->temperature[corners->count - 1];
    char *to = strstr(piece, " to ");
    if (to != NULL)
        *to = '\0';
    bool read = sw_quantity_parse(&rate, piece, SW_HEATING_RATE, NULL) == SW_OK;
    if (to != NULL)
        *to = ' ';
    if (!read || rate == 0.0)
        return false;
    if (to == NULL)
        end = rate > 0.0 ? from + endless : SW_ICE_POINT;
    else if (sw_quantity_parse(&end, to + 4, SW_TEMPERATURE, NULL) != SW_OK)
        return false;
    if (!(end > 0.0) || !((end - from) / rate > 0.0))
        return false;
    append(corners, (end - from) / rate, end);
    return true;
}

static bool take_piece(programme_corners *corners, char *piece) {
    double value;
    size_t last = corners->count - 1;
    trim(piece);
    if (take_rate(corners, piece))
        return true;
    if (sw_quantity_parse(&value, piece, SW_TIME, NULL) == SW_OK && value > 0.0) {
        append(corners, value, corners->temperature[last]);
        return true;
    }
    bool first = corners->count == 1;
    if (!first || sw_quantity_parse(&value, piece, SW_TEMPERATURE, NULL) != SW_OK || value <= 0.0)
        return false;
    corners->temperature[0] = value;
    return true;
}

static double temperature_at(const programme_corners *corners, double time) {
    size_t i = 0;
    while (i + 2 < corners->count && corners->time[i + 1] < time)
        i++;
    double share = (time - corners->time[i]) / (corners->time[i + 1] - corners->time[i]);
    return corners->temperature[i] +
           fmin(share, 1.0) * (corners->temperature[i + 1] - corners->temperature[i]);
}

sw_status sw_heat_programme_fill(double *time, double *temperature, size_t points, const char *text,
                                 double start, double longest, const char *place, sw_error *error) {
    programme_corners corners = {.count = 1, .temperature = {start}};
    const char *hint = "such as \"20 K/min\", \"5 K/min to 700 degC, 2 h\" or \"700 degC, 30 min\"";
    while (*text != '\0') {
        char piece[128];
        size_t length = strcspn(text, ",");
        snprintf(piece, sizeof piece, "%.*s", (int)(length < 120 ? length : 120), text);
        if (corners.count > MOST_PIECES)
            return sw_error_set(error, SW_ERROR_ARGUMENT, place, hint,
                                "a programme has at most %d pieces", MOST_PIECES);
        if (!take_piece(&corners, piece))
            return sw_error_set(error, SW_ERROR_ARGUMENT, place, hint,
                                "\"%s\" is no piece of a programme", piece);
        text += length + (text[length] == ',');
    }
    if (corners.count < 2)
        return sw_error_set(error, SW_ERROR_ARGUMENT, place, hint, "the programme has no duration");
    double end = fmin(corners.time[corners.count - 1], longest);
    for (size_t i = 0; i < points; i++) {
        time[i] = end * (double)i / (double)(points - 1);
        temperature[i] = temperature_at(&corners, time[i]);
    }
    return SW_OK;
}
