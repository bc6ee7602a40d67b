/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/template_search.h"

#include "base/matrix.h"
#include "structure/rotation.h"
#include "structure/superposition.h"
#include "structure/wide.h"

#include <math.h>
#include <string.h>

#define LANES SW_TEMPLATE_NEIGHBOURS /* neighbours; those beyond the template's number stay closed */
#define SLACK 1e-4F                  /* rounding of sums of floats, relative and absolute */
#define NO_PLACE 255

/*
 * cost[level][w][i]: what neighbour i would add in place w, against the atom and all neighbours that
 * have places. `share` is what those that have places add among themselves.
 */

/* ---- loops over lanes --------------------------------------------------------------------------- */

/* Adds the cost against one more placed neighbour, at `separation` from each lane; the place is `distance`
 * from each free place. Returns least[i], the least over the free places. */
SW_WIDE static void add_costs(float (*restrict next)[LANES], const float (*restrict cost)[LANES],
                              const float *restrict separation, const float *restrict distance,
                              const uint8_t *restrict free_place, size_t free_places,
                              float *restrict least) {
    float smallest[LANES];
    for (size_t i = 0; i < LANES; i++)
        smallest[i] = 1e30F;
    for (size_t f = 0; f < free_places; f++) {
        size_t w = free_place[f];
        float far = distance[w];
        for (size_t i = 0; i < LANES; i++) {
            float off = separation[i] - far;
            float sum = cost[w][i] + off * off;
            next[w][i] = sum;
            smallest[i] = sum < smallest[i] ? sum : smallest[i];
        }
    }
    memcpy(least, smallest, sizeof smallest);
}

/* How many free places stay possible for each lane that may add up to `room` above its least. */
SW_WIDE static void count_places(float *restrict count, const float (*restrict cost)[LANES],
                                 const float *restrict least, float room,
                                 const uint8_t *restrict free_place, size_t free_places) {
    float number[LANES] = {0}, most[LANES];
    for (size_t i = 0; i < LANES; i++)
        most[i] = least[i] + room;
    for (size_t f = 0; f < free_places; f++) {
        size_t w = free_place[f];
        for (size_t i = 0; i < LANES; i++)
            number[i] += cost[w][i] <= most[i] ? 1.0F : 0.0F;
    }
    memcpy(count, number, sizeof number);
}

/* ---- leaves ------------------------------------------------------------------------------------- */

static void set_limit(sw_template_search *search, double limit) {
    double points = (double)search->of->neighbours + 1.0;
    /* Lengths are scaled to equal spreads, not to the best scale: a little more than rmsd^2. */
    double part = fmin(points * limit * limit / search->of->spread, 1.0);
    double squared = limit * limit * 2.0 / (1.0 + sqrt(1.0 - part));
    search->limit = limit;
    search->bound = (float)(points * points * squared) * (1.0F + SLACK) + 1e-3F * SLACK;
}

static double rmsd_of_overlap(const sw_template_search *search, double overlap) {
    double spread = search->of->spread, points = (double)search->of->neighbours + 1.0;
    double squared = (spread - overlap * overlap / search->spread) / points;
    return sqrt(fmax(squared, 0.0));
}

static double angle_of(const sw_template_search *search, double rmsd) {
    double points = (double)search->of->neighbours + 1.0;
    return asin(fmin(rmsd * sqrt(points / search->of->spread), 1.0));
}

/* All neighbours have places: is it the best so far? */
static void look_at_leaf(sw_template_search *search) {
    const sw_crystal_template *of = search->of;
    double outer[3][3] = {{0}};
    for (size_t i = 0; i < of->neighbours; i++) {
        const double *w = of->point[search->place[i] + 1], *v = search->vector[i];
        for (int a = 0; a < 3; a++)
            for (int b = 0; b < 3; b++)
                outer[a][b] += w[a] * v[b];
    }
    double points = (double)of->neighbours + 1.0;
    for (int a = 0; a < 3; a++)
        for (int b = 0; b < 3; b++)
            outer[a][b] -= points * of->mean[a] * search->mean[b];
    double overlap = sw_overlap((const double(*)[3])outer, sqrt(of->spread * search->spread));
    double rmsd = rmsd_of_overlap(search, overlap);
    if (rmsd < search->ignored)
        return;
    if (rmsd < search->limit) {
        search->found = true;
        search->overlap = overlap;
        memcpy(search->best, search->place, sizeof search->best);
        memcpy(search->best_outer, outer, sizeof outer);
        set_limit(search, rmsd);
    }
    search->finished = search->finished || angle_of(search, rmsd) + angle_of(search, search->limit) <
                                               of->uniqueness;
}

