/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every malformed content gives one error with its place and a word that tells what is wrong. */
#include "io_cases.h"

#include "io/hdf5_file.h"

/* The HDF5 library 1.10 loses some of its own memory in damaged files; ours is still watched. */
const char *__lsan_default_suppressions(void) __attribute__((visibility("default")));
const char *__lsan_default_suppressions(void) {
    return "leak:libhdf5";
}

typedef struct malformed {
    const char *name, *content;
    const char *place; /* the end of the place */
    const char *word;  /* in the message */
} malformed;

#define XYZ "2\nProperties=species:S:1:pos:R:3\n"
#define DUMP "ITEM: TIMESTEP\n0\nITEM: NUMBER OF ATOMS\n1\n"
#define BOX "ITEM: BOX BOUNDS pp pp pp\n0 1\n0 1\n0 1\n"
#define LMP "title\n1 atoms\n1 atom types\n0 4 xlo xhi\n0 4 ylo yhi\n0 4 zlo zhi\n\n"
#define POSCAR "c\n1.0\n4 0 0\n0 4 0\n0 0 4\n"
#define CELL                                                                                       \
    "data_a\n_cell_length_a 4\n_cell_length_b 4\n_cell_length_c 4\n_cell_angle_alpha 90\n"         \
    "_cell_angle_beta 90\n_cell_angle_gamma 90\n"
#define SITES                                                                                      \
    "loop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n"

