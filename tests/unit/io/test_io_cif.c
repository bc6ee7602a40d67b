/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Crystals whose full cells are known. */
#include "io_cases.h"

#include "io/cif_symmetry.h"

static int atoms_near(const sw_atoms *atoms, int element, double x, double y, double z) {
    int count = 0;
    for (size_t i = 0; i < sw_atoms_count(atoms); i++) {
        const double *position = &sw_atoms_positions_const(atoms)[3 * i];
        count += sw_atoms_elements_const(atoms)[i] == element && fabs(position[0] - x) < 1e-3 &&
                 fabs(position[1] - y) < 1e-3 && fabs(position[2] - z) < 1e-3;
    }
    return count;
}

/* Rutile, P4_2/mnm: 2 Ti and 4 O in the cell, Abrahams and Bernstein (1971). */
static void test_rutile(void **state) {
    (void)state;
    sw_content content = read_text(
        "data_TiO2\n_cell_length_a 4.593(3)\n_cell_length_b 4.593\n_cell_length_c 2.959\n"
        "_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 90\n"
        "_symmetry_space_group_name_H-M 'P 42/m n m'\nloop_\n_symmetry_equiv_pos_as_xyz\n"
        "'x, y, z'\n'-x, -y, z'\n'-y+1/2, x+1/2, z+1/2'\n'y+1/2, -x+1/2, z+1/2'\n"
        "'-x+1/2, y+1/2, -z+1/2'\n'x+1/2, -y+1/2, -z+1/2'\n'y, x, -z'\n'-y, -x, -z'\n"
        "'-x, -y, -z'\n'x, y, -z'\n'y+1/2, -x+1/2, -z+1/2'\n'-y+1/2, x+1/2, -z+1/2'\n"
        "'x+1/2, -y+1/2, z+1/2'\n'-x+1/2, y+1/2, z+1/2'\n'-y, -x, z'\n'y, x, z'\n"
        "loop_\n_atom_site_label\n_atom_site_type_symbol\n_atom_site_fract_x\n"
        "_atom_site_fract_y\n_atom_site_fract_z\nTi1 Ti4+ 0 0 0\nO1 O2- .3053(2) .3053 0.\n",
        "rutile.cif", 0);
    const double a = 4.593, u = 0.3053 * 4.593, h = 2.959 / 2;
    assert_int_equal(sw_atoms_count(content.atoms), 6);
    assert_int_equal(atoms_near(content.atoms, 22, 0, 0, 0), 1);
    assert_int_equal(atoms_near(content.atoms, 22, a / 2, a / 2, h), 1);
    assert_int_equal(atoms_near(content.atoms, 8, u, u, 0), 1);
    assert_int_equal(atoms_near(content.atoms, 8, a - u, a - u, 0), 1);
    assert_int_equal(atoms_near(content.atoms, 8, a / 2 - u, a / 2 + u, h), 1);
    assert_int_equal(atoms_near(content.atoms, 8, a / 2 + u, a / 2 - u, h), 1);
    ptrdiff_t charge = sw_atoms_find(content.atoms, "charge");
    assert_true(charge >= 0);
    assert_number(sw_atoms_column(content.atoms, (size_t)charge)[0], 4);
    assert_number(sw_atoms_column(content.atoms, (size_t)charge)[5], -2);
    sw_content_clear(&content);
}

/* All 192 operators of Fm-3m: 48 signed permutations with four centrings. */
static size_t append_fm3m(char *text, size_t size) {
    static const char *const orders[] = {"xyz", "xzy", "yxz", "yzx", "zxy", "zyx"};
    static const char *const shifts[][3] = {
        {"", "", ""}, {"", "+1/2", "+1/2"}, {"1/2+", "", "+.5"}, {"+1/2", "+1/2", ""}};
    size_t used = 0;
    for (int order = 0; order < 6; order++)
        for (int sign = 0; sign < 8; sign++)
            for (int shift = 0; shift < 4; shift++) {
                for (int k = 0; k < 3; k++) {
                    const char *s = shifts[shift][k], *minus = sign >> k & 1 ? "-" : "";
                    bool before = s[0] == '1';
                    char number[8];
                    snprintf(number, sizeof number, "%.*s", before ? 3 : 0, s);
                    used += (size_t)snprintf(
                        text + used, size - used, "%s%s%s%c%s", k > 0 ? "," : "", number,
                        before && !*minus ? "+" : minus, orders[order][k], before ? "" : s);
                }
                used += (size_t)snprintf(text + used, size - used, "\n");
            }
    return used;
}

