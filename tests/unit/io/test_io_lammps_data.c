/* SPDX-License-Identifier: GPL-3.0-or-later */
/* LAMMPS data files: what is written is read again, and files of others mean what they say. */
#include "io_cases.h"

static const double cell[3][3] = {{4.125, 0, 0}, {1.0 / 3, 5.0625, 0}, {-0.7, 0.1, 6.2}};
static const bool periodic[3] = {true, false, true};
static const uint8_t elements[4] = {28, 8, 8, 26};

static double *add_column(sw_atoms *atoms, const char *name, bool integer) {
    assert_int_equal(sw_atoms_add_column(atoms, name, 1, integer), SW_OK);
    return sw_atoms_column(atoms, sw_atoms_columns(atoms) - 1);
}

static sw_atoms *make_atoms(void) {
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, 4), SW_OK);
    memcpy(sw_atoms_elements(atoms), elements, sizeof elements);
    for (size_t i = 0; i < 12; i++)
        sw_atoms_positions(atoms)[i] = (double)(i + 1) / 7 - 0.1;
    sw_atoms_set_cell(atoms, cell, periodic);
    return atoms;
}

/* Numbers as awkward as any: ids out of order, images of both signs, velocities, charges. */
static void add_all_columns(sw_atoms *atoms) {
    static const char *const names[] = {"ix", "iy", "iz", "vx", "vy", "vz"};
    double *id = add_column(atoms, "id", true);
    for (size_t i = 0; i < 4; i++)
        id[i] = (double)(7 * (3 - i) % 11 + 1);
    double *type = add_column(atoms, "type", true);
    memcpy(type, (double[]){2, 1, 4, 3}, 4 * sizeof *type);
    double *charge = add_column(atoms, "q", false);
    for (size_t i = 0; i < 4; i++)
        charge[i] = 1.0 / (double)(i + 3) - 0.2;
    for (size_t k = 0; k < 6; k++) {
        double *values = add_column(atoms, names[k], k < 3);
        for (size_t i = 0; i < 4; i++)
            values[i] = k < 3 ? (double)(i + k) - 3 : pow(-1.7, (double)(i + k)) * 1e-3;
    }
}

static void assert_same_columns(const sw_atoms *a, const sw_atoms *b) {
    for (size_t i = 0; i < sw_atoms_columns(a); i++) {
        ptrdiff_t found = sw_atoms_find(b, sw_atoms_column_name(a, i));
        assert_true(found >= 0);
        assert_int_equal(sw_atoms_column_is_integer(b, (size_t)found),
                         sw_atoms_column_is_integer(a, i));
        for (size_t k = 0; k < sw_atoms_count(a); k++)
            assert_number(sw_atoms_column_const(b, (size_t)found)[k],
                          sw_atoms_column_const(a, i)[k]);
    }
}

static void write_and_compare(void **state, const sw_atoms *atoms, size_t columns) {
    sw_error error = {0};
    const char *path = path_in(state, "a.lmp");
    if (sw_write_atoms(path, NULL, atoms, false, &error) != SW_OK)
        fail_msg("%s: %s", error.place, error.message);
    sw_content content = read_file(path, -1);
    double found[3][3];
    bool axes[3];
    assert_int_equal(sw_atoms_count(content.atoms), sw_atoms_count(atoms));
    assert_int_equal(sw_atoms_columns(content.atoms), columns);
    assert_same_columns(atoms, content.atoms);
    assert_memory_equal(sw_atoms_elements(content.atoms), elements, 4);
    for (size_t i = 0; i < 12; i++)
        assert_number(sw_atoms_positions(content.atoms)[i], sw_atoms_positions_const(atoms)[i]);
    assert_true(sw_atoms_cell(content.atoms, found, axes));
    for (size_t i = 0; i < 9; i++) /* a corner off the origin costs a rounding */
        assert_near(found[i / 3][i % 3], cell[i / 3][i % 3], 1e-14);
    assert_memory_equal(axes, periodic, sizeof periodic);
    sw_content_clear(&content);
}

static void test_roundtrip(void **state) {
    sw_atoms *atoms = make_atoms();
    write_and_compare(state, atoms, 2); /* id and type are made */
    add_all_columns(atoms);
    write_and_compare(state, atoms, 9);
    assert_int_equal(sw_atoms_set_note(atoms, "cell_origin", "0.1 -2 3"), SW_OK);
    assert_int_equal(sw_atoms_set_note(atoms, "comment", "four, boundary = odd\natoms"), SW_OK);
    write_and_compare(state, atoms, 9);
    sw_content content = read_file(path_in(state, "a.lmp"), 0);
    assert_string_equal(sw_atoms_note(content.atoms, "cell_origin"), "0.1 -2 3");
    assert_string_equal(sw_atoms_note(content.atoms, "comment"), "four, boundary = odd atoms");
    sw_content_clear(&content);
    sw_atoms_destroy(atoms);
}