static const malformed cases[] = {
    {"a.xyz", "three atoms\n", "a.xyz:1:1", "number of atoms"},
    {"a.xyz", XYZ "Fe 0 0 0\n", "a.xyz:2", "bytes"},
    {"a.xyz", XYZ "Fe 0.00000000 0.00000000 0\n", "a.xyz:3", "2 atoms"},
    {"a.xyz", XYZ "Fe 0 0 0 \nCo 0 0.0000\n", "a.xyz:4:12", "end of the line"},
    {"a.xyz", XYZ "Fe 0 0 0\nCo 0 zero 0\n", "a.xyz:4:6", "zero"},
    {"a.xyz", XYZ "Fe 0 0 0\nCo 0 nan 0\n", "a.xyz:4:6", "nan"},
    {"a.xyz", XYZ "Fe 0 0 0\nQq 0 0 0\n", "a.xyz:4:1", "element"},
    {"a.xyz", XYZ "Fe 0 0 0\nCo 0 0 0 0\n", "a.xyz:4:10", "more"},
    {"a.xyz", "900000000000\nProperties=species:S:1:pos:R:3\nFe 0 0 0\n", "a.xyz:1:1", "bytes"},
    {"a.xyz", "1\nProperties=species:S:1\nFe 0 0 0\n", "a.xyz:2", "positions"},
    {"a.xyz", "1\nProperties=species:S:1:pos:R\nFe 0 0 0\n", "a.xyz:2:24", "name:type:columns"},
    {"a.xyz", "1\nProperties=pos:R:3:pos:R:3\n0 0 0 0 0 0\n", "a.xyz:2:20", "twice"},
    {"a.xyz", "1\nLattice=\"1 0 0 0 1 0 0 0\"\nFe 0 0 0\n", "a.xyz:2:25", "Lattice"},
    {"a.xyz", "1\nLattice=\"1 0 0\nFe 0 0 0\n", "a.xyz:2:9", "closing quote"},
    {"a.xyz", "1\nProperties=species:S:1:pos:R:3 pbc=\"T T\"\nFe 0 0 0\n", "a.xyz:2:40", "pbc"},
    {"a.xyz", "1\nProperties=species:S:1:pos:R:3 pbc=\"T T T\"\nFe 0 0 0\n", "a.xyz:2", "Lattice"},
    {"a.xyz", "1\nProperties=species:S:1:pos:R:3:n:I:1\nFe 0 0 0 1.5\n", "a.xyz:3:10", "whole"},
    {"a.xyz", "1\nProperties=species:S:1:pos:R:3:m:L:1\nFe 0 0 0 yes\n", "a.xyz:3:10", "T or F"},
    {"a.xyz", "1\nProperties=species:S:1:pos:R:3:s:R:500\nFe 0 0 0 1\n", "a.xyz:2", "504 words"},

    {"a.dump", "ITEM: TIMESTEP\n0\nITEM: NUMBER OF ATOMS\nmany\n", "a.dump:4", "many"},
    {"a.dump", "ITEM: TIMESTEP\n0\nITEM: NUMBER OF ATOMS\n99999\n", "a.dump:4", "99999"},
    {"a.dump", DUMP "ITEM: ATOMS x y z\n0 0 0\n", "a.dump:5", "BOX BOUNDS"},
    {"a.dump", DUMP BOX "ITEM: ATOMS x y\n0 0\n", "a.dump:9", "coordinates"},
    {"a.dump", DUMP BOX "ITEM: ATOMS x y zs\n0 0 0\n", "a.dump:9", "one kind"},
    {"a.dump", DUMP BOX "ITEM: ATOMS x y z\n0.00 0.00\n", "a.dump:10:10", "end of the line"},
    {"a.dump", DUMP BOX "ITEM: ATOMS x y z\n0 0 0 0\n", "a.dump:10:7", "more"},
    {"a.dump", DUMP BOX "ITEM: ATOMS x y z q q\n0 0 0 1 1\n", "a.dump:9:21", "twice"},
    {"a.dump", DUMP BOX, "a.dump:8", "end of the file"},
    {"a.dump", DUMP "ITEM: BOX BOUNDS pp pp pp\n0 1\n1 0\n0 1\nITEM: ATOMS x y z\n0 0 0\n",
     "a.dump:8", "along y"},
    {"a.dump", DUMP "ITEM: BOX BOUNDS pp pp pp\n0 1\n0\n0 1\n", "a.dump:7:2", "box bound"},
    {"a.dump", DUMP "ITEM: ENTRIES\n", "a.dump:5", "ENTRIES"},

    {"a.lmp", "t\n9 atoms\n0 4 xlo xhi\n\nAtoms\n\n1 1 0 0 0\n", "a.lmp:5", "9 atoms"},
    {"a.lmp", "t\n1 atoms\n1 atom types\n0 4 xlo xhj\n0 4 xlo xhi\n", "a.lmp:4", "header"},
    {"a.lmp", "t\n0 atoms\n4 0 xlo xhi\n", "a.lmp:3", "along x"},
    {"a.lmp", "t\n0 atoms\n0 wide xlo xhi\n", "a.lmp:3:3", "wide"},
    {"a.lmp", "t\n0 atoms\n4 0 0 avec\n0 4 0 bvec\n", "a.lmp:4", "some vectors"},
    {"a.lmp", LMP "Masses\n\n1 58.69\n", "a.lmp:10", "Atoms"},
    {"a.lmp", LMP "Masses\n\n2 58.69\n", "a.lmp:10:1", "atom type"},
    {"a.lmp", LMP "Masses\n\n1 -58.69\n", "a.lmp:10", "above zero"},
    {"a.lmp", LMP "Atoms # full\n\n1 1 1 0 0 0 0\n", "a.lmp:10", "full"},
    {"a.lmp", LMP "Atoms # charge\n\n1 1 0 0 0\n", "a.lmp:10", "5 words"},
    {"a.lmp", LMP "Atoms\n\n1 1 0 0 0 0 0\n", "a.lmp:10", "7 words"},
    {"a.lmp", "t\n1 atoms\n1 atom types\n4 bonds\n0 4 xlo xhi\n\nAtoms\n\n1 1 1 0 0 0\n", "a.lmp:9",
     "bonds"},
    {"a.lmp", LMP "Atoms\n\n1 2 0 0 0\n", "a.lmp:10:3", "atom type from 1 to 1"},
    {"a.lmp", LMP "Atoms\n\n1.5 1 0 0 0\n", "a.lmp:10:1", "atom id"},
    {"a.lmp", LMP "Atoms\n\n1 1 0 zero 0\n", "a.lmp:10:7", "zero"},
    {"a.lmp", LMP "Atoms\n\n1 1 0 0 0 0 0.5 0\n", "a.lmp:10:13", "image"},
    {"a.lmp", LMP "Atoms\n\n1 1 0 0 0\n2 1 0 0 0\n", "a.lmp:11", "name of a section"},
    {"a.lmp", LMP "Atoms\n\n1 1 0 0 0\n\nAtoms\n\n1 1 0 0 0\n", "a.lmp:12", "twice"},
    {"a.lmp", LMP "Velocities\n\n1 0 0 0\n", "a.lmp:8", "cannot be"},
    {"a.lmp", LMP "Atoms\n\n1 1 0 0 0\n\nVelocities\n\n3 0 0 0\n", "a.lmp:14", "id 3"},
    {"a.lmp", "t\n2 atoms\n1 atom types\n0 4 xlo xhi\n\nAtoms\n\n3 1 0 0 0\n3 1 1 1 1\n", "a.lmp:9",
     "id 3 appears twice"},
    {"a.lmp", "t\n2 atoms\n1 atom types\n0 4 xlo xhi\n\nAtoms\n\n3 1 0 0 0 0 0 0\n", "a.lmp:8",
     "found 1"},

    {"POSCAR", "c\n1.0\n4 0 0\n", "POSCAR:3", "cell vector"},
    {"POSCAR", "c\nx\n4 0 0\n0 4 0\n0 0 4\n", "POSCAR:2:1", "scale"},
    {"POSCAR", "c\n1 -1 1\n4 0 0\n0 4 0\n0 0 4\nFe\n1\nDirect\n0 0 0\n", "POSCAR:2", "positive"},
    {"POSCAR", "c\n1\n4 0 0\n4 0 0\n0 0 4\nFe\n1\nDirect\n0 0 0\n", "POSCAR:5", "volume"},
    {"POSCAR", POSCAR "1\nDirect\n0 0 0\n", "POSCAR:6:1", "symbols"},
    {"POSCAR", POSCAR "Fe Qq\n1 1\nDirect\n", "POSCAR:6:4", "Qq"},
    {"POSCAR", POSCAR "Fe O\n1\nDirect\n0 0 0\n", "POSCAR:7", "2 numbers"},
    {"POSCAR", POSCAR "Fe\n8000\nDirect\n0 0 0\n", "POSCAR:7:1", "bytes"},
    {"POSCAR", POSCAR "Fe\n1\nSomewhere\n0 0 0\n", "POSCAR:9", "Direct"},
    {"POSCAR", POSCAR "Fe\n1\nDirect\n0 0\n", "POSCAR:9:4", "position"},
    {"POSCAR", POSCAR "Fe\n1\nS\nDirect\n0 0 0 T T\n", "POSCAR:10:10", "selective"},

    {"a.cif", "data_a\n_cell_length_a 4\n", "a.cif", "_atom_site_fract_x"},
    {"a.cif", "_cell_length_a 4\n", "a.cif:1", "data_"},
    {"a.cif", "data_a\n_cell_length_a\n_cell_length_b 4\n", "a.cif:2", "value"},
    {"a.cif", "data_a\n_t 'open\n", "a.cif:2", "quote"},
    {"a.cif", "data_a\n_t\n;open\n", "a.cif:3", "text field"},
    {"a.cif", "data_a\nloop_\n_a\n_b\n1 2 3\n", "a.cif:6", "3 values"},
    {"a.cif", CELL SITES "Fe 0 0 x\n", "a.cif:13", "\"x\""},
    {"a.cif", CELL SITES "Qq1 0 0 0\n", "a.cif:13", "Qq1"},
    {"a.cif", "data_a\n" SITES "Fe 0 0 0\n", "a.cif", "_cell_length_a"},
    {"a.cif", CELL "_space_group_IT_number 225\n" SITES "Fe 0 0 0\n", "a.cif:8", "225"},
    {"a.cif", CELL "loop_\n_space_group_symop_operation_xyz\nx,y,q\n" SITES "Fe 0 0 0\n",
     "a.cif:10", "x,y,q"},

    {"a.csv", "t,x\n0,1\n1,2\n2\n", "a.csv:4", "2 cells"},
    {"a.csv", "t,x\n0,1\n1,2\n2,bad\n", "a.csv:4:3", "bad"},
    {"a.csv", "t,x\n0,1\n1,\"2\n2,3\n", "a.csv:3:3", "quote"},
    {"a.csv", "\n\n\n", "a.csv", "table"},

    {"a.mrc", "short", "a.mrc @ byte 0", "1024"},
    {"a.tif", "II*", "a.tif @ byte 0", "TIFF"},
    {"a.h5", "\x89HDF\r\n\x1a\n and no more", "a.h5 @ byte 0", "HDF5"},
    {"a.what", "\x01\x02\x03", "a.what", "no format"},
    {"a.xyz", "", "a.xyz", "empty"},
};

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static void test_malformed(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sw_content content;
        sw_error error = {0};
        sw_status status = sw_read_memory(&content, cases[i].content, strlen(cases[i].content),
                                          cases[i].name, 0, &error);
        if (status == SW_OK || status != error.code || !ends_with(error.place, cases[i].place) ||
            !strstr(error.message, cases[i].word) || !error.hint[0])
            fail_msg("case %zu (%s): %s: %s", i, cases[i].place, error.place, error.message);
        assert_true(content.noun == SW_NOUN_NONE && !content.atoms && !content.stack &&
                    !content.table);
    }
}

