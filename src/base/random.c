/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/random.h"

sw_random sw_random_create(uint64_t seed, uint64_t stream) {
    return (sw_random){.seed = seed, .stream = stream, .counter = 0};
}

void sw_random_block(uint32_t words[4], sw_random *random) {
    sw_philox(words, random->seed, random->stream, random->counter++);
}

void sw_random_pair(double uniform[2], sw_random *random) {
    sw_random_next_pair(uniform, random);
}

double sw_random_uniform(sw_random *random) {
    double uniform[2];
    sw_random_next_pair(uniform, random);
    return uniform[0];
}
