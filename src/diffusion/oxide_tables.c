/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of an oxide at the end, and what is drawn. */
#include "diffusion/oxide_run.h"
#include "diffusion/row.h"

#define NANOMETRE 10.0 /* A */
#define PERCENT 100.0

static const sw_profile_axis axes[] = {{"vacancies", "%"}, {"log10 pO2", ""}, {"Ni", "at%"}};

/* Both faces and the middles of all cells. */
static sw_status fill_profile(sw_table *table, const sw_oxide *oxide) {
    const size_t n = oxide->now.layer.cells, quantities = sw_oxide_quantities(oxide);
    sw_status status = sw_table_add_column(table, "position", "nm");
    for (size_t q = 0; q < quantities && status == SW_OK; q++)
        status = sw_table_add_column(table, axes[q].name, axes[q].unit);
    for (size_t i = 0; i < n + 2 && status == SW_OK; i++) {
        const double share = i == 0 ? 0.0 : i == n + 1 ? 1.0 : ((double)i - 0.5) / (double)n;
        double values[4] = {(oxide->now.layer.from + share * sw_oxide_thickness(oxide)) /
                            NANOMETRE};
        for (size_t q = 0; q < quantities; q++)
            values[q + 1] = sw_oxide_quantity(oxide, share, q);
        status = sw_row_write_numbers(table, values, quantities + 1);
    }
    return status;
}

static sw_status fill(sw_table *table, const sw_oxide_run *run, size_t index) {
    const sw_profile_axis place = {"share of the thickness", "%"};
    if (index == 0)
        return sw_oxide_headline(table, run);
    if (index == 1)
        return sw_profiles_fill(table, &run->profiles, place, PERCENT, axes);
    return fill_profile(table, &run->oxide);
}

sw_status sw_oxide_table(const sw_oxide_run *run, size_t index, const char **name, sw_table **table,
                         sw_error *error) {
    static const char *const tables[] = {"headline", "profiles", "profile"};
    *table = NULL;
    if (index >= sizeof tables / sizeof *tables)
        return SW_OK;
    *name = tables[index];
    sw_status status = sw_table_create(table);
    if (status == SW_OK)
        status = fill(*table, run, index);
    if (status == SW_OK)
        return SW_OK;
    sw_table_destroy(*table);
    *table = NULL;
    return sw_error_set(error, status, "tables", NULL, "not enough memory for a table");
}

/* ---- plots ----------------------------------------------------------------------------------- */

#define TIMES(name)                                                                                \
    name " start," name " 1 % of the time," name " 10 % of the time," name                         \
         " 30 % of the time," name " end"
#define SHARES "Against the share of the thickness from the first face, at shares of the time."

static bool has_metal(const sw_oxide_face_model *face) {
    return face->kind == SW_OXIDE_METAL || face->kind == SW_OXIDE_FRONT;
}

static void add_plot(sw_oxide_run *run, sw_plot plot) {
    plot.kind = "lines";
    run->plot[run->plots++] = plot;
}

static void add_growth(sw_oxide_run *run) {
    const bool first = has_metal(&run->model->oxide.first),
               last = has_metal(&run->model->oxide.last);
    add_plot(run, (sw_plot){.title = "Thickness",
                            .table = "series",
                            .x = "time",
                            .y = "thickness",
                            .y_label = "thickness",
                            .help = "Of the oxide; as the square root of time where diffusion is "
                                    "slowest."});
    if (sw_oxide_is_scale(&run->oxide))
        add_plot(run, (sw_plot){.title = "Parabolic constant",
                                .table = "series",
                                .x = "time",
                                .y = "parabolic constant,parabolic constant now",
                                .y_label = "parabolic constant",
                                .help = "From the growth since the start, and thickness times "
                                        "growth now; both are level where growth is parabolic."});
    if (first || last)
        add_plot(run, (sw_plot){.title = "Metal at the faces",
                                .table = "series",
                                .x = "time",
                                .y = first && last ? "metal at first,metal at last"
                                     : first       ? "metal at first"
                                                   : "metal at last",
                                .y_label = "change of thickness",
                                .help = "What has formed; below 0: what the oxide has taken."});
}

static void add_profile(sw_oxide_run *run, const char *title, const char *y, const char *label) {
    add_plot(run, (sw_plot){.title = title,
                            .table = "profiles",
                            .x = "share of the thickness",
                            .y = y,
                            .y_label = label,
                            .help = SHARES});
}

void sw_oxide_plots_make(sw_oxide_run *run) {
    run->plots = 0;
    add_growth(run);
    add_profile(run, "Vacancies in the oxide", TIMES("vacancies"), "vacancies");
    add_profile(run, "Oxygen potential", TIMES("log10 pO2"), "log10 of pO2 in bar");
    if (run->oxide.thermo.cations < 2)
        return;
    add_profile(run, "Nickel in the oxide", TIMES("Ni"), "Ni of the cations");
    add_plot(run, (sw_plot){.title = "Nickel at the faces",
                            .table = "series",
                            .x = "time",
                            .y = "Ni at first,Ni at last,highest Ni,mean Ni",
                            .y_label = "Ni of the cations",
                            .help = "What is above the mean is detained there, what is below has "
                                    "gone elsewhere."});
}
