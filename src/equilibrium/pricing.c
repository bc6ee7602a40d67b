/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The most favourable composition of gas and solutions at given element potentials. */
#include "equilibrium/elimination.h"
#include "equilibrium/problem.h"

#include <math.h>

#define REFINEMENTS 60
#define LARGEST_FALL 40.0 /* of ln of a fraction, in one step */
#define LEAST_PART 1e-280 /* logarithms want something */
#define ROUNDING 1e-13    /* kT */

double sw_problem_gas(double *fractions, const struct sw_problem *problem,
                      const double *potentials) {
    double highest = -INFINITY, sum = 0.0;
    for (size_t i = 0; i < problem->gases; i++) {
        fractions[i] =
            sw_problem_dot(problem, problem->gas_atoms[i], potentials) - problem->gas_energy[i];
        highest = fmax(highest, fractions[i]);
    }
    if (problem->gases == 0)
        return -INFINITY;
    for (size_t i = 0; i < problem->gases; i++)
        sum += fractions[i] = exp(fractions[i] - highest);
    for (size_t i = 0; i < problem->gases; i++)
        fractions[i] /= sum;
    return highest + log(sum);
}

bool sw_problem_add_mixture(struct sw_problem *problem, const double *fractions) {
    if (problem->mixtures == PROBLEM_MIXTURES || problem->columns == PROBLEM_COLUMNS)
        return false;
    struct sw_equilibrium_column *column = &problem->column[problem->columns];
    double *kept = problem->mixture[problem->mixtures];
    *column = (struct sw_equilibrium_column){.kind = COLUMN_MIXTURE, .index = problem->mixtures};
    for (size_t i = 0; i < problem->gases; i++) {
        const double y = kept[i] = fractions[i];
        column->cost += y > 0.0 ? y * (problem->gas_energy[i] + log(y)) : 0.0;
        for (size_t j = 0; j < problem->elements; j++)
            column->atoms[j] += y * problem->gas_atoms[i][j];
    }
    problem->mixtures++;
    problem->columns++;
    return true;
}

const struct sw_equilibrium_grid *sw_problem_grid(const struct sw_problem *problem,
                                                  size_t solution) {
    return &problem->grids[problem->system->solution[problem->solution[solution].index].ends - 2];
}

sw_status sw_problem_solution_gibbs(double *gibbs, double *first, double *second,
                                    const struct sw_problem *problem, size_t solution,
                                    const struct sw_equilibrium_composition *at, sw_error *error) {
    const struct sw_problem_solution *of = &problem->solution[solution];
    const sw_solution_phase *phase = &problem->system->solution[of->index];
    const sw_status status =
        phase->gibbs(gibbs, first, second, phase->data, problem->temperature, at->part, error);
    const double scale = 1.0 / problem->thermal;
    *gibbs *= scale;
    for (size_t e = 0; e < phase->ends; e++) {
        *gibbs -= at->part[e] * of->open[e];
        if (first != NULL)
            first[e] = first[e] * scale - of->open[e];
        for (size_t f = 0; f < phase->ends && second != NULL; f++)
            second[e * phase->ends + f] *= scale;
    }
    return status;
}

void sw_problem_solution_atoms(double *atoms, const struct sw_problem *problem, size_t solution,
                               const struct sw_equilibrium_composition *at) {
    const struct sw_problem_solution *of = &problem->solution[solution];
    for (size_t i = 0; i < problem->elements; i++) {
        atoms[i] = 0.0;
        for (size_t k = 0; k < of->ends; k++)
            atoms[i] += at->part[of->end[k]] * of->atoms[of->end[k]][i];
    }
}

sw_status sw_problem_add_solution_point(struct sw_problem *problem, size_t solution,
                                        const struct sw_equilibrium_composition *at,
                                        sw_error *error) {
    double gibbs, first[SW_SOLUTION_ENDS];
    if (problem->columns == PROBLEM_COLUMNS)
        return SW_OK;
    const sw_status status =
        sw_problem_solution_gibbs(&gibbs, first, NULL, problem, solution, at, error);
    if (status != SW_OK || !isfinite(gibbs))
        return status;
    struct sw_equilibrium_column *column = &problem->column[problem->columns++];
    *column = (struct sw_equilibrium_column){
        .kind = COLUMN_SOLUTION, .index = solution, .at = *at, .cost = gibbs};
    sw_problem_solution_atoms(column->atoms, problem, solution, at);
    return SW_OK;
}

