/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as text, the same in every locale: always a decimal point, never a thousands mark. */
#ifndef SPILLWAY_BASE_NUMBER_H
#define SPILLWAY_BASE_NUMBER_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* Room for any printed double and its closing zero. */
#define SW_NUMBER_SIZE 32

/* Reads a decimal number at the start of `text`, leading blanks allowed; "nan" and "inf" count,
 * hexadecimal does not. *end (where not NULL) is the first byte after it; with end NULL the number
 * must be the whole text, up to trailing blanks. False, and *value untouched, where there is no
 * number or it is beyond the range of a double. */
bool sw_number_parse(double *value, const char *text, const char **end);

/* The shortest decimal text that reads back as exactly `value`; "nan", "inf", "-inf". Returns
 * buffer. */
const char *sw_number_print(char buffer[SW_NUMBER_SIZE], double value);

/* vsnprintf with a decimal point whatever the locale of the program. */
int sw_print_plain(char *buffer, size_t size, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));

#endif
