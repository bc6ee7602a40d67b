/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claims, event counts, parameters. */
#include <math.h>
#include <string.h>

#include "report/number_text.h"
#include "report/page.h"

/* Order of rows, largest weight first; at most ROW_LIMIT rows are shown. */
#define ROW_LIMIT 2000

static void cell(sw_writer *out, const char *class_name, const char *text) {
    sw_writer_format(out, *class_name ? "<td class=\"%s\">" : "<td%s>", class_name);
    sw_writer_escaped(out, text);
    sw_writer_add(out, "</td>");
}

/* ---- claims ---------------------------------------------------------------------------------- */

typedef struct verdict_style {
    const char *word, *class_name, *sign;
} verdict_style;

static const verdict_style verdicts[] = {
    {"agrees", "agrees", "✓"}, {"disagrees", "disagrees", "✗"}, {"not tested", "untested", "○"}};

static const verdict_style *verdict_of(const json_t *claim) {
    const char *word = sw_json_text(claim, "verdict");
    for (size_t i = 0; i < 2; i++) {
        if (strcmp(word, verdicts[i].word) == 0) {
            return &verdicts[i];
        }
    }
    return &verdicts[2];
}

/* "2.4 (2.1 to 2.7) µs"; both ends of the interval in the same decimals as the value. */
static void claim_value(sw_writer *out, const json_t *claim) {
    double value = sw_json_number(claim, "value");
    const json_t *interval = json_object_get(claim, "interval");
    const json_t *low_json = json_array_get(interval, 0), *high_json = json_array_get(interval, 1);
    double low = json_is_number(low_json) ? json_number_value(low_json) : NAN;
    double high = json_is_number(high_json) ? json_number_value(high_json) : NAN;
    if (!isfinite(value)) {
        sw_writer_add(out, "–");
        return;
    }
    bool has = isfinite(low) && isfinite(high);
    double size = has ? fmax(fabs(low), fabs(high)) : fabs(value);
    sw_unit_scale scale = sw_unit_scale_choose(sw_json_text(claim, "unit"), size);
    double spread = has ? (high - low) / 2 / scale.factor : NAN;
    int decimals = sw_number_decimals(value / scale.factor, spread);
    char text[SW_NUMBER_SIZE], low_text[SW_NUMBER_SIZE], high_text[SW_NUMBER_SIZE];
    sw_number_fixed(text, value / scale.factor, decimals);
    sw_writer_add(out, text);
    if (*scale.unit != '\0') {
        sw_writer_add(out, " ");
        sw_writer_escaped(out, scale.unit);
    }
    if (has) {
        sw_number_fixed(low_text, low / scale.factor, decimals);
        sw_number_fixed(high_text, high / scale.factor, decimals);
        sw_writer_format(out, "<br><span class=\"small\">%s to %s</span>", low_text, high_text);
    }
}

static void claim_row(sw_writer *out, const json_t *claim) {
    const verdict_style *style = verdict_of(claim);
    sw_writer_add(out, "<tr><th scope=\"row\">");
    sw_writer_escaped(out, sw_json_text(claim, "id"));
    sw_writer_add(out, "</th>");
    cell(out, "", sw_json_text(claim, "claim"));
    cell(out, "", sw_json_text(claim, "paper"));
    sw_writer_add(out, "<td class=\"number\">");
    claim_value(out, claim);
    sw_writer_format(out, "</td><td class=\"verdict %s\">%s %s</td>", style->class_name,
                     style->sign, style->word);
    cell(out, "why", sw_json_text(claim, "why"));
    sw_writer_add(out, "</tr>\n");
}

void sw_page_claims(sw_writer *out, sw_run_folder *folder) {
    size_t count = json_array_size(folder->claims);
    if (count == 0) {
        return;
    }
    size_t tally[3] = {0};
    for (size_t i = 0; i < count; i++) {
        tally[verdict_of(json_array_get(folder->claims, i)) - verdicts]++;
    }
    sw_writer_add(out, "<section><h2>Claims of the paper</h2>\n<p>");
    for (size_t i = 0; i < 3; i++) {
        sw_writer_format(out, "%s<b class=\"%s\">%s %zu %s</b>", i > 0 ? " · " : "",
                         verdicts[i].class_name, verdicts[i].sign, tally[i],
                         i == 2   ? "not tested"
                         : i == 0 ? (tally[i] == 1 ? "agrees" : "agree")
                                  : (tally[i] == 1 ? "disagrees" : "disagree"));
    }
    sw_writer_add(out, "</p>\n<p class=\"small\">“Here” is the simulated value with its 95 % "
                       "interval below. Disagreements are reported as they are found.</p>\n"
                       "<div class=\"scroll\"><table><thead><tr><th scope=\"col\">id</th>"
                       "<th scope=\"col\">claim</th><th scope=\"col\">paper</th>"
                       "<th scope=\"col\" class=\"number\">here</th><th scope=\"col\">verdict</th>"
                       "<th scope=\"col\">why</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < count && i < ROW_LIMIT; i++) {
        claim_row(out, json_array_get(folder->claims, i));
    }
    sw_writer_add(out, "</tbody></table></div></section>\n");
}