/* ---- the tree ----------------------------------------------------------------------------------- */

typedef struct sw_branch {
    size_t level, free_places;
    uint8_t free_place[LANES];
    uint32_t allowed; /* places that the next neighbour may take */
    float share, unplaced; /* unplaced: what pairs of open neighbours must add */
    float least[LANES];
} sw_branch;

static void go_down(sw_template_search *search, const sw_branch *branch, float remaining);

static float sum_open(const float *restrict open, const float *restrict least) {
    float sum[4] = {0};
    for (size_t i = 0; i < LANES; i++)
        sum[i % 4] += open[i] * least[i];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* Gives neighbour `lane` place `w` and looks at all that follows from it. */
static void take_place(sw_template_search *search, const sw_branch *branch, size_t lane, size_t w) {
    const sw_crystal_template *of = search->of;
    sw_branch next = {.level = branch->level + 1, .allowed = UINT32_MAX};
    search->steps++;
    search->place[lane] = (uint8_t)w;
    search->open[lane] = 0.0F;
    next.unplaced = branch->unplaced - sum_open(search->open, search->pair[lane]);
    next.share = branch->share + search->cost[branch->level][w][lane];
    for (size_t f = 0; f < branch->free_places; f++)
        if (branch->free_place[f] != w)
            next.free_place[next.free_places++] = branch->free_place[f];
    if (branch->level == 0)
        next.allowed = of->second_places[w];
    if (next.free_places == 0) {
        look_at_leaf(search);
    } else {
        add_costs(search->cost[next.level], (const float(*)[LANES])search->cost[branch->level],
                  search->separation[lane], &of->distance[w + 1][1], next.free_place,
                  next.free_places, next.least);
        float remaining = sum_open(search->open, next.least);
        if (next.share + next.unplaced + remaining <= search->bound)
            go_down(search, &next, remaining);
    }
    search->open[lane] = 1.0F;
}

/* Every open neighbour has one place left: all take it, if no two take the same. */
static void take_all(sw_template_search *search, const sw_branch *branch) {
    uint32_t taken = 0;
    for (size_t i = 0; i < search->of->neighbours; i++) {
        if (search->open[i] == 0.0F)
            continue;
        uint32_t bit = 0;
        for (size_t f = 0; f < branch->free_places && bit == 0; f++) {
            size_t w = branch->free_place[f];
            if (search->cost[branch->level][w][i] <= branch->least[i]) {
                search->place[i] = (uint8_t)w;
                bit = 1U << w;
            }
        }
        if (taken & bit)
            return;
        taken |= bit;
    }
    look_at_leaf(search);
}

/* The places that a neighbour may take, cheapest first, while they may still lead to something. */
static void try_places(sw_template_search *search, const sw_branch *branch, size_t lane,
                       float remaining) {
    const float(*cost)[LANES] = (const float(*)[LANES])search->cost[branch->level];
    uint32_t left = branch->allowed;
    float others = branch->share + branch->unplaced + remaining - branch->least[lane];
    for (;;) {
        size_t best = NO_PLACE;
        for (size_t f = 0; f < branch->free_places; f++) {
            size_t w = branch->free_place[f];
            if ((left >> w & 1U) && (best == NO_PLACE || cost[w][lane] < cost[best][lane]))
                best = w;
        }
        if (best == NO_PLACE || search->finished || others + cost[best][lane] > search->bound)
            return;
        left &= ~(1U << best);
        take_place(search, branch, lane, best);
    }
}

static void go_down(sw_template_search *search, const sw_branch *branch, float remaining) {
    float count[LANES], fewest = 1e9F;
    size_t lane = 0;
    bool forced = branch->level > 1;
    count_places(count, (const float(*)[LANES])search->cost[branch->level], branch->least,
                 search->bound - branch->share - branch->unplaced - remaining, branch->free_place,
                 branch->free_places);
    for (size_t i = 0; i < search->of->neighbours; i++) {
        if (search->open[i] == 0.0F)
            continue;
        forced = forced && count[i] <= 1.0F;
        if (count[i] < fewest) {
            fewest = count[i];
            lane = i;
        }
    }
    if (forced)
        take_all(search, branch);
    else
        try_places(search, branch, lane, remaining);
}

/* ---- the root ----------------------------------------------------------------------------------- */

static void find_spread(sw_template_search *search) {
    size_t count = search->of->neighbours;
    double squares = 0.0, points = (double)count + 1.0;
    memset(search->mean, 0, sizeof search->mean);
    for (size_t i = 0; i < count; i++)
        for (int k = 0; k < 3; k++) {
            search->mean[k] += search->vector[i][k] / points;
            squares += search->vector[i][k] * search->vector[i][k];
        }
    for (int k = 0; k < 3; k++)
        squares -= points * search->mean[k] * search->mean[k];
    search->spread = squares;
}

/* Distances from the atom alone, in rising order, are a bound already. */
static bool may_fit(const sw_template_search *search, const float *distance) {
    float sorted[LANES], sum = 0.0F;
    for (size_t i = 0; i < search->of->neighbours; i++) {
        size_t at = i;
        for (; at > 0 && sorted[at - 1] > distance[i]; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = distance[i];
    }
    for (size_t i = 0; i < search->of->neighbours; i++) {
        float off = sorted[i] - search->of->sorted[i];
        sum += off * off;
    }
    return sum <= search->bound;
}

SW_WIDE __attribute__((optimize("no-math-errno"))) static void
find_separations(float (*restrict separation)[LANES], const float (*restrict lane)[LANES],
                 size_t count) {
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < LANES; j++) {
            float x = lane[0][j] - lane[0][i], y = lane[1][j] - lane[1][i];
            float z = lane[2][j] - lane[2][i];
            separation[i][j] = sqrtf(x * x + y * y + z * z);
        }
}

/* Neighbours in lengths of the template: lane[3] is the distance from the atom. */
static void fill_lanes(float (*lane)[LANES], const sw_template_search *search) {
    double scale = sqrt(search->of->spread / search->spread);
    memset(lane, 0, 4 * sizeof *lane);
    for (size_t i = 0; i < search->of->neighbours; i++) {
        const double *v = search->vector[i];
        for (int k = 0; k < 3; k++)
            lane[k][i] = (float)(v[k] * scale);
        lane[3][i] = sqrtf(lane[0][i] * lane[0][i] + lane[1][i] * lane[1][i] +
                           lane[2][i] * lane[2][i]);
    }
}

/* The square by which each separation misses all lengths between places: no assignment can avoid it. */
SW_WIDE static void find_pairs(float (*restrict pair)[LANES], const float (*restrict separation)[LANES],
                               const float *restrict length, size_t lengths, size_t count) {
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < LANES; j++) {
            float least = 1e30F;
            for (size_t l = 0; l < lengths; l++) {
                float off = separation[i][j] - length[l];
                least = off * off < least ? off * off : least;
            }
            pair[i][j] = least;
        }
}

