/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/help.h"

#include <spillway/base.h>

#include <string.h>

/* Text in which roff sees no commands: dashes, backslashes, and dots or quotes that begin a line.
 */
static void print_text(FILE *out, const char *text) {
    bool line_start = true;
    for (; *text != '\0'; text++) {
        if (line_start && (*text == '.' || *text == '\''))
            fputs("\\&", out);
        line_start = *text == '\n';
        if (*text == '\\')
            fputs("\\e", out);
        else if (*text == '-')
            fputs("\\-", out);
        else
            fputc(*text, out);
    }
}

static void print_paragraphs(FILE *out, const char *text) {
    while (*text != '\0') {
        const char *end = strstr(text, "\n\n");
        int length = end != NULL ? (int)(end - text) : (int)strlen(text);
        char paragraph[2048];
        snprintf(paragraph, sizeof paragraph, "%.*s", length, text);
        print_text(out, paragraph);
        fputc('\n', out);
        text += length;
        text += strspn(text, "\n");
        if (*text != '\0')
            fputs(".PP\n", out);
    }
}

static void print_option(FILE *out, const cli_option *option) {
    fputs(".TP\n", out);
    if (option->letter != NULL)
        fprintf(out, "\\fB\\-%s\\fR, ", option->letter);
    fputs("\\fB\\-\\-", out);
    print_text(out, option->name);
    fputs("\\fR", out);
    if (option->value != NULL)
        fprintf(out, " \\fI%s\\fR", option->value);
    fputc('\n', out);
    print_text(out, option->help);
    if (option->standard != NULL) {
        fputs(" (without it: ", out);
        print_text(out, option->standard);
        fputs(")", out);
    }
    fputs(".\n", out);
}

static void print_options(FILE *out, const cli_option *options) {
    for (; options != NULL && options->name != NULL; options++)
        print_option(out, options);
}

static void print_command(FILE *out, const cli_command *command) {
    fprintf(out, ".TH \"SPILLWAY\\-%s\" 1 \"\" \"Spillway %s\" \"Spillway\"\n.SH NAME\n",
            command->name, sw_version());
    fprintf(out, "spillway\\-%s \\- ", command->name);
    print_text(out, command->summary);
    fprintf(out, "\n.SH SYNOPSIS\n\\fBspillway %s\\fR %s [\\fIOPTIONS\\fR]\n.SH DESCRIPTION\n",
            command->name, command->arguments);
    print_paragraphs(out, command->description);
    fputs(".SH OPTIONS\n", out);
    print_options(out, command->options);
    print_options(out, cli_shared_options);
    if (command->examples != NULL)
        fputs(".SH EXAMPLES\n", out);
    for (const cli_example *example = command->examples; example != NULL && example->line != NULL;
         example++) {
        fputs(".TP\n\\fBspillway ", out);
        print_text(out, example->line);
        fputs("\\fR\n", out);
        print_text(out, example->what);
        fputs(".\n", out);
    }
    fputs(".SH SEE ALSO\n\\fBspillway\\fR(1)\n", out);
}

static void print_program(FILE *out) {
    fprintf(out, ".TH SPILLWAY 1 \"\" \"Spillway %s\" \"Spillway\"\n.SH NAME\n", sw_version());
    fputs("spillway \\- simulate reacting metal\\-oxide interfaces and measure them\n"
          ".SH SYNOPSIS\n\\fBspillway\\fR \\fIVERB\\fR [\\fIARGUMENTS\\fR] [\\fIOPTIONS\\fR]\n"
          ".SH DESCRIPTION\nSpillway simulates reacting metal\\-oxide interfaces and measures "
          "them with the\ninstruments that experiments use. Each verb has a page of its own.\n"
          ".SH VERBS\n",
          out);
    for (size_t i = 0; i < cli_command_count; i++) {
        if (cli_commands[i]->hidden)
            continue;
        fprintf(out, ".TP\n\\fBspillway\\-%s\\fR(1)\n", cli_commands[i]->name);
        print_text(out, cli_commands[i]->summary);
        fputs(".\n", out);
    }
    fputs(".SH OPTIONS OF EVERY VERB\n", out);
    print_options(out, cli_shared_options);
    fputs(".SH EXIT STATUS\n0 done, 1 failed, 2 wrong usage, 3 interrupted, results kept, 4 a "
          "claim or a\ncheck failed.\n.SH ENVIRONMENT\n.TP\n\\fBNO_COLOR\\fR\n"
          "Where it is set, nothing is coloured.\n",
          out);
}

void manual_print(FILE *out, const cli_command *command) {
    fputs(".\\\" made from the registry of verbs\n", out);
    if (command != NULL)
        print_command(out, command);
    else
        print_program(out);
}
