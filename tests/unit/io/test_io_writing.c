/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files appear whole or not at all, and a full disk is an error that leaves nothing behind. */
#include "io_cases.h"

#include "io/sink.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

static sw_atoms *many_atoms(void) {
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, 20000), SW_OK);
    for (size_t i = 0; i < 60000; i++)
        sw_atoms_positions(atoms)[i] = (double)i / 7;
    return atoms;
}

static void test_replace(void **state) {
    const char *path = path_in(state, "a");
    char *bytes;
    size_t size;
    assert_int_equal(sw_replace_file(path, "old and long", 12, NULL), SW_OK);
    assert_int_equal(chmod(path, 0640), 0);
    assert_int_equal(sw_replace_file(path, "new", 3, NULL), SW_OK);
    assert_int_equal(sw_read_file(&bytes, &size, path, 100, NULL), SW_OK);
    assert_string_equal(bytes, "new");
    free(bytes);
    struct stat information;
    assert_int_equal(stat(path, &information), 0);
    assert_int_equal(information.st_mode & 0777, 0640);
    assert_int_equal(files_in(*state), 1);
}

/* Until commit the old file stands; after abandon nothing else does. */
static void test_old_file_until_commit(void **state) {
    const char *path = path_in(state, "a");
    sw_sink sink;
    char *bytes;
    size_t size;
    assert_int_equal(sw_replace_file(path, "old", 3, NULL), SW_OK);
    assert_int_equal(sw_sink_open(&sink, path, false, NULL), SW_OK);
    sw_sink_print(&sink, "%0200000d", 1);
    assert_int_equal(files_in(*state), 2);
    assert_int_equal(sw_read_file(&bytes, &size, path, 100, NULL), SW_OK);
    assert_string_equal(bytes, "old");
    free(bytes);
    sw_sink_abandon(&sink);
    assert_int_equal(files_in(*state), 1);
}

static void test_link_is_followed(void **state) {
    char link_path[512];
    snprintf(link_path, sizeof link_path, "%s", path_in(state, "link"));
    assert_int_equal(sw_replace_file(path_in(state, "real"), "1", 1, NULL), SW_OK);
    assert_int_equal(symlink("real", link_path), 0);
    assert_int_equal(sw_replace_file(link_path, "22", 2, NULL), SW_OK);
    struct stat information;
    assert_int_equal(lstat(link_path, &information), 0);
    assert_true(S_ISLNK(information.st_mode));
    assert_int_equal(stat(path_in(state, "real"), &information), 0);
    assert_int_equal(information.st_size, 2);
}

static void test_full_device(void **state) {
    (void)state;
    sw_atoms *atoms = many_atoms();
    sw_error error = {0};
    if (access("/dev/full", W_OK) != 0)
        skip();
    assert_int_equal(sw_write_atoms("/dev/full", sw_format_find("extxyz"), atoms, false, &error),
                     SW_ERROR_FILE);
    assert_non_null(strstr(error.message, "No space left"));
    assert_non_null(strstr(error.hint, "room"));
    assert_int_equal(sw_replace_file("/dev/full", "x", 1, &error), SW_ERROR_FILE);
    sw_atoms_destroy(atoms);
}

typedef sw_status (*writer)(const char *path, const void *thing, sw_error *error);

static sw_status write_atoms(const char *path, const void *thing, sw_error *error) {
    return sw_write_atoms(path, NULL, thing, false, error);
}

static sw_status append_atoms(const char *path, const void *thing, sw_error *error) {
    return sw_write_atoms(path, NULL, thing, true, error);
}

static sw_status write_stack(const char *path, const void *thing, sw_error *error) {
    return sw_write_stack(path, NULL, thing, error);
}

/* Writes in a child whose files may have 100 kB: 0 where the error is right. */
static int write_limited(writer function, const char *path, const void *thing) {
    pid_t child = fork();
    if (child == 0) {
        sw_error error = {0};
        struct rlimit limit = {100000, 100000};
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
        sw_status status = function(path, thing, &error);
        _exit(status == SW_ERROR_FILE && strstr(error.message, "too large") ? 0 : 1);
    }
    int result = 0;
    assert_true(child > 0 && waitpid(child, &result, 0) == child);
    return WIFEXITED(result) ? WEXITSTATUS(result) : -1;
}

static void test_no_room(void **state) {
    static const char *const atoms_names[] = {"a.extxyz", "a.dump", "a.h5"};
    static const char *const stack_names[] = {"a.mrc", "a.tif", "b.h5"};
    sw_atoms *atoms = many_atoms();
    sw_stack *stack;
    assert_int_equal(sw_stack_create(&stack, 4, 128, 128), SW_OK);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(write_limited(write_atoms, path_in(state, atoms_names[i]), atoms), 0);
        assert_int_equal(write_limited(write_stack, path_in(state, stack_names[i]), stack), 0);
    }
    assert_int_equal(files_in(*state), 0);
    sw_atoms_destroy(atoms);
    sw_stack_destroy(stack);
}

