/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/cif_symmetry.h"

#include "base/matrix.h"

#include <math.h>

/* Takes digits with a decimal point off *rest. */
static bool take_number(double *number, sw_span *rest) {
    sw_span digits = {rest->start, 0};
    while (digits.length < rest->length &&
           ((rest->start[digits.length] >= '0' && rest->start[digits.length] <= '9') ||
            rest->start[digits.length] == '.'))
        digits.length++;
    rest->start += digits.length;
    rest->length -= digits.length;
    return sw_span_number(number, digits);
}

static char front(sw_span rest) {
    return rest.length > 0 ? *rest.start : '\0';
}

static void advance(sw_span *rest) {
    rest->start++;
    rest->length--;
    *rest = sw_span_trim(*rest);
}

/* One of "x", "-y", "+1/2", "2*z". */
static bool take_term(double row[3], double *translation, sw_span *rest) {
    double factor = 1, divisor = 1;
    bool has_number = false;
    if (front(*rest) == '+' || front(*rest) == '-') {
        factor = front(*rest) == '-' ? -1 : 1;
        advance(rest);
    }
    double number;
    if ((front(*rest) >= '0' && front(*rest) <= '9') || front(*rest) == '.') {
        if (!take_number(&number, rest))
            return false;
        *rest = sw_span_trim(*rest);
        has_number = true;
        if (front(*rest) == '/') {
            advance(rest);
            if (!take_number(&divisor, rest) || divisor == 0)
                return false;
            *rest = sw_span_trim(*rest);
        }
        factor *= number / divisor;
        if (front(*rest) == '*')
            advance(rest);
    }
    char letter = (char)(front(*rest) | 0x20);
    if (letter >= 'x' && letter <= 'z') {
        row[letter - 'x'] += factor;
        advance(rest);
        return true;
    }
    *translation += factor;
    return has_number;
}

static bool parse_row(double row[3], double *translation, sw_span text) {
    sw_span rest = sw_span_trim(text);
    bool first = true;
    do {
        if (!first && front(rest) != '+' && front(rest) != '-')
            return false;
        if (!take_term(row, translation, &rest))
            return false;
        first = false;
    } while (rest.length > 0);
    return true;
}

bool sw_symmetry_parse(sw_symmetry *operator, sw_span text) {
    *operator=(sw_symmetry){0};
    for (int i = 0; i < 3; i++) {
        sw_span part = {text.start, 0};
        while (part.length < text.length && text.start[part.length] != ',')
            part.length++;
        bool last = part.length == text.length;
        if (last != (i == 2) || !parse_row(operator->rotation[i], &operator->translation[i], part))
            return false;
        text.start += last ? part.length : part.length + 1;
        text.length -= last ? part.length : part.length + 1;
    }
    double determinant = sw_matrix_determinant((const double(*)[3]) operator->rotation);
    return fabs(fabs(determinant) - 1) < 1e-9 && fabs(operator->translation[0]) < 100 &&
           fabs(operator->translation[1]) < 100 && fabs(operator->translation[2]) < 100;
}

void sw_symmetry_apply(double image[3], const sw_symmetry *operator, const double position[3]) {
    for (int i = 0; i < 3; i++)
        image[i] = operator->translation[i] + sw_vector_dot(operator->rotation[i], position);
}
