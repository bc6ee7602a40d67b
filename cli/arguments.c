/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/arguments.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_OPTIONS 64

/* The i-th option of a verb: its own, then the shared ones; NULL after the last. */
static const cli_option *option_at(const cli_command *command, size_t index) {
    for (const cli_option *option = command->options; option != NULL && option->name != NULL;
         option++)
        if (index-- == 0)
            return option;
    for (const cli_option *option = cli_shared_options; option->name != NULL; option++)
        if (index-- == 0)
            return option;
    return NULL;
}

static const cli_option *find_option(const cli_command *command, const char *name, size_t length,
                                     char letter) {
    const cli_option *option;
    for (size_t i = 0; (option = option_at(command, i)) != NULL; i++)
        if (name == NULL
                ? option->letter != NULL && option->letter[0] == letter
                : strlen(option->name) == length && strncmp(option->name, name, length) == 0)
            return option;
    return NULL;
}

static sw_status unknown_option(const cli_command *command, const char *word, sw_error *error) {
    char hint[256], name[64];
    const char *names[MOST_OPTIONS];
    const cli_option *option;
    size_t count = 0;
    while (count < MOST_OPTIONS && (option = option_at(command, count)) != NULL)
        names[count++] = option->name;
    snprintf(name, sizeof name, "%.*s", (int)strcspn(word + strspn(word, "-"), "="),
             word + strspn(word, "-"));
    const char *nearest = sw_nearest_name(name, names, count);
    if (nearest != NULL)
        snprintf(hint, sizeof hint, "did you mean --%s?", nearest);
    else
        snprintf(hint, sizeof hint, "`spillway %s --help` lists its options", command->name);
    return sw_error_set(error, SW_ERROR_ARGUMENT, command->name, hint, "there is no option %s",
                        word);
}

static sw_status add_option(cli_arguments *arguments, const cli_option *option, const char *value,
                            sw_error *error) {
    const char *command = arguments->command->name;
    if (option->value != NULL && value == NULL)
        return sw_error_set(error, SW_ERROR_ARGUMENT, command, option->help,
                            "--%s needs a value: --%s %s", option->name, option->name,
                            option->value);
    if (option->value == NULL && value != NULL)
        return sw_error_set(error, SW_ERROR_ARGUMENT, command, option->help,
                            "--%s is a switch and takes no value", option->name);
    arguments->option[arguments->given] = option;
    arguments->value[arguments->given++] = value != NULL ? value : "";
    return SW_OK;
}

/* One option at argv[*index], which moves on over a value in the next word. */
static sw_status parse_option(cli_arguments *arguments, int *index, int argc, char **argv,
                              sw_error *error) {
    const char *word = argv[*index], *value = NULL;
    const cli_option *option;
    if (word[1] == '-') {
        size_t length = strcspn(word + 2, "=");
        option = find_option(arguments->command, word + 2, length, '\0');
        if (word[2 + length] == '=')
            value = word + 3 + length;
    } else {
        option = find_option(arguments->command, NULL, 0, word[1]);
        if (word[2] != '\0')
            value = word + 2;
    }
    if (option == NULL)
        return unknown_option(arguments->command, word, error);
    if (option->value != NULL && value == NULL && *index + 1 < argc)
        value = argv[++*index];
    return add_option(arguments, option, value, error);
}

static sw_status check_count(const cli_arguments *arguments, sw_error *error) {
    const cli_command *command = arguments->command;
    size_t least = (size_t)command->least;
    char hint[256];
    snprintf(hint, sizeof hint, "spillway %s %s; `spillway %s --help` says more", command->name,
             command->arguments, command->name);
    if (arguments->count < least && !option_is_given(arguments, "help"))
        return sw_error_set(error, SW_ERROR_ARGUMENT, command->name, hint,
                            "%zu argument%s expected, %zu found", least, least == 1 ? "" : "s",
                            arguments->count);
    if (command->most >= 0 && arguments->count > (size_t)command->most)
        return sw_error_set(error, SW_ERROR_ARGUMENT, command->name, hint,
                            "\"%s\" is one argument too many", arguments->words[command->most]);
    return SW_OK;
}

/* Quoted where a shell would split or change it. */
static void append_word(char **place, const char *word) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789_-+./=,:@%";
    char *out = *place;
    bool quote = word[0] == '\0' || strspn(word, plain) != strlen(word);
    if (quote)
        *out++ = '\'';
    for (; *word != '\0'; word++) {
        if (*word == '\'') {
            memcpy(out, "'\\''", 4);
            out += 4;
        } else {
            *out++ = *word;
        }
    }
    if (quote)
        *out++ = '\'';
    *out = '\0';
    *place = out;
}

