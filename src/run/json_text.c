/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/json_text.h"

#include "base/memory.h"
#include "run/folder.h"

#include <spillway/io.h>

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

json_t *sw_run_json_text(const char *text) {
    json_t *value = json_string(text != NULL ? text : "");
    if (value != NULL)
        return value;
    char *plain = sw_duplicate_text(text);
    if (plain == NULL)
        return NULL;
    for (char *byte = plain; *byte != '\0'; byte++)
        if ((unsigned char)*byte >= 0x80)
            *byte = '?';
    value = json_string(plain);
    free(plain);
    return value;
}

json_t *sw_run_json_number(double value) {
    return isfinite(value) ? json_real(value) : json_null();
}

json_t *sw_run_json_count(uint64_t value) {
    char text[24];
    if (value <= INT64_MAX)
        return json_integer((json_int_t)value);
    snprintf(text, sizeof text, "%" PRIu64, value);
    return json_string(text);
}

json_t *sw_run_json_date(int64_t seconds) {
    char text[40];
    struct tm parts;
    time_t moment = (time_t)seconds;
    if (gmtime_r(&moment, &parts) == NULL)
        return json_string("");
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return json_string(text);
}

json_t *sw_run_json_host(void) {
    char name[256] = "";
    if (gethostname(name, sizeof name - 1) != 0)
        name[0] = '\0';
    return sw_run_json_text(name);
}

json_t *sw_run_json_hash(uint64_t value) {
    char text[24];
    snprintf(text, sizeof text, "%016" PRIx64, value);
    return json_string(text);
}

sw_status sw_run_json_write(json_t *object, const char *folder, const char *name, sw_error *error) {
    char path[SW_PATH_SIZE];
    char *text = object != NULL ? json_dumps(object, JSON_INDENT(2)) : NULL;
    json_decref(object);
    if (text == NULL)
        return sw_error_set(error, SW_ERROR_MEMORY, name, NULL, "no memory to write this file");
    sw_status status = sw_folder_path(path, folder, name, error);
    if (status == SW_OK)
        status = sw_replace_file(path, text, strlen(text), error);
    free(text);
    return status;
}
