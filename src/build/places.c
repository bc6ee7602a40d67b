/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "build/places.h"

#include "base/matrix.h"
#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_BUCKETS 1024
#define MOST_PLACES 4000000000u

/* ---- cells and bins -------------------------------------------------------------------------- */

static void measure_bins(sw_places *places, double width) {
    double volume = sw_matrix_determinant((const double(*)[3])places->cell);
    for (int axis = 0; axis < 3; axis++) {
        double cross[3];
        sw_vector_cross(cross, places->cell[(axis + 1) % 3], places->cell[(axis + 2) % 3]);
        double height = fabs(volume) / sw_vector_length(cross);
        places->bins[axis] = fmax(1, fmin(floor(height / width), 1e6));
        places->width[axis] = height / places->bins[axis];
    }
}

sw_status sw_places_create(sw_places *places, const double cell[3][3], const bool periodic[3],
                           double width, sw_error *error) {
    *places = (sw_places){.buckets = FIRST_BUCKETS};
    places->head = sw_allocate(places->buckets, sizeof *places->head);
    if (!places->head)
        return sw_error_set(error, SW_ERROR_MEMORY, "places", NULL, "no memory");
    for (int i = 0; i < 3; i++) {
        places->cell[i][i] = width;
        places->periodic[i] = cell && periodic[i];
    }
    if (cell)
        memcpy(places->cell, cell, sizeof places->cell);
    measure_bins(places, width);
    if (!sw_matrix_inverse(places->inverse, (const double(*)[3])places->cell))
        return sw_error_set(error, SW_ERROR_ARGUMENT, "cell", "give three independent vectors",
                            "the cell has no volume");
    return SW_OK;
}

void sw_places_clear(sw_places *places) {
    free(places->head);
    free(places->place);
    *places = (sw_places){0};
}

void sw_places_wrap(double wrapped[3], const sw_places *places, const double position[3]) {
    double fraction[3];
    memcpy(wrapped, position, 3 * sizeof *wrapped);
    sw_matrix_row_product(fraction, position, (const double(*)[3])places->inverse);
    for (int axis = 0; axis < 3; axis++)
        for (int i = 0; places->periodic[axis] && i < 3; i++)
            wrapped[i] -= floor(fraction[axis]) * places->cell[axis][i];
}

/* The bin of a wrapped position; rounding at the far face belongs to the last bin. */
static void find_bin(int64_t bin[3], const sw_places *places, const double position[3]) {
    double fraction[3];
    sw_matrix_row_product(fraction, position, (const double(*)[3])places->inverse);
    for (int axis = 0; axis < 3; axis++) {
        double value = floor(fraction[axis] * places->bins[axis]);
        if (places->periodic[axis])
            value = fmax(0, fmin(value, places->bins[axis] - 1));
        bin[axis] = (int64_t)fmax(-1e15, fmin(value, 1e15));
    }
}

static size_t bucket_of(const sw_places *places, const int64_t bin[3]) {
    uint64_t key = (uint64_t)bin[0] * 0x9e3779b97f4a7c15u;
    key = (key ^ (key >> 29) ^ (uint64_t)bin[1]) * 0xbf58476d1ce4e5b9u;
    key = (key ^ (key >> 32) ^ (uint64_t)bin[2]) * 0x94d049bb133111ebu;
    return (size_t)(key ^ (key >> 31)) & (places->buckets - 1);
}

/* ---- coming and going ------------------------------------------------------------------------ */

static void link_place(sw_places *places, size_t number) {
    size_t bucket = bucket_of(places, places->place[number].bin);
    places->place[number].next = places->head[bucket];
    places->head[bucket] = (uint32_t)number + 1;
}

static void unlink_place(sw_places *places, size_t number) {
    uint32_t *link = &places->head[bucket_of(places, places->place[number].bin)];
    while (*link != (uint32_t)number + 1)
        link = &places->place[*link - 1].next;
    *link = places->place[number].next;
}

static bool grow_table(sw_places *places) {
    size_t buckets = 2 * places->buckets;
    uint32_t *head = sw_allocate(buckets, sizeof *head);
    if (!head)
        return false;
    free(places->head);
    places->head = head;
    places->buckets = buckets;
    for (size_t i = 0; i < places->capacity; i++)
        if (places->place[i].present)
            link_place(places, i);
    return true;
}

