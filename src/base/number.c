/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/number.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static bool is_blank(char letter) {
    return letter == ' ' || (letter >= '\t' && letter <= '\r');
}

/* The whole "C" locale is a constant of the C library: asking for it allocates nothing. */
static locale_t plain_locale(void) {
    return newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

bool sw_number_parse(double *value, const char *text, const char **end) {
    const char *start = text;
    while (is_blank(*start))
        start++;
    const char *digits = *start == '-' || *start == '+' ? start + 1 : start;
    if (digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X'))
        return false;

    int saved = errno;
    errno = 0;
    locale_t plain = plain_locale();
    char *stop;
    double number = strtod_l(start, &stop, plain);
    freelocale(plain);
    bool beyond = errno == ERANGE && isinf(number);
    errno = saved;
    if (stop == start || beyond)
        return false;

    const char *rest = stop;
    if (!end) {
        while (is_blank(*rest))
            rest++;
        if (*rest != '\0')
            return false;
    } else {
        *end = stop;
    }
    *value = number;
    return true;
}

int sw_print_plain(char *buffer, size_t size, const char *format, va_list arguments) {
    locale_t plain = plain_locale();
    locale_t previous = uselocale(plain);
    int length = vsnprintf(buffer, size, format, arguments);
    uselocale(previous);
    freelocale(plain);
    return length;
}

static void print_digits(char buffer[SW_NUMBER_SIZE], const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void print_digits(char buffer[SW_NUMBER_SIZE], const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    sw_print_plain(buffer, SW_NUMBER_SIZE, format, arguments);
    va_end(arguments);
}

const char *sw_number_print(char buffer[SW_NUMBER_SIZE], double value) {
    if (!isfinite(value)) {
        snprintf(buffer, SW_NUMBER_SIZE, "%s", isnan(value) ? "nan" : value < 0 ? "-inf" : "inf");
        return buffer;
    }

    /* 15 digits survive decimal -> double -> decimal, so %.15g without its trailing zeros is the
     * shortest text wherever it reads back; 17 always do. */
    for (int digits = 15; digits <= 17; digits++) {
        double again;
        print_digits(buffer, "%.*g", digits, value);
        if (sw_number_parse(&again, buffer, NULL) && again == value)
            break;
    }
    return buffer;
}
