/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was run, and its headline numbers. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/number_text.h"
#include "report/page.h"

void sw_page_value(sw_writer *out, double value, double spread, const char *unit) {
    char number[SW_NUMBER_SIZE], interval[SW_NUMBER_SIZE];
    bool has_spread = isfinite(spread) && spread >= 0;
    if (!isfinite(value)) {
        sw_writer_add(out, "no value");
        return;
    }
    double size = fmax(fabs(value), has_spread ? spread : 0);
    sw_unit_scale scale = sw_unit_scale_choose(unit, size);
    value /= scale.factor;
    spread /= scale.factor;
    bool whole = !has_spread && fabs(value) < 1e5 && value == floor(value);
    int decimals = whole ? 0 : sw_number_decimals(value, has_spread ? spread : NAN);
    sw_number_fixed(number, value, decimals);
    bool bracket = has_spread && scale.is_power;
    sw_writer_format(out, "%s%s", bracket ? "(" : "", number);
    if (has_spread) {
        sw_number_fixed(interval, spread, decimals);
        sw_writer_format(out, " <small>± %s</small>%s", interval, bracket ? ")" : "");
    }
    if (*scale.unit != '\0') {
        sw_writer_add(out, scale.is_power ? " <span class=\"unit\">× " : " <span class=\"unit\">");
        sw_writer_escaped(out, scale.unit);
        sw_writer_add(out, "</span>");
    }
}

void sw_page_time(sw_writer *out, double seconds) {
    char number[SW_NUMBER_SIZE];
    if (!isfinite(seconds)) {
        sw_writer_add(out, "unknown");
        return;
    }
    sw_unit_scale scale = sw_unit_scale_choose("s", fabs(seconds));
    sw_number_short(number, seconds / scale.factor, 3);
    sw_writer_format(out, "%s %s", number, scale.unit);
}

static void paragraph(sw_writer *out, const char *class_name, const char *text) {
    if (*text != '\0') {
        sw_writer_format(out, "<p class=\"%s\">", class_name);
        sw_writer_escaped(out, text);
        sw_writer_add(out, "</p>\n");
    }
}

static void fact(sw_writer *out, const char *name, const char *text) {
    if (*text != '\0') {
        sw_writer_format(out, "<li><span>%s</span> ", name);
        sw_writer_escaped(out, text);
        sw_writer_add(out, "</li>\n");
    }
}

static void count_fact(sw_writer *out, const char *name, double count) {
    char text[SW_NUMBER_SIZE];
    if (isfinite(count) && count >= 0 && count < 1e18) {
        sw_number_count(text, (uint64_t)llround(count));
        fact(out, name, text);
    }
}

static void time_fact(sw_writer *out, const char *name, double seconds) {
    if (isfinite(seconds)) {
        sw_writer_format(out, "<li><span>%s</span> ", name);
        sw_page_time(out, seconds);
        sw_writer_add(out, "</li>\n");
    }
}

static void status_fact(sw_writer *out, const char *status) {
    const char *text = strcmp(status, "finished") == 0      ? "✓ finished"
                       : strcmp(status, "interrupted") == 0 ? "◼ interrupted; can be resumed"
                       : strcmp(status, "running") == 0     ? "… running: numbers are preliminary"
                                                            : status;
    if (*text != '\0') {
        sw_writer_add(out, "<li><b class=\"badge\">");
        sw_writer_escaped(out, text);
        sw_writer_add(out, "</b></li>\n");
    }
}

static void warnings(sw_writer *out, const json_t *run) {
    if (sw_json_true(run, "quick")) {
        sw_writer_add(out,
                      "<p class=\"warning\"><b>Quick run.</b> It is smaller and shorter than the "
                      "model asks for: good for a look, too little for a conclusion.</p>\n");
    }
    const json_t *without = json_object_get(run, "without");
    if (json_array_size(without) == 0) {
        return;
    }
    sw_writer_add(out, "<p class=\"warning\"><b>Ablation.</b> Left out of the model: ");
    for (size_t i = 0; i < json_array_size(without); i++) {
        const char *name = json_string_value(json_array_get(without, i));
        sw_writer_add(out, i > 0 ? ", <code>" : "<code>");
        sw_writer_escaped(out, name);
        sw_writer_add(out, "</code>");
    }
    sw_writer_add(out, ".</p>\n");
}

void sw_page_header(sw_writer *out, sw_run_folder *folder) {
    const json_t *run = folder->run;
    const char *title = sw_json_text(run, "title");
    const char *model = sw_json_text(run, "model"), *counted = sw_json_text(run, "counted");
    model = *model != '\0' ? model : sw_json_text(run, "instrument");
    sw_writer_add(out, "<p class=\"kicker\">Spillway report · ");
    sw_writer_escaped(out, model);
    sw_writer_add(out, "</p>\n<h1>");
    sw_writer_escaped(out, *title != '\0' ? title : *model != '\0' ? model : "Untitled run");
    sw_writer_add(out, "</h1>\n");
    paragraph(out, "description", sw_json_text(run, "description"));
    paragraph(out, "citation", sw_json_text(run, "citation"));
    sw_writer_add(out, "<ul class=\"facts\">\n");
    status_fact(out, sw_json_text(run, "status"));
    fact(out, "simulator", sw_json_text(run, "simulator"));
    fact(out, "instrument", sw_json_text(run, "instrument"));
    fact(out, "atoms", sw_json_text(run, "only"));
    fact(out, "preset", sw_json_text(run, "preset"));
    time_fact(out, "simulated time", sw_json_number(run, "simulated_seconds"));
    count_fact(out, *counted != '\0' ? counted : "events", sw_json_number(run, "events"));
    if (sw_json_number(run, "replicas") > 1) {
        count_fact(out, "replicas", sw_json_number(run, "replicas"));
    }
    time_fact(out, "computed in", sw_json_number(run, "wall_seconds"));
    fact(out, "started", sw_json_text(run, "started"));
    sw_writer_add(out, "</ul>\n");
    warnings(out, run);
}

