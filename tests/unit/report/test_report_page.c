/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of a synthetic run: a particle with a helical pattern of two elements on an oxide slab,
 * in six frames, with series, bands, claims and hostile texts. */
#include <dirent.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <spillway/report.h>

#include "markup.h"

static const char hostile[] = "</script><b>&amp; \\\"x\\\" 'y' \\u2028 {{style}}";
static const char hostile_escaped[] =
    "&lt;/script&gt;&lt;b&gt;&amp;amp; &quot;x&quot; &#39;y&#39; \u2028 {{style}}";

/* ---- a run folder ---------------------------------------------------------------------------- */

typedef struct folder {
    char path[64];
} folder;

static FILE *create(const folder *run, const char *name) {
    char path[160];
    snprintf(path, sizeof path, "%s/%s", run->path, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    return file;
}

static void write_text(const folder *run, const char *name, const char *text) {
    FILE *file = create(run, name);
    fputs(text, file);
    fclose(file);
}

static void write_run(const folder *run) {
    FILE *file = create(run, "run.json");
    fprintf(
        file,
        "{\"spillway\":\"0.1.0\",\"model\":\"example\",\"title\":\"Title %s\","
        "\"description\":\"Description %s\",\"citation\":\"Citation\",\"simulator\":\"lattice\","
        "\"seed\":1234567890123456789,\"command\":\"spillway simulate example --seed 7\","
        "\"host\":\"host\",\"started\":\"2026-01-05T10:20:30Z\",\"wall_seconds\":4.5,"
        "\"events\":2345678,\"simulated_seconds\":8.5e-6,\"events_per_second\":56251.5,"
        "\"fingerprint\":\"9f0c11aa\",\"status\":\"interrupted\",\"quick\":true,"
        "\"without\":[\"spillover\"],\"settings\":[{\"path\":\"temperature\",\"text\":\"700 "
        "degC\"}],"
        "\"headline\":[{\"name\":\"velocity %s\",\"value\":1.83e5,\"spread\":2.1e4,\"unit\":"
        "\"nm/s\",\"help\":\"mean\"},{\"name\":\"empty\",\"value\":null}],"
        "\"parameters\":[{\"name\":\"hop %s\",\"text\":\"0.8 eV\",\"tag\":\"M\",\"swept\":true,"
        "\"source\":\"none\",\"help\":\"barrier\"}],"
        "\"processes\":[{\"name\":\"rare\",\"mechanism\":\"m\",\"forward\":1,\"reverse\":0,"
        "\"help\":\"h\"},{\"name\":\"often %s\",\"forward\":1000000,\"reverse\":999000}]}",
        hostile, hostile, hostile, hostile, hostile);
    fclose(file);
}

static void write_series(const folder *run) {
    FILE *file = create(run, "series.csv");
    fputs("time [s],removed,removed spread,velocity [nm/s],empty\n", file);
    for (int i = 0; i < 60; i++) {
        fprintf(file, "%g,%g,%g,%g,nan\n", i * 1e-7, 10.0 * i, 3.0 + i / 10.0, 1e5 * sin(i / 10.0));
    }
    fclose(file);
}

static void write_plots(const folder *run) {
    FILE *file = create(run, "plots.json");
    fprintf(
        file,
        "[{\"title\":\"Exchange %s\",\"table\":\"series\",\"x\":\"time\",\"y\":[\"removed\"],"
        "\"y_label\":\"atoms\",\"kind\":\"steps\",\"help\":\"Read %s\",\"log_y\":false},"
        "{\"title\":\"Velocity\",\"table\":\"series\",\"x\":\"time\",\"y\":\"velocity +- removed "
        "spread, "
        "gone\","
        "\"y_label\":\"velocity\",\"kind\":\"lines\",\"help\":\"How fast\"},"
        "{\"title\":\"Nothing\",\"table\":\"series\",\"x\":\"time\",\"y\":[\"empty\"],"
        "\"y_label\":\"y\",\"kind\":\"lines\",\"help\":\"\"},"
        "{\"title\":\"Lost\",\"table\":\"../secret\",\"x\":\"a\",\"y\":[\"b\"],\"kind\":"
        "\"bars\"},{\"title\":\"No column\",\"table\":\"series\",\"x\":\"time\",\"y\":[\"gone\"]}"
        ",17,{\"title\":\"Mixed\",\"x\":\"time\",\"y\":\"removed,velocity\"}]",
        hostile, hostile);
    fclose(file);
}

static void write_claims(const folder *run) {
    FILE *file = create(run, "claims.json");
    fprintf(
        file,
        "{\"claims\":[{\"id\":\"B1\",\"claim\":\"onset %s\",\"paper\":\"about 500\",\"value\":"
        "487.21,\"interval\":[471,503.4],\"unit\":\"degC\",\"verdict\":\"agrees\",\"why\":\"w\"},"
        "{\"id\":\"B2\",\"claim\":\"c\",\"value\":2,\"interval\":[1,3],\"verdict\":\"disagrees\"},"
        "{\"id\":\"B3\",\"claim\":\"d\",\"value\":null,\"verdict\":\"not tested\"}]}",
        hostile);
    fclose(file);
}

/* Slab of a rock salt and, above it, a ball of iron and nickel in a helical pattern that moves. */
static void write_frame(FILE *file, int frame) {
    enum { N = 10, HEIGHT = 3, R = 3 };
    int count = N * N * HEIGHT + (2 * R + 1) * (2 * R + 1) * (2 * R + 1);
    fprintf(file,
            "%d\nLattice=\"21 0 0 0 21 0 0 0 30\" Properties=species:S:1:pos:R:3:phase:I:1 "
            "time=%g\n",
            count, frame * 1.7e-6);
    for (int i = 0; i < N * N * HEIGHT; i++) {
        int x = i % N, y = i / N % N, z = i / (N * N);
        fprintf(file, "%s %.2f %.2f %.2f 1\n", (x + y + z) % 2 ? "O" : "Fe", 2.1 * x, 2.1 * y,
                2.1 * z);
    }
    for (int i = 0; i < (2 * R + 1) * (2 * R + 1) * (2 * R + 1); i++) {
        int x = i % (2 * R + 1) - R, y = i / (2 * R + 1) % (2 * R + 1) - R;
        int z = i / ((2 * R + 1) * (2 * R + 1));
        bool nickel = sin(atan2(y, x) + 0.9 * z) > 0;
        fprintf(file, "%s %.2f %.2f %.2f 2\n", nickel ? "Ni" : "Fe", 9 + 1.8 * x + 0.3 * frame,
                9 + 1.8 * y, 6.5 + 1.8 * z);
    }
}

static void write_trajectory(const folder *run) {
    FILE *file = create(run, "trajectory.xyz");
    for (int frame = 0; frame < 6; frame++) {
        write_frame(file, frame);
    }
    fclose(file);
}

static int make_folder(void **state) {
    folder *run = calloc(1, sizeof *run);
    if (run == NULL) {
        return -1;
    }
    strcpy(run->path, "/tmp/spillway-report-XXXXXX");
    *state = run;
    return mkdtemp(run->path) != NULL ? 0 : -1;
}

static void remove_files(const char *path) {
    DIR *open = opendir(path);
    for (struct dirent *entry; open != NULL && (entry = readdir(open)) != NULL;) {
        char file[400];
        snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
        if (entry->d_name[0] != '.') {
            unlink(file);
        }
    }
    if (open != NULL) {
        closedir(open);
    }
    rmdir(path);
}

static int remove_folder(void **state) {
    folder *run = *state;
    char figures[80];
    snprintf(figures, sizeof figures, "%s/figures", run->path);
    remove_files(figures);
    remove_files(run->path);
    free(run);
    return 0;
}

static char *read_whole(const char *path) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *text = malloc(size + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, size, file), size);
    text[size] = '\0';
    fclose(file);
    return text;
}

