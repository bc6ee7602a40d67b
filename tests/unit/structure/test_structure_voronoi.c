/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Voronoi cells against the plain version: every face is a square in the middle plane of two atoms,
 * clipped by the middle planes of all others. */
#include "structure_atoms.h"

#include "structure/voronoi.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CORNERS 256

/* ---- the plain version ----------------------------------------------------------------------- */

typedef struct plain_list {
    double (*vector)[3]; /* of all neighbours and images, A */
    size_t count;
} plain_list;

static double dot(const double a[3], const double b[3]) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static int by_length(const void *a, const void *b) {
    double left = dot(a, a), right = dot(b, b);
    return left < right ? -1 : left > right;
}

/* All atoms and images around an atom, `images` cells far, nearest first. The caller's. */
static plain_list list_plainly(const sw_atoms *atoms, size_t atom, int images) {
    double cell[3][3];
    bool periodic[3];
    size_t count = sw_atoms_count(atoms);
    const double *position = sw_atoms_positions_const(atoms);
    sw_atoms_cell(atoms, cell, periodic);
    size_t side = 2 * (size_t)images + 1;
    plain_list list = {calloc(side * side * side * count + 1, sizeof(double[3])), 0};
    for (int x = -images * periodic[0]; x <= images * periodic[0]; x++)
        for (int y = -images * periodic[1]; y <= images * periodic[1]; y++)
            for (int z = -images * periodic[2]; z <= images * periodic[2]; z++)
                for (size_t j = 0; j < count; j++) {
                    if (j == atom && x == 0 && y == 0 && z == 0)
                        continue;
                    for (size_t k = 0; k < 3; k++)
                        list.vector[list.count][k] = position[3 * j + k] - position[3 * atom + k] +
                                                     x * cell[0][k] + y * cell[1][k] +
                                                     z * cell[2][k];
                    list.count++;
                }
    qsort(list.vector, list.count, sizeof *list.vector, by_length);
    return list;
}

static void cross(double c[3], const double a[3], const double b[3]) {
    for (int k = 0; k < 3; k++)
        c[k] = a[(k + 1) % 3] * b[(k + 2) % 3] - a[(k + 2) % 3] * b[(k + 1) % 3];
}

/* A square of half the side `half` in the middle plane. */
static size_t middle_square(double corner[][3], const double vector[3], double half) {
    double u[3], v[3], length = sqrt(dot(vector, vector));
    const double other[3] = {fabs(vector[0]) < 0.7 * length, fabs(vector[0]) >= 0.7 * length, 0.3};
    cross(u, vector, other);
    double scale = half / sqrt(dot(u, u));
    for (int k = 0; k < 3; k++)
        u[k] *= scale;
    cross(v, vector, u);
    for (int c = 0; c < 4; c++)
        for (int k = 0; k < 3; k++)
            corner[c][k] = 0.5 * vector[k] + (c == 1 || c == 2 ? u[k] : -u[k]) +
                           (c >= 2 ? v[k] : -v[k]) / length;
    return 4;
}

static size_t clip(double corner[][3], size_t corners, const double vector[3]) {
    static double kept[CORNERS][3];
    size_t count = 0;
    for (size_t i = 0; i < corners; i++) {
        const double *a = corner[i], *b = corner[(i + 1) % corners];
        double high_a = dot(a, vector) - 0.5 * dot(vector, vector);
        double high_b = dot(b, vector) - 0.5 * dot(vector, vector);
        if (high_a <= 0.0)
            memcpy(kept[count++], a, sizeof kept[0]);
        if ((high_a < 0.0 && high_b > 0.0) || (high_a > 0.0 && high_b < 0.0)) {
            for (int k = 0; k < 3; k++)
                kept[count][k] = a[k] + (b[k] - a[k]) * high_a / (high_a - high_b);
            count++;
        }
        assert_true(count + 2 < CORNERS);
    }
    memcpy(corner, kept, count * sizeof kept[0]);
    return count;
}

