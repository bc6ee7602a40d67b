/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

/* philox4x32-10 of the file kat_vectors that Random123 is published with */
static void known_answers(void **state) {
    (void)state;
    static const struct {
        uint64_t seed, stream, counter;
        uint32_t words[4];
    } vectors[] = {
        {0, 0, 0, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {UINT64_MAX, UINT64_MAX, UINT64_MAX, {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {0x299f31d0a4093822,
         0x0370734413198a2e,
         0x85a308d3243f6a88,
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        sw_random random = sw_random_create(vectors[i].seed, vectors[i].stream);
        random.counter = vectors[i].counter;
        uint32_t words[4];
        sw_random_block(words, &random);
        for (int word = 0; word < 4; word++)
            assert_int_equal(words[word], vectors[i].words[word]);
    }
}

static void a_draw_takes_one_block(void **state) {
    (void)state;
    sw_random random = sw_random_create(7, 3);
    uint32_t words[4];
    double pair[2];
    assert_int_equal(random.counter, 0);
    sw_random_block(words, &random);
    sw_random_pair(pair, &random);
    sw_random_uniform(&random);
    assert_int_equal(random.counter, 3);
}

static void a_pair_uses_all_four_words(void **state) {
    (void)state;
    sw_random random = sw_random_create(7, 3);
    uint32_t words[4];
    double pair[2];
    sw_philox(words, 7, 3, 0);
    sw_random_pair(pair, &random);
    for (int i = 0; i < 2; i++) {
        double expected = words[2 * i + 1] * 0x1p-32 + words[2 * i] * 0x1p-64;
        assert_true(fabs(pair[i] - expected) < 0x1p-52);
    }
}

static void a_stream_can_be_read_at_any_place(void **state) {
    (void)state;
    sw_random first = sw_random_create(7, 3), later = first;
    for (int i = 0; i < 10; i++)
        sw_random_uniform(&first);
    later.counter = 10;
    double pair[2], single = sw_random_uniform(&first);
    sw_random_pair(pair, &later);
    assert_memory_equal(&single, &pair[0], sizeof single);
}

static void seeds_and_streams_differ_in_all_their_bits(void **state) {
    (void)state;
    uint32_t base[4], other[4];
    sw_philox(base, 0, 0, 0);
    for (int bit = 0; bit < 64; bit++) {
        uint64_t flipped = (uint64_t)1 << bit;
        sw_philox(other, flipped, 0, 0);
        assert_memory_not_equal(base, other, sizeof base);
        sw_philox(other, 0, flipped, 0);
        assert_memory_not_equal(base, other, sizeof base);
        sw_philox(other, 0, 0, flipped);
        assert_memory_not_equal(base, other, sizeof base);
    }
}

static void uniforms_never_reach_the_ends(void **state) {
    (void)state;
    double lowest = sw_random_unit(0, 0), highest = sw_random_unit(UINT32_MAX, UINT32_MAX);
    assert_true(lowest > 0 && lowest < 1e-15);
    assert_true(highest < 1 && 1 - highest < 1e-15);
}

/* Mean and variance of 2 x 200000 uniforms, and the correlation of the two of a pair, each within
 * five standard errors: false alarm 6e-7 each, were the seed not fixed. */
static void uniforms_are_flat_and_independent(void **state) {
    (void)state;
    const int pairs = 200000;
    sw_random random = sw_random_create(20240817, 0);
    double sum = 0, squares = 0, product = 0;
    for (int i = 0; i < pairs; i++) {
        double u[2];
        sw_random_pair(u, &random);
        u[0] -= 0.5;
        u[1] -= 0.5;
        sum += u[0] + u[1];
        squares += u[0] * u[0] + u[1] * u[1];
        product += u[0] * u[1];
    }
    double draws = 2.0 * pairs;
    assert_true(fabs(sum / draws) < 5 * sqrt(1.0 / 12 / draws));
    assert_true(fabs(squares / draws - 1.0 / 12) < 5 * sqrt(1.0 / 180 / draws));
    assert_true(fabs(product / pairs) < 5 * sqrt(1.0 / 144 / pairs));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answers),
        cmocka_unit_test(a_draw_takes_one_block),
        cmocka_unit_test(a_pair_uses_all_four_words),
        cmocka_unit_test(a_stream_can_be_read_at_any_place),
        cmocka_unit_test(seeds_and_streams_differ_in_all_their_bits),
        cmocka_unit_test(uniforms_never_reach_the_ends),
        cmocka_unit_test(uniforms_are_flat_and_independent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
