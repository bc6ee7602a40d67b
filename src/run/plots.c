/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/outputs.h"

#include "run/json_text.h"

static json_t *plot_object(const sw_plot *plot) {
    return json_pack("{so so so so so so so sb}", "title", sw_run_json_text(plot->title), "table",
                     sw_run_json_text(plot->table), "x", sw_run_json_text(plot->x), "y",
                     sw_run_json_text(plot->y), "y_label", sw_run_json_text(plot->y_label), "kind",
                     sw_run_json_text(plot->kind), "help", sw_run_json_text(plot->help), "log_y",
                     (int)plot->log_y);
}

sw_status sw_plots_write(const char *folder, const sw_plot *plots, size_t count, sw_error *error) {
    json_t *list = json_array();
    for (size_t i = 0; list != NULL && i < count; i++)
        if (json_array_append_new(list, plot_object(&plots[i])) != 0) {
            json_decref(list);
            list = NULL;
        }
    return sw_run_json_write(list, folder, "plots.json", error);
}