static double polygon_area(double corner[][3], size_t corners, bool *cut_by_half, double half) {
    double sum[3] = {0};
    for (size_t i = 0; i + 2 < corners; i++) {
        double a[3], b[3], c[3];
        for (int k = 0; k < 3; k++) {
            a[k] = corner[i + 1][k] - corner[0][k];
            b[k] = corner[i + 2][k] - corner[0][k];
        }
        cross(c, a, b);
        for (int k = 0; k < 3; k++)
            sum[k] += 0.5 * c[k];
    }
    for (size_t i = 0; i < corners; i++)
        *cut_by_half |= dot(corner[i], corner[i]) > 0.25 * half * half;
    return sqrt(dot(sum, sum));
}

typedef struct plain_cell {
    double volume, surface;
    size_t faces;
    bool open;
} plain_cell;

static plain_cell cell_plainly(const sw_atoms *atoms, size_t atom, int images) {
    static double corner[CORNERS][3];
    const double half = 1e6;
    plain_cell cell = {0};
    plain_list list = list_plainly(atoms, atom, images);
    for (size_t i = 0; i < list.count; i++) {
        size_t corners = middle_square(corner, list.vector[i], half);
        for (size_t j = 0; j < list.count && corners > 0; j++)
            if (j != i)
                corners = clip(corner, corners, list.vector[j]);
        double area = polygon_area(corner, corners, &cell.open, half);
        cell.surface += area;
        cell.volume += area * sqrt(dot(list.vector[i], list.vector[i])) / 6.0;
        cell.faces += area > 1e-7;
    }
    cell.open |= list.count < 4;
    free(list.vector);
    return cell;
}

static sw_voronoi created(const sw_atoms *atoms, sw_voronoi_options options) {
    sw_voronoi voronoi;
    sw_error error = {0};
    options.neighbours = true;
    sw_status status = sw_voronoi_create(&voronoi, atoms, &options, NULL, &error);
    if (status != SW_OK)
        print_message("# %s: %s\n", error.place, error.message);
    assert_int_equal(status, SW_OK);
    return voronoi;
}

static void compare_plainly(const sw_atoms *atoms, int images) {
    sw_voronoi voronoi = created(atoms, (sw_voronoi_options){0});
    size_t open = 0;
    for (size_t i = 0; i < voronoi.atoms; i++) {
        const sw_voronoi_atom *atom = &voronoi.atom[i];
        plain_cell plain = cell_plainly(atoms, i, images);
        open += plain.open;
        assert_int_equal(atom->kind == SW_VORONOI_OPEN, plain.open);
        assert_int_equal(atom->faces, voronoi.first[i + 1] - voronoi.first[i]);
        if (plain.open) {
            assert_true(isnan(atom->volume) && isnan(atom->surface));
            continue;
        }
        assert_true(fabs(atom->volume - plain.volume) < 1e-9 * plain.volume);
        assert_true(fabs(atom->surface - plain.surface) < 1e-9 * plain.surface);
        assert_int_equal(atom->faces, plain.faces);
        double surface = 0.0;
        for (size_t k = voronoi.first[i]; k < voronoi.first[i + 1]; k++)
            surface += voronoi.area[k];
        assert_true(fabs(surface - atom->surface) < 1e-8 * atom->surface);
    }
    assert_int_equal(open, voronoi.open);
    sw_voronoi_clear(&voronoi);
}

/* ---- tests ----------------------------------------------------------------------------------- */

static void cells_are_those_of_the_plain_version(void **state) {
    (void)state;
    static const double cells[][3][3] = {{{9, 0, 0}, {0, 8, 0}, {0, 0, 7}},
                                         {{6, 0, 0}, {3, 6, 0}, {-2, 2.5, 5}},
                                         {{3, 0, 0}, {0, 12, 0}, {0.5, 0, 4}}};
    for (int c = 0; c < 3; c++)
        for (int mask = 0; mask < 8; mask++) {
            const bool periodic[3] = {mask & 1, mask & 2, mask & 4};
            sw_atoms *atoms = random_atoms(16, cells[c], periodic, (uint64_t)(c * 8 + mask));
            compare_plainly(atoms, c == 2 ? 3 : 2);
            sw_atoms_destroy(atoms);
        }
}