/* ---- processes ------------------------------------------------------------------------------- */

static double event_count(const json_t *process, const char *key) {
    double count = sw_json_number(process, key);
    return isfinite(count) && count > 0 && count < 1e18 ? count : 0;
}

static double all_events(const json_t *process) {
    return event_count(process, "forward") + event_count(process, "reverse");
}

/* Selection of the row with the largest count that is below (count, index) of the last one. */
static size_t next_largest(const json_t *list, double last_count, size_t last) {
    size_t best = SIZE_MAX;
    double best_count = -1;
    for (size_t i = 0; i < json_array_size(list) && i < ROW_LIMIT; i++) {
        double count = all_events(json_array_get(list, i));
        bool later = count < last_count || (count == last_count && i > last);
        if (later && count > best_count) {
            best = i;
            best_count = count;
        }
    }
    return best;
}

/* Bars are logarithmic from 1 (a tenth of the width stands for the first event). */
static double bar_width(double count, double decades) {
    return count < 1 ? 0 : 3 + 97 * log10(count) / decades;
}

static void bar(sw_writer *out, double count, double decades) {
    sw_writer_add(out, "<i style=\"width:");
    sw_writer_coordinate(out, bar_width(count, decades));
    sw_writer_add(out, "%\"></i>");
}

static void count_cell(sw_writer *out, double count) {
    char text[SW_NUMBER_SIZE];
    sw_number_count(text, (uint64_t)llround(fabs(count)));
    sw_writer_format(out, "<td class=\"number\">%s%s</td>", count < 0 ? "−" : "", text);
}

/* Whether the run was accelerated, so that processes have events that are not counted. */
static bool passes_over(const json_t *list) {
    return json_object_get(json_array_get(list, 0), "passed over") != NULL;
}

/* An empty cell where they are not known process by process. */
static void passed_cell(sw_writer *out, const json_t *process) {
    if (json_is_number(json_object_get(process, "passed over"))) {
        count_cell(out, round(event_count(process, "passed over")));
    } else {
        cell(out, "number", "");
    }
}

static void process_row(sw_writer *out, const json_t *process, double decades, bool passed) {
    double forward = event_count(process, "forward"), reverse = event_count(process, "reverse");
    sw_writer_add(out, "<tr><th scope=\"row\">");
    sw_writer_escaped(out, sw_json_text(process, "name"));
    sw_writer_add(out, "</th><td class=\"bars\" aria-hidden=\"true\">");
    bar(out, forward, decades);
    bar(out, reverse, decades);
    sw_writer_add(out, "</td>");
    count_cell(out, forward);
    count_cell(out, reverse);
    count_cell(out, forward - reverse);
    if (passed) {
        passed_cell(out, process);
    }
    cell(out, "", sw_json_text(process, "mechanism"));
    cell(out, "help", sw_json_text(process, "help"));
    sw_writer_add(out, "</tr>\n");
}

static void decade_scale(sw_writer *out, int decades) {
    int stride = decades > 5 ? 2 : 1;
    sw_writer_add(out, "<div class=\"decades\" aria-hidden=\"true\">");
    for (int d = 0; d <= decades; d += stride) {
        char power[SW_NUMBER_SIZE];
        sw_number_power_of_ten(power, d);
        sw_writer_add(out, "<span style=\"left:");
        sw_writer_coordinate(out, bar_width(pow(10, d), decades));
        sw_writer_format(out, "%%\">%s</span>", d == 0 ? "1" : power);
    }
    sw_writer_add(out, "</div>");
}

void sw_page_processes(sw_writer *out, sw_run_folder *folder) {
    const json_t *list = json_object_get(folder->run, "processes");
    if (json_array_size(list) == 0) {
        return;
    }
    double largest = 10;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *process = json_array_get(list, i);
        largest = fmax(largest, event_count(process, "forward"));
        largest = fmax(largest, event_count(process, "reverse"));
    }
    int decades = (int)ceil(log10(largest) - 1e-9);
    sw_writer_add(out,
                  "<section><h2>Events by process</h2>\n<p class=\"small\">Bars show counts on a "
                  "logarithmic scale: <span class=\"key\"><i></i>forward</span>, <span "
                  "class=\"key\"><i class=\"reverse\"></i>reverse</span>. Net is forward minus "
                  "reverse. Where both are many and nearly equal, the process is close to "
                  "equilibrium and does not limit the rate.</p>\n<div class=\"scroll\"><table>"
                  "<thead><tr><th scope=\"col\">process</th><th class=\"bars\">");
    decade_scale(out, decades);
    sw_writer_add(out, "</th><th scope=\"col\" class=\"number\">forward</th><th scope=\"col\" "
                       "class=\"number\">reverse</th><th scope=\"col\" class=\"number\">net</th>");
    bool passed = passes_over(list);
    if (passed) {
        sw_writer_add(out, "<th scope=\"col\" class=\"number\">passed over</th>");
    }
    sw_writer_add(out, "<th scope=\"col\">mechanism</th><th scope=\"col\">what happens</th></tr>"
                       "</thead>\n<tbody>\n");
    size_t index = 0;
    double count = INFINITY;
    while ((index = next_largest(list, count, index)) != SIZE_MAX) {
        count = all_events(json_array_get(list, index));
        process_row(out, json_array_get(list, index), decades, passed);
    }
    sw_writer_add(out, "</tbody></table></div>");
    if (passed) {
        sw_writer_add(out, "<p class=\"small\">The run was accelerated: forward and reverse count "
                           "only events that were carried out. Those that acceleration made "
                           "unnecessary are passed over, in both directions together; the cell is "
                           "empty where only their sum is known.</p>");
    }
    sw_writer_add(out, "</section>\n");
}

