/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the numbers come from, how to get them again, and what the page could not show. */
#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/number_text.h"
#include "report/page.h"

static void entry(sw_writer *out, const char *name, const char *text) {
    if (text != NULL && *text != '\0') {
        sw_writer_format(out, "<dt>%s</dt><dd>", name);
        sw_writer_escaped(out, text);
        sw_writer_add(out, "</dd>\n");
    }
}

/* Seeds and fingerprints are integers that a double would round. */
static void integer_entry(sw_writer *out, const json_t *run, const char *name, const char *key) {
    const json_t *value = json_object_get(run, key);
    if (json_is_integer(value)) {
        sw_writer_format(out, "<dt>%s</dt><dd>%lld</dd>\n", name,
                         (long long)json_integer_value(value));
    } else {
        entry(out, name, json_string_value(value));
    }
}

static void rate_entry(sw_writer *out, const json_t *run) {
    char text[SW_NUMBER_SIZE];
    double rate = sw_json_number(run, "events_per_second");
    const char *counted = sw_json_text(run, "counted");
    if (isfinite(rate)) {
        if (rate >= 1e3 && rate < 1e15) {
            sw_number_count(text, (uint64_t)llround(rate));
        } else {
            sw_number_short(text, rate, 3);
        }
        sw_writer_format(out, "<dt>speed</dt><dd>%s %s/s</dd>\n", text,
                         *counted != '\0' ? counted : "events");
    }
}

static void settings_entry(sw_writer *out, const json_t *run) {
    const json_t *list = json_object_get(run, "settings");
    if (json_array_size(list) == 0) {
        return;
    }
    sw_writer_add(out, "<dt>changed settings</dt><dd>");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *setting = json_array_get(list, i);
        sw_writer_add(out, i > 0 ? "<br><code>" : "<code>");
        sw_writer_escaped(out, sw_json_text(setting, "path"));
        sw_writer_add(out, " = ");
        sw_writer_escaped(out, sw_json_text(setting, "text"));
        sw_writer_add(out, "</code>");
    }
    sw_writer_add(out, "</dd>\n");
}

/* Links to the files beside the page; names that would need escaping in an address are left out. */
static int is_plain_file(const struct dirent *found) {
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    const char *name = found->d_name;
    return name[0] != '.' && strspn(name, letters) == strlen(name) &&
           strcmp(name, "report.html") != 0 && strstr(name, ".tmp") == NULL;
}

static void files_entry(sw_writer *out, const char *folder) {
    struct dirent **list = NULL;
    int count = scandir(folder, &list, is_plain_file, alphasort);
    if (count > 0) {
        sw_writer_add(out, "<dt>files beside this page</dt><dd>");
        for (int i = 0; i < count; i++) {
            const char *name = list[i]->d_name;
            sw_writer_format(out, "%s<a href=\"%s\">%s</a>", i > 0 ? ", " : "", name, name);
        }
        sw_writer_add(out, "</dd>\n");
    }
    for (int i = 0; i < count; i++) {
        free(list[i]);
    }
    free(list);
}

void sw_page_provenance(sw_writer *out, sw_run_folder *folder) {
    const json_t *run = folder->run;
    sw_writer_add(out, "<section><h2>Provenance</h2>\n<dl>\n");
    entry(out, "version of Spillway", sw_json_text(run, "spillway"));
    entry(out, "model", sw_json_text(run, "model"));
    entry(out, "simulator", sw_json_text(run, "simulator"));
    entry(out, "instrument", sw_json_text(run, "instrument"));
    entry(out, "only the atoms of", sw_json_text(run, "only"));
    entry(out, "preset", sw_json_text(run, "preset"));
    integer_entry(out, run, "seed", "seed");
    integer_entry(out, run, "fingerprint of the trajectory", "fingerprint");
    entry(out, "started", sw_json_text(run, "started"));
    entry(out, "computer", sw_json_text(run, "host"));
    rate_entry(out, run);
    settings_entry(out, run);
    files_entry(out, folder->path);
    sw_writer_add(out, "</dl>\n");
    const char *command = sw_json_text(run, "command");
    if (*command != '\0') {
        sw_writer_add(out, "<h3>To reproduce</h3>\n<pre>");
        sw_writer_escaped(out, command);
        sw_writer_add(out, "</pre>\n");
    }
    if (*command != '\0' && *sw_json_text(run, "simulator") != '\0') {
        sw_writer_add(out, "<p class=\"small\">The same version and seed give the same "
                           "trajectory, and so the same fingerprint, on any machine. "
                           "<code>model.yaml</code> in this folder is the model with every setting "
                           "resolved.</p>\n");
    }
    sw_writer_add(out, "</section>\n");
}

void sw_page_notes(sw_writer *out, sw_run_folder *folder) {
    const json_t *said = json_object_get(folder->run, "notes");
    if (json_array_size(said) > 0) {
        sw_writer_add(out, "<section><h2>What to know about these numbers</h2>\n<ul>\n");
        for (size_t i = 0; i < json_array_size(said); i++) {
            const char *text = json_string_value(json_array_get(said, i));
            sw_writer_add(out, "<li>");
            sw_writer_escaped(out, text != NULL ? text : "");
            sw_writer_add(out, "</li>\n");
        }
        sw_writer_add(out, "</ul></section>\n");
    }
    if (folder->notes.size > 0) {
        sw_writer_add(out, "<section><h2>Notes on this page</h2>\n<ul>\n");
        sw_writer_add(out, folder->notes.text);
        sw_writer_add(out, "</ul></section>\n");
    }
}
