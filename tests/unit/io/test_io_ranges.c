/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Formulas of ions, range files of both kinds, and ranging. */
#include "io_cases.h"

#define RNG                                                                                        \
    "2 3\r\nIron\r\nFe 1.00 0.00 1.00\r\nOxygen\r\nO 0.00 0.80 1.00\r\n---------- Fe O\r\n"        \
    ". 27.7 28.3 1 0\r\n. 15.9 16.1 0 1\r\n. 71.6 72.4 2 1\r\n"
#define EXTENSION                                                                                  \
    "\n--- polyatomic extension\n2 2\nFe2O\nFe2O 0 0.6 0.6\nFeO\nFeO 1 1 1\n--- Fe2O FeO\n"        \
    ". 71.6 72.4 1 0\n. 35.8 36.2 0 1\n"
#define HEAD "[Ions]\nNumber=2\nIon1=Fe\nIon2=O\n[Ranges]\n"

static sw_ranges *read_ranges(const char *text, const char *name) {
    sw_ranges *ranges;
    sw_error error = {0};
    if (sw_ranges_read_memory(&ranges, text, strlen(text), name, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    return ranges;
}

static const char *ion_at(const sw_ranges *ranges, double mass) {
    ptrdiff_t range = sw_ranges_find(ranges, mass);
    return range < 0 ? "none"
                     : sw_ranges_ion(ranges, sw_ranges_at(ranges, (size_t)range)->ion)->name;
}

static void test_formulas(void **state) {
    (void)state;
    sw_ion ion;
    assert_true(sw_ion_parse(&ion, "Fe2O3"));
    assert_int_equal(ion.parts, 2);
    assert_int_equal(ion.part[0].element, 26);
    assert_int_equal(ion.part[1].element, 8);
    assert_int_equal(ion.part[1].count, 3);
    assert_true(sw_ion_parse(&ion, "OHO")); /* one part an element */
    assert_int_equal(ion.parts, 2);
    assert_string_equal(ion.name, "O2H");
    assert_true(sw_ion_parse(&ion, "D2O"));
    assert_int_equal(ion.part[0].element, 1);
    assert_true(sw_ion_parse(&ion, "QiP")); /* Qi is no element */
    assert_int_equal(ion.part[0].element, 0);
    assert_int_equal(ion.part[1].element, 15);
    assert_true(sw_ion_parse(&ion, "52pt5"));
    assert_int_equal(ion.parts, 1);
    assert_string_equal(ion.name, "52pt5");
    assert_false(sw_ion_parse(&ion, ""));
    assert_false(sw_ion_parse(&ion, "Fe O"));
    assert_false(sw_ion_parse(&ion, "HHeLiBeBCNOFNeNaMg"));
    assert_false(sw_ion_parse(&ion, "abcdefghijklmnopq"));
}

static void test_rng(void **state) {
    (void)state;
    sw_ranges *ranges = read_ranges(RNG, "a.rng");
    assert_int_equal(sw_ranges_count(ranges), 3);
    assert_int_equal(sw_ranges_ions(ranges), 3);
    assert_string_equal(ion_at(ranges, 28.0), "Fe");
    assert_string_equal(ion_at(ranges, 27.7), "Fe");
    assert_string_equal(ion_at(ranges, 28.3), "Fe");
    assert_string_equal(ion_at(ranges, 28.31), "none");
    assert_string_equal(ion_at(ranges, 72.0), "Fe2O");
    assert_string_equal(ion_at(ranges, 1.0), "none");
    assert_string_equal(ion_at(ranges, NAN), "none");
    assert_number(sw_ranges_at(ranges, 0)->low, 15.9); /* rising */
    assert_int_equal(sw_ranges_ion(ranges, sw_ranges_at(ranges, 0)->ion)->colour[1], 204);
    assert_null(sw_ranges_at(ranges, 3));
    sw_ranges_destroy(ranges);

    ranges = read_ranges(RNG EXTENSION, "a.rng"); /* which repeats a range */
    assert_int_equal(sw_ranges_count(ranges), 4);
    assert_string_equal(ion_at(ranges, 72.0), "Fe2O");
    assert_string_equal(ion_at(ranges, 36.0), "FeO");
    sw_ranges_destroy(ranges);
}

static void test_rrng(void **state) {
    (void)state;
    sw_ranges *ranges = read_ranges(HEAD "Number=4\n"
                                         "Range1=27.7 28.3 Vol:0.01 Fe:1 Color:FF7f00\n"
                                         "Range2=28.3 28.6 Vol:0.01 Fe:1 O:2 Color:000001\n"
                                         "Range3=50 51 Vol:0 Name:50pt5 Color:000000\n"
                                         "Range4=28.6 29 O:2 Fe:1\n",
                                    "a.rrng");
    assert_int_equal(sw_ranges_count(ranges), 4);
    assert_int_equal(sw_ranges_ions(ranges), 3); /* the order of the parts makes no other ion */
    assert_string_equal(ion_at(ranges, 28.3), "FeO2");
    assert_string_equal(ion_at(ranges, 28.2), "Fe");
    assert_string_equal(ion_at(ranges, 50.5), "50pt5");
    const sw_ion *iron = sw_ranges_ion(ranges, 0);
    assert_true(iron->colour[0] == 255 && iron->colour[1] == 127 && iron->colour[2] == 0);
    sw_ranges_destroy(ranges);
}

static void test_ranging(void **state) {
    (void)state;
    static const double masses[5] = {28.0, 16.0, 72.0, 40.0, 28.3};
    static const int elements[5] = {26, 8, 26, 0, 26}, types[5] = {1, 2, 3, 0, 1};
    sw_ranges *ranges = read_ranges(RNG, "a.rng");
    sw_atoms *atoms;
    sw_error error = {0};
    size_t ranged;
    assert_int_equal(sw_atoms_create(&atoms, 5), SW_OK);
    assert_int_equal(sw_ranges_apply(&ranged, atoms, ranges, &error), SW_ERROR_ARGUMENT);
    assert_string_equal(error.place, "mass_to_charge");
    assert_int_equal(sw_atoms_add_column(atoms, "mass_to_charge", 1, false), SW_OK);
    memcpy(sw_atoms_column(atoms, 0), masses, sizeof masses);
    for (int round = 0; round < 2; round++) { /* the second takes the column over */
        assert_int_equal(sw_ranges_apply(&ranged, atoms, ranges, NULL), SW_OK);
        assert_int_equal(ranged, 4);
        for (size_t i = 0; i < 5; i++) {
            assert_int_equal(sw_atoms_elements_const(atoms)[i], elements[i]);
            assert_number(sw_atoms_column(atoms, 1)[i], types[i]);
        }
        assert_int_equal(sw_atoms_columns(atoms), 2);
        assert_string_equal(sw_atoms_note(atoms, "ion_types"), "Fe O Fe2O");
    }
    sw_atoms_destroy(atoms);
    sw_ranges_destroy(ranges);
}

static const struct {
    const char *content, *place, *word;
} wrong[] = {
    {"here are none\n", "r:1:1", "numbers of ions"},
    {"[Ions]\nNumber=1\n", "r", "none"},
    {"1\n", "r:1:2", "numbers of ions"},
    {"1 1\nIron\n", "r:2", "short name"},
    {"1 1\nIron\nFe 1 0\n", "r:3:7", "colour"},
    {"1 1\nIron\nFe 1 0 2\n", "r:3", "colour"},
    {"2 1\nIron\nFe 1 0 1\n---- Fe\n. 1 2 1\n", "r:5", "colour"},
    {"1 1\nIron\nFe 1 0 1\n---- O\n. 1 2 1\n", "r:4:6", "column Fe"},
    {"1 1\nIron\nFe 1 0 1\n---- Fe\n. 2 1 1\n", "r:5", "2 to 1"},
    {"1 1\nIron\nFe 1 0 1\n---- Fe\n. 1 2 0\n", "r:5", "elements"},
    {"1 1\nIron\nFe 1 0 1\n---- Fe\n. 1 2 1 1\n", "r:5:9", "end of the line"},
    {"1 1\nIron\nFe 1 0 1\n---- Fe\n. 1 x 1\n", "r:5:5", "\"x\""},
    {"1 2\nIron\nFe 1 0 1\n---- Fe\n. 1 2 1\n", "r:5", "end of the file"},
    {"1 1\nIron\nFe 1 0 1\n---- Fe\n. 1 2 1\n. 3 4 1\n", "r:6", "end of the file"},
    {RNG ". 3 4 1 0\n", "r:10", "end of the file"},
    {"1 2\nIron\nFe 1 0 1\n---- Fe\n. 1 2 1\n. 1.5 4 2\n", "r:6", "overlaps that of line 5"},
    {"[Peaks]\n", "r:1", "[Ions]"},
    {HEAD "Number=2\nRange1=1 2 Fe:1\n", "r:7", "expected 2 ranges, found 1"},
    {HEAD "Number=x\n", "r:6", "number of ranges"},
    {HEAD "Range1=1 Fe:1\n", "r:6:10", "Fe:1"},
    {HEAD "Range1=1 2 Fe\n", "r:6:12", "\"Fe\""},
    {HEAD "Range1=1 2 Fe:0\n", "r:6:12", "Fe:0"},
    {HEAD "Range1=1 2 Fe:1 Color:12345G\n", "r:6:17", "Color"},
    {HEAD "Range1=1 2\n", "r:6", "elements"},
    {HEAD "Range1\n", "r:6", "'='"},
    {HEAD "Rang1=1 2\n", "r:6", "Range1"},
};

static void test_wrong_files(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        sw_ranges *ranges;
        sw_error error = {0};
        assert_int_equal(
            sw_ranges_read_memory(&ranges, wrong[i].content, strlen(wrong[i].content), "r", &error),
            SW_ERROR_FORMAT);
        assert_null(ranges);
        if (strcmp(error.place, wrong[i].place) != 0 || !strstr(error.message, wrong[i].word))
            fail_msg("case %zu: %s: %s", i, error.place, error.message);
    }
    sw_ranges *ranges;
    assert_int_equal(sw_ranges_read_memory(&ranges, "1 1\0", 4, "r", NULL), SW_ERROR_FORMAT);
    assert_int_equal(sw_ranges_read(&ranges, "/nowhere/a.rng", NULL), SW_ERROR_FILE);
}

static void test_real_files(void **state) {
    (void)state;
    static const struct {
        const char *name;
        size_t ranges;
        double mass;
        const char *ion;
    } files[] = {
        {"apt/3depict_test3.rng", 59, 10.095, "L"},
        {"apt/3depict_test3.rrng", 42, 92.5, "AC"},
        {"apt/apt-tools_rangefile.rrng", 32, 70.0, "Ca2CO3"},
        {"apt/SeHoKim_R5076_44076_v02.rng", 138, 36.0, "FeO"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const char *path = shared_data(files[i].name);
        sw_ranges *ranges;
        sw_error error = {0};
        if (!path)
            skip();
        if (sw_ranges_read(&ranges, path, &error) != SW_OK)
            fail_msg("%s: %s", error.place, error.message);
        assert_int_equal(sw_ranges_count(ranges), files[i].ranges);
        assert_string_equal(ion_at(ranges, files[i].mass), files[i].ion);
        sw_ranges_destroy(ranges);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formulas),    cmocka_unit_test(test_rng),
        cmocka_unit_test(test_rrng),        cmocka_unit_test(test_ranging),
        cmocka_unit_test(test_wrong_files), cmocka_unit_test(test_real_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
