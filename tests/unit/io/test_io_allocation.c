/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that ends at any moment of reading and writing: the call says so, nothing leaks, and no
 * half of a content or of a file is left. The corpora of the fuzzers are the files. */
#include "io_cases.h"

#include "base/memory.h"

#ifdef SPILLWAY_TEST_ALLOCATION

static const char *const corpora[] = {"xyz",  "dump", "poscar", "cif",         "csv",
                                      "hdf5", "mrc",  "tiff",   "lammps_data", "atom_probe"};

static sw_status read_limited(sw_content *content, const char *path, long allocations) {
    sw_error error = {0};
    sw_memory_fail_after(allocations);
    sw_status status = sw_read(content, path, NULL, 0, &error);
    sw_memory_fail_after(-1);
    if (status != error.code || (status != SW_OK && (!error.place[0] || !error.message[0])))
        fail_msg("%s after %ld allocations: %s: %s", path, allocations, error.place, error.message);
    return status;
}

static sw_status write_limited(const char *path, const sw_content *content, long allocations) {
    sw_error error = {0};
    sw_status status;
    sw_memory_fail_after(allocations);
    if (content->atoms)
        status = sw_write_atoms(path, sw_format_find("hdf5"), content->atoms, false, &error);
    else if (content->stack)
        status = sw_write_stack(path, sw_format_find("tiff"), content->stack, &error);
    else
        status = sw_write_table(path, sw_format_find("hdf5"), content->table, &error);
    sw_memory_fail_after(-1);
    assert_int_equal(status, error.code);
    return status;
}

static void read_and_write(void **state, const char *path) {
    sw_content content;
    sw_status status = read_limited(&content, path, -1);
    long allocations = 0;
    sw_content_clear(&content);
    if (status == SW_ERROR_FORMAT) /* a damaged file among the seeds */
        return;
    while ((status = read_limited(&content, path, allocations)) != SW_OK) {
        /* HDF5 takes a text that could not be copied for one that is missing */
        assert_true(content.noun == SW_NOUN_NONE && !content.atoms && !content.stack);
        assert_true(++allocations < 5000);
    }
    assert_true(allocations > 0);
    for (allocations = 0; write_limited(path_in(state, "out"), &content, allocations) != SW_OK;) {
        assert_int_equal(files_in(*state), 0);
        assert_true(++allocations < 5000);
    }
    assert_int_equal(unlink(path_in(state, "out")), 0);
    sw_content_clear(&content);
}

static void test_corpora(void **state) {
    const char *source = getenv("SPILLWAY_SOURCE");
    char folder[1024], path[2048];
    for (size_t i = 0; i < sizeof corpora / sizeof *corpora; i++) {
        snprintf(folder, sizeof folder, "%s/fuzz/corpus/io_%s", source ? source : ".", corpora[i]);
        DIR *entries = opendir(folder);
        if (!entries)
            skip();
        for (struct dirent *entry; (entry = readdir(entries));) {
            snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
            if (*entry->d_name != '.')
                read_and_write(state, path);
        }
        closedir(entries);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_corpora, make_folder, remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

static void test_not_built(void **state) {
    (void)state;
    skip();
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_not_built)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
