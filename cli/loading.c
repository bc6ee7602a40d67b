/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/loading.h"

#include <stdlib.h>
#include <string.h>

static sw_status no_memory(sw_error *error) {
    return sw_error_set(error, SW_ERROR_MEMORY, "--set", NULL, "no memory for the settings");
}

/* "path=value" becomes two texts in loading->paths. */
static sw_status split_settings(cli_loading *loading, const char *const *texts, size_t count,
                                sw_error *error) {
    size_t size = 1;
    for (size_t i = 0; i < count; i++)
        size += strlen(texts[i]) + 1;
    loading->settings = calloc(count + 1, sizeof *loading->settings);
    loading->paths = malloc(size);
    if (loading->settings == NULL || loading->paths == NULL)
        return no_memory(error);
    char *place = loading->paths;
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(texts[i]);
        memcpy(place, texts[i], length + 1);
        char *equals = strchr(place, '=');
        if (equals == NULL || equals == place)
            return sw_error_set(error, SW_ERROR_ARGUMENT, "--set",
                                "for example --set temperature='700 degC'",
                                "path=value was expected, \"%s\" was found", texts[i]);
        *equals = '\0';
        loading->settings[loading->setting_count++] = (sw_setting){place, equals + 1};
        place += length + 1;
    }
    return SW_OK;
}

/* Those of --set, then those that other options stand for. */
static sw_status take_settings(cli_loading *loading, const cli_arguments *arguments,
                               const char *const *more, size_t more_count, sw_error *error) {
    size_t count = 0;
    const char **given = option_list(arguments, "set", &count);
    const char **texts = calloc(count + more_count + 1, sizeof *texts);
    sw_status status = SW_OK;
    if (given == NULL || texts == NULL) {
        status = no_memory(error);
    } else {
        memcpy(texts, given, count * sizeof *texts);
        if (more_count > 0)
            memcpy(texts + count, more, more_count * sizeof *texts);
        status = split_settings(loading, texts, count + more_count, error);
    }
    free(given);
    free(texts);
    return status;
}

sw_status loading_make_with(cli_loading *loading, const cli_arguments *arguments,
                            const char *const *more, size_t more_count, bool *usage,
                            sw_error *error) {
    *loading = (cli_loading){0};
    *usage = true;
    loading->without = option_list(arguments, "without", &loading->without_count);
    sw_status status = loading->without == NULL
                           ? no_memory(error)
                           : take_settings(loading, arguments, more, more_count, error);
    if (status != SW_OK)
        return status;
    *usage = false;
    return sw_model_load(&loading->model, arguments->words[0], loading->settings,
                         loading->setting_count, loading->without, loading->without_count, error);
}

sw_status loading_make(cli_loading *loading, const cli_arguments *arguments, bool *usage,
                       sw_error *error) {
    return loading_make_with(loading, arguments, NULL, 0, usage, error);
}

void loading_clear(cli_loading *loading) {
    sw_model_destroy(loading->model);
    free(loading->settings);
    free(loading->paths);
    free(loading->without);
    *loading = (cli_loading){0};
}