sw_status sw_places_add(sw_places *places, size_t number, const double position[3],
                        sw_error *error) {
    if (number >= MOST_PLACES ||
        !sw_reserve(&places->place, &places->capacity, number + 1, sizeof *places->place) ||
        (places->used >= places->buckets && !grow_table(places)))
        return sw_error_set(error, SW_ERROR_MEMORY, "places", "build less at a time",
                            "no memory for %zu places", number);
    struct sw_place *place = &places->place[number];
    sw_places_wrap(place->position, places, position);
    find_bin(place->bin, places, place->position);
    place->present = true;
    places->used++;
    link_place(places, number);
    return SW_OK;
}

void sw_places_remove(sw_places *places, size_t number) {
    unlink_place(places, number);
    places->place[number].present = false;
    places->used--;
}

void sw_places_move(sw_places *places, size_t number, const double position[3]) {
    struct sw_place *place = &places->place[number];
    int64_t bin[3];
    sw_places_wrap(place->position, places, position);
    find_bin(bin, places, place->position);
    if (memcmp(bin, place->bin, sizeof bin) == 0)
        return;
    unlink_place(places, number);
    memcpy(place->bin, bin, sizeof bin);
    link_place(places, number);
}

/* ---- finding --------------------------------------------------------------------------------- */

/* The bin that an unwrapped one is an image of; shift is where the image lies from it. */
static void wrap_bin(int64_t bin[3], double shift[3], const sw_places *places,
                     const int64_t unwrapped[3]) {
    memset(shift, 0, 3 * sizeof *shift);
    for (int axis = 0; axis < 3; axis++) {
        bin[axis] = unwrapped[axis];
        if (!places->periodic[axis])
            continue;
        double turns = floor((double)unwrapped[axis] / places->bins[axis]);
        bin[axis] -= (int64_t)(turns * places->bins[axis]);
        for (int i = 0; i < 3; i++)
            shift[i] += turns * places->cell[axis][i];
    }
}

static bool visit_bin(const sw_places *places, const double from[3], const int64_t unwrapped[3],
                      double squared_limit, sw_places_function function, void *user) {
    int64_t bin[3];
    double shift[3];
    wrap_bin(bin, shift, places, unwrapped);
    for (uint32_t link = places->head[bucket_of(places, bin)]; link;) {
        const struct sw_place *place = &places->place[link - 1];
        size_t number = link - 1;
        link = place->next;
        if (memcmp(place->bin, bin, sizeof bin) != 0)
            continue;
        double vector[3];
        for (int i = 0; i < 3; i++)
            vector[i] = place->position[i] + shift[i] - from[i];
        double squared = sw_vector_dot(vector, vector);
        if (squared < squared_limit && !function(user, number, vector, squared))
            return false;
    }
    return true;
}

void sw_places_visit(const sw_places *places, const double position[3], double distance,
                     sw_places_function function, void *user) {
    double from[3];
    int64_t centre[3], reach[3], bin[3];
    sw_places_wrap(from, places, position);
    find_bin(centre, places, from);
    for (int axis = 0; axis < 3; axis++)
        reach[axis] = (int64_t)ceil(distance / places->width[axis]);
    for (bin[2] = centre[2] - reach[2]; bin[2] <= centre[2] + reach[2]; bin[2]++)
        for (bin[1] = centre[1] - reach[1]; bin[1] <= centre[1] + reach[1]; bin[1]++)
            for (bin[0] = centre[0] - reach[0]; bin[0] <= centre[0] + reach[0]; bin[0]++)
                if (!visit_bin(places, from, bin, distance * distance, function, user))
                    return;
}

static bool note_one(void *user, size_t number, const double vector[3], double squared) {
    (void)number, (void)vector, (void)squared;
    *(bool *)user = true;
    return false;
}

bool sw_places_any(const sw_places *places, const double position[3], double distance) {
    bool found = false;
    sw_places_visit(places, position, distance, note_one, &found);
    return found;
}