/* Makes the report and returns its text, checked to be well-formed and to load nothing. */
static char *report(const folder *run, bool figures) {
    char *path = NULL;
    sw_error error = {0};
    if (sw_report(&path, run->path, figures, NULL, &error) != SW_OK) {
        fail_msg("%s: %s", error.place, error.message);
    }
    char *page = read_whole(path);
    free(path);
    markup check = markup_check(page);
    assert_string_equal(check.wrong, "");
    assert_null(strstr(page, "src=\"http"));
    assert_null(strstr(page, "<link"));
    assert_null(strstr(page, "@import"));
    assert_null(strstr(page, "<b>&amp;"));
    return page;
}

static void expect(const char *page, const char *part) {
    if (strstr(page, part) == NULL) {
        fail_msg("the page lacks: %s", part);
    }
}

static size_t occurrences(const char *text, const char *part) {
    size_t count = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) {
        count++;
    }
    return count;
}

/* ---- tests ----------------------------------------------------------------------------------- */

static void write_all_but_atoms(const folder *run) {
    write_run(run);
    write_series(run);
    write_plots(run);
    write_claims(run);
}

static void write_everything(const folder *run) {
    write_all_but_atoms(run);
    write_trajectory(run);
}

static void every_section_is_there(void **state) {
    const folder *run = *state;
    write_everything(run);
    char *page = report(run, false);
    static const char *const parts[] = {"<h1>Title ",
                                        "interrupted",
                                        "simulated time</span> 8.5 µs",
                                        "Quick run.",
                                        "<code>spillover</code>",
                                        "183 <small>± 21</small> <span class=\"unit\">µm/s</span>",
                                        "no value",
                                        "✓ agrees</td>",
                                        "✗ disagrees</td>",
                                        "○ not tested</td>",
                                        "487 °C",
                                        "471 to 503",
                                        "1\u202f000\u202f000",
                                        "999\u202f000",
                                        "swept</b>",
                                        "<abbr title=\"textbook or memory",
                                        "1234567890123456789",
                                        "9f0c11aa",
                                        "spillway simulate example --seed 7",
                                        "temperature = 700 degC",
                                        "time / µs",
                                        "velocity / (µm/s)",

                                        "Bands: 95 % confidence interval.",
                                        ">no data</text>",
                                        "All 6 frames of the trajectory are embedded",
                                        "data:image/png;base64,",
                                        "id=\"scene\">{",
                                        "Fe iron",
                                        "Ni nickel",
                                        "O oxygen",
                                        "prefers-color-scheme: dark",
                                        "@media print",
                                        "href=\"series.csv\""};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        expect(page, parts[i]);
    }
    assert_int_equal(occurrences(page, "<svg xmlns"), 7);
    assert_int_equal(occurrences(page, "<img "), 2);
    free(page);
}

