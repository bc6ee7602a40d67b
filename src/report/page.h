/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sections of the page, in their order. Each writes HTML, or nothing where there is nothing
 * to say. */
#ifndef SPILLWAY_REPORT_PAGE_H
#define SPILLWAY_REPORT_PAGE_H

#include "report/run_folder.h"

void sw_page_header(sw_writer *out, sw_run_folder *folder);
void sw_page_headline(sw_writer *out, sw_run_folder *folder);
/* The viewer with its still pictures, and (into `scene`) the scripts with the embedded atoms. */
SW_MUST_USE sw_status sw_page_structure(sw_writer *out, sw_writer *scene, sw_run_folder *folder,
                                        sw_error *error);
/* With figures, each plot is also written to FOLDER/figures/NAME.{svg,pdf,png}. */
SW_MUST_USE sw_status sw_page_plots(sw_writer *out, sw_run_folder *folder, bool figures,
                                    sw_error *error);
void sw_page_claims(sw_writer *out, sw_run_folder *folder);
void sw_page_processes(sw_writer *out, sw_run_folder *folder);
void sw_page_parameters(sw_writer *out, sw_run_folder *folder);
void sw_page_provenance(sw_writer *out, sw_run_folder *folder);
void sw_page_notes(sw_writer *out, sw_run_folder *folder);

/* Replaces {{name}} in a template; values[i] stands for names[i]. */
void sw_page_fill(sw_writer *out, const char *template_text, const char *const *names,
                  const char *const *values, size_t count);

/* Value with its interval and unit: "2.40 ± 0.12 µs". spread NaN: without. */
void sw_page_value(sw_writer *out, double value, double spread, const char *unit);
/* A time in s with a prefix: "3.20 µs"; "unknown" for NaN. */
void sw_page_time(sw_writer *out, double seconds);

/* Text files of this folder, compiled in by tools/embed-text. */
extern const char sw_text_page_html[], sw_text_page_css[], sw_text_structure_html[];
extern const char sw_text_viewer_js[], sw_text_viewer_data_js[], sw_text_viewer_shaders_js[];

#endif