static void a_cell_of_one_to_three_atoms(void **state) {
    (void)state;
    static const double cells[][3][3] = {{{3, 0, 0}, {0, 2, 0}, {0, 0, 2.5}},
                                         {{3, 0, 0}, {2.9, 1, 0}, {1.3, -0.8, 2}},
                                         {{1, 0, 0}, {2, 1, 0}, {-1, 2, 1}}};
    const bool periodic[3] = {true, true, true};
    for (int c = 0; c < 3; c++)
        for (size_t count = 1; count <= 3; count++) {
            sw_atoms *atoms = random_atoms(count, cells[c], periodic, count);
            compare_plainly(atoms, c == 2 ? 9 : 4);
            sw_atoms_destroy(atoms);
        }
}

/* So skewed that hundreds of images are nearer than the corners: too many for the plain version. */
static void skewed_cells_are_filled(void **state) {
    (void)state;
    static const double cell[3][3] = {{1, 0, 0}, {5, 1, 0}, {-3, 7, 1}};
    const bool periodic[3] = {true, true, true};
    for (size_t count = 1; count <= 3; count++) {
        sw_atoms *atoms = random_atoms(count, cell, periodic, count);
        sw_voronoi voronoi = created(atoms, (sw_voronoi_options){0});
        double total = 0.0;
        for (size_t i = 0; i < count; i++)
            total += voronoi.atom[i].volume;
        assert_true(fabs(total - 1.0) < 1e-10);
        sw_voronoi_clear(&voronoi);
        sw_atoms_destroy(atoms);
    }
}

/* The volumes of all atoms fill the box, whatever its shape and however unevenly they lie in it. */
static void volumes_fill_the_box(void **state) {
    (void)state;
    static const double cell[3][3] = {{30, 0, 0}, {7, 25, 0}, {-4, 6, 28}};
    const bool periodic[3] = {true, true, true};
    for (int uneven = 0; uneven < 3; uneven++) {
        sw_atoms *atoms = random_atoms(2000, cell, periodic, 17);
        double total = 0.0, (*at)[3] = (void *)sw_atoms_positions(atoms);
        for (size_t i = 0; uneven > 0 && i < 1900; i++) /* most of them in a corner */
            for (int k = 0; k < 3; k++)
                at[i][k] *= uneven == 1 ? 0.1 : 1e-3;
        sw_voronoi voronoi = created(atoms, (sw_voronoi_options){0});
        for (size_t i = 0; i < voronoi.atoms; i++)
            total += voronoi.atom[i].volume;
        assert_int_equal(voronoi.open, 0);
        assert_true(fabs(total / (30.0 * 25.0 * 28.0) - 1.0) < 1e-10);
        sw_voronoi_clear(&voronoi);
        sw_atoms_destroy(atoms);
    }
}

