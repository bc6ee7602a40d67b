/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parameters of instruments, and what a measurement holds. */
#include <spillway/instrument.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

static const char *const colours[] = {"red", "green", NULL};

static const sw_instrument_parameter parameters[] = {
    {.name = "cutoff",
     .kind = SW_TAKES_QUANTITY,
     .dimension = SW_LENGTH,
     .standard = "auto",
     .least = 0.1,
     .most = 100,
     .help = "how far"},
    {.name = "bins",
     .kind = SW_TAKES_COUNT,
     .standard = "10",
     .least = 1,
     .most = 1000,
     .help = "how many"},
    {.name = "smooth", .kind = SW_TAKES_SWITCH, .standard = "no", .help = "whether"},
    {.name = "colour",
     .kind = SW_TAKES_CHOICE,
     .standard = "red",
     .choices = colours,
     .help = "which"},
    {.name = "elements", .kind = SW_TAKES_TEXT, .help = "of what"},
    {0},
};

static const sw_instrument_preset presets[] = {
    {"paper", "a paper", (const char *const[]){"cutoff=4.5 nm", "bins=7", "elements=Zr", NULL}},
    {"broken", "a slip", (const char *const[]){"cutof=45 nm", NULL}},
    {0},
};

static const sw_instrument instrument = {
    .name = "trial", .parameters = parameters, .presets = presets};

static sw_status make(sw_instrument_settings **settings, const char *preset, const char *name,
                      const char *text, sw_error *error) {
    const char *const given[2][2] = {{"elements", "Fe"}, {name, text}};
    return sw_instrument_settings_create(settings, &instrument, preset, given, name ? 2 : 1, error);
}

static void values_come_in_order(void **state) {
    (void)state;
    sw_instrument_settings *settings;
    assert_int_equal(make(&settings, NULL, NULL, NULL, NULL), SW_OK);
    assert_true(sw_setting_is_automatic(settings, "cutoff"));
    assert_int_equal(sw_setting_count(settings, "bins"), 10);
    assert_false(sw_setting_switch(settings, "smooth"));
    assert_string_equal(sw_setting_text(settings, "elements"), "Fe");
    sw_instrument_settings_destroy(settings);

    assert_int_equal(make(&settings, "paper", "bins", "8", NULL), SW_OK);
    assert_false(sw_setting_is_automatic(settings, "cutoff"));
    assert_true(fabs(sw_setting_number(settings, "cutoff") - 45.0) < 1e-9);
    assert_int_equal(sw_setting_count(settings, "bins"), 8);
    assert_string_equal(sw_setting_as_text(settings, 0), "4.5 nm");
    sw_instrument_settings_destroy(settings);

    assert_int_equal(make(&settings, NULL, "colour", "green", NULL), SW_OK);
    assert_int_equal(sw_setting_choice(settings, "colour"), 1);
    sw_instrument_settings_destroy(settings);
}

static void wrong_settings_are_named(void **state) {
    (void)state;
    static const struct {
        const char *preset, *name, *text, *place, *hint;
    } wrong[] = {
        {NULL, "cutof", "3 A", "trial", "cutoff"}, {NULL, "cutoff", "3", "cutoff", "nm"},
        {NULL, "cutoff", "3 s", "cutoff", "nm"},   {NULL, "cutoff", "1e9 A", "cutoff", "far"},
        {NULL, "bins", "many", "bins", "how"},     {NULL, "bins", "auto", "bins", "how"},
        {NULL, "bins", "0", "bins", "how"},        {NULL, "bins", "-1", "bins", "how"},
        {NULL, "smooth", "true", "smooth", "yes"}, {NULL, "colour", "blue", "colour", "green"},
        {"pauper", NULL, NULL, "trial", "paper"},  {"broken", NULL, NULL, "trial", "cutoff"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        sw_instrument_settings *settings;
        sw_error error = {0};
        assert_int_not_equal(make(&settings, wrong[i].preset, wrong[i].name, wrong[i].text, &error),
                             SW_OK);
        assert_null(settings);
        assert_string_equal(error.place, wrong[i].place);
        assert_non_null(strstr(error.hint, wrong[i].hint));
    }
    sw_instrument_settings *settings;
    sw_error error = {0};
    assert_int_equal(sw_instrument_settings_create(&settings, &instrument, NULL, NULL, 0, &error),
                     SW_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "elements"));
}

static void a_measurement_keeps_what_it_is_given(void **state) {
    (void)state;
    sw_measurement *measurement;
    sw_table *table;
    const char *name;
    assert_int_equal(sw_measurement_create(&measurement), SW_OK);
    for (int i = 0; i < 100; i++) {
        assert_int_equal(
            sw_measurement_add(measurement, i == 50 ? "half" : "other", i, i - 1, i + 1, "A", NULL),
            SW_OK);
        assert_int_equal(sw_measurement_note(measurement, "note %d", i), SW_OK);
        assert_int_equal(sw_table_create(&table), SW_OK);
        assert_int_equal(sw_measurement_add_table(measurement, i ? "more" : "first", table), SW_OK);
    }
    assert_int_equal(sw_measurement_values(measurement), 100);
    assert_true(sw_measurement_find(measurement, "half")->value > 49.5);
    assert_null(sw_measurement_find(measurement, "third"));
    assert_null(sw_measurement_value(measurement, 100));
    assert_string_equal(sw_measurement_note_at(measurement, 99), "note 99");
    assert_non_null(sw_measurement_table(measurement, 0, &name));
    assert_string_equal(name, "first");
    assert_null(sw_measurement_table(measurement, 100, &name));
    assert_null(sw_measurement_atoms(measurement));
    sw_measurement_destroy(measurement);
    sw_measurement_destroy(NULL);
}

static void meshes_are_handed_on(void **state) {
    (void)state;
    sw_measurement *measurement, *other;
    sw_mesh *mesh;
    const char *name;
    assert_int_equal(sw_measurement_create(&measurement), SW_OK);
    assert_int_equal(sw_measurement_create(&other), SW_OK);
    assert_int_equal(sw_mesh_create(&mesh, 3, 1), SW_OK);
    assert_int_equal(sw_measurement_add_mesh(other, "surface", mesh), SW_OK);
    assert_int_equal(sw_measurement_merge(measurement, "other", other), SW_OK);
    assert_int_equal(sw_measurement_meshes(other), 0);
    assert_int_equal(sw_measurement_meshes(measurement), 1);
    assert_ptr_equal(sw_measurement_mesh(measurement, 0, &name), mesh);
    assert_string_equal(name, "surface");
    assert_null(sw_measurement_mesh(measurement, 1, &name));
    sw_measurement_destroy(measurement);
    sw_measurement_destroy(other);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_come_in_order),
        cmocka_unit_test(wrong_settings_are_named),
        cmocka_unit_test(a_measurement_keeps_what_it_is_given),
        cmocka_unit_test(meshes_are_handed_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
