/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wrong models: every file of tests/models/bad says in its first line what must be said of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/load.h"
#include "model_files.h"
#include "patience.h"

#include <dirent.h>
#include <string.h>
#include <time.h>

typedef struct expectation {
    char kind[16];
    int line, column;
    char words[256];
} expectation;

static void read_expectation(expectation *expected, const char *path) {
    char first[512];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_non_null(fgets(first, sizeof first, file));
    fclose(file);
    if (sscanf(first, "# expect %15s %d:%d: %255[^\n]", expected->kind, &expected->line,
               &expected->column, expected->words) != 4)
        fail_msg("%s does not begin with '# expect KIND LINE:COLUMN: words'", path);
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void check_file(const char *path) {
    expectation expected;
    char place[64];
    sw_error error = {0};
    sw_model *model = NULL;
    read_expectation(&expected, path);
    double begin = seconds();
    sw_status status = sw_model_load(&model, path, NULL, 0, NULL, 0, &error);
    if (seconds() - begin > seconds_allowed(1))
        fail_msg("%s took longer than %g s", path, seconds_allowed(1));
    sw_status wanted = strcmp(expected.kind, "unit") == 0 ? SW_ERROR_UNIT : SW_ERROR_MODEL;
    snprintf(place, sizeof place, ":%d:%d", expected.line, expected.column);
    size_t tail = strlen(place), length = strlen(error.place);
    bool placed = length > tail && strcmp(error.place + length - tail, place) == 0;
    if (status != wanted || error.code != wanted || !placed ||
        !strstr(error.message, expected.words) || error.hint[0] == '\0')
        fail_msg("%s: expected %s%s: %s\n  found %s: %s: %s (%s)", path, expected.kind, place,
                 expected.words, sw_status_name(status), error.place, error.message, error.hint);
    assert_null(model);
    assert_int_equal(sw_model_load(&model, path, NULL, 0, NULL, 0, NULL), wanted);
}

static void every_bad_file_says_what_is_wrong(void **state) {
    (void)state;
    char folder[PATH_MAX], path[PATH_MAX + 300];
    DIR *list = opendir(source_path(folder, "tests/models/bad"));
    assert_non_null(list);
    size_t files = 0;
    for (struct dirent *entry; (entry = readdir(list));) {
        if (!strstr(entry->d_name, ".yaml"))
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        check_file(path);
        files++;
    }
    closedir(list);
    assert_true(files >= 45);
}

static void check_bytes(const char *bytes, size_t length, const char *words) {
    sw_model *model = NULL;
    sw_error error = {0};
    double begin = seconds();
    assert_int_equal(sw_model_load_bytes(&model, "text", bytes, length, &error), SW_ERROR_MODEL);
    assert_true(seconds() - begin < seconds_allowed(2));
    assert_null(model);
    if (!strstr(error.message, words))
        fail_msg("expected '%s', found '%s'", words, error.message);
    assert_non_null(strstr(error.place, "text:"));
}

static void empty_texts(void **state) {
    (void)state;
    check_bytes("", 0, "found an empty text");
    check_bytes("\n\n", 2, "found an empty text");
    check_bytes("~", 1, "expected a model");
    check_bytes("{}", 2, "needs the key 'format'");
}

static void binary_junk(void **state) {
    (void)state;
    char junk[4096];
    uint32_t word = 12345;
    for (size_t i = 0; i < sizeof junk; i++) {
        word = word * 1664525u + 1013904223u;
        junk[i] = (char)(word >> 24);
    }
    check_bytes(junk, sizeof junk, "expected text, found the byte");
    check_bytes("a: \0b", 5, "found the byte 0x00");
    check_bytes("a: \xff", 4, "found the byte 0xff");
    check_bytes("a: \xc3", 4, "found the byte 0xc3");
    check_bytes("a: \x1b[2J", 7, "found the byte 0x1b");
    check_bytes("a: \"x\\0y\"", 9, "zero byte");
}

static char *repeat(const char *head, const char *body, size_t times, const char *tail,
                    size_t *length) {
    size_t part = strlen(body), start = strlen(head);
    char *text = malloc(start + part * times + strlen(tail) + 1);
    assert_non_null(text);
    memcpy(text, head, start);
    for (size_t i = 0; i < times; i++)
        memcpy(text + start + i * part, body, part);
    strcpy(text + start + part * times, tail);
    *length = strlen(text);
    return text;
}

static void too_much_of_everything(void **state) {
    (void)state;
    size_t length;
    char *text = repeat("a: ", "xxxxxxxx", 600000, "", &length);
    check_bytes(text, length, "the file has 4800003 bytes");
    free(text);
    text = repeat("a: [", "1,", 200000, "1]", &length);
    check_bytes(text, length, "more than 100000 values");
    free(text);
    text = repeat("a: ", "[", 100000, "", &length);
    check_bytes(text, length, "");
    free(text);
    text = repeat("", "- ", 100000, "", &length);
    check_bytes(text, length, "");
    free(text);
    sw_model *model = NULL;
    text = malloc(2000 * 8);
    assert_non_null(text);
    length = 0;
    for (int i = 0; i < 1100; i++)
        length += (size_t)sprintf(text + length, "k%d: 1\n", i);
    check_bytes(text, length, "more than 1024 keys");
    free(text);
    assert_null(model);
}

static void sources_that_do_not_exist(void **state) {
    (void)state;
    sw_model *model = NULL;
    sw_error error = {0};
    assert_int_equal(sw_model_load(&model, "./nothing.yaml", NULL, 0, NULL, 0, &error),
                     SW_ERROR_FILE);
    assert_non_null(strstr(error.place, "nothing.yaml"));
    assert_int_equal(sw_model_load(&model, "/", NULL, 0, NULL, 0, &error), SW_ERROR_FILE);
    assert_int_equal(sw_model_load(&model, "/dev/zero", NULL, 0, NULL, 0, &error), SW_ERROR_FILE);
    assert_int_equal(sw_model_load(&model, "nife-fe304", NULL, 0, NULL, 0, &error),
                     SW_ERROR_NOT_FOUND);
    assert_string_equal(error.hint, "a file is given as ./name.yaml; did you mean 'nife-fe3o4'?");
    assert_int_equal(sw_model_load(&model, NULL, NULL, 0, NULL, 0, &error), SW_ERROR_ARGUMENT);
    assert_int_equal(sw_model_load(&model, "x", NULL, 1, NULL, 0, &error), SW_ERROR_ARGUMENT);
    assert_null(model);
    sw_model_destroy(NULL);
}

/* Messages repeat parts of the file; control characters of a setting must not come through. */
static void messages_are_printable(void **state) {
    (void)state;
    sw_model *model = NULL;
    sw_error error = {0};
    const sw_setting setting = {"run.events", "\"\\x1b[2J\""};
    assert_int_equal(sw_model_load(&model, "nife-fe3o4", &setting, 1, NULL, 0, &error),
                     SW_ERROR_UNIT);
    for (const char *letter = error.message; *letter; letter++)
        assert_true((unsigned char)*letter >= ' ');
    assert_non_null(strstr(error.place, "setting run.events"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_bad_file_says_what_is_wrong),
        cmocka_unit_test(empty_texts),
        cmocka_unit_test(binary_junk),
        cmocka_unit_test(too_much_of_everything),
        cmocka_unit_test(sources_that_do_not_exist),
        cmocka_unit_test(messages_are_printable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