/* Without elements there are no masses; without atoms nothing but a box. */
static void test_bare_atoms(void **state) {
    sw_atoms *atoms = make_atoms();
    char *text;
    size_t size;
    sw_atoms_set_cell(atoms, NULL, NULL);
    sw_atoms_elements(atoms)[1] = 0;
    assert_int_equal(sw_write_atoms(path_in(state, "a.lmp"), NULL, atoms, false, NULL), SW_OK);
    assert_int_equal(sw_read_file(&text, &size, path_in(state, "a.lmp"), 4096, NULL), SW_OK);
    assert_null(strstr(text, "Masses"));
    assert_non_null(strstr(text, "boundary = f f f\n"));
    assert_non_null(strstr(text, "4 atoms\n4 atom types\n"));
    free(text);
    sw_content content = read_file(path_in(state, "a.lmp"), 0);
    assert_int_equal(sw_atoms_elements(content.atoms)[0], 0);
    sw_content_clear(&content);
    assert_int_equal(sw_atoms_resize(atoms, 0), SW_OK);
    assert_int_equal(sw_write_atoms(path_in(state, "a.lmp"), NULL, atoms, false, NULL), SW_OK);
    content = read_file(path_in(state, "a.lmp"), 0);
    assert_int_equal(sw_atoms_count(content.atoms), 0);
    sw_content_clear(&content);
    sw_atoms_destroy(atoms);
}

#define HEAD "title\n\n2 atoms # two\n3 atom types\n-1 3 xlo xhi\n0 5 ylo yhi\n0 6 zlo zhi\n"

/* Style charge by its nine words; masses behind the atoms; other sections passed over. */
static void test_sections_in_any_order(void **state) {
    (void)state;
    sw_content content =
        read_text(HEAD "1 -2 0.5 xy xz yz\n\nPair Coeffs\n\n1 1 2\n2 3 4\n3 x y\n\n"
                       "Atoms\n\n5 3 -2 0 0.25 1d0 0 -1 0\n4 1 2 1 1 1 0 0 2\n\n"
                       "Masses\n\n3 16\n1 58.7 # nickel\n2 1 # Fe\n\n"
                       "Velocities\n\n4 1 2 3\n5 4 5 6\n",
                  "a.lmp", 0);
    const sw_atoms *atoms = content.atoms;
    double box[3][3];
    bool axes[3];
    assert_true(sw_atoms_cell(atoms, box, axes) && axes[0] && axes[1] && axes[2]);
    assert_number(box[0][0], 4);
    assert_number(box[1][0], 1);
    assert_number(box[2][0], -2);
    assert_number(box[2][1], 0.5);
    assert_string_equal(sw_atoms_note(atoms, "cell_origin"), "-1 0 0");
    assert_int_equal(sw_atoms_elements_const(atoms)[0], 8);
    assert_int_equal(sw_atoms_elements_const(atoms)[1], 28);
    assert_number(sw_atoms_positions_const(atoms)[2], 1);
    assert_number(sw_atoms_column_const(atoms, (size_t)sw_atoms_find(atoms, "q"))[0], -2);
    assert_number(sw_atoms_column_const(atoms, (size_t)sw_atoms_find(atoms, "iz"))[1], 2);
    assert_number(sw_atoms_column_const(atoms, (size_t)sw_atoms_find(atoms, "vx"))[0], 4);
    assert_number(sw_atoms_column_const(atoms, (size_t)sw_atoms_find(atoms, "vz"))[1], 3);
    sw_content_clear(&content);
}

/* A label beats a comment, a comment a mass; a weight that two elements have is none. */
static void test_elements_of_types(void **state) {
    (void)state;
    static const struct {
        const char *sections;
        int element;
    } types[] = {
        {"Masses\n\n1 55.85\n2 1\n3 1\n\n", 26},
        {"Masses\n\n1 58.93 # Co2+\n2 1\n3 1\n\n", 27},
        {"Masses\n\n1 2.014 # D\n2 1\n3 1\n\n", 1},
        {"Masses\n\n1 55.845 # No comment\n2 1\n3 1\n\n", 26}, /* no nobelium */
        {"Masses\n\n1 40.0\n2 1\n3 1\n\n", 0},                 /* argon or calcium */
        {"Masses\n\n1 300\n2 1\n3 1\n\n", 0},
        {"Atom Type Labels\n\n1 Ce\n2 O1\n3 O2\n\nMasses\n\n1 55.845 # Fe\n2 1\n3 1\n\n", 58},
        {"", 0},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        char text[512];
        snprintf(text, sizeof text, HEAD "\n%sAtoms # atomic\n\n1 1 0 0 0\n2 1 1 1 1\n",
                 types[i].sections);
        sw_content content = read_text(text, "a.lmp", 0);
        if (sw_atoms_elements_const(content.atoms)[1] != types[i].element)
            fail_msg("case %zu: element %d", i, sw_atoms_elements_const(content.atoms)[1]);
        sw_content_clear(&content);
    }
    sw_content content =
        read_text("file, units = lj\n1 atoms\n1 atom types\n0 1 xlo xhi\n\nMasses\n\n"
                  "1 1.0\n\nAtoms\n\n1 1 0 0 0\n",
                  "a.lmp", 0);
    assert_int_equal(sw_atoms_elements_const(content.atoms)[0], 0); /* reduced units: no hydrogen */
    sw_content_clear(&content);
}

