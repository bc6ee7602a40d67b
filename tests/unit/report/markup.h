/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small check of markup: every tag that opens closes again, in order; attributes are quoted and
 * every & starts an entity. Void elements of HTML need no end; script and style hold text. */
#ifndef SPILLWAY_TEST_MARKUP_H
#define SPILLWAY_TEST_MARKUP_H

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

typedef struct markup {
    char open[64][24];
    size_t depth;
    char wrong[160]; /* "" while well-formed */
} markup;

static inline bool markup_is_void(const char *name) {
    static const char *const names[] = {"meta", "img", "br", "input", "link", "hr"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* The '>' of the tag at `at`, or NULL; quotes may hold '>'. */
static inline const char *markup_tag_end(const char *at) {
    char quote = 0;
    for (; *at != '\0'; at++) {
        if (quote != 0) {
            quote = *at == quote ? (char)0 : quote;
        } else if (*at == '"' || *at == '\'') {
            quote = *at;
        } else if (*at == '>') {
            return at;
        }
    }
    return NULL;
}

static inline const char *markup_tag(markup *state, const char *at) {
    char name[24];
    bool closing = at[1] == '/';
    const char *start = at + 1 + closing;
    size_t length = strspn(start, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    const char *end = markup_tag_end(at);
    if (length == 0 || length >= sizeof name || end == NULL) {
        snprintf(state->wrong, sizeof state->wrong, "bad tag: %.60s", at);
        return at + strlen(at);
    }
    snprintf(name, sizeof name, "%.*s", (int)length, start);
    if (closing) {
        if (state->depth == 0 || strcmp(state->open[state->depth - 1], name) != 0) {
            snprintf(state->wrong, sizeof state->wrong, "</%s> closes %s", name,
                     state->depth > 0 ? state->open[state->depth - 1] : "nothing");
            return at + strlen(at);
        }
        state->depth--;
    } else if (end[-1] != '/' && !markup_is_void(name)) {
        if (state->depth == 64) {
            snprintf(state->wrong, sizeof state->wrong, "too deep at %.60s", at);
            return at + strlen(at);
        }
        memcpy(state->open[state->depth++], name, sizeof name);
    }
    if (!closing && (strcmp(name, "script") == 0 || strcmp(name, "style") == 0)) {
        const char *stop = strstr(end, name[1] == 'c' ? "</script" : "</style");
        return stop != NULL ? stop : end + 1;
    }
    return end + 1;
}

static inline bool markup_entity(const char *at) {
    size_t length = strspn(at + 1, "#abcdefghijklmnopqrstuvwxyz0123456789");
    return length > 0 && at[1 + length] == ';';
}

static inline markup markup_check(const char *text) {
    markup state = {0};
    while (*text != '\0' && state.wrong[0] == '\0') {
        if (strncmp(text, "<!--", 4) == 0) {
            const char *end = strstr(text, "-->");
            text = end != NULL ? end + 3 : text + strlen(text);
        } else if (strncmp(text, "<!DOCTYPE", 9) == 0) {
            text = markup_tag_end(text) + 1;
        } else if (*text == '<') {
            text = markup_tag(&state, text);
        } else if (*text == '&' && !markup_entity(text)) {
            snprintf(state.wrong, sizeof state.wrong, "bare & at %.60s", text);
        } else {
            text++;
        }
    }
    if (state.wrong[0] == '\0' && state.depth > 0) {
        snprintf(state.wrong, sizeof state.wrong, "%s is not closed", state.open[state.depth - 1]);
    }
    return state;
}

/* fontconfig keeps its caches until the process ends; they are not ours to free. */
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) {
    return "leak:libfontconfig\n";
}

#endif
