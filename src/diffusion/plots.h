/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which columns of a run belong together; their names have the elements of the model in them. */
#ifndef SPILLWAY_DIFFUSION_PLOTS_H
#define SPILLWAY_DIFFUSION_PLOTS_H

#include <spillway/data.h>
#include <spillway/diffusion_model.h>

#define SW_DIFFUSION_PLOTS (SW_DIFFUSION_ELEMENTS + 10)
#define SW_DIFFUSION_TEXT 512

typedef struct sw_diffusion_plots {
    size_t count;
    sw_plot plot[SW_DIFFUSION_PLOTS];
    /* titles and lists of columns, to which the plots point */
    char title[SW_DIFFUSION_PLOTS][SW_DIFFUSION_TEXT / 4];
    char y[SW_DIFFUSION_PLOTS][SW_DIFFUSION_TEXT];
} sw_diffusion_plots;

/* `plots` may not be moved afterwards; names are those of the model. `mixed` as the alloy is;
 * `phases` of it. */
void sw_diffusion_plots_make(sw_diffusion_plots *plots, const sw_diffusion_model *model, bool mixed,
                             size_t phases, size_t markers);

/* The column of a marker (from 0) of so many. */
#define SW_DIFFUSION_NAME 80
void sw_diffusion_marker_name(char name[SW_DIFFUSION_NAME], size_t marker, size_t markers);

#endif
