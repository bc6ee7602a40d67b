/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/number_text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char minus_sign[] = "\xE2\x88\x92";

/* The C library writes the decimal point of the locale; every locale's is a run of bytes that no
 * number has otherwise. */
static void point_to_ascii(char *text) {
    char *out = text;
    bool inside = false;
    for (const char *in = text; *in != '\0'; in++) {
        bool plain = strchr("0123456789+-eEinfa.", *in) != NULL;
        if (plain) {
            *out++ = *in;
        } else if (!inside) {
            *out++ = '.';
        }
        inside = !plain;
    }
    *out = '\0';
}

void sw_number_plain(char text[SW_NUMBER_SIZE], double value, int digits) {
    snprintf(text, SW_NUMBER_SIZE, "%.*g", digits, value);
    point_to_ascii(text);
}

void sw_number_fixed(char text[SW_NUMBER_SIZE], double value, int decimals) {
    char plain[SW_NUMBER_SIZE];
    decimals = decimals < 0 ? 0 : decimals > 15 ? 15 : decimals;
    if (!isfinite(value) || fabs(value) >= 1e30) {
        sw_number_short(text, value, 4);
        return;
    }
    snprintf(plain, sizeof plain, "%.*f", decimals, value);
    point_to_ascii(plain);
    bool zero = strspn(plain, "-0.") == strlen(plain);
    bool negative = plain[0] == '-';
    snprintf(text, SW_NUMBER_SIZE, "%s%s", negative && !zero ? minus_sign : "", plain + negative);
}

/* text += part, as much of it as there is room for. */
static void append(char text[SW_NUMBER_SIZE], const char *part) {
    size_t length = strlen(text);
    snprintf(text + length, SW_NUMBER_SIZE - length, "%s", part);
}

static void append_superscript(char text[SW_NUMBER_SIZE], int exponent) {
    static const char *const digit[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    char plain[16];
    snprintf(plain, sizeof plain, "%d", exponent);
    for (const char *c = plain; *c != '\0'; c++) {
        append(text, *c == '-' ? "⁻" : digit[*c - '0']);
    }
}

void sw_number_power_of_ten(char text[SW_NUMBER_SIZE], int exponent) {
    memcpy(text, "10", sizeof "10");
    append_superscript(text, exponent);
}

void sw_number_short(char text[SW_NUMBER_SIZE], double value, int digits) {
    if (!isfinite(value)) {
        snprintf(text, SW_NUMBER_SIZE, "%s", isnan(value) ? "no value" : value > 0 ? "∞" : "−∞");
        return;
    }
    double size = fabs(value);
    if (size == 0 || (size >= 1e-3 && size < 1e6)) {
        int exponent = size == 0 ? 0 : (int)floor(log10(size));
        int decimals = digits - 1 - exponent;
        sw_number_fixed(text, value, decimals);
        bool fraction = strchr(text, '.') != NULL;
        for (size_t end = strlen(text); fraction && text[end - 1] == '0'; end--) {
            text[end - 1] = '\0';
        }
        if (fraction && text[strlen(text) - 1] == '.') {
            text[strlen(text) - 1] = '\0';
        }
        return;
    }
    char plain[SW_NUMBER_SIZE];
    snprintf(plain, sizeof plain, "%.*e", digits > 1 ? digits - 1 : 0, value);
    point_to_ascii(plain);
    char *mark = strchr(plain, 'e');
    int exponent = atoi(mark + 1);
    *mark = '\0';
    bool negative = plain[0] == '-';
    snprintf(text, SW_NUMBER_SIZE, "%s%.30s×10", negative ? minus_sign : "", plain + negative);
    append_superscript(text, exponent);
}

void sw_number_count(char text[SW_NUMBER_SIZE], uint64_t count) {
    char plain[24];
    int length = snprintf(plain, sizeof plain, "%llu", (unsigned long long)count);
    text[0] = '\0';
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0 && length > 4) {
            append(text, "\xE2\x80\xAF");
        }
        append(text, (char[]){plain[i], '\0'});
    }
}

int sw_number_decimals(double value, double spread) {
    double leading = isfinite(spread) && spread > 0 ? spread : fabs(value) / 10;
    if (!isfinite(leading) || leading <= 0) {
        return 0;
    }
    int decimals = 1 - (int)floor(log10(leading));
    return decimals < 0 ? 0 : decimals > 12 ? 12 : decimals;
}

/* ---- units ----------------------------------------------------------------------------------- */

static const struct {
    const char *written, *printed;
} unit_words[] = {
    {"A", "Å"},
    {"A2", "Å²"},
    {"A^2", "Å²"},
    {"A3", "Å³"},
    {"A^3", "Å³"},
    {"us", "µs"},
    {"um", "µm"},
    {"degC", "°C"},
    {"1/s", "s⁻¹"},
    {"/s", "s⁻¹"},
    {"1/nm", "nm⁻¹"},
    {"1/A", "Å⁻¹"},
    {"nm2", "nm²"},
    {"nm^2", "nm²"},
    {"nm3", "nm³"},
    {"nm^3", "nm³"},
    {"m2", "m²"},
    {"m3", "m³"},
    {"m3/s", "m³/s"},
    {"A/s", "Å/s"},
    {"1/nm2", "nm⁻²"},
    {"1/A3", "Å⁻³"},
    {"eV/A2", "eV/Å²"},
    {"degC/min", "°C/min"},
    {"atoms/s", "atoms/s"},
    {"A2/s", "Å²/s"},
    {"nm2/s", "nm²/s"},
    {"deg", "°"},
};