/* Sorts every column; row i of column i (0, the neighbour to itself) comes first. */
SW_WIDE static void sort_columns(float (*restrict sorted)[LANES],
                                 const float (*restrict separation)[LANES], size_t count) {
    memcpy(sorted, separation, count * sizeof *sorted);
    for (size_t end = count - 1; end > 0; end--)
        for (size_t i = 0; i < end; i++)
            for (size_t j = 0; j < LANES; j++) {
                float a = sorted[i][j], b = sorted[i + 1][j];
                sorted[i][j] = a < b ? a : b;
                sorted[i + 1][j] = a < b ? b : a;
            }
}

/*
 * Distances of a neighbour to all others, in rising order, against those of the kind of place that suits
 * it best: half of these squares (each pair has two ends), and the whole of that to the atom, must be added.
 */
SW_WIDE static void find_kind_costs(float *restrict least, const float (*restrict sorted)[LANES],
                                    const float *restrict from_atom,
                                    const sw_crystal_template *restrict of) {
    float smallest[LANES];
    for (size_t j = 0; j < LANES; j++)
        smallest[j] = 1e30F;
    for (size_t kind = 0; kind < of->kinds; kind++) {
        float sum[LANES];
        for (size_t j = 0; j < LANES; j++) {
            float off = from_atom[j] - of->from_atom[kind];
            sum[j] = 2.0F * off * off;
        }
        for (size_t i = 1; i < of->neighbours; i++)
            for (size_t j = 0; j < LANES; j++) {
                float off = sorted[i][j] - of->from_others[kind][i - 1];
                sum[j] += off * off;
            }
        for (size_t j = 0; j < LANES; j++)
            smallest[j] = sum[j] < smallest[j] ? sum[j] : smallest[j];
    }
    for (size_t j = 0; j < LANES; j++)
        least[j] = 0.5F * smallest[j];
}