static char *join_line(int argc, char **argv) {
    size_t size = sizeof "spillway";
    for (int i = 1; i < argc; i++)
        size += 4 * strlen(argv[i]) + 3;
    char *line = malloc(size), *place = line;
    if (line == NULL)
        return NULL;
    append_word(&place, "spillway");
    for (int i = 1; i < argc; i++) {
        *place++ = ' ';
        append_word(&place, argv[i]);
    }
    return line;
}

sw_status arguments_parse(cli_arguments *arguments, const cli_command *command, int first, int argc,
                          char **argv, sw_error *error) {
    size_t room = (size_t)argc + 1;
    *arguments = (cli_arguments){.command = command};
    arguments->words = calloc(room, sizeof(char *));
    arguments->option = calloc(room, sizeof(cli_option *));
    arguments->value = calloc(room, sizeof(char *));
    arguments->line = join_line(argc, argv);
    if (arguments->words == NULL || arguments->option == NULL || arguments->value == NULL ||
        arguments->line == NULL)
        return sw_error_set(error, SW_ERROR_MEMORY, command->name, NULL, "no memory");
    bool options_ended = false;
    sw_status status = SW_OK;
    for (int i = first; i < argc && status == SW_OK; i++) {
        if (!options_ended && strcmp(argv[i], "--") == 0)
            options_ended = true;
        else if (!options_ended && argv[i][0] == '-' && argv[i][1] != '\0')
            status = parse_option(arguments, &i, argc, argv, error);
        else
            arguments->words[arguments->count++] = argv[i];
    }
    return status == SW_OK ? check_count(arguments, error) : status;
}

void arguments_clear(cli_arguments *arguments) {
    free(arguments->words);
    free(arguments->option);
    free(arguments->value);
    free(arguments->line);
    *arguments = (cli_arguments){0};
}

const char *option_text(const cli_arguments *arguments, const char *name) {
    for (size_t i = arguments->given; i-- > 0;)
        if (strcmp(arguments->option[i]->name, name) == 0)
            return arguments->value[i];
    return NULL;
}

bool option_is_given(const cli_arguments *arguments, const char *name) {
    return option_text(arguments, name) != NULL;
}

const char **option_list(const cli_arguments *arguments, const char *name, size_t *count) {
    const char **list = calloc(arguments->given + 1, sizeof(char *));
    *count = 0;
    for (size_t i = 0; list != NULL && i < arguments->given; i++)
        if (strcmp(arguments->option[i]->name, name) == 0)
            list[(*count)++] = arguments->value[i];
    return list;
}

sw_status option_count(uint64_t *value, const cli_arguments *arguments, const char *name,
                       uint64_t least, uint64_t most, sw_error *error) {
    const char *text = option_text(arguments, name);
    char place[64], *end = NULL;
    if (text == NULL)
        return SW_OK;
    errno = 0;
    unsigned long long found = strtoull(text, &end, 10);
    if (text[0] >= '0' && text[0] <= '9' && *end == '\0' && errno == 0 && found >= least &&
        found <= most) {
        *value = found;
        return SW_OK;
    }
    snprintf(place, sizeof place, "--%s", name);
    return sw_error_set(error, SW_ERROR_ARGUMENT, place, NULL,
                        "a whole number between %llu and %llu was expected, \"%s\" was found",
                        (unsigned long long)least, (unsigned long long)most, text);
}

sw_status option_frame(int64_t *frame, const cli_arguments *arguments, sw_error *error) {
    const char *text = option_text(arguments, "frame");
    char *end = NULL;
    if (text == NULL)
        return SW_OK;
    long long found = strtoll(text, &end, 10);
    if (end == text || *end != '\0' || found > INT32_MAX || found < -INT32_MAX)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "--frame", "0 is the first, -1 the last",
                            "a whole number was expected, \"%s\" was found", text);
    *frame = found;
    return SW_OK;
}

sw_status option_quantity(double *value, const cli_arguments *arguments, const char *name,
                          sw_dimension dimension, sw_error *error) {
    const char *text = option_text(arguments, name);
    char place[64];
    if (text == NULL)
        return SW_OK;
    snprintf(place, sizeof place, "--%s", name);
    sw_status status = sw_quantity_parse(value, text, dimension, error);
    if (status != SW_OK && error != NULL)
        snprintf(error->place, sizeof error->place, "%s", place);
    if (status == SW_OK && !(*value > 0))
        status = sw_error_set(error, SW_ERROR_ARGUMENT, place, NULL,
                              "a %s above zero was expected, \"%s\" was found",
                              sw_dimension_name(dimension), text);
    return status;
}
