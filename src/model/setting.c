/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/setting.h"

#include "model/language.h"
#include "model/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SEGMENT_SIZE 64
#define PATH_LIMIT 400

/* Where a walk along a path stands: a node, and what the schema expects there. */
typedef struct position {
    sw_node *node;
    const sw_shape *shape; /* keys of the node, where it is a mapping with fixed keys */
    const sw_key *key;     /* the row that describes the node, where known */
} position;

/* Takes the next "name" or "[index]" of a path; false where it is malformed. */
static bool next_segment(char segment[SEGMENT_SIZE], bool *is_index, const char **path) {
    const char *start = *path;
    *is_index = *start == '[';
    size_t length = strcspn(start + *is_index, *is_index ? "]" : ".[");
    if (length == 0 || length >= SEGMENT_SIZE || (*is_index && start[1 + length] != ']'))
        return false;
    memcpy(segment, start + *is_index, length);
    segment[length] = '\0';
    start += *is_index ? length + 2 : length;
    if (*start == '.')
        start++;
    else if (*start != '[' && *start != '\0')
        return false;
    *path = start;
    return true;
}

static bool fail_path(sw_reading *reading, const sw_node *at, const char *segment,
                      const position *where) {
    sw_names keys = {0}, shape = {0};
    if (!sw_names_of(reading, &keys, where->node->kind == SW_NODE_MAPPING ? where->node : NULL))
        return false;
    if (where->shape && !sw_shape_names(reading, &shape, where->shape))
        return false;
    if (shape.count > 0)
        return sw_fail_unknown(reading, at, false, "setting: the model has nothing at", segment,
                               &shape);
    return sw_fail_unknown(reading, at, false, "setting: the model has nothing at", segment, &keys);
}

static const sw_shape *shape_below(const sw_key *key) {
    return key && key->form == SW_FORM_ONE ? key->shape : NULL;
}

/* The child of that name; a key that the schema knows is made where it is missing. */
static bool step_to_key(sw_reading *reading, const sw_node *at, const char *name, position *where) {
    sw_node *child = sw_node_find(where->node, name);
    const sw_key *key = where->shape ? sw_shape_find(where->shape, name) : NULL;
    if (!child && (!key || where->node->kind != SW_NODE_MAPPING))
        return fail_path(reading, at, name, where);
    if (!child) {
        child = sw_node_create(reading->arena, key->shape ? SW_NODE_MAPPING : SW_NODE_SCALAR, at);
        char *copy = sw_arena_text(reading->arena, name, strlen(name));
        if (!child || !copy)
            return sw_fail_memory(reading);
        child->key = copy;
        sw_node_append(where->node, child);
    }
    if (key) {
        where->key = key;
        where->shape = shape_below(key);
    } else {
        /* an entry of a mapping with names of the author's choice */
        where->shape = where->key && where->key->form == SW_FORM_NAMED ? where->key->shape : NULL;
        where->key = NULL;
    }
    where->node = child;
    return true;
}

static bool step_to_item(sw_reading *reading, const sw_node *at, const char *text,
                         position *where) {
    char *end;
    unsigned long index = strtoul(text, &end, 10);
    sw_node *item = NULL;
    if (where->node->kind == SW_NODE_LIST && *end == '\0' && text[0] != '-')
        item = sw_node_item(where->node, index);
    if (!item) {
        char shown[SW_NODE_SHOWN];
        return sw_fail(reading, at, "items are counted from 0", "no item [%s] in %s", text,
                       sw_node_show(shown, where->node));
    }
    where->shape = where->key && where->key->form == SW_FORM_LIST ? where->key->shape : NULL;
    where->key = NULL;
    where->node = item;
    return true;
}

static bool walk(sw_reading *reading, const sw_node *at, const char *path, position *where) {
    char segment[SEGMENT_SIZE];
    bool is_index;
    const char *rest = path;
    while (*rest) {
        if (!next_segment(segment, &is_index, &rest))
            return sw_fail(reading, at, "write names and [indices] with points: frame.size[0]",
                           "'%.80s' is not a path", path);
        if (!(is_index ? step_to_item(reading, at, segment, where)
                       : step_to_key(reading, at, segment, where)))
            return false;
    }
    return true;
}

