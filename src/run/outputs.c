/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/outputs.h"

#include "base/memory.h"
#include "run/folder.h"

#include <spillway/io.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

sw_status sw_outputs_add(sw_outputs *outputs, const char *name, sw_table *table, sw_error *error) {
    if (!sw_folder_name_is_plain(name))
        return sw_error_set(error, SW_ERROR_ARGUMENT, name,
                            "a name of letters, digits, '-' and '_', at most 63 of them",
                            "a table cannot be written under this name");
    if (!sw_reserve(&outputs->list, &outputs->capacity, outputs->count + 1, sizeof(sw_output)))
        return sw_error_set(error, SW_ERROR_MEMORY, name, NULL, "no memory for a table");
    sw_output *output = &outputs->list[outputs->count++];
    snprintf(output->name, sizeof output->name, "%s", name);
    output->table = table;
    return SW_OK;
}

sw_status sw_outputs_collect(sw_outputs *outputs, const sw_simulator *simulator, const void *state,
                             sw_error *error) {
    for (size_t index = 0; simulator->table != NULL; index++) {
        const char *name = NULL;
        sw_table *table = NULL;
        sw_status status = simulator->table(state, index, &name, &table, error);
        if (status != SW_OK || table == NULL)
            return status;
        status = sw_outputs_add(outputs, name, table, error);
        if (status != SW_OK) {
            sw_table_destroy(table);
            return status;
        }
    }
    return SW_OK;
}

const sw_table *sw_outputs_find(const sw_outputs *outputs, const char *name) {
    for (size_t i = 0; outputs != NULL && i < outputs->count; i++)
        if (strcmp(outputs->list[i].name, name) == 0)
            return outputs->list[i].table;
    return NULL;
}

sw_status sw_outputs_write(const sw_outputs *outputs, const char *folder, sw_error *error) {
    char path[SW_PATH_SIZE], name[80];
    sw_status status = SW_OK;
    for (size_t i = 0; i < outputs->count && status == SW_OK; i++) {
        snprintf(name, sizeof name, "%s.csv", outputs->list[i].name);
        status = sw_folder_path(path, folder, name, error);
        if (status == SW_OK)
            status = sw_write_table(path, sw_format_find("csv"), outputs->list[i].table, error);
    }
    return status;
}

void sw_outputs_clear(sw_outputs *outputs) {
    for (size_t i = 0; i < outputs->count; i++)
        sw_table_destroy(outputs->list[i].table);
    free(outputs->list);
    *outputs = (sw_outputs){0};
}
