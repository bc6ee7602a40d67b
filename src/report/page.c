/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts the page together. */
#include <stdlib.h>
#include <string.h>

#include <spillway/io.h>
#include <spillway/report.h>

#include "report/page.h"

void sw_page_fill(sw_writer *out, const char *template_text, const char *const *names,
                  const char *const *values, size_t count) {
    const char *at = template_text;
    for (const char *open; (open = strstr(at, "{{")) != NULL;) {
        const char *close = strstr(open, "}}");
        sw_writer_bytes(out, at, (size_t)(open - at));
        if (close == NULL) {
            at = open;
            break;
        }
        size_t length = (size_t)(close - open - 2);
        for (size_t i = 0; i < count; i++) {
            if (strlen(names[i]) == length && strncmp(names[i], open + 2, length) == 0) {
                sw_writer_add(out, values[i] != NULL ? values[i] : "");
            }
        }
        at = close + 2;
    }
    sw_writer_add(out, at);
}

enum section {
    TITLE,
    HEADER,
    HEADLINE,
    STRUCTURE,
    PLOTS,
    CLAIMS,
    PROCESSES,
    PARAMETERS,
    PROVENANCE,
    NOTES,
    SCENE,
    SECTION_COUNT
};

static const char *const section_names[SECTION_COUNT + 2] = {
    "title",      "header",     "headline", "structure", "plots",   "claims", "processes",
    "parameters", "provenance", "notes",    "scene",     "version", "style"};

static sw_status write_sections(sw_writer *sections, sw_run_folder *folder, bool figures,
                                sw_error *error) {
    const char *title = sw_json_text(folder->run, "title");
    sw_writer_escaped(&sections[TITLE], *title != '\0' ? title : "Spillway report");
    sw_page_header(&sections[HEADER], folder);
    sw_page_headline(&sections[HEADLINE], folder);
    sw_page_claims(&sections[CLAIMS], folder);
    sw_page_processes(&sections[PROCESSES], folder);
    sw_page_parameters(&sections[PARAMETERS], folder);
    sw_status status = sw_page_structure(&sections[STRUCTURE], &sections[SCENE], folder, error);
    if (status == SW_OK) {
        status = sw_page_plots(&sections[PLOTS], folder, figures, error);
    }
    sw_page_provenance(&sections[PROVENANCE], folder);
    sw_page_notes(&sections[NOTES], folder);
    return status;
}

static sw_status make_page(char **page, size_t *size, sw_run_folder *folder, bool figures,
                           sw_error *error) {
    sw_writer sections[SECTION_COUNT] = {0};
    const char *values[SECTION_COUNT + 2];
    sw_writer out = {0};
    *page = NULL;
    sw_status status = write_sections(sections, folder, figures, error);
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        values[i] = sections[i].text;
        out.failed = out.failed || sections[i].failed;
    }
    values[SECTION_COUNT] = sw_version();
    values[SECTION_COUNT + 1] = sw_text_page_css;
    if (status == SW_OK) {
        sw_page_fill(&out, sw_text_page_html, section_names, values, SECTION_COUNT + 2);
        status = sw_writer_take(page, size, &out, error);
    }
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        sw_writer_clear(&sections[i]);
    }
    sw_writer_clear(&out);
    return status;
}

sw_status sw_report(char **path, const char *folder_path, bool figures, sw_context *context,
                    sw_error *error) {
    if (path != NULL) {
        *path = NULL;
    }
    sw_run_folder folder;
    sw_status status = sw_run_folder_open(&folder, folder_path, context, error);
    if (status != SW_OK) {
        return status;
    }
    char *page = NULL;
    size_t size = 0;
    char *file = sw_run_folder_file(folder_path, "report.html");
    status = file == NULL ? sw_error_set(error, SW_ERROR_MEMORY, folder_path, NULL,
                                         "not enough memory for a path")
                          : make_page(&page, &size, &folder, figures, error);
    if (status == SW_OK) {
        status = sw_replace_file(file, page, size, error);
    }
    if (status == SW_OK && path != NULL) {
        *path = file;
        file = NULL;
    }
    free(file);
    free(page);
    sw_run_folder_close(&folder);
    return status;
}
