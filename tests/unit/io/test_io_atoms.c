/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Atoms through text and HDF5 files and back, bit by bit; readings with known answers. */
#include "io_cases.h"

static const double cell[3][3] = {{4.125, 0, 0}, {1.0 / 3, 5.0625, 0}, {-0.7, 0.1, 6.2}};
static const bool periodic[3] = {true, true, false};

/* Numbers that need all their digits, an integer column, a wide column, awkward notes. */
static sw_atoms *make_atoms(bool with_cell) {
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, 4), SW_OK);
    static const uint8_t elements[4] = {28, 8, 8, 26};
    for (size_t i = 0; i < 4; i++) {
        sw_atoms_elements(atoms)[i] = elements[i];
        for (size_t k = 0; k < 3; k++)
            sw_atoms_positions(atoms)[3 * i + k] = (double)(i + 1) / (double)(3 * k + 7) - 0.1;
    }
    if (with_cell)
        sw_atoms_set_cell(atoms, cell, periodic);
    assert_int_equal(sw_atoms_add_column(atoms, "type", 1, true), SW_OK);
    assert_int_equal(sw_atoms_add_column(atoms, "stress", 6, false), SW_OK);
    for (size_t i = 0; i < 4; i++)
        sw_atoms_column(atoms, 0)[i] = (double)(i + 1) * 1e15;
    for (size_t i = 0; i < 24; i++)
        sw_atoms_column(atoms, 1)[i] = i == 7 ? NAN : pow(-1.1, (double)i) * 1e-9;
    assert_int_equal(sw_atoms_set_note(atoms, "timestep", "12"), SW_OK);
    assert_int_equal(sw_atoms_set_note(atoms, "source", "a \"quoted\" \\ text\nin two lines"),
                     SW_OK);
    return atoms;
}

static void assert_same_columns(const sw_atoms *a, const sw_atoms *b) {
    for (size_t i = 0; i < sw_atoms_columns(a); i++) {
        ptrdiff_t found = sw_atoms_find(b, sw_atoms_column_name(a, i));
        assert_true(found >= 0);
        size_t width = sw_atoms_column_width(a, i);
        assert_int_equal(sw_atoms_column_width(b, (size_t)found), width);
        assert_int_equal(sw_atoms_column_is_integer(b, (size_t)found),
                         sw_atoms_column_is_integer(a, i));
        for (size_t k = 0; k < width * sw_atoms_count(a); k++)
            assert_number(sw_atoms_column_const(b, (size_t)found)[k],
                          sw_atoms_column_const(a, i)[k]);
    }
}

static void assert_same_atoms(const sw_atoms *a, const sw_atoms *b) {
    double cells[2][3][3];
    bool periods[2][3];
    assert_int_equal(sw_atoms_count(a), sw_atoms_count(b));
    for (size_t i = 0; i < sw_atoms_count(a); i++) {
        assert_int_equal(sw_atoms_elements_const(a)[i], sw_atoms_elements_const(b)[i]);
        for (size_t k = 0; k < 3; k++)
            assert_number(sw_atoms_positions_const(b)[3 * i + k],
                          sw_atoms_positions_const(a)[3 * i + k]);
    }
    bool has_cell = sw_atoms_cell(a, cells[0], periods[0]);
    assert_int_equal(sw_atoms_cell(b, cells[1], periods[1]), has_cell);
    for (size_t i = 0; i < 9 && has_cell; i++)
        assert_number(cells[1][i / 3][i % 3], cells[0][i / 3][i % 3]);
    for (size_t i = 0; i < 3 && has_cell; i++)
        assert_int_equal(periods[1][i], periods[0][i]);
    assert_same_columns(a, b);
}

static void assert_same_notes(const sw_atoms *a, const sw_atoms *b) {
    assert_int_equal(sw_atoms_notes(a), sw_atoms_notes(b));
    for (size_t i = 0; i < sw_atoms_notes(a); i++) {
        assert_string_equal(sw_atoms_note_key(a, i), sw_atoms_note_key(b, i));
        assert_string_equal(sw_atoms_note_text(a, i), sw_atoms_note_text(b, i));
    }
}

