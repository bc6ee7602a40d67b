/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ziff, Gulari and Barshad's model against the same rules tried site by site in fifty lines, within
 * the reactive window, and poisoned on both sides of it. The bracketing of the window's ends and
 * the values nearer to them take longer: `spillway verify zgb`. False alarms: sampled_mean.h.
 */
#include "physics/built_in.h"
#include "physics/sampled_mean.h"

#define LENGTH 50
#define SITES (LENGTH * LENGTH)
#define SETTLE 150.0 /* trials per site */
#define BLOCK 100.0  /* several times as long as fluctuations last */

enum { EMPTY, CO, OXYGEN };
static const sw_setting frame = {"frame.size", "[50, 50, 1]"};

/* ---- trial by trial -------------------------------------------------------------------------- */

typedef struct trials {
    unsigned char site[SITES];
    uint64_t drawn;
    double share; /* y */
} trials;

static uint64_t draw(trials *t) /* splitmix64: not the generator of the engine */
{
    uint64_t z = (t->drawn += 0x9e3779b97f4a7c15u);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static size_t neighbour(size_t s, unsigned way) {
    size_t x = s % LENGTH, y = s / LENGTH;
    x = way == 0 ? (x + 1) % LENGTH : way == 1 ? (x + LENGTH - 1) % LENGTH : x;
    y = way == 2 ? (y + 1) % LENGTH : way == 3 ? (y + LENGTH - 1) % LENGTH : y;
    return y * LENGTH + x;
}

/* What has landed leaves with one of the neighbours with which it can, each as likely. */
static void react(trials *t, size_t s) {
    unsigned char partner = t->site[s] == CO ? OXYGEN : CO;
    size_t found[4], count = 0;
    for (unsigned way = 0; way < 4; way++)
        if (t->site[neighbour(s, way)] == partner)
            found[count++] = neighbour(s, way);
    if (count > 0)
        t->site[s] = t->site[found[draw(t) % count]] = EMPTY;
}

static void try_once(trials *t) {
    size_t s = draw(t) % SITES;
    bool carbon = (double)(draw(t) >> 11) * 0x1p-53 < t->share;
    size_t second = neighbour(s, (unsigned)(draw(t) % 4));
    if (t->site[s] != EMPTY || (!carbon && t->site[second] != EMPTY))
        return;
    t->site[s] = carbon ? CO : OXYGEN;
    if (carbon) {
        react(t, s);
        return;
    }
    t->site[second] = OXYGEN;
    bool first = draw(t) & 1; /* neither end is served first on the whole */
    react(t, first ? s : second);
    react(t, first ? second : s);
}

static void try_block(sums covered[3], trials *t) {
    double counts[3] = {0.0};
    for (int k = 0; k < 10; k++) {
        for (int i = 0; i < (int)(BLOCK / 10.0 * SITES); i++)
            try_once(t);
        for (size_t s = 0; s < SITES; s++)
            counts[t->site[s]] += 0.1 / SITES;
    }
    for (int species = CO; species <= OXYGEN; species++)
        add(&covered[species], counts[species]);
}

/* ---- the engine ------------------------------------------------------------------------------ */

static double coverage(const sw_lattice *lattice, int species) {
    return (double)sw_lattice_count(lattice, 1u << species, 1u) / SITES;
}

static void run_block(sums covered[3], sw_lattice *lattice) {
    double shares[3] = {0.0}, start = sw_lattice_time(lattice);
    for (int k = 1; k <= 10; k++) {
        advance_to_time(lattice, start + BLOCK * k / 10.0);
        for (int species = CO; species <= OXYGEN; species++)
            shares[species] += 0.1 * coverage(lattice, species);
    }
    for (int species = CO; species <= OXYGEN; species++)
        add(&covered[species], shares[species]);
}

static void test_reactive_window(void **state) {
    (void)state;
    built_in b;
    trials *t = calloc(1, sizeof *t);
    sums tried[3] = {{0}}, found[3] = {{0}};
    t->share = 0.5;
    built_in_create(&b, "zgb", &frame, 1, 9);
    for (int i = 0; i < (int)(SETTLE * SITES); i++)
        try_once(t);
    advance_to_time(b.lattice, SETTLE);
    for (int i = 0; i < FEWEST_SAMPLES; i++) {
        try_block(tried, t);
        run_block(found, b.lattice);
    }
    for (int species = CO; species <= OXYGEN; species++) {
        double error = hypot(error_of(&tried[species]), error_of(&found[species]));
        double difference = mean_of(&found[species]) - mean_of(&tried[species]);
        printf("# y = 0.5, %s: %.4f +- %.4f, trial by trial %.4f +- %.4f\n",
               species == CO ? "CO" : "O", mean_of(&found[species]), error_of(&found[species]),
               mean_of(&tried[species]), error_of(&tried[species]));
        assert_true(fabs(difference) < STANDARD_ERRORS * error && error < 0.004);
    }
    free(t);
    built_in_destroy(&b);
}

static void check_poisoned(const char *carbon, const char *oxygen, int species, double least) {
    built_in b;
    const sw_setting settings[] = {frame, {"carbon_monoxide", carbon}, {"oxygen", oxygen}};
    built_in_create(&b, "zgb", settings, 3, 9);
    advance_to_time(b.lattice, 600.0);
    printf("# CO %s: coverage with %s %.4f\n", carbon, species == CO ? "CO" : "O",
           coverage(b.lattice, species));
    assert_true(coverage(b.lattice, species) > least);
    built_in_destroy(&b);
}

static void test_poisoned(void **state) {
    (void)state;
    check_poisoned("0.35 bar", "0.65 bar", OXYGEN, 0.99);
    check_poisoned("0.56 bar", "0.44 bar", CO, 0.999);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reactive_window),
        cmocka_unit_test(test_poisoned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