/* What i says of j, j says of i. */
static void faces_are_shared(void **state) {
    (void)state;
    static const double cell[3][3] = {{12, 0, 0}, {3, 11, 0}, {-1, 2, 10}};
    const bool periodic[3] = {true, true, false};
    sw_atoms *atoms = random_atoms(300, cell, periodic, 23);
    sw_voronoi voronoi = created(atoms, (sw_voronoi_options){0});
    for (size_t i = 0; i < voronoi.atoms; i++)
        for (size_t k = voronoi.first[i]; k < voronoi.first[i + 1]; k++) {
            size_t j = voronoi.neighbour[k], found = 0;
            for (size_t m = voronoi.first[j]; m < voronoi.first[j + 1]; m++) {
                double apart = 0.0;
                for (int d = 0; d < 3; d++)
                    apart += fabs(voronoi.vector[m][d] + voronoi.vector[k][d]);
                if (voronoi.neighbour[m] != i || apart > 1e-9)
                    continue;
                found++;
                assert_int_equal(isnan(voronoi.area[m]), isnan(voronoi.area[k]));
                if (!isnan(voronoi.area[k]))
                    assert_true(fabs(voronoi.area[m] - voronoi.area[k]) <
                                1e-9 * (1.0 + voronoi.area[k]));
            }
            assert_int_equal(found, 1);
        }
    sw_voronoi_clear(&voronoi);
    sw_atoms_destroy(atoms);
}

static void few_atoms_are_open(void **state) {
    (void)state;
    for (size_t count = 0; count < 4; count++) {
        sw_atoms *atoms = random_atoms(count, NULL, NULL, 7);
        sw_voronoi voronoi = created(atoms, (sw_voronoi_options){.smallest_face = 0.01});
        assert_int_equal(voronoi.open, count);
        for (size_t i = 0; i < count; i++) {
            assert_true(isnan(voronoi.atom[i].volume));
            assert_int_equal(voronoi.atom[i].coordination, count - 1);
        }
        sw_voronoi_clear(&voronoi);
        sw_atoms_destroy(atoms);
    }
}

static void atoms_in_one_plane_are_open(void **state) {
    (void)state;
    sw_atoms *atoms = random_atoms(200, NULL, NULL, 9);
    for (size_t i = 0; i < 200; i++)
        sw_atoms_positions(atoms)[3 * i + 2] = 0.25 * sw_atoms_positions(atoms)[3 * i];
    sw_voronoi voronoi = created(atoms, (sw_voronoi_options){0});
    assert_int_equal(voronoi.open, 200);
    sw_voronoi_clear(&voronoi);
    voronoi = created(atoms, (sw_voronoi_options){.cube = 2.0});
    assert_int_equal(voronoi.open, 200);
    for (size_t i = 0; i < 200; i++)
        assert_true(voronoi.atom[i].volume > 0.0 && voronoi.atom[i].volume <= 64.0);
    sw_voronoi_clear(&voronoi);
    sw_atoms_destroy(atoms);
}

/* A cube of 27 atoms: the one inside has a cell, the others end at the cube around them. */
static void a_cube_ends_open_cells(void **state) {
    (void)state;
    sw_atoms *atoms;
    assert_int_equal(sw_atoms_create(&atoms, 27), SW_OK);
    for (size_t i = 0; i < 27; i++)
        for (size_t k = 0, rest = i; k < 3; k++, rest /= 3)
            sw_atoms_positions(atoms)[3 * i + k] = 2.0 * (double)(rest % 3);
    sw_voronoi voronoi = created(atoms, (sw_voronoi_options){.cube = 1.5});
    assert_int_equal(voronoi.open, 26);
    for (size_t i = 0; i < 27; i++) {
        double expected = 1.0;
        for (size_t k = 0; k < 3; k++)
            expected *= sw_atoms_positions(atoms)[3 * i + k] == 2.0 ? 2.0 : 2.5;
        assert_true(fabs(voronoi.atom[i].volume - expected) < 1e-10);
    }
    assert_int_equal(voronoi.atom[13].edges[1], 6);
    assert_int_equal(voronoi.atom[13].coordination, 6);
    sw_voronoi_clear(&voronoi);
    sw_atoms_destroy(atoms);
}