void sw_unit_print(char *text, size_t size, const char *unit) {
    for (size_t i = 0; i < sizeof unit_words / sizeof unit_words[0]; i++) {
        if (strcmp(unit, unit_words[i].written) == 0) {
            unit = unit_words[i].printed;
            break;
        }
    }
    snprintf(text, size, "%s", unit);
}

static const struct {
    const char *sign;
    double factor;
} prefixes[] = {{"f", 1e-15}, {"p", 1e-12}, {"n", 1e-9}, {"µ", 1e-6}, {"m", 1e-3},
                {"", 1},      {"k", 1e3},   {"M", 1e6},  {"G", 1e9}};
#define PREFIX_COUNT (sizeof prefixes / sizeof prefixes[0])

/* Splits "ns" into 1e-9, "s" and ""; "nm/s" into 1e-9, "m" and "/s". False where the unit takes no
 * prefix. */
static bool split_prefix(double *factor, const char **base, const char **rest, const char *unit) {
    static const char *const bases[] = {"s", "m", "Pa", "eV", "J", "g", "Hz", "W", "V", "mol"};
    *rest = unit + strcspn(unit, "/");
    for (size_t b = 0; b < sizeof bases / sizeof bases[0]; b++) {
        for (size_t p = 0; p < PREFIX_COUNT; p++) {
            size_t length = strlen(prefixes[p].sign), tail = strlen(bases[b]);
            if ((size_t)(*rest - unit) == length + tail &&
                strncmp(unit, prefixes[p].sign, length) == 0 &&
                strncmp(unit + length, bases[b], tail) == 0) {
                *factor = prefixes[p].factor;
                *base = bases[b];
                return true;
            }
        }
    }
    return false;
}

static sw_unit_scale prefixed(const char *base, const char *rest, double unit_factor,
                              double magnitude) {
    sw_unit_scale scale = {0};
    double in_base = magnitude * unit_factor;
    if (strcmp(base, "s") == 0 && in_base >= 1e3) {
        bool hours = in_base >= 2e4;
        scale.factor = (hours ? 3600 : 1) / unit_factor;
        snprintf(scale.unit, sizeof scale.unit, "%s%.32s", hours ? "h" : "s", rest);
        return scale;
    }
    size_t chosen = 0;
    for (size_t p = 0; p < PREFIX_COUNT; p++) {
        /* 1000 ns computed as 999.9999999 ns is 1 us */
        if (in_base >= prefixes[p].factor * (1 - 1e-9)) {
            chosen = p;
        }
    }
    scale.factor = prefixes[chosen].factor / unit_factor;
    snprintf(scale.unit, sizeof scale.unit, "%s%s%.32s", prefixes[chosen].sign, base, rest);
    return scale;
}

sw_unit_scale sw_unit_scale_choose(const char *unit, double magnitude) {
    sw_unit_scale scale = {.factor = 1};
    sw_unit_print(scale.unit, sizeof scale.unit, unit);
    bool readable = magnitude >= 0.0999999 && magnitude < 1e4;
    if (readable || !(magnitude > 0) || !isfinite(magnitude)) {
        return scale;
    }
    double factor = 1;
    const char *base = NULL, *rest = NULL;
    if (split_prefix(&factor, &base, &rest, scale.unit)) {
        return prefixed(base, rest, factor, magnitude);
    }
    if (magnitude >= 1e-3 && magnitude < 1e5) {
        return scale;
    }
    int exponent = 3 * (int)floor(log10(magnitude * (1 + 1e-12)) / 3);
    char power[SW_NUMBER_SIZE];
    char printed[64];
    memcpy(printed, scale.unit, sizeof printed);
    sw_number_power_of_ten(power, exponent);
    scale.factor = pow(10, exponent);
    scale.is_power = true;
    snprintf(scale.unit, sizeof scale.unit, "%.24s%s%.32s", power, *printed ? " " : "", printed);
    return scale;
}

/* "(nm/s)" is written by those who mean the quotient of a quantity and its unit. */
static void strip_parentheses(char *unit) {
    size_t length = strlen(unit);
    if (length > 2 && unit[0] == '(' && strchr(unit, ')') == unit + length - 1) {
        memmove(unit, unit + 1, length - 2);
        unit[length - 2] = '\0';
    }
}

void sw_label_split(char *name, size_t name_size, char *unit, size_t unit_size, const char *label) {
    const char *open = strrchr(label, '[');
    size_t length = strlen(label);
    const char *slash = NULL;
    for (const char *at = strstr(label, " / "); at != NULL; at = strstr(at + 1, " / ")) {
        slash = at;
    }
    unit[0] = '\0';
    if (open != NULL && length > 0 && label[length - 1] == ']') {
        snprintf(unit, unit_size, "%.*s", (int)(label + length - 1 - open - 1), open + 1);
        while (open > label && open[-1] == ' ') {
            open--;
        }
        snprintf(name, name_size, "%.*s", (int)(open - label), label);
    } else if (slash != NULL) {
        snprintf(unit, unit_size, "%s", slash + 3);
        snprintf(name, name_size, "%.*s", (int)(slash - label), label);
    } else {
        snprintf(name, name_size, "%s", label);
    }
    strip_parentheses(unit);
}
