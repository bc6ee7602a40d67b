/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/help.h"

#include <spillway/model.h>

static void print_verbs(FILE *out) {
    for (size_t i = 0; i < cli_command_count; i++)
        if (!cli_commands[i]->hidden)
            fprintf(out, "%s%s", i > 0 ? " " : "", cli_commands[i]->name);
}

static void print_options(FILE *out, const cli_option *options) {
    for (; options != NULL && options->name != NULL; options++)
        fprintf(out, " --%s", options->name);
}

static void print_models(FILE *out) {
    for (size_t i = 0; i < sw_builtin_model_count(); i++)
        fprintf(out, " %s", sw_builtin_model_at(i)->name);
}

/* bash: the options that the first word after the verb brings with it */
static void print_variants(FILE *out, const cli_command *command) {
    fputs("      case ${COMP_WORDS[2]} in\n", out);
    for (size_t i = 0; command->variant_name(i) != NULL; i++) {
        const char *name = command->variant_name(i);
        fprintf(out, "        %s) options=\"", name);
        print_options(out, command->variant(name)->options);
        print_options(out, cli_shared_options);
        fputs("\" ;;\n", out);
    }
    fputs("        *) files= ;;\n      esac\n", out);
}

/* bash: what may stand as a positional argument of a verb */
static void print_words(FILE *out, const cli_command *command) {
    fputs("      words=\"", out);
    for (const char *const *word = command->words; word != NULL && *word != NULL; word++)
        fprintf(out, " %s", *word);
    if (command->values == VALUES_MODELS)
        print_models(out);
    for (size_t i = 0; command->variant != NULL && command->variant_name(i) != NULL; i++)
        fprintf(out, " %s", command->variant_name(i));
    fputs("\"\n", out);
    if (command->values == VALUES_FILES || command->values == VALUES_MODELS)
        fputs("      files=-f\n", out);
    if (command->values == VALUES_FOLDERS)
        fputs("      files=-d\n", out);
}

void completion_print_bash(FILE *out) {
    fputs("# bash completion of spillway; load with: source <(spillway completion bash)\n"
          "_spillway()\n{\n"
          "  local current=${COMP_WORDS[COMP_CWORD]} options= words= files=\n"
          "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n    COMPREPLY=($(compgen -W \"",
          out);
    print_verbs(out);
    fputs("\" -- \"$current\"))\n    return\n  fi\n  case ${COMP_WORDS[1]} in\n", out);
    for (size_t i = 0; i < cli_command_count; i++) {
        const cli_command *command = cli_commands[i];
        if (command->hidden)
            continue;
        fprintf(out, "    %s)\n      options=\"", command->name);
        print_options(out, command->options);
        print_options(out, cli_shared_options);
        fputs("\"\n", out);
        print_words(out, command);
        if (command->variant != NULL)
            print_variants(out, command);
        fputs("      ;;\n", out);
    }
    fputs("  esac\n"
          "  case $current in\n"
          "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$current\")) ;;\n"
          "    *) COMPREPLY=($(compgen -W \"$words\" ${files:+$files} -- \"$current\")) ;;\n"
          "  esac\n}\ncomplete -o filenames -F _spillway spillway\n",
          out);
}
