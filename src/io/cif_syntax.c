/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/cif_syntax.h"

#include "base/memory.h"
#include "base/number.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef enum token_kind {
    TOKEN_END,
    TOKEN_DATA,
    TOKEN_LOOP,
    TOKEN_SAVE,
    TOKEN_TAG,
    TOKEN_VALUE
} token_kind;

typedef struct tokens {
    sw_cif *cif;
    const char *start, *cursor, *end;
    size_t line;
    token_kind kind;
    sw_cif_value value; /* of the current token: its text and line */
} tokens;

sw_status sw_cif_error(const sw_cif *cif, size_t line, const char *hint, sw_error *error,
                       const char *format, ...) {
    char message[512];
    sw_lines place = {.source = cif->source, .number = line};
    va_list arguments;
    va_start(arguments, format);
    sw_print_plain(message, sizeof message, format, arguments);
    va_end(arguments);
    return sw_lines_error(&place, (sw_span){0}, hint, error, "%s", message);
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_space(tokens *at) {
    while (at->cursor < at->end && (is_space(*at->cursor) || *at->cursor == '#')) {
        if (*at->cursor == '#') {
            const char *stop = memchr(at->cursor, '\n', (size_t)(at->end - at->cursor));
            at->cursor = stop ? stop : at->end;
        } else {
            at->line += *at->cursor == '\n';
            at->cursor++;
        }
    }
}

/* ; at the beginning of a line opens a text that runs to the next line that begins with ; */
static sw_status take_text_field(tokens *at, sw_error *error) {
    const char *start = at->cursor + 1;
    for (const char *c = start; c + 1 < at->end; c++) {
        if (c[0] != '\n')
            continue;
        at->line++;
        if (c[1] == ';') {
            at->value.text = (sw_span){start, (size_t)(c - start)};
            at->cursor = c + 2;
            return SW_OK;
        }
    }
    return sw_cif_error(at->cif, at->value.line, "close it with a line that begins with ;", error,
                        "the text field that begins here is not closed");
}

/* A quote closes only before a blank: 'a dog's life' is one value. */
static sw_status take_quoted(tokens *at, sw_error *error) {
    char quote = *at->cursor;
    const char *start = at->cursor + 1, *c = start;
    for (; c < at->end && *c != '\n'; c++)
        if (*c == quote && (c + 1 == at->end || is_space(c[1]))) {
            at->value.text = (sw_span){start, (size_t)(c - start)};
            at->cursor = c + 1;
            return SW_OK;
        }
    return sw_cif_error(at->cif, at->line, "close the quote on the same line", error,
                        "the quote %c is not closed", quote);
}

static bool starts(sw_span word, const char *prefix) {
    return word.length >= strlen(prefix) && strncasecmp(word.start, prefix, strlen(prefix)) == 0;
}

static void take_word(tokens *at) {
    sw_span word = {at->cursor, 0};
    while (at->cursor < at->end && !is_space(*at->cursor))
        at->cursor++;
    word.length = (size_t)(at->cursor - word.start);
    at->kind = TOKEN_VALUE;
    if (*word.start == '_')
        at->kind = TOKEN_TAG;
    else if (starts(word, "data_"))
        at->kind = TOKEN_DATA;
    else if (word.length == 5 && starts(word, "loop_"))
        at->kind = TOKEN_LOOP;
    else if (starts(word, "save_"))
        at->kind = TOKEN_SAVE;
    at->value.text = word;
}

static sw_status next_token(tokens *at, sw_error *error) {
    skip_space(at);
    at->value = (sw_cif_value){.line = at->line};
    at->kind = TOKEN_END;
    if (at->cursor >= at->end)
        return SW_OK;
    at->kind = TOKEN_VALUE;
    at->value.quoted = true;
    if (*at->cursor == ';' && (at->cursor == at->start || at->cursor[-1] == '\n'))
        return take_text_field(at, error);
    if (*at->cursor == '\'' || *at->cursor == '"')
        return take_quoted(at, error);
    at->value.quoted = false;
    take_word(at);
    return SW_OK;
}

static sw_status add_item(tokens *at, sw_error *error) {
    sw_cif *cif = at->cif;
    if (cif->block_count == 0)
        return sw_cif_error(cif, at->value.line, "begin with a line such as data_crystal", error,
                            "expected data_ before the first tag, found \"%.*s\"",
                            SW_SHOWN(at->value.text));
    if (!sw_reserve(&cif->items, &cif->item_capacity, cif->item_count + 1, sizeof *cif->items))
        return sw_source_no_memory(cif->source, error);
    cif->items[cif->item_count++] = (sw_cif_item){.tag = at->value.text,
                                                  .block = cif->block_count - 1,
                                                  .first = cif->value_count,
                                                  .stride = 1,
                                                  .line = at->value.line};
    return SW_OK;
}

static sw_status add_value(tokens *at, sw_error *error) {
    sw_cif *cif = at->cif;
    if (!sw_reserve(&cif->values, &cif->value_capacity, cif->value_count + 1, sizeof *cif->values))
        return sw_source_no_memory(cif->source, error);
    cif->values[cif->value_count++] = at->value;
    return SW_OK;
}

static sw_status take_single(tokens *at, sw_error *error) {
    sw_status status = add_item(at, error);
    if (status == SW_OK)
        status = next_token(at, error);
    if (status != SW_OK)
        return status;
    sw_cif_item *item = &at->cif->items[at->cif->item_count - 1];
    if (at->kind != TOKEN_VALUE)
        return sw_cif_error(at->cif, item->line, "write ? where the value is not known", error,
                            "expected a value after %.*s", SW_SHOWN(item->tag));
    item->count = 1;
    status = add_value(at, error);
    return status == SW_OK ? next_token(at, error) : status;
}

static sw_status take_loop(tokens *at, sw_error *error) {
    sw_cif *cif = at->cif;
    size_t line = at->value.line, first_item = cif->item_count, first_value = cif->value_count;
    sw_status status = next_token(at, error);
    while (status == SW_OK && at->kind == TOKEN_TAG) {
        status = add_item(at, error);
        if (status == SW_OK)
            status = next_token(at, error);
    }
    while (status == SW_OK && at->kind == TOKEN_VALUE) {
        status = add_value(at, error);
        if (status == SW_OK)
            status = next_token(at, error);
    }
    if (status != SW_OK)
        return status;
    size_t tags = cif->item_count - first_item, values = cif->value_count - first_value;
    if (tags == 0)
        return sw_cif_error(cif, line, "write the tags of the loop below loop_", error,
                            "expected tags after loop_");
    if (values % tags != 0)
        return sw_cif_error(cif, at->value.line, "a row has too few or too many values", error,
                            "the loop of line %zu has %zu columns, but %zu values", line, tags,
                            values);
    for (size_t i = 0; i < tags; i++) {
        cif->items[first_item + i].first = first_value + i;
        cif->items[first_item + i].stride = tags;
        cif->items[first_item + i].count = values / tags;
    }
    return SW_OK;
}

static sw_status take_block(tokens *at, sw_error *error) {
    sw_cif *cif = at->cif;
    if (!sw_reserve(&cif->blocks, &cif->block_capacity, cif->block_count + 1, sizeof *cif->blocks))
        return sw_source_no_memory(cif->source, error);
    cif->blocks[cif->block_count++] =
        (sw_span){at->value.text.start + 5, at->value.text.length - 5};
    return next_token(at, error);
}

sw_status sw_cif_parse(sw_cif *cif, const sw_source *source, sw_error *error) {
    const char *start = (const char *)source->bytes;
    *cif = (sw_cif){.source = source};
    tokens at = {
        .cif = cif, .start = start, .cursor = start, .end = start + source->size, .line = 1};
    sw_status status = next_token(&at, error);
    while (status == SW_OK && at.kind != TOKEN_END) {
        if (at.kind == TOKEN_DATA)
            status = take_block(&at, error);
        else if (at.kind == TOKEN_LOOP)
            status = take_loop(&at, error);
        else if (at.kind == TOKEN_TAG)
            status = take_single(&at, error);
        else if (at.kind == TOKEN_SAVE)
            status = sw_cif_error(cif, at.value.line, "give a file of crystals, not a dictionary",
                                  error, "save frames are not part of a CIF data file");
        else
            status = sw_cif_error(cif, at.value.line, "quote values that hold blanks", error,
                                  "expected a tag, found \"%.*s\"", SW_SHOWN(at.value.text));
    }
    return status;
}

void sw_cif_clear(sw_cif *cif) {
    free(cif->values);
    free(cif->items);
    free(cif->blocks);
    *cif = (sw_cif){0};
}

const sw_cif_item *sw_cif_find(const sw_cif *cif, size_t block, const char *tag) {
    for (size_t i = 0; i < cif->item_count; i++) {
        const sw_cif_item *item = &cif->items[i];
        if (item->block == block && item->tag.length == strlen(tag) &&
            strncasecmp(item->tag.start, tag, item->tag.length) == 0)
            return item;
    }
    return NULL;
}

const sw_cif_value *sw_cif_value_of(const sw_cif *cif, const sw_cif_item *item, size_t index) {
    return &cif->values[item->first + index * item->stride];
}

bool sw_cif_missing(const sw_cif_value *value) {
    return !value->quoted && value->text.length == 1 &&
           (*value->text.start == '?' || *value->text.start == '.');
}

sw_status sw_cif_number(double *number, const sw_cif *cif, const sw_cif_value *value,
                        const char *tag, sw_error *error) {
    sw_span text = value->text;
    const char *uncertainty = text.length > 0 ? memchr(text.start, '(', text.length) : NULL;
    if (uncertainty)
        text.length = (size_t)(uncertainty - text.start);
    if (sw_span_number(number, text) && isfinite(*number))
        return SW_OK;
    return sw_cif_error(cif, value->line, "write a decimal number such as 0.25 or 3.52(1)", error,
                        "expected a number for %s, found \"%.*s\"", tag, SW_SHOWN(value->text));
}
