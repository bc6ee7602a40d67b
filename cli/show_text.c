/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/show.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void show_append(char *text, const char *format, ...) {
    size_t length = strlen(text);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + length, SHOW_TEXT - length, format, arguments);
    va_end(arguments);
}

void show_species_set(char *text, const sw_lattice_model *model, sw_species_set set) {
    text[0] = '\0';
    for (size_t s = 0; s < model->species_count; s++)
        if (set >> s & 1u)
            show_append(text, "%s%s", text[0] != '\0' ? "|" : "", model->species[s].name);
}

void show_number(char *text, double value) {
    char digits[32];
    if (isnan(value)) {
        snprintf(text, SHOW_TEXT, "-");
        return;
    }
    snprintf(digits, sizeof digits, "%.3g", fabs(value) < 1e-300 ? 0.0 : value);
    char *exponent = strchr(digits, 'e');
    if (exponent == NULL) {
        snprintf(text, SHOW_TEXT, "%s", digits);
        return;
    }
    *exponent = '\0';
    snprintf(text, SHOW_TEXT, "%se%ld", digits, strtol(exponent + 1, NULL, 10));
}

void show_range(char *text, sw_range range) {
    char high[SHOW_TEXT];
    show_number(text, range.low);
    show_number(high, range.high);
    if (strcmp(text, high) != 0)
        show_append(text, " .. %.40s", high);
}

json_t *show_range_json(sw_range range) {
    if (isnan(range.low))
        return json_null();
    return json_pack("[oo]", json_of_number(range.low), json_of_number(range.high));
}

json_t *show_vector_json(const double vector[3]) {
    return json_pack("[ooo]", json_of_number(vector[0]), json_of_number(vector[1]),
                     json_of_number(vector[2]));
}
