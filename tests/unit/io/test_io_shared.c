/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Real files; the numbers were taken from them by other programs (numpy, ASE, tifffile,
 * mrcfile). Skipped where the shared data are missing. */
#include "io_cases.h"

static void test_metallic_glass(void **state) {
    (void)state;
    const char *path = shared_data("structure/MG_AET_18356_q4q6.extxyz");
    if (!path)
        skip();
    sw_content content = read_file(path, -1);
    const sw_atoms *atoms = content.atoms;
    assert_int_equal(sw_atoms_count(atoms), 18356);
    double sums[3] = {0}, q6 = 0, ordered = 0, types = 0;
    const double *order = sw_atoms_column_const(atoms, (size_t)sw_atoms_find(atoms, "boo_norm"));
    for (size_t i = 0; i < 18356; i++) {
        for (size_t k = 0; k < 3; k++)
            sums[k] += sw_atoms_positions_const(atoms)[3 * i + k];
        types += sw_atoms_column_const(atoms, (size_t)sw_atoms_find(atoms, "type"))[i];
        q6 += sw_atoms_column_const(atoms, (size_t)sw_atoms_find(atoms, "q6avg"))[i];
        ordered += order[i] >= 0.5;
    }
    assert_near(sums[0], -4874.98949294, 1e-7);
    assert_near(sums[1], -2062.18920617, 1e-7);
    assert_near(sums[2], 9034.66121068, 1e-7);
    assert_near(q6, 3967.57412806, 1e-7);
    assert_number(types, 31528);
    assert_number(ordered, 2838);
    assert_string_equal(sw_atoms_note(atoms, "cutoff"), "3.688");
    sw_content_clear(&content);
}

static void test_copper_cif(void **state) {
    (void)state;
    const char *path = shared_data("images/Created_Cu_NP.cif");
    if (!path)
        skip();
    sw_content content = read_file(path, 0);
    double mean[3] = {0};
    assert_int_equal(sw_atoms_count(content.atoms), 583);
    for (size_t i = 0; i < 583 * 3; i++)
        mean[i % 3] += sw_atoms_positions(content.atoms)[i] / 583;
    assert_near(mean[0], 21.67856055, 1e-8);
    assert_near(mean[1], 21.72143945, 1e-8);
    assert_near(mean[2], 12.635, 1e-8);
    assert_int_equal(sw_atoms_elements(content.atoms)[582], 29);
    sw_content_clear(&content);
}

static void test_images(void **state) {
    (void)state;
    static const struct {
        const char *name;
        size_t frames, height, width;
        double first, last, mean, x_step;
        const char *unit;
    } images[] = {
        {"formats/HAADFscan.mrc", 1, 16, 16, 5715, 5721, 6066.19921875, 56.791313, "A"},
        {"formats/temp.mrc", 3, 128, 128, 0.9490523, 0.25765225, 0.49713757943968506, 2, "A"},
        {"images/abf_movie_5x512x512_u16.tif", 5, 512, 512, 43658, 52239, 36053.38532485962, 1,
         "px"},
        {"images/au_xgrating_20cm.tif", 1, 256, 256, 0, 0, 0.09032553644672214, 1, "px"},
        {"images/cu_np_sim_434_f32.tif", 1, 434, 434, 1.037647412113242e-13, 1.0151916200046296e-13,
         0.004678211712702463, 1, "px"},
    };
    for (size_t i = 0; i < sizeof images / sizeof *images; i++) {
        const char *path = shared_data(images[i].name);
        if (!path)
            skip();
        sw_content content = read_file(path, 0);
        const sw_stack *stack = content.stack;
        assert_int_equal(sw_stack_frames(stack), images[i].frames);
        assert_int_equal(sw_stack_height(stack), images[i].height);
        assert_int_equal(sw_stack_width(stack), images[i].width);
        size_t count = images[i].frames * images[i].height * images[i].width;
        const float *pixels = sw_stack_pixels_const(stack);
        double mean = 0;
        for (size_t k = 0; k < count; k++)
            mean += (double)pixels[k] / (double)count;
        assert_near((double)pixels[0], images[i].first, 1e-6 * fabs(images[i].first));
        assert_near((double)pixels[count - 1], images[i].last, 1e-6 * fabs(images[i].last));
        assert_near(mean, images[i].mean, 1e-9 * images[i].mean);
        const sw_axis *x = sw_stack_axis_of_const(stack, SW_AXIS_X);
        assert_near(x->step, images[i].x_step, 1e-6 * images[i].x_step);
        assert_string_equal(x->unit, images[i].unit);
        sw_content_clear(&content);
    }
}

/* Formats that are not read are refused by name, and never taken for something else. */
static void test_other_formats(void **state) {
    (void)state;
    static const char *const names[] = {"formats/test_diffraction_pattern.dm3",
                                        "formats/test-5.dm4",
                                        "formats/test1.blo",
                                        "formats/16_STOimage_1.ser",
                                        "formats/16_STOimage.emi",
                                        "formats/Merlin_Single_Quad.zip",
                                        "formats/Si100_4D.emd",
                                        "formats/fei_example_tem_stack.emd",
                                        "formats/nexus_dls_example.nxs"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        sw_content content;
        sw_error error = {0};
        const char *path = shared_data(names[i]);
        if (!path)
            skip();
        assert_int_equal(sw_read(&content, path, NULL, 0, &error), SW_ERROR_UNSUPPORTED);
        assert_string_equal(error.place, path);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_metallic_glass),
        cmocka_unit_test(test_copper_cif),
        cmocka_unit_test(test_images),
        cmocka_unit_test(test_other_formats),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
