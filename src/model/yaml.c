/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/yaml.h"

#include <libfyaml.h>
#include <stdio.h>
#include <string.h>

typedef struct builder {
    sw_reading *reading;
    const char *file;
    const char *bytes;
    size_t length;
    sw_node *stack[SW_MODEL_DEPTH_LIMIT];
    int depth;
    sw_node *root;
    sw_node *key; /* a scalar that waits for its value */
    bool done;    /* the document has ended */
} builder;

/* ---- bytes ----------------------------------------------------------------------------------- */

/* The length of the UTF-8 character at `bytes`, 0 where it is none. */
static size_t character_length(const unsigned char *bytes, size_t left) {
    size_t length = bytes[0] < 0x80   ? 1
                    : bytes[0] < 0xC2 ? 0
                    : bytes[0] < 0xE0 ? 2
                    : bytes[0] < 0xF0 ? 3
                    : bytes[0] < 0xF5 ? 4
                                      : 0;
    if (length > left)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
    if ((bytes[0] == 0xE0 && bytes[1] < 0xA0) || (bytes[0] == 0xED && bytes[1] > 0x9F) ||
        (bytes[0] == 0xF0 && bytes[1] < 0x90) || (bytes[0] == 0xF4 && bytes[1] > 0x8F))
        return 0;
    return length;
}

/* Control characters and broken UTF-8 are refused before the parser sees them. */
static bool check_bytes(sw_reading *reading, const char *file, const char *text, size_t size) {
    const unsigned char *bytes = (const unsigned char *)text;
    int line = 1, column = 1;
    for (size_t i = 0; i < size;) {
        size_t length = character_length(bytes + i, size - i);
        bool blank = bytes[i] == '\n' || bytes[i] == '\r' || bytes[i] == '\t';
        if (length == 0 || (bytes[i] < ' ' && !blank) || bytes[i] == 0x7f) {
            sw_node at = {.file = file, .line = line, .column = column};
            return sw_fail(reading, &at, "a model is YAML text in UTF-8",
                           "expected text, found the byte 0x%02x", bytes[i]);
        }
        column = bytes[i] == '\n' ? 1 : column + 1;
        line += bytes[i] == '\n';
        i += length;
    }
    return true;
}

/* ---- events to nodes ------------------------------------------------------------------------- */

static void set_place(sw_node *node, const char *file, struct fy_event *event) {
    const struct fy_mark *mark = fy_event_start_mark(event);
    node->file = file;
    node->line = mark ? mark->line + 1 : 0;
    node->column = mark ? mark->column + 1 : 0;
}

/*
 * The content of a single-quoted scalar between its quotes: '' is a quote, a line break with the
 * blanks around it is a space, further empty lines are line breaks. Done here because libfyaml
 * 0.7.12 leaks memory, and can repeat letters, where a line has many doubled quotes.
 */
static size_t decode_single_quoted(char *out, const char *text, size_t length) {
    size_t written = 0, i = 0;
    while (i < length) {
        if (text[i] != '\n' && text[i] != '\r') {
            out[written++] = text[i];
            i += text[i] == '\'' && i + 1 < length && text[i + 1] == '\'' ? 2 : 1;
            continue;
        }
        size_t breaks = 0;
        while (written > 0 && (out[written - 1] == ' ' || out[written - 1] == '\t'))
            written--;
        for (; i < length && strchr(" \t\r\n", text[i]); i++)
            breaks +=
                text[i] == '\n' || (text[i] == '\r' && (i + 1 >= length || text[i + 1] != '\n'));
        if (breaks == 1)
            out[written++] = ' ';
        for (; breaks > 1; breaks--)
            out[written++] = '\n';
    }
    return written;
}

