/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/loading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sw_status no_memory(sw_error *error) {
    return sw_error_set(error, SW_ERROR_MEMORY, "--set", NULL, "no memory for the settings");
}

/* What the user gave: an experiment, "path=value" by --set and by options that stand for settings,
 * and ways to accelerate. */
typedef struct given_texts {
    const char **experiment, **set, **accelerate;
    const char *const *more;
    size_t experiments, sets, accelerates, mores;
} given_texts;

static size_t count_of(const given_texts *given) {
    return given->experiments + given->sets + given->mores + given->accelerates;
}

/* The setting that the i-th text stands for, "path=value"; its length. The experiment comes first,
 * so that --set wins over it. */
static size_t write_setting(char *place, size_t room, const given_texts *given, size_t i) {
    if (i < given->experiments) {
        int length = snprintf(place, room, "experiment=%s", given->experiment[i]);
        return length > 0 ? (size_t)length : 0;
    }
    i -= given->experiments;
    size_t named = given->sets + given->mores;
    int length = i < given->sets ? snprintf(place, room, "%s", given->set[i])
                 : i < named     ? snprintf(place, room, "%s", given->more[i - given->sets])
                                 : snprintf(place, room, "run.acceleration.%s.enabled=true",
                                            given->accelerate[i - named]);
    return length > 0 ? (size_t)length : 0;
}

/* "path=value" becomes two texts in loading->paths. */
static sw_status split_settings(cli_loading *loading, const given_texts *given, sw_error *error) {
    size_t size = 1, count = count_of(given);
    for (size_t i = 0; i < count; i++)
        size += write_setting(NULL, 0, given, i) + 1;
    loading->settings = calloc(count + 1, sizeof *loading->settings);
    loading->paths = malloc(size);
    if (loading->settings == NULL || loading->paths == NULL)
        return no_memory(error);
    char *place = loading->paths;
    for (size_t i = 0; i < count; i++) {
        size_t length = write_setting(place, size - (size_t)(place - loading->paths), given, i);
        char *equals = strchr(place, '=');
        if (equals == NULL || equals == place)
            return sw_error_set(error, SW_ERROR_ARGUMENT, "--set",
                                "for example --set temperature='700 degC'",
                                "path=value was expected, \"%s\" was found", place);
        *equals = '\0';
        loading->settings[loading->setting_count++] = (sw_setting){place, equals + 1};
        place += length + 1;
    }
    return SW_OK;
}

sw_status loading_make_with(cli_loading *loading, const cli_arguments *arguments,
                            const char *const *more, size_t more_count, bool *usage,
                            sw_error *error) {
    given_texts given = {.more = more, .mores = more_count};
    *loading = (cli_loading){0};
    *usage = true;
    given.experiment = option_list(arguments, "experiment", &given.experiments);
    given.set = option_list(arguments, "set", &given.sets);
    given.accelerate = option_list(arguments, "accelerate", &given.accelerates);
    loading->without = option_list(arguments, "without", &loading->without_count);
    bool complete = given.experiment != NULL && given.set != NULL && given.accelerate != NULL &&
                    loading->without != NULL;
    sw_status status = complete ? split_settings(loading, &given, error) : no_memory(error);
    free(given.experiment);
    free(given.set);
    free(given.accelerate);
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
