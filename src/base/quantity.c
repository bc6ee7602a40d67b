/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/number.h"
#include "base/units.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* What of a bad quantity is repeated in a message. */
#define SHOWN "%.80s"
#define LONGEST_UNIT 32
#define HINT_SIZE 256
#define UNIT_LIMIT 32

/* The units of a dimension that are offered to users; returns how many. */
static size_t offered_units(const char *names[UNIT_LIMIT], sw_dimension dimension) {
    size_t count = 0;
    for (size_t i = 0; i < sw_unit_count() && count < UNIT_LIMIT; i++) {
        const sw_unit *unit = sw_unit_at(i);
        if (unit->dimension == dimension && !unit->alias && unit->name[0] != '\0')
            names[count++] = unit->name;
    }
    return count;
}

/* "a temperature needs one of K, degC", and the unit that was probably meant. */
static void write_hint(char hint[HINT_SIZE], const char *unit, sw_dimension dimension) {
    const char *names[UNIT_LIMIT];
    size_t count = offered_units(names, dimension);
    size_t length =
        (size_t)snprintf(hint, HINT_SIZE, "%s %s", sw_dimension_with_article(dimension),
                         dimension == SW_NUMBER ? "stands alone or with" : "needs one of");
    for (size_t i = 0; i < count && length < HINT_SIZE; i++)
        length +=
            (size_t)snprintf(hint + length, HINT_SIZE - length, "%s%s", i ? ", " : " ", names[i]);
    const char *nearest = sw_nearest_name(unit, names, count);
    if (nearest && length < HINT_SIZE)
        snprintf(hint + length, HINT_SIZE - length, "; did you mean '%s'?", nearest);
}

static const sw_unit *unit_of_any_dimension(const char *name) {
    for (size_t i = 0; i < sw_unit_count(); i++)
        if (strcmp(sw_unit_at(i)->name, name) == 0)
            return sw_unit_at(i);
    return NULL;
}

static sw_status refuse_unit(const char *text, const char *unit, sw_dimension dimension,
                             sw_error *error) {
    char hint[HINT_SIZE];
    write_hint(hint, unit, dimension);
    if (unit[0] == '\0')
        return sw_error_set(error, SW_ERROR_UNIT, NULL, hint, "'" SHOWN "' has no unit", text);
    if (unit[0] == ',')
        return sw_error_set(error, SW_ERROR_UNIT, NULL, "write decimals with a point: 1.5",
                            "'" SHOWN "' has a comma in its number", text);
    const sw_unit *other = unit_of_any_dimension(unit);
    if (other)
        return sw_error_set(
            error, SW_ERROR_UNIT, NULL, hint, "'" SHOWN "' is %s, but %s is expected here", text,
            sw_dimension_with_article(other->dimension), sw_dimension_with_article(dimension));
    return sw_error_set(error, SW_ERROR_UNIT, NULL, hint, "'" SHOWN "': the unit '%s' is unknown",
                        text, unit);
}

static sw_status refuse_number(const char *text, const char *problem, sw_dimension dimension,
                               sw_error *error) {
    char hint[HINT_SIZE];
    const char *unit = sw_dimension_unit(dimension);
    snprintf(hint, sizeof hint, "write a finite decimal number%s, for example '1.5%s%s'",
             unit[0] ? " and its unit" : "", unit[0] ? " " : "", unit);
    return sw_error_set(error, SW_ERROR_UNIT, NULL, hint, "'" SHOWN "' %s", text, problem);
}

/* The text after the number without the blanks around it, cut where it is too long for a unit. */
static void copy_unit(char unit[LONGEST_UNIT], const char *rest) {
    rest += strspn(rest, " \t\r\n");
    size_t length = strlen(rest);
    while (length > 0 && strchr(" \t\r\n", rest[length - 1]))
        length--;
    if (length >= LONGEST_UNIT)
        length = LONGEST_UNIT - 1;
    memcpy(unit, rest, length);
    unit[length] = '\0';
}

sw_status sw_quantity_parse(double *value, const char *text, sw_dimension dimension,
                            sw_error *error) {
    double number;
    const char *rest;
    char name[LONGEST_UNIT];
    if (!sw_number_parse(&number, text, &rest))
        return refuse_number(text, "does not begin with a number in range", dimension, error);
    copy_unit(name, rest);
    const sw_unit *unit = sw_unit_find(name, dimension);
    if (!unit)
        return refuse_unit(text, name, dimension, error);
    double inside = number * unit->factor + unit->offset;
    if (!isfinite(inside))
        return refuse_number(text, "is not finite", dimension, error);
    *value = inside;
    return SW_OK;
}