static bool find_target(sw_reading *reading, const sw_node *at, const char *path,
                        sw_node **target) {
    static const char *const closed[] = {"include", "without", "ablations", "experiments"};
    size_t first = strcspn(path, ".[");
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
        if (first == strlen(closed[i]) && strncmp(path, closed[i], first) == 0)
            return sw_fail(reading, at,
                           "use --without to leave things out, --experiment to choose one",
                           "'%s' cannot be set", closed[i]);
    sw_node *parameters = sw_node_find(reading->root, "parameters");
    position where = {.node = reading->root, .shape = sw_schema_of(reading)};
    sw_node *direct = sw_node_find(parameters, path);
    if (direct) {
        *target = direct;
    } else {
        if (!strpbrk(path, ".[") && !sw_shape_find(where.shape, path)) {
            sw_names names;
            return sw_names_of(reading, &names, parameters) &&
                   sw_fail_unknown(reading, at, false, "parameter", path, &names);
        }
        if (!walk(reading, at, path, &where))
            return false;
        *target = where.node;
        direct =
            strncmp(path, "parameters.", 11) == 0 && !strpbrk(path + 11, ".[") ? where.node : NULL;
    }
    /* a parameter by name stands for its value */
    sw_node *value = direct ? sw_node_find(direct, "value") : NULL;
    if (value)
        *target = value;
    return true;
}

static bool assign(sw_reading *reading, const char *path, const sw_node *at, const sw_node *value) {
    sw_node *target = NULL;
    if (!find_target(reading, at, path, &target))
        return false;
    sw_node_assign(target, value);
    return true;
}

/* Named settings, as {mass: 200 mg, run.observe: 30 s}: each is put at its path. */
static bool apply_named(sw_reading *reading, const sw_node *named) {
    if (named->kind != SW_NODE_MAPPING)
        return sw_fail_expected(reading, named, "a mapping 'setting: value'",
                                "such as {nickel_fraction: 0}");
    for (const sw_node *child = named->first; child; child = child->next)
        if (!assign(reading, child->key, child, child))
            return false;
    return true;
}

static bool apply_experiment(sw_reading *reading, const sw_node *at, const char *name) {
    const sw_node *section = sw_node_find(reading->root, "experiments");
    const sw_node *experiment = sw_node_find(section, name);
    sw_names names = {0};
    if (experiment)
        return apply_named(reading, experiment);
    if (!section)
        return sw_fail(reading, at, "'experiments' would name them",
                       "the model has no experiments");
    return sw_names_of(reading, &names, section) &&
           sw_fail_unknown(reading, at, false, "experiment", name, &names);
}

bool sw_setting_apply(sw_reading *reading, const sw_setting *setting) {
    sw_node at = {.text = ""};
    if (!setting->path || !setting->text || setting->path[0] == '\0')
        return sw_fail_as(reading, SW_ERROR_ARGUMENT, "setting", NULL,
                          "a setting needs path = value");
    char label[PATH_LIMIT];
    snprintf(label, sizeof label, "setting %.180s", setting->path);
    at.file = sw_arena_text(reading->arena, label, strlen(label));
    if (!at.file)
        return sw_fail_memory(reading);
    reading->changed = true;
    if (strcmp(setting->path, SW_EXPERIMENT) == 0)
        return apply_experiment(reading, &at, setting->text);
    sw_node *value;
    if (!sw_yaml_read(reading, &value, at.file, setting->text, strlen(setting->text)))
        return false;
    value->by_setting = true;
    return assign(reading, setting->path, &at, value);
}

/* ---- leaving out ----------------------------------------------------------------------------- */

static bool has_text(const sw_node *node) {
    return node && node->kind == SW_NODE_SCALAR && node->text[0] != '\0';
}

static void add_name(sw_names *names, const char *name) {
    if (sw_names_find(names, name) < 0)
        names->list[names->count++] = name;
}

static bool list_experiments(sw_reading *reading) {
    const sw_node *section = sw_node_find(reading->root, "experiments");
    if (section && section->kind != SW_NODE_MAPPING)
        return sw_fail_expected(reading, section, "a mapping 'name: {setting: value}'", NULL);
    return sw_names_of(reading, &reading->model->experiments, section);
}