static bool take_single_quoted(builder *build, sw_node *node, struct fy_event *event) {
    const struct fy_mark *start = fy_event_start_mark(event), *end = fy_event_end_mark(event);
    if (!start || !end || start->input_pos > end->input_pos || end->input_pos > build->length)
        return sw_fail(build->reading, node, "use double quotes", "this text cannot be read");
    size_t length = end->input_pos - start->input_pos;
    char *text = sw_arena_take(build->reading->arena, length + 1, 1);
    if (!text)
        return sw_fail_memory(build->reading);
    text[decode_single_quoted(text, build->bytes + start->input_pos, length)] = '\0';
    node->text = text;
    return true;
}

static bool take_text(builder *build, sw_node *node, struct fy_event *event) {
    size_t length = 0;
    struct fy_token *token = event->scalar.value;
    if (token && fy_token_scalar_style(token) == FYSS_SINGLE_QUOTED)
        return take_single_quoted(build, node, event);
    const char *text = token ? fy_token_get_text(token, &length) : NULL;
    if (!text)
        length = 0;
    if (length > 0 && memchr(text, 0, length))
        return sw_fail(build->reading, node, "remove the \\0", "a text holds a zero byte");
    node->text = sw_arena_text(build->reading->arena, text ? text : "", length);
    return node->text ? true : sw_fail_memory(build->reading);
}

static bool take_key(builder *build, sw_node *parent, sw_node *node) {
    if (node->kind != SW_NODE_SCALAR)
        return sw_fail(build->reading, node, "write 'name: value'",
                       "expected the name of a key, found a list or mapping");
    const sw_node *twin = sw_node_find(parent, node->text);
    if (twin)
        return sw_fail(build->reading, node, "keep one of the two",
                       "the key '%.80s' is here twice, first on line %d", node->text,
                       twin->key_line);
    if (parent->count >= SW_MODEL_KEY_LIMIT)
        return sw_fail(build->reading, node, NULL, "more than %d keys in one mapping",
                       SW_MODEL_KEY_LIMIT);
    build->key = node;
    return true;
}

static bool place_node(builder *build, sw_node *node) {
    if (build->depth == 0) {
        build->root = node;
        return true;
    }
    sw_node *parent = build->stack[build->depth - 1];
    if (parent->kind == SW_NODE_MAPPING && !build->key)
        return take_key(build, parent, node);
    if (parent->kind == SW_NODE_MAPPING) {
        node->key = build->key->text;
        node->key_line = build->key->line;
        node->key_column = build->key->column;
        build->key = NULL;
    }
    sw_node_append(parent, node);
    return true;
}

static bool add_node(builder *build, sw_node_kind kind, struct fy_event *event) {
    sw_reading *reading = build->reading;
    sw_node *node = sw_node_create(reading->arena, kind, NULL);
    if (!node)
        return sw_fail_memory(reading);
    set_place(node, build->file, event);
    if (fy_event_get_anchor_token(event))
        return sw_fail(reading, node, "give the value a name under 'parameters' and write $name",
                       "anchors (&name) are not part of the model language");
    if (fy_event_get_tag_token(event))
        return sw_fail(reading, node, "leave the !tag out",
                       "tags are not part of the model language");
    if (++reading->nodes > SW_MODEL_NODE_LIMIT)
        return sw_fail(reading, node, "split the model, or read atoms from a file",
                       "more than %zu values", SW_MODEL_NODE_LIMIT);
    if (kind == SW_NODE_SCALAR && !take_text(build, node, event))
        return false;
    if (!place_node(build, node))
        return false;
    if (kind == SW_NODE_SCALAR)
        return true;
    if (build->depth >= SW_MODEL_DEPTH_LIMIT)
        return sw_fail(reading, node, "no key of the model language lies so deep",
                       "nested deeper than %d levels", SW_MODEL_DEPTH_LIMIT);
    build->stack[build->depth++] = node;
    return true;
}

