/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of expressions with their derivative to temperature, carried forward through each
 * operation. Functions are evaluated when first asked for and then kept. */
#include "base/memory.h"
#include "thermo/calphad/expression.h"

#include <math.h>
#include <stdlib.h>

#define STACK 128
#define FUNCTIONS_DEEP 64

enum progress { CALPHAD_UNKNOWN, CALPHAD_BUSY, CALPHAD_KNOWN };

sw_status sw_calphad_conditions_create(sw_calphad_conditions *conditions,
                                       const sw_calphad_expressions *all, double temperature,
                                       double pressure, sw_error *error) {
    *conditions = (sw_calphad_conditions){
        .temperature = temperature, .pressure = pressure, .all = all, .error = error};
    if (!(temperature > 0.0) || !(pressure > 0.0) || !isfinite(temperature) || !isfinite(pressure))
        return sw_error_set(
            error, SW_ERROR_ARGUMENT, "temperature", "give kelvin and pascal above zero",
            "expected a temperature and a pressure, found %g K and %g Pa", temperature, pressure);
    const size_t count = all->functions.count;
    conditions->function = sw_allocate(count, sizeof *conditions->function);
    conditions->progress = sw_allocate(count, 1);
    if (conditions->function && conditions->progress)
        return SW_OK;
    sw_calphad_conditions_clear(conditions);
    return sw_error_set(error, SW_ERROR_MEMORY, NULL, NULL, "no memory for %zu functions", count);
}

void sw_calphad_conditions_clear(sw_calphad_conditions *conditions) {
    free(conditions->function);
    free(conditions->progress);
    *conditions = (sw_calphad_conditions){0};
}

static sw_calphad_dual power(sw_calphad_dual base, sw_calphad_dual exponent) {
    const double value = pow(base.value, exponent.value);
    double slope = 0.0;
    if (base.slope != 0.0)
        slope += exponent.value * pow(base.value, exponent.value - 1.0) * base.slope;
    if (exponent.slope != 0.0)
        slope += value * log(base.value) * exponent.slope;
    return (sw_calphad_dual){value, slope};
}

static sw_calphad_dual two_to_one(enum sw_calphad_operation_kind kind, sw_calphad_dual a,
                                  sw_calphad_dual b) {
    switch (kind) {
    case CALPHAD_ADD:
        return (sw_calphad_dual){a.value + b.value, a.slope + b.slope};
    case CALPHAD_SUBTRACT:
        return (sw_calphad_dual){a.value - b.value, a.slope - b.slope};
    case CALPHAD_MULTIPLY:
        return (sw_calphad_dual){a.value * b.value, a.slope * b.value + a.value * b.slope};
    case CALPHAD_DIVIDE:
        return (sw_calphad_dual){a.value / b.value,
                                 (a.slope - a.value / b.value * b.slope) / b.value};
    default:
        return power(a, b);
    }
}

static sw_calphad_dual one_to_one(enum sw_calphad_operation_kind kind, sw_calphad_dual a) {
    if (kind == CALPHAD_NEGATE)
        return (sw_calphad_dual){-a.value, -a.slope};
    if (kind == CALPHAD_LOG)
        return (sw_calphad_dual){log(a.value), a.slope / a.value};
    const double value = exp(a.value);
    return (sw_calphad_dual){value, value * a.slope};
}

static bool evaluate(sw_calphad_dual *value, sw_calphad_conditions *conditions,
                     const sw_calphad_expression *expression, const char *name, int depth);

static bool function_value(sw_calphad_dual *value, sw_calphad_conditions *conditions,
                           uint32_t function, int depth) {
    const char *name = conditions->all->functions.name[function];
    const sw_calphad_expression *definition = &conditions->all->definition[function];
    if (conditions->progress[function] == CALPHAD_KNOWN) {
        *value = conditions->function[function];
        return true;
    }
    if (conditions->progress[function] == CALPHAD_BUSY || depth == FUNCTIONS_DEEP) {
        sw_error_set(conditions->error, SW_ERROR_FORMAT, name,
                     "a function must end in numbers, T and P",
                     "the function %s refers to itself, or to more than %d others in a row", name,
                     FUNCTIONS_DEEP);
        return false;
    }
    if (definition->count == 0) {
        sw_error_set(conditions->error, SW_ERROR_NOT_FOUND, name,
                     "read the file that defines it into the same database",
                     "the function %s is used and not defined", name);
        return false;
    }
    conditions->progress[function] = CALPHAD_BUSY;
    const bool good = evaluate(value, conditions, definition, name, depth + 1);
    conditions->progress[function] = good ? CALPHAD_KNOWN : CALPHAD_UNKNOWN;
    conditions->function[function] = *value;
    return good;
}

/* *pushed is false where the operation does not push. */
static bool push(sw_calphad_dual *value, bool *pushed, sw_calphad_conditions *conditions,
                 const sw_calphad_operation *operation, int depth) {
    *pushed = true;
    switch (operation->kind) {
    case CALPHAD_CONSTANT:
        *value = (sw_calphad_dual){operation->constant, 0.0};
        return true;
    case CALPHAD_T:
        *value = (sw_calphad_dual){conditions->temperature, 1.0};
        return true;
    case CALPHAD_P:
        *value = (sw_calphad_dual){conditions->pressure, 0.0};
        return true;
    case CALPHAD_FUNCTION:
        return function_value(value, conditions, operation->function, depth);
    default:
        *pushed = false;
        return true;
    }
}

static bool run_piece(sw_calphad_dual *value, sw_calphad_conditions *conditions,
                      const sw_calphad_piece *piece, int depth) {
    sw_calphad_dual stack[STACK]; /* brackets are at most 24 deep, so that it never fills */
    size_t held = 0;
    for (uint32_t i = 0; i < piece->count; i++) {
        const sw_calphad_operation *operation = &conditions->all->operations[piece->first + i];
        bool pushed;
        sw_calphad_dual fresh = {0};
        if (held == STACK || !push(&fresh, &pushed, conditions, operation, depth))
            return false;
        const size_t takes = pushed ? 0 : operation->kind >= CALPHAD_NEGATE ? 1 : 2;
        if (held < takes)
            return false;
        if (pushed)
            stack[held++] = fresh;
        else if (takes == 1)
            stack[held - 1] = one_to_one(operation->kind, stack[held - 1]);
        else {
            held--;
            stack[held - 1] = two_to_one(operation->kind, stack[held - 1], stack[held]);
        }
    }
    if (held == 0)
        return false;
    *value = stack[0];
    return true;
}

static bool evaluate(sw_calphad_dual *value, sw_calphad_conditions *conditions,
                     const sw_calphad_expression *expression, const char *name, int depth) {
    const sw_calphad_piece *piece = &conditions->all->pieces[expression->first];
    for (uint32_t i = 1; i < expression->count && conditions->temperature > piece->upper; i++)
        piece++;
    if (!run_piece(value, conditions, piece, depth))
        return false;
    if (isfinite(value->value) && isfinite(value->slope))
        return true;
    sw_error_set(conditions->error, SW_ERROR_NUMERIC, name,
                 "look at the expression in the database", "%s is not a number at %g K", name,
                 conditions->temperature);
    return false;
}

bool sw_calphad_expression_value(sw_calphad_dual *value, sw_calphad_conditions *conditions,
                                 const sw_calphad_expression *expression, const char *name) {
    return evaluate(value, conditions, expression, name, 0);
}