/* Mechanisms and ablations for the caller; process names count too, but are not listed. */
static bool list_mechanisms(sw_reading *reading, sw_names *processes) {
    const sw_node *section = sw_node_find(reading->root, "processes");
    const sw_node *ablations = sw_node_find(reading->root, "ablations");
    const sw_language *language = sw_language_of(reading);
    sw_names *mechanisms = &reading->model->mechanisms;
    size_t most = (section ? section->count : 0) + (ablations ? ablations->count : 0) +
                  language->mechanism_count;
    if (!sw_names_create(reading, mechanisms, most) || !sw_names_create(reading, processes, most))
        return false;
    bool mapping = section && section->kind == SW_NODE_MAPPING;
    for (const sw_node *child = mapping ? section->first : NULL; child; child = child->next) {
        const sw_node *mechanism = sw_node_find(child, "mechanism");
        add_name(processes, child->key);
        if (has_text(mechanism))
            add_name(mechanisms, mechanism->text);
    }
    for (size_t i = 0; i < language->mechanism_count; i++)
        if (sw_node_find(reading->root, language->mechanisms[i].section))
            add_name(mechanisms, language->mechanisms[i].mechanism);
    if (!ablations)
        return true;
    if (ablations->kind != SW_NODE_MAPPING)
        return sw_fail_expected(reading, ablations, "a mapping 'name: {setting: value}'", NULL);
    for (const sw_node *child = ablations->first; child; child = child->next) {
        if (sw_names_find(mechanisms, child->key) >= 0 || sw_names_find(processes, child->key) >= 0)
            return sw_fail_key(reading, child, "give the ablation another name",
                               "'%.60s' is also a mechanism or a process", child->key);
        add_name(mechanisms, child->key);
    }
    return true;
}

static bool leave_out(sw_reading *reading, const sw_node *at, const char *name,
                      const sw_names *processes) {
    const sw_node *ablations = sw_node_find(reading->root, "ablations");
    const sw_node *ablation = sw_node_find(ablations, name);
    if (ablation)
        return apply_named(reading, ablation);
    const sw_names *mechanisms = &reading->model->mechanisms;
    if (sw_names_find(mechanisms, name) < 0 && sw_names_find(processes, name) < 0) {
        const char *near = sw_nearest_name(name, processes->list, processes->count);
        const sw_names one = {&near, 1};
        return sw_fail_unknown(reading, at, false, "mechanism", name,
                               near && !sw_nearest_name(name, mechanisms->list, mechanisms->count)
                                   ? &one
                                   : mechanisms);
    }
    add_name(&reading->without, name);
    return true;
}

/* What is left out stays in the resolved text as 'without: [names]'. */
static bool write_without(sw_reading *reading, sw_node *old) {
    if (old)
        sw_node_remove(reading->root, old);
    if (reading->without.count == 0)
        return true;
    sw_node *list = sw_node_create(reading->arena, SW_NODE_LIST, reading->root);
    if (!list)
        return sw_fail_memory(reading);
    list->key = "without";
    for (size_t i = 0; i < reading->without.count; i++) {
        sw_node *item = sw_node_create(reading->arena, SW_NODE_SCALAR, reading->root);
        if (!item)
            return sw_fail_memory(reading);
        item->text = reading->without.list[i];
        sw_node_append(list, item);
    }
    sw_node_append(reading->root, list);
    return true;
}

bool sw_without_apply(sw_reading *reading, const char *const *names, size_t count) {
    sw_names processes;
    sw_node *list = sw_node_find(reading->root, "without");
    size_t listed = list ? list->count : 0;
    if (!list_experiments(reading) || !list_mechanisms(reading, &processes) ||
        !sw_names_create(reading, &reading->without, listed + count))
        return false;
    if (list && list->kind != SW_NODE_LIST)
        return sw_fail_expected(reading, list, "a list of mechanisms", NULL);
    for (const sw_node *item = list ? list->first : NULL; item; item = item->next) {
        if (!has_text(item))
            return sw_fail_expected(reading, item, "the name of a mechanism", NULL);
        if (!leave_out(reading, item, item->text, &processes))
            return false;
    }
    for (size_t i = 0; i < count; i++) {
        sw_node at = {.file = "without", .text = ""};
        char *name = names[i] ? sw_arena_text(reading->arena, names[i], strlen(names[i])) : NULL;
        if (!name)
            return sw_fail_memory(reading);
        if (!leave_out(reading, &at, name, &processes))
            return false;
    }
    return write_without(reading, list);
}

bool sw_without_has(const sw_reading *reading, const char *name) {
    return sw_names_find(&reading->without, name) >= 0;
}
