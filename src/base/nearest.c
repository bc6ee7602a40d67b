/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <spillway/base.h>

#include <string.h>

#define LONGEST_NAME 64

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

static char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

/* Letters to insert, drop, replace or swap with their neighbour to turn a into b, ignoring case
 * (optimal string alignment). Both at most LONGEST_NAME. */
static size_t edit_distance(const char *a, size_t a_length, const char *b, size_t b_length) {
    size_t rows[3][LONGEST_NAME + 1];
    size_t *before = rows[0], *above = rows[1], *here = rows[2];
    for (size_t j = 0; j <= b_length; j++)
        above[j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        here[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t differs = lower(a[i - 1]) != lower(b[j - 1]);
            here[j] = smaller(smaller(above[j], here[j - 1]) + 1, above[j - 1] + differs);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                lower(a[i - 2]) == lower(b[j - 1]))
                here[j] = smaller(here[j], before[j - 2] + 1);
        }
        size_t *oldest = before;
        before = above;
        above = here;
        here = oldest;
    }
    return above[b_length];
}

const char *sw_nearest_name(const char *name, const char *const *names, size_t count) {
    size_t length = name ? strlen(name) : 0;
    if (length == 0 || length > LONGEST_NAME)
        return NULL;

    const char *nearest = NULL;
    size_t bound = length / 3 > 1 ? length / 3 : 1;
    for (size_t i = 0; i < count; i++) {
        size_t other = names[i] ? strlen(names[i]) : 0;
        if (other == 0 || other > LONGEST_NAME)
            continue;
        size_t distance = edit_distance(name, length, names[i], other);
        /* nothing in common is never near, however short the names */
        if (distance > bound || distance >= (length > other ? length : other))
            continue;
        nearest = names[i];
        if (distance == 0)
            break;
        bound = distance - 1;
    }
    return nearest;
}
