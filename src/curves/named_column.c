/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/named_column.h"

#include "base/number.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define TEXT_SIZE 128

/* A column as it is looked at: the name without a unit that it carries, in small letters too. */
typedef struct column_title {
    char name[TEXT_SIZE], small[TEXT_SIZE], unit[TEXT_SIZE];
} column_title;

static void trim(char *text) {
    size_t length = strlen(text), skip = strspn(text, " \t");
    while (length > skip && isspace((unsigned char)text[length - 1]))
        length--;
    memmove(text, text + skip, length - skip);
    text[length - skip] = '\0';
}

/* Takes "C" off "T (C)", "T [C]", "T / C", "T in C", which a reader of any table leaves alone. */
static void split_unit(column_title *title) {
    char *name = title->name, *open = strrchr(name, '(');
    char *bracket = strrchr(name, '['), *slash = strrchr(name, '/');
    size_t length = strlen(name);
    if (open == NULL || (bracket != NULL && bracket > open))
        open = bracket;
    if (open != NULL && length > 0 && (name[length - 1] == ')' || name[length - 1] == ']')) {
        name[length - 1] = '\0';
        snprintf(title->unit, sizeof title->unit, "%s", open + 1);
        *open = '\0';
    } else if (slash != NULL && strchr(name, '(') == NULL) {
        snprintf(title->unit, sizeof title->unit, "%s", slash + 1);
        *slash = '\0';
    } else if (strstr(name, " in ") != NULL) {
        char *in = strstr(name, " in ");
        snprintf(title->unit, sizeof title->unit, "%s", in + 4);
        *in = '\0';
    }
    trim(title->unit);
    trim(name);
}

static column_title title_of(const sw_table *table, size_t index) {
    column_title title = {.name = ""};
    snprintf(title.name, sizeof title.name, "%s", sw_table_name(table, index));
    snprintf(title.unit, sizeof title.unit, "%s", sw_table_unit(table, index));
    if (title.unit[0] == '\0')
        split_unit(&title);
    for (size_t i = 0; title.name[i] != '\0'; i++)
        title.small[i] = (char)tolower((unsigned char)title.name[i]);
    return title;
}

static const sw_unit_spelling *find_unit(const sw_quantity_names *quantity, const char *text) {
    for (const sw_unit_spelling *unit = quantity->units; unit->text != NULL; unit++)
        if (strcmp(unit->text, text) == 0 ||
            (strlen(text) >= 3 && strcasecmp(unit->text, text) == 0))
            return unit;
    return NULL;
}

static bool contains_any(const char *text, const char *const *words) {
    for (; *words != NULL; words++)
        if (strstr(text, *words) != NULL)
            return true;
    return false;
}

static bool is_named(const column_title *title, const sw_quantity_names *quantity) {
    for (const char *const *symbol = quantity->symbols; *symbol != NULL; symbol++)
        if (strcmp(title->name, *symbol) == 0)
            return true;
    for (const char *const *word = quantity->words; *word != NULL; word++)
        if (strncmp(title->small, *word, strlen(*word)) == 0 ||
            (strlen(*word) > 4 && strstr(title->small, *word) != NULL))
            return true;
    return false;
}

/* How well a column fits: 0 not at all. Name counts more than unit. */
static int rank(const sw_table *table, size_t index, const sw_quantity_names *quantity) {
    column_title title = title_of(table, index);
    bool known = title.unit[0] != '\0' && find_unit(quantity, title.unit) != NULL;
    bool named = is_named(&title, quantity);
    if (sw_table_is_text(table, index) || contains_any(title.small, quantity->never) ||
        (title.unit[0] != '\0' && !known && !named) || (!named && !known))
        return 0;
    if (!named && quantity->units[0].text != NULL && title.unit[0] == '%')
        return 0;
    return 10 + (named ? 6 : 0) + (known ? 3 : 0) +
           (contains_any(title.small, quantity->better) ? 2 : 0) -
           (contains_any(title.small, quantity->worse) ? 4 : 0);
}

static sw_status none_found(const sw_table *table, const sw_quantity_names *quantity,
                            sw_error *error) {
    char hint[256];
    size_t used =
        (size_t)snprintf(hint, sizeof hint, "name it: --%s COLUMN; there are ", quantity->what);
    for (size_t i = 0; i < sw_table_columns(table) && used < sizeof hint; i++)
        used += (size_t)snprintf(hint + used, sizeof hint - used, "%s\"%s\"", i > 0 ? ", " : "",
                                 sw_table_name(table, i));
    return sw_error_set(error, SW_ERROR_NOT_FOUND, sw_table_source(table), hint,
                        "no column is known as %s", quantity->what);
}