/* Text formats say where the first zero byte is. */
static void test_zero_byte(void **state) {
    (void)state;
    static const char text[] = "1\nProperties=species:S:1:pos:R:3\nFe 0 \0 0\n";
    sw_content content;
    sw_error error = {0};
    assert_int_equal(sw_read_memory(&content, text, sizeof text - 1, "a.xyz", 0, &error),
                     SW_ERROR_FORMAT);
    assert_string_equal(error.place, "a.xyz @ byte 38");
}

/* A message never carries control characters of the file to the terminal. */
static void test_clean_messages(void **state) {
    (void)state;
    sw_content content;
    sw_error error = {0};
    static const char text[] = "1\n\nFe\x1b[2J 0 0 q\x07\n";
    assert_int_equal(sw_read_memory(&content, text, sizeof text - 1, "a.xyz", 0, &error),
                     SW_ERROR_FORMAT);
    for (const char *c = error.message; *c; c++)
        assert_true((unsigned char)*c >= 0x20);
}

static void put_word(unsigned char *bytes, size_t at, unsigned word) {
    for (size_t i = 0; i < 4; i++)
        bytes[at + i] = (unsigned char)(word >> (8 * i));
}

static void test_mrc_headers(void **state) {
    (void)state;
    static const struct {
        size_t at;
        unsigned word;
        const char *place, *message;
    } faults[] = {
        {0, 4000000, "@ byte 1028", "pixels"},
        {8, 2, "@ byte 1028", "pixels"},
        {12, 4, "@ byte 12", "mode"},
        {92, 100, "@ byte 92", "extended"},
        {92, 0x80000000u, "@ byte 92", "extended"},
        {4, 0, "@ byte 0", "sizes"},
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        unsigned char file[1028] = {0};
        for (size_t k = 0; k < 3; k++)
            put_word(file, 4 * k, 1);
        put_word(file, 12, 2);
        memcpy(file + 208, "MAP DD", 6);
        sw_content content;
        sw_error error = {0};
        assert_int_equal(sw_read_memory(&content, file, sizeof file, "m.mrc", 0, NULL), SW_OK);
        sw_content_clear(&content);
        put_word(file, faults[i].at, faults[i].word);
        assert_int_equal(sw_read_memory(&content, file, sizeof file, "m.mrc", 0, &error),
                         SW_ERROR_FORMAT);
        if (!strstr(error.place, faults[i].place) || !strstr(error.message, faults[i].message))
            fail_msg("case %zu: %s: %s", i, error.place, error.message);
    }
}

