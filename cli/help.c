/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/help.h"

#include <string.h>

#define WIDTH 88
#define COLUMN 26

/* Prints text in lines of at most WIDTH, indented; the first line begins at column `at`. Blank
 * lines in the text stay. */
static void print_wrapped(FILE *out, const char *text, int indent, int at) {
    int column = at;
    bool line_start = true;
    while (*text != '\0') {
        if (*text == '\n') {
            fputc('\n', out);
            column = 0;
            line_start = true;
            text++;
            continue;
        }
        int length = (int)strcspn(text, " \n");
        if (!line_start && column + 1 + length > WIDTH) {
            fputc('\n', out);
            column = 0;
            line_start = true;
        }
        if (!line_start)
            column += fprintf(out, " ");
        else if (column < indent)
            column += fprintf(out, "%*s", indent - column, "");
        column += fprintf(out, "%.*s", length, text);
        line_start = false;
        text += length;
        text += *text == ' ';
    }
    fputc('\n', out);
}

void help_print_program(FILE *out) {
    fputs("Spillway simulates reacting metal-oxide interfaces and measures them with the\n"
          "instruments that experiments use.\n\n"
          "usage: spillway VERB [ARGUMENTS] [OPTIONS]\n\nverbs:\n",
          out);
    for (size_t i = 0; i < cli_command_count; i++)
        if (!cli_commands[i]->hidden)
            fprintf(out, "  %-12s%s\n", cli_commands[i]->name, cli_commands[i]->summary);
    fputs("\nstart with:\n"
          "  spillway simulate nife-fe3o4 --quick   run a built-in model and draw a report\n"
          "  spillway VERB --help                   options and examples of a verb\n\n"
          "exit codes: 0 done, 1 failed, 2 wrong usage, 3 interrupted, results kept,\n"
          "            4 a claim or a check failed\n",
          out);
}

static void print_option(FILE *out, const cli_option *option) {
    char text[512];
    int at = 0;
    if (option->letter != NULL)
        at = fprintf(out, "  -%s, --%s", option->letter, option->name);
    else
        at = fprintf(out, "      --%s", option->name);
    if (option->value != NULL)
        at += fprintf(out, " %s", option->value);
    if (at >= COLUMN) {
        fputc('\n', out);
        at = 0;
    }
    if (option->standard != NULL)
        snprintf(text, sizeof text, "%s (without it: %s)", option->help, option->standard);
    else
        snprintf(text, sizeof text, "%s", option->help);
    print_wrapped(out, text, COLUMN, at);
}

void help_print_command(FILE *out, const cli_command *command) {
    fprintf(out, "spillway %s: %s\n\nusage: spillway %s%s%s [OPTIONS]\n\n", command->name,
            command->summary, command->name, command->arguments[0] != '\0' ? " " : "",
            command->arguments);
    print_wrapped(out, command->description, 0, 0);
    fputs("\noptions:\n", out);
    for (const cli_option *option = command->options; option != NULL && option->name != NULL;
         option++)
        print_option(out, option);
    for (const cli_option *option = cli_shared_options; option->name != NULL; option++)
        print_option(out, option);
    if (command->examples == NULL)
        return;
    fputs("\nexamples:\n", out);
    for (const cli_example *example = command->examples; example->line != NULL; example++) {
        fprintf(out, "  spillway %s\n", example->line);
        print_wrapped(out, example->what, 6, 0);
    }
}
