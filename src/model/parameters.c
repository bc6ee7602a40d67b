/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/quantity.h"

#include "base/number.h"
#include "base/units.h"
#include "model/schema.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { UNREAD, BEING_READ, READ };

static bool find_dimension(sw_dimension *dimension, const char *unit) {
    for (int i = 0; i < SW_DIMENSION_COUNT; i++)
        if (sw_unit_find(unit, (sw_dimension)i)) {
            *dimension = (sw_dimension)i;
            return true;
        }
    return false;
}

static bool fail_unit(sw_reading *reading, const sw_node *node, const char *unit) {
    const char *names[128];
    sw_names units = {names, 0};
    for (size_t i = 0; i < sw_unit_count() && units.count < 128; i++)
        if (!sw_unit_at(i)->alias && sw_unit_at(i)->name[0])
            names[units.count++] = sw_unit_at(i)->name;
    char hint[SW_HINT_SIZE], place[SW_HINT_SIZE];
    sw_hint_names(hint, unit, &units);
    sw_place(place, node, false);
    return sw_fail_as(reading, SW_ERROR_UNIT, place, hint,
                      "expected a number with a known unit, found '%.60s'", node->text);
}

/* The dimension of a parameter is that of its unit. */
static bool read_plain(sw_reading *reading, const sw_node *node, sw_parameter *parameter) {
    double number;
    const char *rest;
    char unit[32];
    if (!sw_number_parse(&number, node->text, &rest) || !isfinite(number))
        return fail_unit(reading, node, "");
    rest += strspn(rest, " \t");
    size_t length = strcspn(rest, "\r\n");
    while (length > 0 && (rest[length - 1] == ' ' || rest[length - 1] == '\t'))
        length--;
    snprintf(unit, sizeof unit, "%.*s", (int)(length < 31 ? length : 31), rest);
    if (!find_dimension(&parameter->dimension, unit))
        return fail_unit(reading, node, unit);
    return sw_read_quantity(reading, node, parameter->dimension, &parameter->value);
}

static bool read_parameter(sw_reading *reading, size_t index, int depth);

/* $other, which may itself be a reference; a cycle is named by the parameter where it closes. */
static bool read_alias(sw_reading *reading, const sw_node *node, size_t index, int depth) {
    const sw_parameter *other;
    double sign;
    if (!sw_read_reference(reading, node, &other, &sign))
        return false;
    size_t target = (size_t)(other - reading->model->parameter);
    const char *name = reading->parameter_names.list[index];
    if (target == index)
        return sw_fail(reading, node, "give it a value with a unit",
                       "the parameter '%s' refers to itself", name);
    if (reading->parameter_states[target] == BEING_READ || depth > 64)
        return sw_fail(reading, node, "give one of them a value with a unit",
                       "the parameters '%s' and '%s' refer to each other in a cycle", name,
                       reading->parameter_names.list[target]);
    if (!read_parameter(reading, target, depth + 1))
        return false;
    sw_parameter *parameter = &reading->model->parameter[index];
    parameter->value = sign * other->value;
    parameter->dimension = other->dimension;
    return true;
}

/* Where it can be: two values of its dimension around its own. */
static bool read_range(sw_reading *reading, const sw_node *node, sw_parameter *parameter) {
    const sw_node *list = sw_node_find(node, "range");
    parameter->low = parameter->high = (double)NAN;
    if (!list)
        return true;
    if (!sw_read_quantity(reading, list->first, parameter->dimension, &parameter->low) ||
        !sw_read_quantity(reading, list->last, parameter->dimension, &parameter->high))
        return false;
    return parameter->low < parameter->high
               ? true
               : sw_fail(reading, list, "write the lesser value first",
                         "the range of '%s' is empty", parameter->name);
}

static bool read_parameter(sw_reading *reading, size_t index, int depth) {
    if (reading->parameter_states[index] == READ)
        return true;
    reading->parameter_states[index] = BEING_READ;
    sw_node *node = reading->parameter_nodes[index];
    sw_parameter *parameter = &reading->model->parameter[index];
    const sw_node *value = sw_node_find(node, "value");
    parameter->name = node->key;
    parameter->text = value->text;
    parameter->tag = sw_text_of(node, "tag")[0];
    parameter->source = sw_text_of(node, "source");
    parameter->help = sw_text_of(node, "help");
    parameter->swept = sw_flag_of(node, "swept");
    bool alias = value->text[0] == '$' || (value->text[0] == '-' && value->text[1] == '$');
    if (!(alias ? read_alias(reading, value, index, depth) : read_plain(reading, value, parameter)))
        return false;
    reading->parameter_states[index] = READ;
    return read_range(reading, node, parameter);
}

static bool take_tables(sw_reading *reading, size_t count) {
    reading->model->parameter = sw_take(reading, count, sizeof *reading->model->parameter);
    reading->parameter_nodes = sw_take(reading, count, sizeof *reading->parameter_nodes);
    reading->parameter_states = sw_take(reading, count, 1);
    reading->parameter_used = sw_take(reading, count, sizeof *reading->parameter_used);
    return reading->error.code == SW_OK;
}

bool sw_parameters_read(sw_reading *reading) {
    const sw_node *section = sw_node_find(reading->root, "parameters");
    if (section && section->kind != SW_NODE_MAPPING)
        return sw_fail_expected(reading, section, "a mapping 'name: {value, tag, source}'", NULL);
    size_t count = section ? section->count : 0;
    if (!sw_names_of(reading, &reading->parameter_names, section) || !take_tables(reading, count))
        return false;
    size_t index = 0;
    for (sw_node *child = section ? section->first : NULL; child; child = child->next) {
        if (!sw_shape_check(reading, child, &sw_schema_parameter))
            return false;
        reading->parameter_nodes[index++] = child;
    }
    for (size_t i = 0; i < count; i++)
        if (!read_parameter(reading, i, 0))
            return false;
    reading->model->parameters = count;
    return true;
}

bool sw_parameters_check_used(sw_reading *reading) {
    sw_model *model = reading->model;
    size_t kept = 0;
    for (size_t i = 0; i < reading->parameter_names.count; i++) {
        const sw_node *node = reading->parameter_nodes[i], *value = sw_node_find(node, "value");
        const char *name = reading->parameter_names.list[i];
        if (reading->parameter_used[i]) {
            model->parameter[kept++] = model->parameter[i];
            continue;
        }
        if (value->by_setting)
            return sw_fail(reading, value, "leave out one of the two settings",
                           "the parameter '%s' is set, and never used: another setting has taken "
                           "its place",
                           name);
        if (!reading->changed)
            return sw_fail_key(reading, node, "use it as $name where it belongs, or remove it",
                               "the parameter '%s' is never used", name);
        sw_node_remove(sw_node_find(reading->root, "parameters"), node);
    }
    model->parameters = kept;
    return true;
}