/* ---- the lowest point of a solution ---------------------------------------------------------- */

/* A solution above the plane of the potentials, at one composition; arrays by its ends that are
 * there. */
struct point {
    struct sw_equilibrium_composition at;
    double height;                                       /* above the plane */
    double tilt[SW_SOLUTION_ENDS];                       /* derivatives of the height */
    double bend[SW_SOLUTION_ENDS][SW_SOLUTION_ENDS + 1]; /* p_j times the second derivatives */
};

static sw_status look(struct point *point, const struct sw_problem *problem, size_t solution,
                      const double *plane, sw_error *error) {
    const struct sw_problem_solution *of = &problem->solution[solution];
    const size_t all = sw_problem_grid(problem, solution)->ends;
    double first[SW_SOLUTION_ENDS], second[SW_SOLUTION_ENDS * SW_SOLUTION_ENDS];
    const sw_status status = sw_problem_solution_gibbs(&point->height, first, second, problem,
                                                       solution, &point->at, error);
    for (size_t i = 0; i < of->ends; i++)
        point->height -= point->at.part[of->end[i]] * plane[of->end[i]];
    for (size_t i = 0; i < of->ends && status == SW_OK; i++) {
        point->tilt[i] = first[of->end[i]] - plane[of->end[i]];
        for (size_t j = 0; j < of->ends; j++)
            point->bend[i][j] = second[of->end[i] * all + of->end[j]] * point->at.part[of->end[j]];
    }
    return status;
}

/* Relative changes of the fractions, by Newton: sum_j p_j G_ij c_j - n = -tilt_i, sum_i p_i c_i
 * = 0. False where singular. */
static bool newton_changes(double *change, const struct point *point,
                           const struct sw_problem_solution *of) {
    const size_t n = of->ends + 1;
    double matrix[SW_SOLUTION_ENDS + 1][SW_SOLUTION_ENDS + 2] = {{0.0}};
    for (size_t i = 0; i < of->ends; i++) {
        for (size_t j = 0; j < of->ends; j++)
            matrix[i][j] = point->bend[i][j];
        matrix[i][of->ends] = -1.0;
        matrix[i][n] = -point->tilt[i];
        matrix[of->ends][i] = point->at.part[of->end[i]];
    }
    if (!sw_eliminate(matrix[0], n, SW_SOLUTION_ENDS + 2, 1e-12))
        return false;
    for (size_t i = 0; i < of->ends; i++)
        change[i] = matrix[i][n];
    return true;
}

/* Downhill in any case: Newton's changes, or where the surface bends down those of an ideal
 * solution, whose second derivatives are 1/p; traces may rise to a tenth at once. */
static void choose_changes(double *change, const struct point *point,
                           const struct sw_problem_solution *of) {
    double mean = 0.0, descent = 0.0;
    const bool solved = newton_changes(change, point, of);
    for (size_t i = 0; i < of->ends; i++) {
        const double part = point->at.part[of->end[i]];
        mean += part * point->tilt[i];
        descent += solved ? part * change[i] * point->tilt[i] : 0.0;
    }
    for (size_t i = 0; i < of->ends; i++) {
        const double part = point->at.part[of->end[i]];
        if (!(descent < 0.0))
            change[i] = mean - point->tilt[i];
        change[i] = fmax(-LARGEST_FALL, fmin(change[i], fmax(1.0, log(0.1 / part))));
    }
}

static struct sw_equilibrium_composition changed(const struct sw_equilibrium_composition *at,
                                                 const double *change, double length,
                                                 const struct sw_problem_solution *of) {
    struct sw_equilibrium_composition to = {{0.0}};
    double sum = 0.0;
    for (size_t i = 0; i < of->ends; i++)
        sum += to.part[of->end[i]] =
            fmax(LEAST_PART, at->part[of->end[i]] * exp(length * change[i]));
    for (size_t i = 0; i < of->ends; i++)
        to.part[of->end[i]] /= sum;
    return to;
}

