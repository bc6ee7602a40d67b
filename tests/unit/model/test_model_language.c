/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of the language by themselves: formulas, the reference against the schema, balance. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/load.h"
#include "model/sections.h"
#include "model_files.h"
#include "schema_rows.h"

static void formulas(void **state) {
    (void)state;
    int atoms[SW_FORMULA_ELEMENTS];
    assert_true(sw_formula_parse(atoms, "H2O"));
    assert_int_equal(atoms[1], 2);
    assert_int_equal(atoms[8], 1);
    assert_true(sw_formula_parse(atoms, "CO2"));
    assert_int_equal(atoms[6], 1);
    assert_int_equal(atoms[8], 2);
    assert_true(sw_formula_parse(atoms, "He"));
    assert_int_equal(atoms[2], 1);
    assert_int_equal(atoms[1], 0);
    assert_true(sw_formula_parse(atoms, "Co"));
    assert_int_equal(atoms[27], 1);
    assert_true(sw_formula_parse(atoms, "CH3CH3"));
    assert_int_equal(atoms[6], 2);
    assert_int_equal(atoms[1], 6);
    static const char *const wrong[] = {"", "h2", "2H", "H0", "Oxy", "H2O ", "H-", "X2", "H99999"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (sw_formula_parse(atoms, wrong[i]))
            fail_msg("'%s' was taken for a formula", wrong[i]);
}

static char *read_text(const char *path) {
    sw_text text = {0};
    char part[4096];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    for (size_t got; (got = fread(part, 1, sizeof part, file)) > 0;)
        sw_text_append_bytes(&text, part, got);
    fclose(file);
    return sw_text_take(&text);
}

static size_t check_rows(const char *file, const char *reference, const sw_shape *shape,
                         int depth) {
    size_t rows = shape->count;
    char row[ROW_SIZE];
    assert_true(depth < 8);
    for (size_t i = 0; i < shape->count; i++) {
        schema_row(row, &shape->keys[i]);
        if (!strstr(reference, row))
            fail_msg("%s lacks the row of %s:\n%s", file, shape->name, row);
        if (shape->keys[i].shape)
            rows += check_rows(file, reference, shape->keys[i].shape, depth + 1);
    }
    return rows;
}

static void check_reference(const char *file, const sw_shape *root, size_t least) {
    char path[PATH_MAX];
    char *reference = read_text(source_path(path, file));
    assert_true(check_rows(file, reference, root, 0) > least);
    free(reference);
}

static void reference_has_every_key(void **state) {
    (void)state;
    check_reference("docs/model-language.md", &sw_schema_root, 100);
    check_reference("docs/recipe-language.md", &sw_schema_recipe, 80);
    check_reference("docs/powder-language.md", &sw_schema_powder, 90);
    check_reference("docs/diffusion-language.md", &sw_schema_diffusion, 30);
}

/* The worked example of each reference loads. */
static void check_example(const char *file) {
    char path[PATH_MAX];
    char *reference = read_text(source_path(path, file));
    char *start = strstr(reference, "```yaml\nformat: 1");
    assert_non_null(start);
    start += strlen("```yaml\n");
    char *end = strstr(start, "```");
    assert_non_null(end);
    sw_model *model = NULL;
    sw_error error = {0};
    if (sw_model_load_bytes(&model, "example", start, (size_t)(end - start), &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    sw_model_destroy(model);
    free(reference);
}

static void reference_example_loads(void **state) {
    (void)state;
    check_example("docs/model-language.md");
    check_example("docs/recipe-language.md");
    check_example("docs/powder-language.md");
    check_example("docs/diffusion-language.md");
}

static void check_surface(const char *from, const char *to, const char *words) {
    char path[PATH_MAX];
    char *text = read_text(good_path(path, "surface"));
    char *place = strstr(text, from);
    assert_non_null(place);
    assert_int_equal(strlen(from), strlen(to));
    memcpy(place, to, strlen(to));
    sw_model *model = NULL;
    sw_error error = {0};
    sw_status status = sw_model_load_bytes(&model, "text", text, strlen(text), &error);
    if (words && (status != SW_ERROR_MODEL || !strstr(error.message, words)))
        fail_msg("expected '%s', found '%s'", words, error.message);
    if (!words && status != SW_OK)
        fail_msg("%s", error.message);
    sw_model_destroy(model);
    free(text);
}

/*
 * surface.yaml closes one cycle: gas -> top -> hollow -> gas. A barrier changed by 0.1 eV at 500 K
 * is off by exp(0.1 / (500 k)) = 10.18; a prefactor changed ten times, by 10.
 */
static void cycles_of_stated_rates(void **state) {
    (void)state;
    check_surface("barrier: 0.5 eV}}", "barrier: 0.5 eV}}", NULL);
    check_surface("barrier: 1.4 eV}}", "barrier: 1.5 eV}}", "small by a factor of 10.18");
    check_surface("barrier: 0.3 eV, reverse: {prefactor: 1e13",
                  "barrier: 0.3 eV, reverse: {prefactor: 1e12",
                  "'slide' break detailed balance around the cycle with adsorb_top, adsorb_hollow");
    check_surface("barrier: 0.3 eV, reverse: {prefactor: 1e13",
                  "barrier: 0.3 eV, reverse: {prefactor: 1e12", "large by a factor of 10");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formulas),
        cmocka_unit_test(reference_has_every_key),
        cmocka_unit_test(reference_example_loads),
        cmocka_unit_test(cycles_of_stated_rates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