static void texts_from_files_are_escaped(void **state) {
    const folder *run = *state;
    write_everything(run);
    char *page = report(run, false);
    /* title (twice), description, headline, parameter, process, claim, plot title, plot help */
    assert_true(occurrences(page, hostile_escaped) >= 9);
    assert_int_equal(occurrences(page, "</script>"), 4);
    free(page);
}

static void what_is_wrong_is_noted(void **state) {
    const folder *run = *state;
    write_all_but_atoms(run);
    char *page = report(run, false);
    expect(page, "Notes on this page");
    expect(page, "&quot;../secret&quot; is not the name of a table");
    expect(page, "The plot &quot;Mixed&quot; holds columns of different units");
    expect(page, "asks for the column &quot;gone&quot;");
    free(page);
}

static void run_json_alone_is_enough(void **state) {
    const folder *run = *state;
    write_text(run, "run.json", "{}");
    char *page = report(run, true);
    expect(page, "Untitled run");
    expect(page, "There is no trajectory.xyz");
    expect(page, "There is no plots.json");
    assert_null(strstr(page, "id=\"scene\""));
    free(page);
}

static void damaged_files_are_noted(void **state) {
    const folder *run = *state;
    write_run(run);
    write_text(run, "plots.json", "[{\"title\": ");
    write_text(run, "claims.json", "{\"claims\": 3}");
    write_text(run, "series.csv", "");
    write_text(run, "trajectory.xyz", "this is not a trajectory\n");
    char *page = report(run, false);
    expect(page, "plots.json could not be read");
    expect(page, "claims.json holds no list of claims");
    expect(page, "series.csv could not be read");
    expect(page, "trajectory.xyz could not be read");
    free(page);
}

static void columns_are_drawn_without_plots_json(void **state) {
    const folder *run = *state;
    write_run(run);
    write_series(run);
    char *page = report(run, false);
    /* removed (with its band), velocity and the empty column; the spread has no plot of its own */
    assert_int_equal(occurrences(page, "<svg xmlns"), 3);
    assert_null(strstr(page, "<h3>removed spread"));
    free(page);
}

