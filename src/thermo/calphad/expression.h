/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Expressions of temperature and pressure, as a database writes them, and their value with its
 * derivative to temperature. An expression is a run of pieces, one a range of temperature, each a
 * run of operations for a stack.
 */
#ifndef SPILLWAY_THERMO_CALPHAD_EXPRESSION_H
#define SPILLWAY_THERMO_CALPHAD_EXPRESSION_H

#include "thermo/calphad/cursor.h"

/* J/(mol K): the value (CODATA 1986) with which assessments are made, and R in their expressions. */
#define CALPHAD_GAS_CONSTANT 8.31451

enum sw_calphad_operation_kind {
    CALPHAD_CONSTANT,
    CALPHAD_T,
    CALPHAD_P,
    CALPHAD_FUNCTION, /* push */
    CALPHAD_ADD,
    CALPHAD_SUBTRACT,
    CALPHAD_MULTIPLY,
    CALPHAD_DIVIDE,
    CALPHAD_POWER, /* two to one */
    CALPHAD_NEGATE,
    CALPHAD_LOG,
    CALPHAD_EXP /* one to one */
};

typedef struct sw_calphad_operation {
    enum sw_calphad_operation_kind kind;
    uint32_t function; /* of CALPHAD_FUNCTION: its index among the names */
    double constant;
} sw_calphad_operation;

typedef struct sw_calphad_piece {
    double upper;          /* K; the last one holds beyond too */
    uint32_t first, count; /* operations */
} sw_calphad_piece;

typedef struct sw_calphad_expression {
    uint32_t first, count; /* pieces; none: not defined */
    double lowest;         /* K */
} sw_calphad_expression;

typedef struct sw_calphad_expressions {
    sw_calphad_operation *operations;
    size_t operation_count, operation_capacity;
    sw_calphad_piece *pieces;
    size_t piece_count, piece_capacity;
    sw_calphad_names functions;        /* all that are named, defined or not */
    sw_calphad_expression *definition; /* [functions] */
    size_t definition_capacity;
} sw_calphad_expressions;

/* Reads "298.15 <expression>; 1811 Y <expression>; 6000 N", up to the references. *mended is true
 * where the first temperature was missing, or a Y before another piece. */
bool sw_calphad_expression_read(sw_calphad_expression *expression, bool *mended,
                                sw_calphad_expressions *all, sw_calphad_cursor *cursor);
void sw_calphad_expressions_clear(sw_calphad_expressions *all);

typedef struct sw_calphad_dual {
    double value, slope; /* slope: derivative to temperature, 1/K */
} sw_calphad_dual;

/* A temperature and pressure with the functions that are known there. */
typedef struct sw_calphad_conditions {
    double temperature, pressure; /* K, Pa */
    const sw_calphad_expressions *all;
    sw_calphad_dual *function; /* [functions] */
    unsigned char *progress;   /* [functions], CALPHAD_UNKNOWN ... */
    sw_error *error;
} sw_calphad_conditions;

sw_status sw_calphad_conditions_create(sw_calphad_conditions *conditions,
                                       const sw_calphad_expressions *all, double temperature,
                                       double pressure, sw_error *error);
void sw_calphad_conditions_clear(sw_calphad_conditions *conditions);

/* Errors: a function that is not defined or refers to itself, a value that is no number. `name` is
 * for the message. */
bool sw_calphad_expression_value(sw_calphad_dual *value, sw_calphad_conditions *conditions,
                                 const sw_calphad_expression *expression, const char *name);

#endif