static float half_of_pairs(const sw_template_search *search) {
    float sum = 0.0F;
    for (size_t i = 0; i < search->of->neighbours; i++)
        sum += 0.5F * (sum_open(search->open, search->pair[i]) - search->pair[i][i]);
    return sum;
}

static void start(sw_template_search *search, const float (*lane)[LANES]) {
    const sw_crystal_template *of = search->of;
    size_t count = of->neighbours;
    sw_branch root = {.free_places = count, .allowed = of->first_places};
    float sorted[LANES][LANES];
    for (size_t i = 0; i < LANES; i++)
        search->open[i] = i < count ? 1.0F : 0.0F;
    find_separations(search->separation, lane, count);
    sort_columns(sorted, (const float(*)[LANES])search->separation, count);
    find_kind_costs(root.least, (const float(*)[LANES])sorted, lane[3], of);
    if (sum_open(search->open, root.least) > search->bound)
        return;
    find_pairs(search->pair, (const float(*)[LANES])search->separation, of->length, of->lengths,
               count);
    root.unplaced = half_of_pairs(search);
    for (size_t i = 0; i < LANES; i++)
        root.least[i] = 1e30F;
    for (size_t w = 0; w < count; w++) {
        root.free_place[w] = (uint8_t)w;
        for (size_t i = 0; i < LANES; i++) {
            float off = lane[3][i] - of->distance[0][w + 1];
            search->cost[0][w][i] = off * off;
            root.least[i] = off * off < root.least[i] ? off * off : root.least[i];
        }
    }
    float remaining = sum_open(search->open, root.least);
    if (remaining + root.unplaced <= search->bound)
        try_places(search, &root, 0, remaining);
}

/* From the residuals themselves: differences of overlaps would lose half of the digits. */
static void finish(sw_template_fit *fit, const sw_template_search *search) {
    const sw_crystal_template *of = search->of;
    double matrix[3][3], squares = 0.0, ratio = search->overlap / search->spread;
    sw_overlap_rotation(fit->rotation, search->best_outer, search->overlap);
    sw_rotation_matrix(matrix, fit->rotation);
    for (size_t p = 0; p <= of->neighbours; p++) {
        const double *w = of->point[p > 0 ? search->best[p - 1] + 1 : 0];
        for (int k = 0; k < 3; k++) {
            double v = p > 0 ? search->vector[p - 1][k] : 0.0, turned = 0.0;
            for (int j = 0; j < 3; j++)
                turned += matrix[k][j] * (w[j] - of->mean[j]);
            squares += (ratio * (v - search->mean[k]) - turned) *
                       (ratio * (v - search->mean[k]) - turned);
        }
    }
    fit->rmsd = sqrt(squares / ((double)of->neighbours + 1.0));
    fit->scale = 1.0 / ratio;
    memcpy(fit->place, search->best, sizeof fit->place);
}

bool sw_template_search_run(sw_template_fit *fit, sw_template_search *search,
                            const sw_crystal_template *of, const double (*vector)[3],
                            double limit) {
    float lane[4][LANES];
    search->of = of;
    search->vector = vector;
    search->found = search->finished = false;
    find_spread(search);
    if (!(search->spread > 0.0) || !isfinite(search->spread) || !(limit > 0.0))
        return false;
    set_limit(search, limit);
    fill_lanes(lane, search);
    if (may_fit(search, lane[3]))
        start(search, (const float(*)[LANES])lane);
    if (search->found)
        finish(fit, search);
    return search->found;
}

void sw_template_deformation(double deformation[3][3], const sw_template_fit *fit,
                             const sw_crystal_template *of, const double (*vector)[3]) {
    double outer[3][3] = {{0}};
    /* Points of the template about their mean sum to nothing, so the mean of the vectors drops out. */
    for (size_t i = 0; i < of->neighbours; i++) {
        const double *w = of->point[fit->place[i] + 1];
        for (int a = 0; a < 3; a++)
            for (int b = 0; b < 3; b++)
                outer[a][b] += vector[i][a] * (w[b] - of->mean[b]);
    }
    sw_matrix_product(deformation, (const double(*)[3])outer, of->inverse);
}