/* "+1.23", in the unit of a value that stands beside; nothing where no copies were measured. */
static void shift(sw_writer *out, const json_t *item) {
    double value = sw_json_number(item, "shift");
    sw_unit_scale scale =
        sw_unit_scale_choose(sw_json_text(item, "unit"), fmax(fabs(sw_json_number(item, "value")),
                                                              sw_json_number(item, "spread")));
    char number[SW_NUMBER_SIZE];
    if (!isfinite(value))
        return;
    sw_number_short(number, value / scale.factor, 2);
    sw_writer_format(out, "%s%s", value > 0 ? "+" : "", number);
}

static bool any_shift(const json_t *list) {
    for (size_t i = 0; i < json_array_size(list); i++)
        if (isfinite(sw_json_number(json_array_get(list, i), "shift")))
            return true;
    return false;
}

static void explain(sw_writer *out, bool shifts) {
    sw_writer_add(out, "<p class=\"small\">± is the half-width of the 95 % confidence interval.");
    if (shifts)
        sw_writer_add(out,
                      " It holds what noise and missing atoms do to the number, from disturbed "
                      "copies; shift is what as much of both once more does to it, in the "
                      "unit of the value: the note below says how.");
    sw_writer_add(out, "</p>\n");
}

/* Numbers of several instruments, "INSTRUMENT: NAME": a table, each instrument's rows together. */
static void survey_table(sw_writer *out, const json_t *list) {
    char before[64] = "";
    bool shifts = any_shift(list);
    sw_writer_add(out, "<section><h2>In numbers</h2>\n<div class=\"scroll\"><table><thead><tr>"
                       "<th scope=\"col\">instrument</th><th scope=\"col\">quantity</th><th "
                       "scope=\"col\" class=\"number\">value</th>");
    sw_writer_add(out, shifts ? "<th scope=\"col\" class=\"number\">shift</th>" : "");
    sw_writer_add(out, "<th scope=\"col\">meaning</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        char group[64];
        const char *name = sw_json_text(item, "name"), *colon = strstr(name, ": ");
        snprintf(group, sizeof group, "%.*s", colon != NULL ? (int)(colon - name) : 0, name);
        sw_writer_add(out, "<tr><th scope=\"row\">");
        sw_writer_escaped(out, strcmp(group, before) != 0 ? group : "");
        sw_writer_add(out, "</th><td>");
        sw_writer_escaped(out, colon != NULL ? colon + 2 : name);
        sw_writer_add(out, "</td><td class=\"number\">");
        sw_page_value(out, sw_json_number(item, "value"), sw_json_number(item, "spread"),
                      sw_json_text(item, "unit"));
        sw_writer_add(out, shifts ? "</td><td class=\"number\">" : "");
        shift(out, item);
        sw_writer_add(out, "</td><td class=\"help\">");
        sw_writer_escaped(out, sw_json_text(item, "help"));
        sw_writer_add(out, "</td></tr>\n");
        snprintf(before, sizeof before, "%s", group);
    }
    sw_writer_add(out, "</tbody></table></div>\n");
    explain(out, shifts);
    sw_writer_add(out, "</section>\n");
}

void sw_page_headline(sw_writer *out, sw_run_folder *folder) {
    const json_t *list = json_object_get(folder->run, "headline");
    if (json_array_size(list) == 0) {
        return;
    }
    if (strcmp(sw_json_text(folder->run, "instrument"), "survey") == 0) {
        survey_table(out, list);
        return;
    }
    bool any_spread = false;
    sw_writer_add(out, "<ul class=\"headline\" aria-label=\"Headline numbers\">\n");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        double spread = sw_json_number(item, "spread");
        any_spread = any_spread || isfinite(spread);
        sw_writer_add(out, "<li><div class=\"name\">");
        sw_writer_escaped(out, sw_json_text(item, "name"));
        sw_writer_add(out, "</div><div class=\"value\">");
        sw_page_value(out, sw_json_number(item, "value"), spread, sw_json_text(item, "unit"));
        sw_writer_add(out, "</div>");
        if (isfinite(sw_json_number(item, "shift"))) {
            sw_writer_add(out, "<div class=\"name\">shift ");
            shift(out, item);
            sw_writer_add(out, "</div>");
        }
        paragraph(out, "meaning", sw_json_text(item, "help"));
        sw_writer_add(out, "</li>\n");
    }
    sw_writer_add(out, "</ul>\n");
    if (any_spread)
        explain(out, any_shift(list));
}
