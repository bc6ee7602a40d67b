/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Formulas of ions. */
#include "io/ranges.h"

#include <stdio.h>
#include <string.h>

enum { MOST_OF_A_PART = 9999 };

static bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool is_small(char c) {
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static int element_of(const char *name) {
    int number = strcmp(name, "D") == 0 ? 1 : sw_element_number(name);
    return number > 0 ? number : 0;
}

bool sw_ion_add(sw_ion *ion, const char *name, unsigned count) {
    size_t p = 0;
    while (p < ion->parts && strcmp(ion->part[p].name, name) != 0)
        p++;
    if (count == 0 || count > MOST_OF_A_PART || p == SW_ION_PARTS || name[0] == '\0' ||
        strlen(name) >= sizeof ion->part[p].name)
        return false;
    sw_ion_part *part = &ion->part[p];
    if (p == ion->parts) {
        memcpy(part->name, name, strlen(name) + 1);
        part->element = element_of(name);
        part->count = 0;
        ion->parts++;
    }
    part->count += count;
    return part->count <= MOST_OF_A_PART;
}

/* Takes "Fe2" off the front of a formula; false where it does not begin so. */
static bool take_part(sw_ion *ion, const char **formula) {
    const char *c = *formula;
    char name[16];
    size_t length = 1;
    unsigned count = 0;
    if (!is_capital(*c))
        return false;
    while (is_small(c[length]))
        length++;
    if (length >= sizeof name)
        return false;
    memcpy(name, c, length);
    name[length] = '\0';
    for (c += length; is_digit(*c) && count <= MOST_OF_A_PART; c++)
        count = count * 10 + (unsigned)(*c - '0');
    bool has_count = c != *formula + length;
    *formula = c;
    return sw_ion_add(ion, name, has_count ? count : 1);
}

bool sw_ion_add_formula(sw_ion *ion, const char *formula, unsigned times) {
    sw_ion read = {0};
    const char *rest = formula;
    while (*rest != '\0' && take_part(&read, &rest))
        continue;
    if (*rest != '\0' || read.parts == 0)
        return sw_ion_add(ion, formula, times);
    for (size_t p = 0; p < read.parts; p++)
        if (times > MOST_OF_A_PART ||
            !sw_ion_add(ion, read.part[p].name, times * read.part[p].count))
            return false;
    return true;
}

bool sw_ion_name(sw_ion *ion) {
    size_t used = 0;
    for (size_t p = 0; p < ion->parts && used < sizeof ion->name; p++) {
        const sw_ion_part *part = &ion->part[p];
        char count[16] = "";
        if (part->count > 1)
            snprintf(count, sizeof count, "%u", part->count);
        used +=
            (size_t)snprintf(ion->name + used, sizeof ion->name - used, "%s%s", part->name, count);
    }
    return ion->parts > 0 && used < sizeof ion->name;
}

bool sw_ion_parse(sw_ion *ion, const char *formula) {
    *ion = (sw_ion){0};
    return strcspn(formula, " \t\r\n") == strlen(formula) && sw_ion_add_formula(ion, formula, 1) &&
           sw_ion_name(ion);
}

static unsigned count_in(const sw_ion *ion, const char *name) {
    for (size_t p = 0; p < ion->parts; p++)
        if (strcmp(ion->part[p].name, name) == 0)
            return ion->part[p].count;
    return 0;
}

bool sw_ion_equal(const sw_ion *a, const sw_ion *b) {
    bool equal = a->parts == b->parts;
    for (size_t p = 0; p < a->parts && equal; p++)
        equal = count_in(b, a->part[p].name) == a->part[p].count;
    return equal;
}