/* An appended frame that does not fit is taken back; the frames before stay readable. */
static void test_append_no_room(void **state) {
    const char *path = path_in(state, "a.extxyz");
    sw_atoms *atoms = many_atoms();
    assert_int_equal(sw_atoms_resize(atoms, 10), SW_OK);
    assert_int_equal(sw_write_atoms(path, NULL, atoms, true, NULL), SW_OK);
    struct stat before, after;
    assert_int_equal(stat(path, &before), 0);
    assert_int_equal(sw_atoms_resize(atoms, 20000), SW_OK);
    assert_int_equal(write_limited(append_atoms, path, atoms), 0);
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(after.st_size, before.st_size);
    size_t frames;
    assert_int_equal(sw_frame_count(&frames, path, NULL), SW_OK);
    assert_int_equal(frames, 1);
    sw_atoms_destroy(atoms);
}

static void test_append_after_torn_line(void **state) {
    const char *path = path_in(state, "a.extxyz");
    sw_error error = {0};
    sw_atoms *atoms = many_atoms();
    assert_int_equal(sw_replace_file(path, "3\n\nFe 0 0", 9, NULL), SW_OK);
    assert_int_equal(sw_write_atoms(path, NULL, atoms, true, &error), SW_ERROR_FORMAT);
    assert_non_null(strstr(error.message, "middle of a line"));
    struct stat information;
    assert_int_equal(stat(path, &information), 0);
    assert_int_equal(information.st_size, 9);
    sw_atoms_destroy(atoms);
}

static void test_bad_folders(void **state) {
    sw_error error = {0};
    assert_int_equal(sw_replace_file(path_in(state, "none/a"), "x", 1, &error), SW_ERROR_FILE);
    assert_int_equal(sw_replace_file(*state, "x", 1, &error), SW_ERROR_FILE);
    if (geteuid() == 0) {
        assert_int_equal(sw_replace_file("/proc/a", "x", 1, &error), SW_ERROR_FILE);
    } else {
        assert_int_equal(chmod(*state, 0500), 0);
        assert_int_equal(sw_replace_file(path_in(state, "a"), "x", 1, &error), SW_ERROR_FILE);
        assert_non_null(strstr(error.hint, "permissions"));
        assert_int_equal(chmod(*state, 0700), 0);
    }
    assert_int_equal(files_in(*state), 0);
}

/* A PLY file of two triangles, byte by byte where it matters; a corner that is no vertex is refused. */
static void test_mesh(void **state) {
    static const uint32_t corners[6] = {0, 1, 2, 2, 1, 3};
    const char *path = path_in(state, "a.ply"), *end = "end_header\n";
    sw_mesh *mesh;
    char *bytes;
    size_t size;
    assert_int_equal(sw_mesh_create(&mesh, 4, 2), SW_OK);
    memcpy(sw_mesh_corners(mesh), corners, sizeof corners);
    sw_mesh_positions(mesh)[11] = 1.0;
    sw_mesh_bodies(mesh)[1] = 0x01020304;
    assert_int_equal(sw_write_mesh(path, mesh, NULL), SW_OK);
    assert_int_equal(sw_read_file(&bytes, &size, path, 1000, NULL), SW_OK);
    assert_non_null(strstr(bytes, "element vertex 4\n"));
    assert_non_null(strstr(bytes, "element face 2\n"));
    const char *binary = strstr(bytes, end) + strlen(end);
    assert_int_equal(size - (size_t)(binary - bytes), 4 * 24 + 2 * 17);
    static const unsigned char one[8] = {0, 0, 0, 0, 0, 0, 0xF0, 0x3F};
    static const unsigned char face[17] = {3, 2, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 4, 3, 2, 1};
    assert_memory_equal(binary + 11 * 8, one, 8);
    assert_memory_equal(binary + 4 * 24 + 17, face, 17);
    free(bytes);
    sw_mesh_corners(mesh)[5] = 4;
    assert_int_equal(sw_write_mesh(path, mesh, NULL), SW_ERROR_ARGUMENT);
    sw_mesh_destroy(mesh);
    sw_mesh_destroy(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_replace, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_old_file_until_commit, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_link_is_followed, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_mesh, make_folder, remove_folder),
        cmocka_unit_test(test_full_device),
        cmocka_unit_test_setup_teardown(test_no_room, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_append_no_room, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_append_after_torn_line, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_bad_folders, make_folder, remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