/* A slab: hardly any cell has no end, but those of the surface end far outside. */
static void cells_that_end_too_far_away_are_open(void **state) {
    (void)state;
    static const double cell[3][3] = {{12, 0, 0}, {0, 12, 0}, {0, 0, 12}};
    const bool periodic[3] = {true, true, false};
    sw_atoms *atoms = random_atoms(400, cell, periodic, 3);
    sw_voronoi all = created(atoms, (sw_voronoi_options){0});
    sw_voronoi limited = created(atoms, (sw_voronoi_options){.farthest = 4.0});
    assert_true(all.open >= 2 && all.open < 10 && limited.open > 40);
    for (size_t i = 0; i < 400; i++) {
        bool open = all.atom[i].kind == SW_VORONOI_OPEN || all.atom[i].reach >= 4.0;
        assert_int_equal(limited.atom[i].kind == SW_VORONOI_OPEN, open);
        if (!open)
            assert_true(fabs(limited.atom[i].volume - all.atom[i].volume) <
                        1e-10 * all.atom[i].volume);
    }
    sw_voronoi_clear(&all);
    sw_voronoi_clear(&limited);
    sw_atoms_destroy(atoms);
}

static void one_atom_may_be_far_away(void **state) {
    (void)state;
    sw_atoms *near = random_atoms(300, NULL, NULL, 5), *far = random_atoms(300, NULL, NULL, 5);
    for (size_t k = 0; k < 3; k++) {
        sw_atoms_positions(near)[k] = 20.0;
        sw_atoms_positions(far)[k] = 1e9;
    }
    sw_voronoi with = created(near, (sw_voronoi_options){0});
    sw_voronoi without = created(far, (sw_voronoi_options){0});
    size_t compared = 0;
    for (size_t i = 0; i < 300; i++) {
        if (with.atom[i].kind || without.atom[i].kind || with.atom[i].reach > 2.0)
            continue;
        compared++;
        assert_true(fabs(with.atom[i].volume - without.atom[i].volume) <
                    1e-5 * with.atom[i].volume);
    }
    assert_true(compared > 100);
    assert_int_equal(without.atom[0].kind, SW_VORONOI_OPEN);
    sw_voronoi_clear(&with);
    sw_voronoi_clear(&without);
    sw_atoms_destroy(near);
    sw_atoms_destroy(far);
}

static void atoms_on_top_of_each_other(void **state) {
    (void)state;
    static const double cell[3][3] = {{8, 0, 0}, {0, 8, 0}, {0, 0, 8}};
    const bool periodic[3] = {true, true, true};
    sw_atoms *atoms = random_atoms(50, cell, periodic, 31);
    sw_voronoi voronoi;
    sw_error error = {0};
    sw_voronoi_options options = {0};
    double total = 0.0;
    for (size_t k = 0; k < 3; k++) /* 10 and 41 in one place, an image away; and 42, 43 */
        sw_atoms_positions(atoms)[3 * 40 + k] =
            sw_atoms_positions(atoms)[3 * 9 + k] + (k == 1 ? 8.0 : 0.0);
    for (size_t k = 0; k < 3; k++)
        sw_atoms_positions(atoms)[3 * 42 + k] = sw_atoms_positions(atoms)[3 * 41 + k];
    assert_int_equal(sw_voronoi_create(&voronoi, atoms, &options, NULL, &error), SW_ERROR_NUMERIC);
    assert_non_null(strstr(error.message, "atoms 10 and 41"));
    assert_non_null(strstr(error.message, "2 such"));
    voronoi = created(atoms, (sw_voronoi_options){.merge = true});
    assert_int_equal(voronoi.merged, 2);
    assert_int_equal(voronoi.atom[40].kind, SW_VORONOI_MERGED);
    assert_int_equal(voronoi.atom[42].kind, SW_VORONOI_MERGED);
    for (size_t i = 0; i < 50; i++)
        total += voronoi.atom[i].volume;
    for (size_t k = 0; k < voronoi.first[50]; k++)
        assert_true(voronoi.neighbour[k] < 50 && voronoi.neighbour[k] != 40 &&
                    voronoi.neighbour[k] != 42);
    assert_true(fabs(total - 512.0) < 1e-8);
    assert_int_equal(voronoi.first[41], voronoi.first[40]);
    sw_voronoi_clear(&voronoi);
    sw_atoms_destroy(atoms);
}