/* A byte that is changed in an HDF5 file of ours is found, or it is a byte of the data or of no
 * consequence; it never becomes another table shape. */
static void test_damaged_hdf5(void **state) {
    sw_table *table;
    char *bytes;
    size_t size, found = 0;
    assert_int_equal(sw_table_create(&table), SW_OK);
    assert_int_equal(sw_table_add_column(table, "time", "s"), SW_OK);
    assert_int_equal(sw_table_add_row(table, NULL), SW_OK);
    assert_int_equal(sw_write_table(path_in(state, "t.h5"), NULL, table, NULL), SW_OK);
    assert_int_equal(sw_read_file(&bytes, &size, path_in(state, "t.h5"), 1 << 20, NULL), SW_OK);
    for (size_t i = 0; i < size; i++) {
        sw_content content;
        sw_error error = {0};
        bytes[i] = (char)(bytes[i] ^ 0x10);
        if (sw_read_memory(&content, bytes, size, "t.h5", 0, &error) != SW_OK) {
            found++;
            assert_true(error.place[0] && error.message[0]);
        } else {
            assert_int_equal(sw_table_rows(content.table), 1);
            assert_string_equal(sw_table_name(content.table, 0), "time");
            assert_string_equal(sw_table_unit(content.table, 0), "s");
        }
        sw_content_clear(&content);
        bytes[i] = (char)(bytes[i] ^ 0x10);
    }
    assert_true(found > 200); /* superblock and object headers */
    free(bytes);
    sw_table_destroy(table);
}