static bool take_event(builder *build, struct fy_event *event) {
    sw_node at = {0};
    switch (event->type) {
    case FYET_SCALAR:
        return add_node(build, SW_NODE_SCALAR, event);
    case FYET_SEQUENCE_START:
        return add_node(build, SW_NODE_LIST, event);
    case FYET_MAPPING_START:
        return add_node(build, SW_NODE_MAPPING, event);
    case FYET_SEQUENCE_END:
    case FYET_MAPPING_END:
        if (build->depth > 0)
            build->depth--;
        return true;
    case FYET_ALIAS:
        set_place(&at, build->file, event);
        return sw_fail(build->reading, &at,
                       "give the value a name under 'parameters' and write $name",
                       "aliases (*name) are not part of the model language");
    case FYET_DOCUMENT_START:
        set_place(&at, build->file, event);
        if (build->done)
            return sw_fail(build->reading, &at, "a model is one document; remove the '---'",
                           "a second YAML document begins here");
        return true;
    case FYET_DOCUMENT_END:
        build->done = true;
        return true;
    default:
        return true;
    }
}

/* ---- the parser of the library --------------------------------------------------------------- */

static void discard(struct fy_diag *diagnostics, void *user, const char *bytes, size_t length) {
    (void)diagnostics;
    (void)user;
    (void)bytes;
    (void)length;
}

static struct fy_diag *create_diagnostics(void) {
    struct fy_diag_cfg settings;
    fy_diag_cfg_default(&settings);
    settings.fp = NULL;
    settings.output_fn = discard;
    settings.colorize = false;
    struct fy_diag *diagnostics = fy_diag_create(&settings);
    if (diagnostics)
        fy_diag_set_collect_errors(diagnostics, true);
    return diagnostics;
}

static bool fail_syntax(sw_reading *reading, const char *file, struct fy_diag *diagnostics) {
    void *position = NULL;
    struct fy_diag_error *found = fy_diag_errors_iterate(diagnostics, &position);
    sw_node at = {
        .file = file, .line = found ? found->line : 0, .column = found ? found->column : 0};
    return sw_fail(reading, &at, "check indentation, brackets, and quotes around ': ' and '#'",
                   "this is not YAML: %.200s",
                   found && found->msg ? found->msg : "the text cannot be read");
}

static bool parse_events(builder *build, struct fy_parser *parser, struct fy_diag *diagnostics) {
    bool good = true;
    struct fy_event *event;
    while (good && (event = fy_parser_parse(parser))) {
        good = take_event(build, event);
        fy_parser_event_free(parser, event);
    }
    if (good && (fy_parser_get_stream_error(parser) || fy_diag_got_error(diagnostics)))
        return fail_syntax(build->reading, build->file, diagnostics);
    return good;
}

bool sw_yaml_read(sw_reading *reading, sw_node **root, const char *file, const char *bytes,
                  size_t length) {
    sw_node at = {.file = file, .line = 1, .column = 1};
    if (length > SW_MODEL_BYTE_LIMIT)
        return sw_fail(reading, &at, "a model file has at most 4 MiB", "the file has %zu bytes",
                       length);
    if (!check_bytes(reading, file, bytes, length))
        return false;
    builder build = {.reading = reading, .file = file, .bytes = bytes, .length = length};
    bool good = false;
    struct fy_parser *parser = NULL;
    struct fy_diag *diagnostics = create_diagnostics();
    if (diagnostics) {
        struct fy_parse_cfg settings = {.flags = FYPCF_JSON_NONE | FYPCF_COLLECT_DIAG,
                                        .diag = diagnostics};
        parser = fy_parser_create(&settings);
    }
    if (!parser || fy_parser_set_string(parser, bytes, length) != 0)
        sw_fail_memory(reading);
    else
        good = parse_events(&build, parser, diagnostics);
    fy_parser_destroy(parser);
    fy_diag_destroy(diagnostics);
    if (good && !build.root)
        return sw_fail(reading, &at, "begin with 'format: 1' and 'name: ...'",
                       "expected a model, found an empty text");
    *root = build.root;
    return good;
}