/* A column of the right name that holds no numbers, or none of the columns. */
static size_t text_of_that_name(const sw_table *table, const sw_quantity_names *quantity) {
    for (size_t i = 0; i < sw_table_columns(table); i++) {
        column_title title = title_of(table, i);
        if (sw_table_is_text(table, i) && is_named(&title, quantity) &&
            !contains_any(title.small, quantity->never))
            return i;
    }
    return sw_table_columns(table);
}

static sw_status holds_text(const sw_table *table, size_t index, sw_error *error) {
    return sw_error_set(
        error, SW_ERROR_FORMAT, sw_table_source(table),
        "more than half of its cells are no numbers: clocks (00:12:30) and marks of "
        "thousands are not read",
        "the column \"%s\" holds text", sw_table_name(table, index));
}

static sw_status find_best(size_t *found, const sw_table *table, const sw_quantity_names *quantity,
                           sw_error *error) {
    int best = 0;
    size_t other = SIZE_MAX;
    for (size_t i = 0; i < sw_table_columns(table); i++) {
        int its = rank(table, i, quantity);
        if (its > best) {
            best = its;
            *found = i;
            other = SIZE_MAX;
        } else if (its == best && best > 0) {
            other = i;
        }
    }
    size_t text = text_of_that_name(table, quantity);
    if (best == 0)
        return text < sw_table_columns(table) ? holds_text(table, text, error)
                                              : none_found(table, quantity, error);
    if (other == SIZE_MAX)
        return SW_OK;
    char hint[128];
    snprintf(hint, sizeof hint, "name it: --%s COLUMN", quantity->what);
    return sw_error_set(error, SW_ERROR_ARGUMENT, sw_table_source(table), hint,
                        "\"%s\" and \"%s\" may both be %s", sw_table_name(table, *found),
                        sw_table_name(table, other), quantity->what);
}

static sw_status find_wanted(size_t *found, const sw_table *table,
                             const sw_quantity_names *quantity, const char *wanted,
                             sw_error *error) {
    double number;
    for (size_t i = 0; i < sw_table_columns(table); i++) {
        column_title title = title_of(table, i);
        bool whole = sw_number_parse(&number, wanted, NULL) && number == (double)(i + 1);
        if (strcmp(sw_table_name(table, i), wanted) != 0 && strcmp(title.name, wanted) != 0 &&
            !whole)
            continue;
        *found = i;
        return sw_table_is_text(table, i) ? holds_text(table, i, error) : SW_OK;
    }
    return none_found(table, quantity, error);
}

static sw_status no_unit(const sw_table *table, const sw_quantity_names *quantity, size_t index,
                         const char *text, bool option, sw_error *error) {
    char hint[256];
    size_t used =
        option ? (size_t)snprintf(hint, sizeof hint, "give --%s-unit, one of:", quantity->what)
               : (size_t)snprintf(hint, sizeof hint, "write it in the file, one of:");
    for (size_t i = 0; quantity->units[i].text != NULL && used < sizeof hint; i++)
        used += (size_t)snprintf(hint + used, sizeof hint - used, "%s %s", i > 0 ? "," : "",
                                 quantity->units[i].text);
    if (text[0] == '\0')
        return sw_error_set(error, SW_ERROR_UNIT, sw_table_source(table), hint,
                            "the column \"%s\" says no unit", sw_table_name(table, index));
    return sw_error_set(error, SW_ERROR_UNIT, sw_table_source(table), hint,
                        "\"%s\" is no unit of %s", text, quantity->what);
}

static sw_status set_unit(sw_named_column *column, const sw_table *table,
                          const sw_quantity_names *quantity, const char *given, sw_error *error) {
    column_title title = title_of(table, column->index);
    bool automatic = given == NULL || strcmp(given, "auto") == 0;
    const char *text = automatic ? title.unit : given;
    const sw_unit_spelling *unit = find_unit(quantity, text);
    *column = (sw_named_column){.index = column->index, .factor = 1.0, .unit = ""};
    if (unit != NULL) {
        column->factor = unit->factor;
        column->offset = unit->offset;
        column->unit = unit->text;
        return SW_OK;
    }
    if (text[0] == '\0' && !quantity->needs_unit)
        return SW_OK;
    return no_unit(table, quantity, column->index, text, given != NULL, error);
}

sw_status sw_named_column_find(sw_named_column *column, const sw_table *table,
                               const sw_quantity_names *quantity, const char *wanted,
                               const char *unit, sw_error *error) {
    *column = (sw_named_column){.factor = 1.0, .unit = ""};
    sw_status status = strcmp(wanted, "auto") == 0
                           ? find_best(&column->index, table, quantity, error)
                           : find_wanted(&column->index, table, quantity, wanted, error);
    return status == SW_OK ? set_unit(column, table, quantity, unit, error) : status;
}

double sw_named_column_value(const sw_named_column *column, const sw_table *table, size_t row) {
    double value = sw_table_numbers_const(table, column->index)[row];
    return value * column->factor + column->offset;
}
