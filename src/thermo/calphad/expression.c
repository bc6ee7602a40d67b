/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thermo/calphad/expression.h"

#include "base/memory.h"
#include "base/number.h"

#include <stdlib.h>
#include <string.h>

#define DEEPEST 24 /* brackets within brackets; the evaluator's stack holds four numbers a level */
#define PIECES 64
#define ROOM 298.15

typedef struct reader {
    sw_calphad_expressions *all;
    sw_calphad_cursor *cursor;
    int depth;
} reader;

static bool read_sum(reader *r);

static bool append(reader *r, sw_calphad_operation operation) {
    sw_calphad_expressions *all = r->all;
    if (all->operation_count >= UINT32_MAX - 1 ||
        !sw_reserve(&all->operations, &all->operation_capacity, all->operation_count + 1,
                    sizeof *all->operations))
        return sw_calphad_fail(r->cursor, SW_ERROR_MEMORY, NULL, "no memory for an expression");
    all->operations[all->operation_count++] = operation;
    return true;
}

static bool append_kind(reader *r, enum sw_calphad_operation_kind kind) {
    return append(r, (sw_calphad_operation){.kind = kind});
}

static bool append_constant(reader *r, double constant) {
    return append(r, (sw_calphad_operation){.kind = CALPHAD_CONSTANT, .constant = constant});
}

static bool append_function(reader *r, const char *name) {
    sw_calphad_expressions *all = r->all;
    const ptrdiff_t function = sw_calphad_names_add(&all->functions, name);
    if (function < 0 || !sw_reserve(&all->definition, &all->definition_capacity,
                                    all->functions.count, sizeof *all->definition))
        return sw_calphad_fail(r->cursor, SW_ERROR_MEMORY, NULL, "no memory for functions");
    return append(r,
                  (sw_calphad_operation){.kind = CALPHAD_FUNCTION, .function = (uint32_t)function});
}

static bool read_bracket(reader *r) {
    if (r->depth == DEEPEST)
        return sw_calphad_fail(r->cursor, SW_ERROR_FORMAT, "use a FUNCTION for a part of it",
                               "expected at most %d brackets within each other", DEEPEST);
    r->depth++;
    if (!sw_calphad_take(r->cursor, '('))
        return sw_calphad_fail(r->cursor, SW_ERROR_FORMAT, "write LN(T)", "expected '('");
    if (!read_sum(r))
        return false;
    r->depth--;
    if (!sw_calphad_take(r->cursor, ')'))
        return sw_calphad_fail(r->cursor, SW_ERROR_FORMAT, "each '(' needs its ')'",
                               "expected ')', found '%.12s'", r->cursor->at);
    return true;
}

static bool read_name(reader *r) {
    char name[CALPHAD_NAME];
    if (!sw_calphad_word(name, r->cursor, "+-*/();,#", "a number, T, P, LN, EXP or a function"))
        return false;
    if (*r->cursor->at == '#')
        r->cursor->at++;
    if (strcmp(name, "T") == 0)
        return append_kind(r, CALPHAD_T);
    if (strcmp(name, "P") == 0)
        return append_kind(r, CALPHAD_P);
    if (strcmp(name, "R") == 0)
        return append_constant(r, CALPHAD_GAS_CONSTANT);
    if (strcmp(name, "LN") == 0 || strcmp(name, "LOG") == 0)
        return read_bracket(r) && append_kind(r, CALPHAD_LOG);
    if (strcmp(name, "EXP") == 0)
        return read_bracket(r) && append_kind(r, CALPHAD_EXP);
    return append_function(r, name);
}

static bool read_plain(reader *r) {
    const char first = sw_calphad_peek(r->cursor);
    if (first == '(')
        return read_bracket(r);
    if ((first < '0' || first > '9') && first != '.')
        return read_name(r);
    double constant;
    return sw_calphad_number(&constant, r->cursor, "a number") && append_constant(r, constant);
}

static bool at_power(sw_calphad_cursor *cursor) {
    return sw_calphad_peek(cursor) == '*' && cursor->at[1] == '*';
}

/* plain [** [sign] plain] */
static bool read_factor(reader *r) {
    if (!read_plain(r))
        return false;
    if (!at_power(r->cursor))
        return true;
    r->cursor->at += 2;
    const bool negative = sw_calphad_take(r->cursor, '-');
    if (!negative)
        sw_calphad_take(r->cursor, '+');
    return read_plain(r) && (!negative || append_kind(r, CALPHAD_NEGATE)) &&
           append_kind(r, CALPHAD_POWER);
}

