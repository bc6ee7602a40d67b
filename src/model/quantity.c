/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/quantity.h"

#include "base/number.h"
#include "base/units.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

bool sw_read_reference(sw_reading *reading, const sw_node *node, const sw_parameter **parameter,
                       double *sign) {
    const char *text = node->text;
    bool negative = text[0] == '-' && text[1] == '$';
    *sign = negative ? -1 : 1;
    *parameter = NULL;
    if (!negative && text[0] != '$')
        return true;
    const char *name = text + (negative ? 2 : 1);
    int index = sw_names_find(&reading->parameter_names, name);
    if (index < 0)
        return sw_fail_unknown(reading, node, false, "parameter", name, &reading->parameter_names);
    reading->parameter_used[index] = true;
    *parameter = &reading->model->parameter[index];
    return true;
}

static bool fail_dimension(sw_reading *reading, const sw_node *node, const sw_parameter *parameter,
                           const char *wanted) {
    char place[SW_HINT_SIZE], hint[SW_HINT_SIZE], defined[SW_HINT_SIZE];
    int index = sw_names_find(&reading->parameter_names, parameter->name);
    sw_place(place, node, false);
    sw_place(defined, reading->parameter_nodes[index], true);
    snprintf(hint, sizeof hint, "'%.48s' is defined at %.150s", parameter->name, defined);
    return sw_fail_as(reading, SW_ERROR_UNIT, place, hint,
                      "expected %s%s%.48s, found the parameter '%.48s' (%.48s), %s", wanted,
                      node->key ? " for " : "", node->key ? node->key : "", parameter->name,
                      parameter->text, sw_dimension_with_article(parameter->dimension));
}

/* Puts the place of the node, and its key, into a unit error. */
static bool fail_quantity(sw_reading *reading, const sw_node *node, const sw_error *cause) {
    char place[SW_HINT_SIZE];
    sw_place(place, node, false);
    return sw_fail_as(reading, cause->code, place, cause->hint, "%.60s%s%.400s",
                      node->key ? node->key : "", node->key ? ": " : "", cause->message);
}

bool sw_read_quantity(sw_reading *reading, const sw_node *node, sw_dimension dimension,
                      double *value) {
    const sw_parameter *parameter;
    double sign;
    if (!sw_read_reference(reading, node, &parameter, &sign))
        return false;
    if (parameter && parameter->dimension != dimension)
        return fail_dimension(reading, node, parameter, sw_dimension_with_article(dimension));
    if (parameter) {
        *value = sign * parameter->value;
        return true;
    }
    sw_error cause = {0};
    if (sw_quantity_parse(value, node->text, dimension, &cause) != SW_OK)
        return fail_quantity(reading, node, &cause);
    return true;
}

/* A distance by name, reference or text; false where it fails. */
static bool distance_value(sw_reading *reading, const sw_node *node, double *value) {
    double constant = reading->lattice->frame.lattice_constant;
    const sw_parameter *parameter;
    double sign, number;
    if (node->kind != SW_NODE_SCALAR)
        return sw_fail_expected(reading, node, "a distance", NULL);
    if (!sw_read_reference(reading, node, &parameter, &sign))
        return false;
    if (parameter && parameter->dimension != SW_LENGTH && parameter->dimension != SW_NUMBER)
        return fail_dimension(reading, node, parameter, "a length or number of lattice constants");
    if (parameter) {
        *value = sign * parameter->value * (parameter->dimension == SW_NUMBER ? constant : 1);
        return true;
    }
    int index = sw_names_find(&reading->distance_names, node->text);
    if (index >= 0) {
        *value = reading->distances[index];
        return true;
    }
    if (sw_is_name(node->text))
        return sw_fail_unknown(reading, node, false, "distance", node->text,
                               &reading->distance_names);
    if (sw_number_parse(&number, node->text, NULL)) {
        *value = number * constant;
        return true;
    }
    return sw_read_quantity(reading, node, SW_LENGTH, value);
}

bool sw_read_distance(sw_reading *reading, const sw_node *node, bool is_signed, double *value) {
    if (!distance_value(reading, node, value))
        return false;
    if (!isfinite(*value) || fabs(*value) > 1e9 || (!is_signed && *value < 0))
        return sw_fail_expected(reading, node, is_signed ? "a length" : "a distance, at least 0",
                                "plain numbers are in lattice constants");
    return true;
}