static void test_labels_and_vectors(void **state) {
    (void)state;
    sw_content content = read_text("\n2 atoms\n2 atom types\n0 4 0 avec\n-5 -1 0 bvec\n0 0 6 cvec\n"
                                   "1 2 3 abc origin\n\nAtom Type Labels\n\n1 Ni\n2 O_s\n\n"
                                   "Atoms # charge\n\n1 O_s -2 0 0 0\n2 Ni 2 1 1 1\n",
                                   "a.lmp", 0);
    assert_int_equal(sw_atoms_elements_const(content.atoms)[0], 8);
    assert_int_equal(sw_atoms_elements_const(content.atoms)[1], 28);
    assert_number(sw_atoms_column_const(content.atoms, 1)[0], 2);
    sw_content_clear(&content);
}

/* What is assumed or dropped is told by info. */
static void test_remarks(void **state) {
    char *text;
    static const char file[] = HEAD "\nMasses\n\n1 58.69\n2 300\n3 16 # O\n\nBonds\n\n1 1 1 2\n\n"
                                    "Atoms\n\n1 1 0 0 0\n2 3 1 1 1\n";
    assert_int_equal(sw_replace_file(path_in(state, "a.lmp"), file, sizeof file - 1, NULL), SW_OK);
    assert_int_equal(sw_describe(&text, path_in(state, "a.lmp"), NULL), SW_OK);
    assert_non_null(strstr(text, "assumed\tatom type 1 is Ni, by its mass\n"));
    assert_non_null(strstr(text, "not understood\tthe element of atom type 2\n"));
    assert_null(strstr(text, "atom type 3"));
    assert_non_null(strstr(text, "not understood\tsection Bonds\n"));
    assert_non_null(strstr(text, "assumed\tatom style atomic, by the number of words\n"));
    free(text);
}

static void assert_refused(void **state, const sw_atoms *atoms, sw_status expected,
                           const char *word) {
    sw_error error = {0};
    assert_int_equal(sw_write_atoms(path_in(state, "no.lmp"), NULL, atoms, false, &error),
                     expected);
    assert_non_null(strstr(error.message, word));
    assert_true(error.hint[0]);
    assert_int_equal(files_in(*state), 0);
}

static void test_refused_writes(void **state) {
    static const double turned[3][3] = {{0, 4, 0}, {4, 0, 0}, {0, 0, 4}};
    sw_atoms *atoms = make_atoms();
    add_all_columns(atoms);
    double *id = sw_atoms_column(atoms, 0), *type = sw_atoms_column(atoms, 1), kept = id[2];
    id[2] = id[0];
    assert_refused(state, atoms, SW_ERROR_ARGUMENT, "two atoms");
    id[2] = 0.5;
    assert_refused(state, atoms, SW_ERROR_ARGUMENT, "0.5");
    id[2] = kept;
    type[0] = type[1];
    assert_refused(state, atoms, SW_ERROR_ARGUMENT, "both Ni and O");
    type[0] = 0;
    assert_refused(state, atoms, SW_ERROR_ARGUMENT, "the type 0");
    type[0] = 2;
    sw_atoms_set_cell(atoms, turned, periodic);
    assert_refused(state, atoms, SW_ERROR_UNSUPPORTED, "along x");
    sw_atoms_destroy(atoms);
}

/* A column of numbers or another format is never taken for one. */
static void test_recognised_by_content(void **state) {
    (void)state;
    sw_content content = read_text("t\n0 atoms\n0 4 xlo xhi\n", "named.csv", 0);
    assert_int_equal(content.noun, SW_NOUN_ATOMS);
    sw_content_clear(&content);
    content = read_text("1\n2 atoms\nFe 0 0 0\n", "a.xyz", 0);
    assert_string_equal(sw_atoms_note(content.atoms, "comment"), "2 atoms");
    sw_content_clear(&content);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_roundtrip, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_bare_atoms, make_folder, remove_folder),
        cmocka_unit_test(test_sections_in_any_order),
        cmocka_unit_test(test_elements_of_types),
        cmocka_unit_test(test_labels_and_vectors),
        cmocka_unit_test_setup_teardown(test_remarks, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_refused_writes, make_folder, remove_folder),
        cmocka_unit_test(test_recognised_by_content),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
