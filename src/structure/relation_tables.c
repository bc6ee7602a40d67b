/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/relation_tables.h"

#include "structure/results.h"

#include <math.h>
#include <stdlib.h>

#define ROWS 40 /* of a table at most */

typedef struct vector_lists {
    sw_lattice_vectors planes[2], directions[2];
} vector_lists;

static sw_status make_lists(vector_lists *lists, const sw_crystal_pose *const pose[2],
                            int largest) {
    sw_status status = SW_OK;
    for (int side = 0; side < 2 && status == SW_OK; side++) {
        status = sw_lattice_vectors_create(&lists->planes[side], pose[side]->crystal,
                                           SW_LATTICE_PLANE, largest, pose[side]->c_over_a);
        if (status == SW_OK)
            status = sw_lattice_vectors_create(&lists->directions[side], pose[side]->crystal,
                                               SW_LATTICE_DIRECTION, largest, pose[side]->c_over_a);
    }
    return status;
}

static void clear_lists(vector_lists *lists) {
    for (int side = 0; side < 2; side++) {
        sw_lattice_vectors_clear(&lists->planes[side]);
        sw_lattice_vectors_clear(&lists->directions[side]);
    }
}

static sw_status fill_row(sw_table *table, const sw_parallel_pair *pair,
                          const sw_lattice_vectors of[2], double reach) {
    const size_t vector[2] = {pair->a, pair->b};
    size_t row;
    char text[SW_LATTICE_TEXT];
    sw_status status = sw_table_add_row(table, &row);
    for (size_t c = 0; c < 4 && status == SW_OK; c++)
        status = sw_table_set_text(table, row, c,
                                   sw_lattice_print(text, &of[c % 2], vector[c % 2], c < 2));
    if (status != SW_OK)
        return status;
    sw_table_numbers(table, 4)[row] = pair->angle / SW_RADIAN_PER_DEGREE;
    sw_table_numbers(table, 5)[row] = fmax(pair->angle - reach, 0.0) / SW_RADIAN_PER_DEGREE;
    sw_table_numbers(table, 6)[row] = (pair->angle + reach) / SW_RADIAN_PER_DEGREE;
    return SW_OK;
}

/* The best of each pair of families. */
static sw_status add_pairs(sw_measurement *out, const char *name,
                           const sw_crystal_pose *const pose[2], const sw_lattice_vectors of[2],
                           const sw_relation_limits *limits) {
    static const char *const columns[7] = {"first family", "second family", "first", "second",
                                           "angle",        "low",           "high"};
    sw_parallel_pairs pairs;
    sw_table *table;
    sw_status status =
        sw_parallel_pairs_find(&pairs, pose[0], &of[0], pose[1], &of[1], limits->tolerance, true);
    if (status != SW_OK)
        return status;
    status = sw_table_create(&table);
    if (status == SW_OK) {
        for (size_t c = 0; c < 7 && status == SW_OK; c++)
            status = c < 4 ? sw_table_add_text_column(table, columns[c])
                           : sw_table_add_column(table, columns[c], "deg");
        for (size_t p = 0; p < pairs.count && p < ROWS && status == SW_OK; p++)
            status = fill_row(table, &pairs.list[p], of, limits->reach);
        status = sw_add_filled_table(out, name, table, status);
    }
    free(pairs.list);
    return status;
}

static sw_status note_relation(sw_measurement *out, const vector_lists *lists,
                               const sw_parallel_pair chosen[2]) {
    char text[4][SW_LATTICE_TEXT];
    return sw_measurement_note(out,
                               "%s || %s (%.3g deg), %s || %s (%.3g deg), first crystal first.",
                               sw_lattice_print(text[0], &lists->planes[0], chosen[0].a, false),
                               sw_lattice_print(text[1], &lists->planes[1], chosen[0].b, false),
                               chosen[0].angle / SW_RADIAN_PER_DEGREE,
                               sw_lattice_print(text[2], &lists->directions[0], chosen[1].a, false),
                               sw_lattice_print(text[3], &lists->directions[1], chosen[1].b, false),
                               chosen[1].angle / SW_RADIAN_PER_DEGREE);
}

/* The plane and the direction with the smallest indices. */
static sw_status add_relation(sw_measurement *out, const sw_crystal_pose *const pose[2],
                              const vector_lists *lists, double tolerance) {
    const sw_lattice_vectors *planes_of[2] = {&lists->planes[0], &lists->planes[1]};
    const sw_lattice_vectors *directions_of[2] = {&lists->directions[0], &lists->directions[1]};
    sw_parallel_pairs planes, directions = {0};
    sw_parallel_pair chosen[2];
    sw_status status = sw_parallel_pairs_find(&planes, pose[0], planes_of[0], pose[1], planes_of[1],
                                              tolerance, false);
    if (status == SW_OK)
        status = sw_parallel_pairs_find(&directions, pose[0], directions_of[0], pose[1],
                                        directions_of[1], tolerance, false);
    if (status == SW_OK)
        status = sw_plane_and_direction(chosen, &planes, planes_of, &directions, directions_of)
                     ? note_relation(out, lists, chosen)
                     : sw_measurement_note(out, "No plane and direction in it are parallel within "
                                                "the tolerance.");
    free(planes.list);
    free(directions.list);
    return status;
}

sw_status sw_relation_tables_add(sw_measurement *out, const sw_crystal_pose *a,
                                 const sw_crystal_pose *b, const sw_relation_limits *limits) {
    const sw_crystal_pose *const pose[2] = {a, b};
    vector_lists lists = {0};
    sw_status status = make_lists(&lists, pose, limits->largest);
    if (status == SW_OK)
        status = add_relation(out, pose, &lists, limits->tolerance);
    if (status == SW_OK)
        status = add_pairs(out, "planes", pose, lists.planes, limits);
    if (status == SW_OK)
        status = add_pairs(out, "directions", pose, lists.directions, limits);
    clear_lists(&lists);
    return status;
}