static bool read_product(reader *r) {
    if (!read_factor(r))
        return false;
    for (;;) {
        const char sign = sw_calphad_peek(r->cursor);
        if (sign != '*' && sign != '/')
            return true;
        sw_calphad_take(r->cursor, sign);
        if (!read_factor(r) || !append_kind(r, sign == '*' ? CALPHAD_MULTIPLY : CALPHAD_DIVIDE))
            return false;
    }
}

/* [sign] product {sign product}; several signs in a row are one, as "+-5". */
static bool read_signed_product(reader *r) {
    bool negative = false;
    for (;;) {
        const char sign = sw_calphad_peek(r->cursor);
        if (sign != '+' && sign != '-')
            break;
        sw_calphad_take(r->cursor, sign);
        negative ^= sign == '-';
    }
    return read_product(r) && (!negative || append_kind(r, CALPHAD_NEGATE));
}

static bool read_sum(reader *r) {
    if (!read_signed_product(r))
        return false;
    for (;;) {
        const char sign = sw_calphad_peek(r->cursor);
        if (sign != '+' && sign != '-')
            return true;
        if (!read_signed_product(r) || !append_kind(r, CALPHAD_ADD))
            return false;
    }
}

/* "Y" or "N" as a word of its own; 0 where there is neither. */
static char read_mark(sw_calphad_cursor *cursor) {
    const char mark = sw_calphad_peek(cursor);
    const char next = mark ? cursor->at[1] : '\0';
    if (!mark || !strchr("YyNn", mark) || (next && !strchr(" \t\r\n!$", next)))
        return '\0';
    cursor->at++;
    return mark == 'Y' || mark == 'y' ? 'Y' : 'N';
}

static bool read_piece(reader *r, bool *more, bool *mended) {
    sw_calphad_expressions *all = r->all;
    const size_t first = all->operation_count;
    if (!read_sum(r))
        return false;
    if (!sw_calphad_take(r->cursor, ';'))
        return sw_calphad_fail(r->cursor, SW_ERROR_FORMAT, "an expression ends with ';'",
                               "expected ';' or an operator, found '%.12s'", r->cursor->at);
    double upper = 6000.0;
    if (sw_calphad_peek(r->cursor) != 'N' && !sw_calphad_at_end(r->cursor) &&
        !sw_calphad_number(&upper, r->cursor, "the temperature up to which this holds"))
        return false;
    const char mark = read_mark(r->cursor);
    const char next = sw_calphad_peek(r->cursor);
    *mended |= mark == '\0' && (next == '+' || next == '-');
    *more = mark == 'Y' || (mark == '\0' && (next == '+' || next == '-'));
    if (!sw_reserve(&all->pieces, &all->piece_capacity, all->piece_count + 1, sizeof *all->pieces))
        return sw_calphad_fail(r->cursor, SW_ERROR_MEMORY, NULL, "no memory for an expression");
    all->pieces[all->piece_count++] =
        (sw_calphad_piece){.upper = upper,
                           .first = (uint32_t)first,
                           .count = (uint32_t)(all->operation_count - first)};
    return true;
}

bool sw_calphad_expression_read(sw_calphad_expression *expression, bool *mended,
                                sw_calphad_expressions *all, sw_calphad_cursor *cursor) {
    reader r = {.all = all, .cursor = cursor};
    *expression = (sw_calphad_expression){.first = (uint32_t)all->piece_count};
    *mended = false;
    sw_calphad_peek(cursor);
    const sw_calphad_cursor start = *cursor;
    if (!sw_calphad_number(&expression->lowest, cursor, "the temperature from which this holds"))
        return false;
    if (sw_calphad_peek(cursor) ==
        ';') { /* the number is the expression: no temperature is there */
        *cursor = start;
        expression->lowest = ROOM;
        *mended = true;
    }
    for (bool more = true; more; expression->count++) {
        if (expression->count == PIECES)
            return sw_calphad_fail(cursor, SW_ERROR_FORMAT, NULL, "expected at most %d ranges",
                                   PIECES);
        if (!read_piece(&r, &more, mended))
            return false;
    }
    return true;
}

void sw_calphad_expressions_clear(sw_calphad_expressions *all) {
    free(all->operations);
    free(all->pieces);
    free(all->definition);
    sw_calphad_names_clear(&all->functions);
    *all = (sw_calphad_expressions){0};
}
