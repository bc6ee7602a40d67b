/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thermo/reaction.h"

#include "thermo/species_table.h"

#include <stdio.h>
#include <string.h>

#define NAME_LENGTH 64
#define EXAMPLE "write it like \"Fe3O4 + 4 H2 = 3 Fe + 4 H2O\""

struct cursor {
    const char *text;
    size_t at;
};

/* Room for "reaction, character N". */
struct place {
    char text[64];
};

static struct place place_of(size_t at) {
    struct place place;
    snprintf(place.text, sizeof place.text, "reaction, character %zu", at + 1);
    return place;
}

static void skip_blanks(struct cursor *cursor) {
    cursor->at += strspn(cursor->text + cursor->at, " \t\r\n");
}

static sw_status unexpected(const struct cursor *cursor, const char *expected, sw_error *error) {
    const char *found = cursor->text + cursor->at;
    if (*found == '\0')
        return sw_error_set(error, SW_ERROR_FORMAT, place_of(cursor->at).text, EXAMPLE,
                            "expected %s, found the end of the reaction", expected);
    return sw_error_set(error, SW_ERROR_FORMAT, place_of(cursor->at).text, EXAMPLE,
                        "expected %s, found \"%.24s\"", expected, found);
}

/* A decimal number above zero, read by the unit parser of the base room: the same in any locale. */
static sw_status read_number(double *number, struct cursor *cursor, sw_error *error) {
    const char *start = cursor->text + cursor->at;
    const size_t length = strspn(start, "0123456789.");
    char digits[NAME_LENGTH];
    if (length == 0 || length >= sizeof digits)
        return unexpected(cursor, "a number of fewer than 64 digits", error);
    memcpy(digits, start, length);
    digits[length] = '\0';
    if (sw_quantity_parse(number, digits, SW_NUMBER, NULL) != SW_OK || !(*number > 0.0))
        return unexpected(cursor, "an amount above zero such as 2, 0.947 or 1/2", error);
    cursor->at += length;
    return SW_OK;
}

static sw_status read_amount(double *amount, struct cursor *cursor, sw_error *error) {
    *amount = 1.0;
    if (strchr("0123456789.", cursor->text[cursor->at]) == NULL || cursor->text[cursor->at] == '\0')
        return SW_OK;
    sw_status status = read_number(amount, cursor, error);
    if (status != SW_OK || cursor->text[cursor->at] != '/')
        return status;
    cursor->at++;
    double divisor = 1.0;
    status = read_number(&divisor, cursor, error);
    *amount /= divisor;
    return status;
}

static sw_status read_substance(const sw_substance **substance, struct cursor *cursor,
                                sw_error *error) {
    skip_blanks(cursor);
    const char *start = cursor->text + cursor->at;
    const size_t length = strcspn(start, " \t\r\n+=-");
    if (length == 0)
        return unexpected(cursor, "a substance", error);
    char name[NAME_LENGTH];
    snprintf(name, sizeof name, "%.*s", (int)(length < NAME_LENGTH ? length : NAME_LENGTH - 1),
             start);
    const sw_status status = sw_species_require(substance, name, place_of(cursor->at).text, error);
    if (status == SW_OK)
        cursor->at += length;
    return status;
}

/* The term of this substance, made where it is new; NULL when the reaction is full. */
static struct sw_reaction_term *term_of(struct sw_reaction *reaction,
                                        const sw_substance *substance) {
    for (size_t i = 0; i < reaction->count; i++)
        if (reaction->terms[i].substance == substance)
            return &reaction->terms[i];
    if (reaction->count == REACTION_SUBSTANCES)
        return NULL;
    struct sw_reaction_term *term = &reaction->terms[reaction->count++];
    *term = (struct sw_reaction_term){.substance = substance};
    return term;
}

static sw_status read_term(struct sw_reaction *reaction, struct cursor *cursor, bool right,
                           sw_error *error) {
    double amount;
    const sw_substance *substance = NULL;
    skip_blanks(cursor);
    sw_status status = read_amount(&amount, cursor, error);
    if (status == SW_OK)
        status = read_substance(&substance, cursor, error);
    if (status != SW_OK)
        return status;
    struct sw_reaction_term *term = term_of(reaction, substance);
    if (term == NULL)
        return sw_error_set(error, SW_ERROR_UNSUPPORTED, place_of(cursor->at).text,
                            "split it into several reactions",
                            "expected at most %d substances, found more", REACTION_SUBSTANCES);
    *(right ? &term->right : &term->left) += amount;
    return SW_OK;
}

static sw_status read_side(struct sw_reaction *reaction, struct cursor *cursor, bool right,
                           sw_error *error) {
    for (;;) {
        const sw_status status = read_term(reaction, cursor, right, error);
        if (status != SW_OK)
            return status;
        skip_blanks(cursor);
        if (cursor->text[cursor->at] != '+')
            return SW_OK;
        cursor->at++;
    }
}

static sw_status read_equals(struct cursor *cursor, sw_error *error) {
    const char *sign = cursor->text + cursor->at;
    const size_t length = sign[0] == '=' ? 1 : strncmp(sign, "->", 2) == 0 ? 2 : 0;
    if (length == 0)
        return unexpected(cursor, "\"+\", \"=\" or \"->\"", error);
    cursor->at += length;
    return SW_OK;
}

sw_status sw_reaction_parse(struct sw_reaction *reaction, const char *text, sw_error *error) {
    struct cursor cursor = {.text = text != NULL ? text : ""};
    reaction->count = 0;
    sw_status status = read_side(reaction, &cursor, false, error);
    if (status == SW_OK)
        status = read_equals(&cursor, error);
    if (status == SW_OK)
        status = read_side(reaction, &cursor, true, error);
    if (status == SW_OK && cursor.text[cursor.at] != '\0')
        status = unexpected(&cursor, "\"+\" or the end of the reaction", error);
    return status;
}
