/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lattice/plot_list.h"

#include "base/memory.h"

#include <stdlib.h>

void sw_plot_list_begin(sw_plot_list *list, sw_plot plot) {
    size_t needed = list->count + 1;
    if (list->failed ||
        !sw_reserve(&list->plot, &list->plot_capacity, needed, sizeof *list->plot) ||
        !sw_reserve(&list->columns, &list->columns_capacity, needed, sizeof *list->columns)) {
        list->failed = true;
        return;
    }
    list->columns[list->count] = (sw_text){0};
    list->plot[list->count++] = plot;
}

void sw_plot_list_add_column(sw_plot_list *list, const char *of, const char *quantity) {
    if (list->failed || list->count == 0)
        return;
    sw_text *columns = &list->columns[list->count - 1];
    sw_text_append(columns, "%s%s%s%s", columns->length > 0 ? "," : "", of ? of : "", of ? " " : "",
                   quantity);
}

sw_status sw_plot_list_finish(sw_plot_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        list->failed = list->failed || list->columns[i].failed;
        list->plot[i].y = list->columns[i].bytes ? list->columns[i].bytes : "";
    }
    return list->failed ? SW_ERROR_MEMORY : SW_OK;
}

void sw_plot_list_clear(sw_plot_list *list) {
    for (size_t i = 0; i < list->count; i++)
        sw_text_clear(&list->columns[i]);
    free(list->plot);
    free(list->columns);
    *list = (sw_plot_list){0};
}