/* ---- parameters ------------------------------------------------------------------------------ */

static const struct {
    char tag;
    const char *meaning;
} tags[] = {{'S', "stated in the paper"},
            {'L', "read in the cited literature"},
            {'C', "computed from tables"},
            {'M', "textbook or memory, unverified: a starting point, never a validation target"},
            {'F', "fitted here"},
            {'A', "assumed here"}};
#define TAG_COUNT (sizeof tags / sizeof tags[0])

static const char *tag_meaning(const char *tag) {
    for (size_t i = 0; i < TAG_COUNT; i++) {
        if (tag[0] == tags[i].tag && tag[1] == '\0') {
            return tags[i].meaning;
        }
    }
    return NULL;
}

static void parameter_row(sw_writer *out, const json_t *parameter) {
    const char *tag = sw_json_text(parameter, "tag");
    sw_writer_add(out, "<tr><th scope=\"row\"><code>");
    sw_writer_escaped(out, sw_json_text(parameter, "name"));
    sw_writer_add(out, "</code></th><td class=\"number\">");
    sw_writer_escaped(out, sw_json_text(parameter, "text"));
    sw_writer_add(out, "</td><td>");
    if (tag_meaning(tag) != NULL) {
        sw_writer_format(out, "<abbr title=\"%s\">%s</abbr>", tag_meaning(tag), tag);
    } else {
        sw_writer_escaped(out, tag);
    }
    if (sw_json_true(parameter, "swept")) {
        sw_writer_add(out, " <b class=\"swept\">swept</b>");
    }
    sw_writer_add(out, "</td>");
    cell(out, "", sw_json_text(parameter, "source"));
    cell(out, "help", sw_json_text(parameter, "help"));
    sw_writer_add(out, "</tr>\n");
}

/* Parameters of an instrument are choices: they have no source to be trusted. */
static void instrument_parameters(sw_writer *out, const json_t *list) {
    sw_writer_add(out, "<section><h2>Parameters</h2>\n<div class=\"scroll\"><table><thead><tr>"
                       "<th scope=\"col\">parameter</th><th scope=\"col\" class=\"number\">value"
                       "</th><th scope=\"col\">meaning</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *parameter = json_array_get(list, i);
        sw_writer_add(out, "<tr>");
        cell(out, "", sw_json_text(parameter, "name"));
        cell(out, "number", sw_json_text(parameter, "text"));
        cell(out, "help", sw_json_text(parameter, "help"));
        sw_writer_add(out, "</tr>\n");
    }
    sw_writer_add(out, "</tbody></table></div></section>\n");
}

static void model_parameters(sw_writer *out, const json_t *list) {
    sw_writer_add(out, "<section><h2>Parameters</h2>\n<p class=\"small\">How far each is to be "
                       "trusted: ");
    for (size_t i = 0; i < TAG_COUNT; i++) {
        sw_writer_format(out, "%s<b>%c</b> %s", i > 0 ? "; " : "", tags[i].tag, tags[i].meaning);
    }
    sw_writer_add(out,
                  ". <b class=\"swept\">swept</b> is not known and was, or should be, varied."
                  "</p>\n<div class=\"scroll\"><table><thead><tr><th scope=\"col\">parameter"
                  "</th><th scope=\"col\" class=\"number\">value</th><th scope=\"col\">tag</th>"
                  "<th scope=\"col\">source</th><th scope=\"col\">meaning</th></tr></thead>\n"
                  "<tbody>\n");
    for (size_t i = 0; i < json_array_size(list) && i < ROW_LIMIT; i++) {
        parameter_row(out, json_array_get(list, i));
    }
    sw_writer_add(out, "</tbody></table></div></section>\n");
}

void sw_page_parameters(sw_writer *out, sw_run_folder *folder) {
    const json_t *list = json_object_get(folder->run, "parameters");
    if (json_array_size(list) == 0) {
        return;
    }
    if (*sw_json_text(folder->run, "instrument") != '\0') {
        instrument_parameters(out, list);
    } else {
        model_parameters(out, list);
    }
}