static void test_rock_salt(void **state) {
    (void)state;
    char text[16384];
    int used = snprintf(text, sizeof text,
                        "# NiO\nDATA_nio\n_cell_length_a 4.177\n_cell_length_b 4.177\n"
                        "_cell_length_c 4.177\n_cell_angle_alpha 90.0\n_cell_angle_beta 90\n"
                        "_cell_angle_gamma 90\nloop_\n_space_group_symop_operation_xyz\n");
    size_t end = (size_t)used + append_fm3m(text + used, sizeof text - (size_t)used);
    snprintf(text + end, sizeof text - end,
             "loop_ _atom_site_label _atom_site_occupancy _atom_site_fract_x _atom_site_fract_y "
             "_atom_site_fract_z\nNi1 0.75 0 0 0\nFe1 0.25 0 0 0\nO1 ? 1/2 0.5 0.5\n");
    sw_content content;
    sw_error error = {0};
    assert_int_equal(sw_read_memory(&content, text, strlen(text), "nio.cif", 0, &error),
                     SW_ERROR_FORMAT); /* 1/2 is no number */
    assert_non_null(strstr(error.message, "1/2"));
    memcpy(strstr(text, " 1/2 0.5 0.5"), " 0.5", 4);
    content = read_text(text, "nio.cif", 0);
    /* shared sites stay two atoms in one place, each with its occupancy */
    assert_int_equal(sw_atoms_count(content.atoms), 12);
    assert_int_equal(atoms_near(content.atoms, 28, 0, 2.0885, 2.0885), 1);
    assert_int_equal(atoms_near(content.atoms, 26, 0, 2.0885, 2.0885), 1);
    assert_int_equal(atoms_near(content.atoms, 8, 0, 0, 2.0885), 1);
    ptrdiff_t occupancy = sw_atoms_find(content.atoms, "occupancy");
    assert_number(sw_atoms_column(content.atoms, (size_t)occupancy)[3], 0.75);
    assert_number(sw_atoms_column(content.atoms, (size_t)occupancy)[11], 1);
    sw_content_clear(&content);
}

/* Hexagonal: the volume is a^2 c sin 60. */
static void test_hexagonal_cell(void **state) {
    (void)state;
    sw_content content = read_text(
        "data_x\n_text\n; a field\n_cell_length_a 99\n;\n_cell_length_a 3\n_cell_length_b 3\n"
        "_cell_length_c 5\n_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 120\n"
        "_symmetry_Int_Tables_number 1\n_title 'it's \"one\" value'\n"
        "loop_\n_atom_site_type_symbol\n_atom_site_fract_x\n_atom_site_fract_y\n"
        "_atom_site_fract_z\nZr 0.5 0.5 -0.25\n",
        "x.cif", 0);
    double cell[3][3];
    bool periodic[3];
    sw_atoms_cell(content.atoms, cell, periodic);
    assert_near(cell[0][0] * cell[1][1] * cell[2][2], 9 * 5 * sqrt(3) / 2, 1e-12);
    assert_near(sw_atoms_positions(content.atoms)[0], 0.75, 1e-12);
    assert_near(sw_atoms_positions(content.atoms)[2], -1.25, 1e-12); /* as the file has it */
    sw_content_clear(&content);
}

static void test_operators(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool good;
        double image[3]; /* of (0.1, 0.2, 0.3) */
    } cases[] = {
        {"x,y,z", true, {0.1, 0.2, 0.3}},
        {"-Y+1/2, X-.25 ,z", true, {0.3, -0.15, 0.3}},
        {"x-y,x,z+5/6", true, {-0.1, 0.1, 0.3 + 5.0 / 6}},
        {"-1*x, +y, z", true, {-0.1, 0.2, 0.3}},
        {"x,y", false, {0}},
        {"x,y,z,x", false, {0}},
        {"x,x,z", false, {0}},
        {"x,y,2z", false, {0}},
        {"x y,y,z", false, {0}},
        {"", false, {0}},
        {"x,y,z+1/0", false, {0}},
        {"x,,z", false, {0}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        static const double position[3] = {0.1, 0.2, 0.3};
        sw_symmetry symmetry;
        double image[3];
        sw_span text = {cases[i].text, strlen(cases[i].text)};
        if (sw_symmetry_parse(&symmetry, text) != cases[i].good)
            fail_msg("\"%s\"", cases[i].text);
        sw_symmetry_apply(image, &symmetry, position);
        for (int k = 0; k < 3 && cases[i].good; k++)
            assert_near(image[k], cases[i].image[k], 1e-15);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rutile),
        cmocka_unit_test(test_rock_salt),
        cmocka_unit_test(test_hexagonal_cell),
        cmocka_unit_test(test_operators),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