static void bad_input_is_refused(void **state) {
    (void)state;
    sw_atoms *atoms = random_atoms(10, NULL, NULL, 1);
    sw_voronoi voronoi;
    sw_error error = {0};
    const sw_voronoi_options bad[] = {
        {.smallest_face = 1.0}, {.smallest_face = -0.1}, {.smallest_face = NAN}, {.cutoff = -1.0},
        {.cutoff = NAN},        {.farthest = NAN},       {.cube = -2.0}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(sw_voronoi_create(&voronoi, atoms, &bad[i], NULL, &error),
                         SW_ERROR_ARGUMENT);
    sw_atoms_positions(atoms)[4] = NAN;
    assert_int_equal(sw_voronoi_create(&voronoi, atoms, &(sw_voronoi_options){0}, NULL, &error),
                     SW_ERROR_NUMERIC);
    assert_non_null(strstr(error.place, "atom 2"));
    sw_atoms_destroy(atoms);
}

/* ---- threads, progress and cancellation ------------------------------------------------------ */

static void note_progress(void *user, double fraction, const char *message) {
    (void)message;
    double *last = user;
    assert_true(fraction >= *last && fraction <= 1.0);
    *last = fraction;
}

static void threads_change_nothing(void **state) {
    (void)state;
    static const double cell[3][3] = {{20, 0, 0}, {3, 21, 0}, {-1, 2, 19}};
    const bool periodic[3] = {true, true, false};
    const sw_voronoi_options options = {
        .smallest_face = 0.01, .recompute = true, .farthest = 8.0, .neighbours = true};
    sw_atoms *atoms = random_atoms(3000, cell, periodic, 77);
    sw_voronoi one, many;
    sw_context *context;
    double last = 0.0;
    assert_int_equal(sw_context_create(&context), SW_OK);
    sw_context_set_threads(context, 3);
    sw_context_set_progress(context, note_progress, &last);
    assert_int_equal(sw_voronoi_create(&one, atoms, &options, NULL, NULL), SW_OK);
    assert_int_equal(sw_voronoi_create(&many, atoms, &options, context, NULL), SW_OK);
    assert_true(last > 0.0);
    size_t faces = one.first[3000];
    assert_memory_equal(one.first, many.first, 3001 * sizeof *one.first);
    assert_memory_equal(one.neighbour, many.neighbour, faces * sizeof *one.neighbour);
    assert_memory_equal(one.area, many.area, faces * sizeof *one.area);
    for (size_t i = 0; i < 3000; i++)
        assert_true(one.atom[i].volume == many.atom[i].volume || one.atom[i].kind);
    sw_voronoi_clear(&one);
    sw_voronoi_clear(&many);
    sw_context_cancel(context);
    sw_error error = {0};
    assert_int_equal(sw_voronoi_create(&one, atoms, &options, context, &error), SW_ERROR_CANCELLED);
    assert_int_equal(error.code, SW_ERROR_CANCELLED);
    assert_null(one.atom);
    sw_context_destroy(context);
    sw_atoms_destroy(atoms);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_those_of_the_plain_version),
        cmocka_unit_test(a_cell_of_one_to_three_atoms),
        cmocka_unit_test(skewed_cells_are_filled),
        cmocka_unit_test(volumes_fill_the_box),
        cmocka_unit_test(faces_are_shared),
        cmocka_unit_test(few_atoms_are_open),
        cmocka_unit_test(atoms_in_one_plane_are_open),
        cmocka_unit_test(a_cube_ends_open_cells),
        cmocka_unit_test(cells_that_end_too_far_away_are_open),
        cmocka_unit_test(one_atom_may_be_far_away),
        cmocka_unit_test(atoms_on_top_of_each_other),
        cmocka_unit_test(bad_input_is_refused),
        cmocka_unit_test(threads_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