static void write_and_compare(void **state, const char *name, bool with_cell, bool notes) {
    sw_error error = {0};
    sw_atoms *atoms = make_atoms(with_cell);
    const char *path = path_in(state, name);
    if (sw_write_atoms(path, NULL, atoms, false, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    sw_content content = read_file(path, 0);
    assert_int_equal(content.noun, SW_NOUN_ATOMS);
    assert_same_atoms(atoms, content.atoms);
    if (notes)
        assert_same_notes(atoms, content.atoms);
    sw_content_clear(&content);
    sw_atoms_destroy(atoms);
}

static void test_extxyz_roundtrip(void **state) {
    write_and_compare(state, "a.extxyz", true, true);
    write_and_compare(state, "cluster.xyz", false, true);
}

static void test_hdf5_roundtrip(void **state) {
    write_and_compare(state, "a.h5", true, true);
    write_and_compare(state, "cluster.h5", false, true);
}

/* A dump always has a box; the tilt goes through the enclosing bounds, so it is equal to rounding
 * and everything else exactly. */
static void test_dump_roundtrip(void **state) {
    sw_error error = {0};
    sw_atoms *atoms = make_atoms(true);
    const char *path = path_in(state, "a.dump");
    assert_int_equal(sw_write_atoms(path, NULL, atoms, false, &error), SW_OK);
    sw_content content = read_file(path, -1);
    double found[3][3];
    bool period[3];
    assert_true(sw_atoms_cell(content.atoms, found, period));
    for (size_t i = 0; i < 9; i++)
        assert_near(found[i / 3][i % 3], cell[i / 3][i % 3], 1e-14);
    assert_memory_equal(period, periodic, sizeof period);
    assert_same_columns(atoms, content.atoms);
    for (size_t i = 0; i < 12; i++)
        assert_number(sw_atoms_positions(content.atoms)[i], sw_atoms_positions(atoms)[i]);
    assert_memory_equal(sw_atoms_elements(content.atoms), sw_atoms_elements(atoms), 4);
    assert_string_equal(sw_atoms_note(content.atoms, "timestep"), "12");
    sw_content_clear(&content);
    sw_atoms_destroy(atoms);
}

static void test_poscar_roundtrip(void **state) {
    sw_error error = {0};
    sw_atoms *atoms = make_atoms(true);
    assert_int_equal(sw_atoms_add_column(atoms, "selective_dynamics", 3, true), SW_OK);
    sw_atoms_column(atoms, 2)[4] = 1;
    assert_int_equal(sw_atoms_set_note(atoms, "comment", "four atoms"), SW_OK);
    const char *path = path_in(state, "POSCAR");
    assert_int_equal(sw_write_atoms(path, NULL, atoms, false, &error), SW_OK);
    sw_content content = read_file(path, 0);
    for (size_t i = 0; i < 12; i++) {
        assert_number(sw_atoms_positions(content.atoms)[i], sw_atoms_positions(atoms)[i]);
        assert_number(sw_atoms_column(content.atoms, 0)[i], i == 4);
    }
    assert_memory_equal(sw_atoms_elements(content.atoms), sw_atoms_elements(atoms), 4);
    assert_string_equal(sw_atoms_note(content.atoms, "comment"), "four atoms");
    sw_content_clear(&content);
    sw_atoms_destroy(atoms);
}

static void test_append_frames(void **state) {
    sw_error error = {0};
    static const char *const names[] = {"t.extxyz", "t.lammpstrj"};
    for (size_t n = 0; n < 2; n++) {
        const char *path = path_in(state, names[n]);
        size_t frames;
        for (size_t i = 0; i < 3; i++) {
            sw_atoms *atoms = make_atoms(true);
            sw_atoms_positions(atoms)[0] = (double)i + 0.5;
            assert_int_equal(sw_atoms_resize(atoms, 4 - i), SW_OK);
            assert_int_equal(sw_write_atoms(path, NULL, atoms, true, &error), SW_OK);
            sw_atoms_destroy(atoms);
        }
        assert_int_equal(sw_frame_count(&frames, path, &error), SW_OK);
        assert_int_equal(frames, 3);
        for (ptrdiff_t i = -3; i < 3; i++) {
            sw_content content = read_file(path, i);
            size_t index = (size_t)(i < 0 ? i + 3 : i);
            assert_number(sw_atoms_positions(content.atoms)[0], (double)index + 0.5);
            assert_int_equal(sw_atoms_count(content.atoms), 4 - index);
            sw_content_clear(&content);
        }
        sw_content content;
        assert_int_equal(sw_read(&content, path, NULL, 3, &error), SW_ERROR_NOT_FOUND);
        assert_int_equal(sw_read(&content, path, NULL, -4, &error), SW_ERROR_NOT_FOUND);
        assert_null(content.atoms);
    }
}

static void test_extxyz_dialects(void **state) {
    (void)state;
    sw_content content = read_text(
        "2\nProperties=species:S:1:pos:R:3:fixed:L:1:who:S:1 Lattice=\"2 0 0 0 3 0 0 0 4\" "
        "energy = -1.5 done virial=[[1, 2], [3, 4]] \"odd key\"='x'\nFe 0 1.5d0 -2E-1 T a\nO2- 1 "
        "1 1 F b\n\n",
        "a.xyz", 0);
    double box[3][3];
    bool period[3];
    assert_true(sw_atoms_cell(content.atoms, box, period));
    assert_true(period[0] && period[1] && period[2]);
    assert_number(box[1][1], 3);
    assert_number(sw_atoms_positions(content.atoms)[1], 1.5);
    assert_number(sw_atoms_positions(content.atoms)[2], -0.2);
    assert_int_equal(sw_atoms_elements(content.atoms)[1], 8);
    assert_number(sw_atoms_column(content.atoms, 0)[0], 1);
    assert_string_equal(sw_atoms_note(content.atoms, "done"), "T");
    assert_string_equal(sw_atoms_note(content.atoms, "virial"), "[[1, 2], [3, 4]]");
    assert_string_equal(sw_atoms_note(content.atoms, "odd key"), "'x'");
    assert_string_equal(sw_atoms_note(content.atoms, "unread_columns"), "who");
    sw_content_clear(&content);
}

static void test_plain_xyz(void **state) {
    (void)state;
    sw_content content = read_text("1\r\nten ps\r\n26 0 0 1 extra\r\n", "a.xyz", 0);
    assert_int_equal(sw_atoms_elements(content.atoms)[0], 26);
    assert_string_equal(sw_atoms_note(content.atoms, "comment"), "ten ps");
    sw_content_clear(&content);
    content = read_text("0\n\n", "empty.xyz", 0);
    assert_int_equal(sw_atoms_count(content.atoms), 0);
    sw_content_clear(&content);
}

/* The worked example of the LAMMPS manual's bounding box rule: lx 4, xy 1, xz -2, yz 0.5. */
static void test_dump_triclinic(void **state) {
    (void)state;
    sw_content content =
        read_text("ITEM: TIMESTEP\n5\nITEM: NUMBER OF ATOMS\n2\n"
                  "ITEM: BOX BOUNDS xy xz yz pp ff pp\n"
                  "-1 6 1\n2 7.5 -2\n0 8 0.5\n"
                  "ITEM: ATOMS id type xs ys zs ix\n1 2 0 0 0 0\n2 1 1 0.5 0.25 -1\n",
                  "a.dump", 0);
    double box[3][3];
    bool period[3];
    sw_atoms_cell(content.atoms, box, period);
    assert_number(box[0][0], 4);
    assert_number(box[1][0], 1);
    assert_number(box[1][1], 5);
    assert_number(box[2][0], -2);
    assert_number(box[2][1], 0.5);
    assert_number(box[2][2], 8);
    assert_true(period[0] && !period[1] && period[2]);
    const double *positions = sw_atoms_positions(content.atoms);
    assert_number(positions[0], 1); /* xlo = -1 - min(0, 1, -2, -1) */
    assert_number(positions[3], 5); /* 1 + 4 + 0.5 * 1 + 0.25 * -2 */
    assert_number(positions[4], 4.625);
    assert_number(positions[5], 2);
    assert_int_equal(sw_atoms_elements(content.atoms)[0], 0);
    assert_string_equal(sw_atoms_note(content.atoms, "cell_origin"), "1 2 0");
    sw_content_clear(&content);
}

static void test_dump_unwrapped(void **state) {
    (void)state;
    static const char head[] = "ITEM: TIMESTEP\n0\nITEM: NUMBER OF ATOMS\n1\n"
                               "ITEM: BOX BOUNDS pp pp pp\n0 10\n0 10\n0 10\n";
    static const char *const rows[] = {"ITEM: ATOMS element xu yu zu\nFe 12 -3 5\n",
                                       "ITEM: ATOMS element xsu ysu zsu\nFe 1.2 -0.3 0.5\n"};
    for (int i = 0; i < 2; i++) {
        char text[512];
        snprintf(text, sizeof text, "%s%s", head, rows[i]);
        sw_content content = read_text(text, "a.dump", 0);
        assert_near(sw_atoms_positions(content.atoms)[0], 12, 1e-14);
        assert_near(sw_atoms_positions(content.atoms)[1], -3, 1e-14);
        assert_int_equal(sw_atoms_elements(content.atoms)[0], 26);
        sw_content_clear(&content);
    }
}

static void test_poscar_scaling(void **state) {
    (void)state;
    static const char *const scales[] = {"2.0", "-64", "2 2 2"};
    for (int i = 0; i < 3; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "rock salt\n%s\n2 0 0\n0 2 0\n0 0 2\nNi O\n1 1\nCartesian\n0 0 0\n1 1 1\n",
                 scales[i]);
        sw_content content = read_text(text, "POSCAR", 0);
        double box[3][3];
        bool period[3];
        sw_atoms_cell(content.atoms, box, period);
        assert_near(box[2][2], 4, 1e-14);
        assert_near(sw_atoms_positions(content.atoms)[5], 2, 1e-14);
        sw_content_clear(&content);
    }
}

static void test_poscar_old(void **state) {
    (void)state;
    sw_content content = read_text("Fe O\n1\n4 0 0\n0 4 0\n0 0 4\n1 1\nSelective\nDirect\n"
                                   "0 0 0 T F T\n0.5 0.25 0 F F F\n",
                                   "CONTCAR", 0);
    assert_int_equal(sw_atoms_elements(content.atoms)[1], 8);
    assert_number(sw_atoms_positions(content.atoms)[4], 1);
    assert_number(sw_atoms_column(content.atoms, 0)[1], 0);
    assert_number(sw_atoms_column(content.atoms, 0)[2], 1);
    sw_content_clear(&content);
}

static void test_refused_writes(void **state) {
    sw_error error = {0};
    sw_atoms *atoms = make_atoms(false);
    assert_int_equal(sw_write_atoms(path_in(state, "no.vasp"), NULL, atoms, false, &error),
                     SW_ERROR_UNSUPPORTED);
    assert_non_null(strstr(error.message, "cell"));
    assert_int_equal(sw_write_atoms(path_in(state, "no.mrc"), NULL, atoms, false, &error),
                     SW_ERROR_UNSUPPORTED);
    assert_int_equal(sw_write_atoms(path_in(state, "no.what"), NULL, atoms, false, &error),
                     SW_ERROR_UNSUPPORTED);
    assert_int_equal(sw_write_atoms(path_in(state, "no.h5"), NULL, atoms, true, &error),
                     SW_ERROR_UNSUPPORTED);
    assert_int_equal(sw_atoms_add_column(atoms, "two words", 1, false), SW_OK);
    assert_int_equal(sw_write_atoms(path_in(state, "no.xyz"), NULL, atoms, false, &error),
                     SW_ERROR_ARGUMENT);
    static const double turned[3][3] = {{0, 4, 0}, {4, 0, 0}, {0, 0, 4}};
    sw_atoms_set_cell(atoms, turned, periodic);
    assert_int_equal(sw_write_atoms(path_in(state, "no.dump"), NULL, atoms, false, &error),
                     SW_ERROR_ARGUMENT);
    assert_int_equal(files_in(*state), 0);
    sw_atoms_destroy(atoms);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_extxyz_roundtrip, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_hdf5_roundtrip, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_dump_roundtrip, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_poscar_roundtrip, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_append_frames, make_folder, remove_folder),
        cmocka_unit_test(test_extxyz_dialects),
        cmocka_unit_test(test_plain_xyz),
        cmocka_unit_test(test_dump_triclinic),
        cmocka_unit_test(test_dump_unwrapped),
        cmocka_unit_test(test_poscar_scaling),
        cmocka_unit_test(test_poscar_old),
        cmocka_unit_test_setup_teardown(test_refused_writes, make_folder, remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