/* A global heap as the HDF5 specification lays it out: a collection of 4096 bytes, one object of 5
 * bytes (padded to 8) and the free rest of 4056. */
static void test_hdf5_heaps(void **state) {
    (void)state;
    static const struct {
        unsigned collection, object, rest;
        bool sound;
    } heaps[] =
        {
            {4096, 5, 4056, true}, {4096, 4064, 0, true},  {8192, 5, 4056, false},
            {8, 5, 4056, false},   {4096, 4065, 0, false}, {4096, 5, 4064, false},
            {4096, 5, 0, false}, /* a walk without end */
        };
    for (size_t i = 0; i < sizeof heaps / sizeof *heaps; i++) {
        unsigned char heap[4096] = "GCOL\1";
        put_word(heap, 8, heaps[i].collection);
        heap[16] = 1;
        put_word(heap, 24, heaps[i].object);
        if (heaps[i].object < 4000)
            put_word(heap, 48, heaps[i].rest);
        sw_source source = {.name = "heap", .bytes = heap, .size = sizeof heap};
        if (sw_hdf5_heaps_are_sound(&source) != heaps[i].sound)
            fail_msg("case %zu", i);
    }
}

static void test_files(void **state) {
    sw_content content;
    sw_error error = {0};
    assert_int_equal(sw_read(&content, path_in(state, "none.xyz"), NULL, 0, &error), SW_ERROR_FILE);
    assert_non_null(strstr(error.message, "No such file"));
    assert_int_equal(sw_read(&content, *state, NULL, 0, &error), SW_ERROR_FILE);
    assert_int_equal(sw_read(&content, "/dev/zero", NULL, 0, &error), SW_ERROR_FILE);
    char *bytes;
    size_t size;
    assert_int_equal(sw_replace_file(path_in(state, "ten"), "0123456789", 10, &error), SW_OK);
    assert_int_equal(sw_read_file(&bytes, &size, path_in(state, "ten"), 9, &error),
                     SW_ERROR_MEMORY);
    assert_int_equal(sw_read_file(&bytes, &size, path_in(state, "ten"), 10, &error), SW_OK);
    assert_string_equal(bytes, "0123456789");
    free(bytes);
}

static void test_registry(void **state) {
    (void)state;
    assert_int_equal(sw_format_count(), 13);
    for (size_t i = 0; i < sw_format_count(); i++) {
        const sw_format *format = sw_format_at(i);
        assert_ptr_equal(sw_format_find(format->name), format);
        assert_true(format->reads || format->writes);
        assert_true(format->summary[0] && format->citation[0] && format->extensions[0]);
    }
    assert_null(sw_format_at(13));
    assert_null(sw_format_find("xml"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_malformed),
        cmocka_unit_test(test_zero_byte),
        cmocka_unit_test(test_clean_messages),
        cmocka_unit_test(test_mrc_headers),
        cmocka_unit_test_setup_teardown(test_damaged_hdf5, make_folder, remove_folder),
        cmocka_unit_test(test_hdf5_heaps),
        cmocka_unit_test_setup_teardown(test_files, make_folder, remove_folder),
        cmocka_unit_test(test_registry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
