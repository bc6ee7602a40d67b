/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Atom-probe points: the bytes are made here, number by number. */
#include "io_cases.h"

typedef struct record_bytes {
    unsigned char bytes[4096];
    size_t size;
} record_bytes;

static void put_word(record_bytes *out, uint32_t word) {
    for (int k = 3; k >= 0; k--)
        out->bytes[out->size++] = (unsigned char)(word >> (8 * k));
}

static void put_real(record_bytes *out, float real) {
    uint32_t word;
    memcpy(&word, &real, sizeof word);
    put_word(out, word);
}

static double number_of(const sw_atoms *atoms, const char *column, size_t atom) {
    ptrdiff_t found = sw_atoms_find(atoms, column);
    assert_true(found >= 0);
    return sw_atoms_column_const(atoms, (size_t)found)[atom];
}

static void put_ion(record_bytes *out, float x, float y, float z, float mass) {
    put_real(out, x);
    put_real(out, y);
    put_real(out, z);
    put_real(out, mass);
}

static void test_pos(void **state) {
    (void)state;
    record_bytes file = {.size = 0};
    sw_content content;
    put_ion(&file, 0.5f, -1.25f, 100.0f, 27.5f);
    put_ion(&file, -2.0f, 0.0f, 0.125f, 55.75f);
    assert_int_equal(sw_read_memory(&content, file.bytes, file.size, "tip.POS", 0, NULL), SW_OK);
    assert_int_equal(sw_atoms_count(content.atoms), 2);
    const double *at = sw_atoms_positions_const(content.atoms);
    assert_number(at[0], 5.0); /* A */
    assert_number(at[1], -12.5);
    assert_number(at[2], 1000.0);
    assert_number(at[5], 1.25);
    assert_number(number_of(content.atoms, "mass_to_charge", 0), 27.5);
    assert_number(number_of(content.atoms, "mass_to_charge", 1), 55.75);
    assert_int_equal(sw_atoms_elements_const(content.atoms)[0], 0);
    assert_false(sw_atoms_cell(content.atoms, NULL, NULL));
    sw_content_clear(&content);
}

static void test_epos(void **state) {
    (void)state;
    static const char *const names[] = {"mass_to_charge",    "time_of_flight", "standing_voltage",
                                        "pulse_voltage",     "detector_x",     "detector_y",
                                        "pulses_since_last", "ions_in_pulse"};
    record_bytes file = {.size = 0};
    sw_content content;
    for (int ion = 0; ion < 3; ion++) {
        for (int k = 0; k < 9; k++)
            put_real(&file, (float)(10 * ion + k) + 0.5f);
        put_word(&file, 4000000000u);
        put_word(&file, (uint32_t)ion);
    }
    assert_int_equal(sw_read_memory(&content, file.bytes, file.size, "tip.epos", 0, NULL), SW_OK);
    assert_int_equal(sw_atoms_count(content.atoms), 3);
    assert_number(sw_atoms_positions_const(content.atoms)[7], 215.0);
    for (int k = 0; k < 6; k++)
        assert_number(number_of(content.atoms, names[k], 1), 13.5 + k);
    assert_number(number_of(content.atoms, names[6], 2), 4e9);
    assert_number(number_of(content.atoms, names[7], 2), 2.0);
    assert_true(sw_atoms_column_is_integer(content.atoms, 7));
    sw_content_clear(&content);
}

static void refuse(const record_bytes *file, const char *name, sw_status code, const char *place,
                   const char *word) {
    sw_content content;
    sw_error error = {0};
    assert_int_equal(sw_read_memory(&content, file->bytes, file->size, name, 0, &error), code);
    if (!strstr(error.place, place) || !strstr(error.message, word))
        fail_msg("%s: %s", error.place, error.message);
    assert_null(content.atoms);
}

static void test_wrong_files(void **state) {
    (void)state;
    record_bytes cut = {.size = 0}, wild = {.size = 0}, swapped = {.size = 0};
    for (int i = 0; i < 4; i++)
        put_ion(&cut, 1, 2, 3, 4);
    wild = cut;
    cut.size -= 3;
    refuse(&cut, "a.pos", SW_ERROR_FORMAT, "a.pos @ byte 48", "records of 16 bytes");
    refuse(&cut, "a.epos", SW_ERROR_FORMAT, "a.epos @ byte 44", "records of 44 bytes");
    put_ion(&wild, 1, 2, 3, NAN);
    refuse(&wild, "a.pos", SW_ERROR_FORMAT, "a.pos @ byte 64", "ion 5");
    wild.size -= 16;
    put_ion(&wild, 1, INFINITY, 3, 4);
    refuse(&wild, "a.pos", SW_ERROR_FORMAT, "a.pos @ byte 64", "ion 5");
    wild.size -= 16;
    put_ion(&wild, 1, 2, 3, 2e5f);
    refuse(&wild, "a.pos", SW_ERROR_FORMAT, "a.pos @ byte 64", "200000");
    for (int i = 0; i < 44; i++)
        swapped.bytes[swapped.size++] = i % 4 == 0 ? 0x7f : 0x41;
    refuse(&swapped, "a.epos", SW_ERROR_FORMAT, "a.epos @ byte 0", "1e6 nm");
    sw_content content;
    sw_error error = {0};
    assert_int_equal(sw_read_memory(&content, cut.bytes, 48, "a.pos", 3, &error),
                     SW_ERROR_NOT_FOUND);
    /* by another name the bytes are nothing that is known */
    assert_int_equal(sw_read_memory(&content, cut.bytes, 48, "a.bin", 0, &error),
                     SW_ERROR_UNSUPPORTED);
}

static void test_real_file(void **state) {
    (void)state;
    const char *path = shared_data("apt/ifit_test.pos");
    if (!path)
        skip();
    sw_content content = read_file(path, 0);
    double sums[3] = {0}, masses = 0.0;
    assert_int_equal(sw_atoms_count(content.atoms), 1000);
    for (size_t i = 0; i < 1000; i++) {
        masses += number_of(content.atoms, "mass_to_charge", i);
        for (size_t k = 0; k < 3; k++)
            sums[k] += sw_atoms_positions_const(content.atoms)[3 * i + k] / 10.0;
    }
    assert_number(masses, 1000.0);
    assert_near(sums[0], -26.423069358, 1e-8);
    assert_near(sums[1], 0.613844156, 1e-8);
    assert_near(sums[2], -30.210237801, 1e-8);
    sw_content_clear(&content);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pos),
        cmocka_unit_test(test_epos),
        cmocka_unit_test(test_wrong_files),
        cmocka_unit_test(test_real_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
