/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Common tangents of binary solutions. The lower convex hull of points on all curves gives every
 * tie line roughly, whatever the shapes; Newton's method on equal chemical potentials gives it
 * exactly. Grid of 400 points a phase, denser at both ends.
 */
#include "base/memory.h"
#include "thermo/calphad/solution.h"

#include <math.h>
#include <stdlib.h>

#define GRID 400
#define CLOSEST 1e-12 /* to a pure element */
#define SOLUTIONS 16
/* At the Curie temperature the magnetic series has a small kink, which the hull bridges over some points of
 * the grid. Two phases so close that Newton's method does not find them from there are passed over: fcc Fe-Ni
 * from 713 to 730 K. */
#define KINK 6
#define PI 3.14159265358979323846

struct point {
    double x, gibbs;
    size_t phase;
    int place; /* on the grid */
};

static int by_composition(const void *left, const void *right) {
    const struct point *a = left, *b = right;
    if (a->x != b->x)
        return a->x < b->x ? -1 : 1;
    return (a->gibbs > b->gibbs) - (a->gibbs < b->gibbs);
}

static sw_status sample(struct point *points, sw_solution *const *solutions, size_t count,
                        sw_error *error) {
    for (size_t phase = 0; phase < count; phase++)
        for (int i = 0; i <= GRID; i++) {
            sw_binary state;
            double x = 0.5 * (1.0 - cos(PI * i / GRID));
            x = fmin(fmax(x, CLOSEST), 1.0 - CLOSEST);
            const sw_status status = sw_solution_binary(&state, solutions[phase], x, error);
            if (status != SW_OK)
                return status;
            *points++ = (struct point){x, state.gibbs, phase, i};
        }
    return SW_OK;
}

static bool turns_up(const struct point *a, const struct point *b, const struct point *c) {
    return (b->x - a->x) * (c->gibbs - a->gibbs) > (b->gibbs - a->gibbs) * (c->x - a->x);
}

/* Keeps the lower hull of sorted points in place; returns how many there are. */
static size_t lower_hull(struct point *points, size_t count) {
    size_t held = 0;
    for (size_t i = 0; i < count; i++) {
        if (held > 0 && points[held - 1].x == points[i].x)
            continue; /* the first at a composition is the lowest */
        while (held >= 2 && !turns_up(&points[held - 2], &points[held - 1], &points[i]))
            held--;
        points[held++] = points[i];
    }
    return held;
}

/* The Newton step, shortened so that x stays within its half of the way to an end. */
static double moved(double x, double step) {
    const double most = 0.5 * fmin(x, 1.0 - x);
    const double limited = fmax(-most, fmin(most, step));
    return fmin(fmax(x + limited, CLOSEST), 1.0 - CLOSEST);
}

static sw_status refine(sw_tie_line *line, sw_solution *const *solutions, sw_error *error) {
    const double thermal = CALPHAD_GAS_CONSTANT * SW_JOULE_PER_MOLE * solutions[0]->temperature;
    for (int iteration = 0; iteration < 200; iteration++) {
        sw_binary side[2];
        double curvature[2];
        for (int s = 0; s < 2; s++) {
            const double x = line->x[s];
            const sw_status status =
                sw_solution_binary(&side[s], solutions[line->phase[s]], x, error);
            if (status != SW_OK)
                return status;
            curvature[s] = side[s].thermodynamic_factor * thermal / (x * (1.0 - x));
        }
        const double first = side[0].potential[0] - side[1].potential[0];
        const double second = side[0].potential[1] - side[1].potential[1];
        for (int s = 0; s < 2; s++)
            line->potential[s] = side[0].potential[s];
        if (fabs(first) < 1e-12 && fabs(second) < 1e-12)
            return SW_OK;
        /* d(mu0) = -x G'' dx, d(mu1) = (1-x) G'' dx on each side: two equations for both dx */
        const double apart = line->x[1] - line->x[0];
        if (!(curvature[0] > 0.0) || !(curvature[1] > 0.0) || !(apart > 1e-9))
            break;
        const double step[2] = {((1.0 - line->x[1]) * first + line->x[1] * second) / apart,
                                ((1.0 - line->x[0]) * first + line->x[0] * second) / apart};
        line->x[0] = moved(line->x[0], -step[0] / curvature[0]);
        line->x[1] = moved(line->x[1], -step[1] / curvature[1]);
    }
    return sw_error_set(error, SW_ERROR_NUMERIC, "tie line", "take another temperature",
                        "the common tangent near x = %g and %g was not found", line->x[0],
                        line->x[1]);
}

static sw_status walk(sw_tie_line *lines, size_t *found, size_t room, const struct point *hull,
                      size_t held, sw_solution *const *solutions, sw_error *error) {
    for (size_t i = 1; i < held; i++) {
        const struct point *a = &hull[i - 1], *b = &hull[i];
        if (a->phase == b->phase && b->place - a->place <= 1)
            continue;
        sw_tie_line line = {.phase = {a->phase, b->phase}, .x = {a->x, b->x}};
        sw_error own = {0};
        const sw_status status = refine(&line, solutions, &own);
        if (status != SW_OK && a->phase == b->phase && b->place - a->place <= KINK)
            continue;
        if (status != SW_OK)
            return sw_error_set(error, status, own.place, own.hint, "%s", own.message);
        if (*found < room)
            lines[*found] = line;
        ++*found;
    }
    return SW_OK;
}

sw_status sw_binary_tie_lines(sw_tie_line *lines, size_t *found, size_t room,
                              sw_solution *const *solutions, size_t count, sw_error *error) {
    *found = 0;
    if (count == 0 || count > SOLUTIONS)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "solutions", NULL,
                            "expected 1 to %d solutions, found %zu", SOLUTIONS, count);
    for (size_t i = 1; i < count; i++)
        if (solutions[i]->temperature != solutions[0]->temperature)
            return sw_error_set(error, SW_ERROR_ARGUMENT, solutions[i]->name,
                                "set all of them to one temperature",
                                "expected solutions at one temperature");
    struct point *points = sw_allocate(count * (GRID + 1), sizeof *points);
    if (!points)
        return sw_error_set(error, SW_ERROR_MEMORY, NULL, NULL, "no memory for the tangent");
    sw_status status = sample(points, solutions, count, error);
    if (status == SW_OK) {
        qsort(points, count * (GRID + 1), sizeof *points, by_composition);
        const size_t held = lower_hull(points, count * (GRID + 1));
        status = walk(lines, found, room, points, held, solutions, error);
    }
    free(points);
    return status;
}

void sw_tie_line_shares(double share[2], const sw_tie_line *line, double x) {
    const double part = (x - line->x[0]) / (line->x[1] - line->x[0]);
    share[1] = fmin(fmax(part, 0.0), 1.0);
    share[0] = 1.0 - share[1];
}