static void figures_are_written(void **state) {
    const folder *run = *state;
    write_all_but_atoms(run);
    free(report(run, true));
    static const char *const names[] = {"02-velocity.svg", "02-velocity.pdf", "02-velocity.png",
                                        "03-nothing.svg"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[160];
        struct stat found;
        snprintf(path, sizeof path, "%s/figures/%s", run->path, names[i]);
        assert_int_equal(stat(path, &found), 0);
        assert_true(found.st_size > 400);
        if (strstr(path, ".svg") != NULL) {
            char *svg = read_whole(path);
            markup check = markup_check(svg);
            assert_string_equal(check.wrong, "");
            free(svg);
        }
    }
}

static void a_folder_without_a_run_is_refused(void **state) {
    const folder *run = *state;
    char *path = (char *)1;
    sw_error error = {0};
    assert_int_equal(sw_report(&path, run->path, false, NULL, &error), SW_ERROR_FILE);
    assert_null(path);
    assert_true(error.hint[0] != '\0');
    write_text(run, "run.json", "{\"title\": \n oops");
    assert_int_equal(sw_report(&path, run->path, false, NULL, &error), SW_ERROR_FORMAT);
    assert_non_null(strstr(error.place, "run.json:2"));
    write_text(run, "run.json", "[]");
    assert_int_equal(sw_report(&path, run->path, false, NULL, &error), SW_ERROR_FORMAT);
}

/* A gas that is off is a tiny number; two gases alike hide each other. */
static void what_is_switched_off_is_left_out(void **state) {
    const folder *run = *state;
    write_run(run);
    FILE *file = create(run, "series.csv");
    fputs("time [s],on [bar],like [bar],off [bar],never [bar]\n", file);
    for (int i = 0; i < 9; i++) {
        fprintf(file, "%d,0.5,0.5,1e-30,0\n", i);
    }
    fclose(file);
    file = create(run, "plots.json");
    fputs("[{\"title\":\"Gas\",\"table\":\"series\",\"x\":\"time\",\"y\":\"on,like,off,never\","
          "\"kind\":\"lines\",\"log_y\":true}]",
          file);
    fclose(file);
    char *page = report(run, false);
    assert_non_null(strstr(page, "are not shown: off, never."));
    assert_non_null(strstr(page, ">0.5</text>")); /* the axis spans what is on */
    assert_null(strstr(page, ">off</text>"));     /* nor is it in the legend */
    assert_non_null(strstr(page, "stroke-dasharray"));
    free(page);
}

/* Fields take their labels from the table of that name, and say where there is none. */
static void fields_take_their_labels(void **state) {
    const folder *run = *state;
    write_run(run);
    write_text(
        run, "plots.json",
        "[{\"title\":\"Stable\",\"table\":\"boundaries\",\"x\":\"temperature\",\"y\":\"ratio\","
        "\"y_label\":\"ratio\",\"kind\":\"fields\",\"log_y\":false}]");
    write_text(run, "boundaries.csv",
               "between,temperature [degC],ratio\na | b,400,1\na | b,500,2\n\"\",,\nb | c,400,3\nb "
               "| c,500,4\n");
    char *page = report(run, false);
    assert_non_null(strstr(page, "has no table of fields"));
    free(page);
    write_text(run, "fields.csv",
               "label,temperature [degC],ratio\nfcc + wustite,450,2.5\n\"\",,\n");
    page = report(run, false);
    assert_null(strstr(page, "has no table of fields"));
    assert_non_null(strstr(page, ">fcc + wustite</text>"));
    free(page);
}

int main(void) {
#define PAGE_TEST(name) cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)
    const struct CMUnitTest tests[] = {
        PAGE_TEST(every_section_is_there),
        PAGE_TEST(texts_from_files_are_escaped),
        PAGE_TEST(what_is_wrong_is_noted),
        PAGE_TEST(run_json_alone_is_enough),
        PAGE_TEST(damaged_files_are_noted),
        PAGE_TEST(columns_are_drawn_without_plots_json),
        PAGE_TEST(what_is_switched_off_is_left_out),
        PAGE_TEST(fields_take_their_labels),
        PAGE_TEST(figures_are_written),
        PAGE_TEST(a_folder_without_a_run_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