/* Goes down from a composition to the bottom of its dip. */
static sw_status refine(struct point *point, const struct sw_problem *problem, size_t solution,
                        const double *plane, sw_error *error) {
    const struct sw_problem_solution *of = &problem->solution[solution];
    sw_status status = look(point, problem, solution, plane, error);
    for (int i = 0; i < REFINEMENTS && status == SW_OK; i++) {
        double change[SW_SOLUTION_ENDS], largest = 0.0, length = 1.0;
        struct point next = {{{0.0}}, INFINITY, {0.0}, {{0.0}}};
        choose_changes(change, point, of);
        for (size_t k = 0; k < of->ends; k++)
            largest = fmax(largest, fabs(change[k]));
        for (; length > 1e-6 && status == SW_OK; length *= 0.5) {
            next.at = changed(&point->at, change, length, of);
            status = look(&next, problem, solution, plane, error);
            if (next.height <= point->height + ROUNDING)
                break;
        }
        if (status != SW_OK || !(next.height <= point->height + ROUNDING))
            break;
        *point = next;
        if (largest < 1e-8)
            break;
    }
    return status;
}

/* No sample beside it is lower. */
static bool is_dip(const struct sw_equilibrium_grid *grid, const double *height, size_t point) {
    size_t neighbour[GRID_NEIGHBOURS];
    const size_t count = sw_equilibrium_grid_neighbours(neighbour, grid, point);
    for (size_t i = 0; i < count; i++)
        if (height[neighbour[i]] < height[point])
            return false;
    return true;
}

/* The lowest point of a solution that was found so far. */
struct lowest {
    double height;
    struct sw_equilibrium_composition at;
};

/* Goes down from a sample; of equal heights it takes the one that has every end, as a trace. */
static sw_status look_below(struct lowest *lowest, const struct sw_equilibrium_composition *from,
                            const struct sw_problem *problem, size_t solution, const double *plane,
                            sw_error *error) {
    static const double nowhere[SW_SOLUTION_ENDS] = {0.0};
    struct point point = {*from, INFINITY, {0.0}, {{0.0}}};
    point.at = changed(&point.at, nowhere, 0.0, &problem->solution[solution]);
    const sw_status status = refine(&point, problem, solution, plane, error);
    if (status == SW_OK && point.height <= lowest->height + ROUNDING) {
        lowest->height = fmin(lowest->height, point.height);
        lowest->at = point.at;
    }
    return status;
}

static double height_above(double sample, const struct sw_equilibrium_composition *at,
                           const double *plane) {
    for (size_t e = 0; e < SW_SOLUTION_ENDS; e++)
        sample -= at->part[e] * plane[e];
    return sample;
}

/* Dips between the samples around kinks. */
static sw_status look_at_kinks(struct lowest *lowest, const struct sw_problem *problem,
                               size_t solution, const double *plane, double worth,
                               sw_error *error) {
    const struct sw_problem_solution *of = &problem->solution[solution];
    sw_status status = SW_OK;
    for (size_t k = 0; k < of->kinks; k++) {
        const struct sw_equilibrium_kink *kink = &of->kink[k];
        double height[KINK_POINTS];
        for (size_t i = 0; i < KINK_POINTS; i++)
            height[i] = height_above(kink->sample[i], &kink->at[i], plane) -
                        kink->at[i].part[0] * of->open[0] - kink->at[i].part[1] * of->open[1];
        for (size_t i = 1; i + 1 < KINK_POINTS && status == SW_OK; i++)
            if (height[i] <= worth && height[i] < height[i - 1] && height[i] < height[i + 1])
                status = look_below(lowest, &kink->at[i], problem, solution, plane, error);
    }
    return status;
}

sw_status sw_problem_solution_lowest(double *lowest, struct sw_equilibrium_composition *at,
                                     const struct sw_problem *problem, size_t solution,
                                     const double *potentials, double worth, sw_error *error) {
    const struct sw_problem_solution *of = &problem->solution[solution];
    const struct sw_equilibrium_grid *grid = sw_problem_grid(problem, solution);
    double plane[SW_SOLUTION_ENDS] = {0.0}, height[GRID_POINTS];
    struct lowest found = {INFINITY, grid->at[0]};
    sw_status status = SW_OK;
    for (size_t i = 0; i < of->ends; i++)
        plane[of->end[i]] = sw_problem_dot(problem, of->atoms[of->end[i]], potentials);
    for (size_t k = 0; k < grid->points; k++) {
        height[k] = height_above(of->sample[k], &grid->at[k], plane);
        if (height[k] < found.height)
            found = (struct lowest){height[k], grid->at[k]};
    }
    for (size_t k = 0; k < grid->points && status == SW_OK; k++)
        if (height[k] <= worth && is_dip(grid, height, k))
            status = look_below(&found, &grid->at[k], problem, solution, plane, error);
    if (status == SW_OK)
        status = look_at_kinks(&found, problem, solution, plane, worth, error);
    *lowest = found.height;
    *at = found.at;
    return status;
}
