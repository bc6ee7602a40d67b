/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scratch.h"

#include "run/checkpoint.h"

#include <math.h>

static const unsigned char state_bytes[] = "the state of a simulator, of any size";

static sw_checkpoint example(uint64_t events) {
    sw_checkpoint made = {.model_hash = 0x0123456789abcdefu,
                          .seed = UINT64_MAX,
                          .point = {1.25e-6, events, 3, 4},
                          .observed_time = 1.0e-6,
                          .observed_events = 7,
                          .framed_events = 8,
                          .series_length = 10,
                          .trajectory_length = 20,
                          .wall_seconds = 12.5,
                          .started = 1700000000};
    assert_int_equal(sw_bytes_append(&made.state, state_bytes, sizeof state_bytes), SW_OK);
    return made;
}

static sw_bytes encoded(uint64_t events) {
    sw_bytes bytes = {0};
    sw_checkpoint made = example(events);
    assert_int_equal(sw_checkpoint_encode(&bytes, &made), SW_OK);
    sw_checkpoint_clear(&made);
    return bytes;
}

static void reads_back_what_was_written(void **unused) {
    (void)unused;
    sw_checkpoint made = example(42), found;
    sw_bytes bytes = encoded(42);
    assert_int_equal(sw_checkpoint_decode(&found, bytes.data, bytes.size, "x", NULL), SW_OK);
    assert_true(found.model_hash == made.model_hash && found.seed == made.seed);
    assert_true(found.point.time == made.point.time && found.point.events == 42);
    assert_int_equal(found.point.observations, 3);
    assert_int_equal(found.point.snapshots, 4);
    assert_true(found.observed_time == made.observed_time && found.observed_events == 7);
    assert_int_equal(found.framed_events, 8);
    assert_int_equal(found.series_length, 10);
    assert_int_equal(found.trajectory_length, 20);
    assert_true(found.wall_seconds == 12.5 && found.started == 1700000000);
    assert_int_equal(found.state.size, sizeof state_bytes);
    assert_memory_equal(found.state.data, state_bytes, sizeof state_bytes);
    sw_checkpoint_clear(&found);
    sw_checkpoint_clear(&made);
    sw_bytes_clear(&bytes);
}

static void every_length_but_the_whole_is_refused(void **unused) {
    (void)unused;
    sw_bytes bytes = encoded(42);
    for (size_t size = 0; size < bytes.size; size++) {
        sw_checkpoint found;
        sw_error error = {0};
        /* a copy of its own, so that reading beyond the end is seen */
        unsigned char *part = malloc(size + (size == 0));
        memcpy(part, bytes.data, size);
        assert_int_equal(sw_checkpoint_decode(&found, part, size, "place", &error),
                         SW_ERROR_FORMAT);
        assert_string_equal(error.place, "place");
        free(part);
    }
    sw_bytes_clear(&bytes);
}

static void every_flipped_bit_is_refused(void **unused) {
    (void)unused;
    sw_bytes bytes = encoded(42);
    for (size_t bit = 0; bit < 8 * bytes.size; bit++) {
        sw_checkpoint found;
        bytes.data[bit / 8] ^= (unsigned char)(1u << bit % 8);
        assert_int_not_equal(sw_checkpoint_decode(&found, bytes.data, bytes.size, "x", NULL),
                             SW_OK);
        bytes.data[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
    sw_bytes_clear(&bytes);
}

static void bytes_added_at_the_end_are_refused(void **unused) {
    (void)unused;
    sw_checkpoint found;
    sw_bytes bytes = encoded(42);
    assert_int_equal(sw_bytes_append(&bytes, "x", 1), SW_OK);
    assert_int_equal(sw_checkpoint_decode(&found, bytes.data, bytes.size, "x", NULL),
                     SW_ERROR_FORMAT);
    sw_bytes_clear(&bytes);
}

static int warnings;

static void count_warnings(void *user, sw_log_level level, const char *message) {
    (void)user;
    warnings += level == SW_LOG_WARNING && strstr(message, "damaged") != NULL;
}

/* Two checkpoints, at 1 and at 2 events, with the output that they count on. */
static void write_two(void) {
    spill(at(NULL, "series.csv"), "0123456789", 10);
    spill(at(NULL, "trajectory.xyz"), "01234567890123456789", 20);
    for (uint64_t events = 1; events <= 2; events++) {
        sw_checkpoint made = example(events);
        assert_int_equal(sw_checkpoint_write(scratch, &made, NULL), SW_OK);
        sw_checkpoint_clear(&made);
    }
}

/* Events of the checkpoint that is used; -1: an error, -2: none found. */
static long loaded(sw_error *error) {
    bool found = false;
    sw_checkpoint checkpoint = {0};
    sw_context *context = NULL;
    assert_int_equal(sw_context_create(&context), SW_OK);
    sw_context_set_log(context, count_warnings, NULL);
    warnings = 0;
    sw_status status = sw_checkpoint_load(&checkpoint, &found, scratch, context, error);
    long events = status != SW_OK ? -1 : found ? (long)checkpoint.point.events : -2;
    sw_checkpoint_clear(&checkpoint);
    sw_context_destroy(context);
    return events;
}

static void the_newest_is_used(void **unused) {
    (void)unused;
    write_two();
    assert_int_equal(loaded(NULL), 2);
    assert_int_equal(warnings, 0);
    assert_false(exists(at(NULL, "checkpoint.new")));
}

static void a_damaged_newest_gives_way_to_the_one_before(void **unused) {
    (void)unused;
    write_two();
    size_t size = 0;
    char *bytes = slurp(at(NULL, "checkpoint"), &size);
    for (size_t length = 0; length < size; length += 7) {
        spill(at(NULL, "checkpoint"), bytes, length);
        assert_int_equal(loaded(NULL), 1);
    }
    for (size_t byte = 0; byte < size; byte += 5) {
        bytes[byte] ^= 0x10;
        spill(at(NULL, "checkpoint"), bytes, size);
        assert_int_equal(loaded(NULL), 1);
        bytes[byte] ^= 0x10;
    }
    assert_int_equal(warnings, 1);
    free(bytes);
}

static void killed_between_the_two_renames(void **unused) {
    (void)unused;
    write_two();
    assert_int_equal(unlink(at(NULL, "checkpoint")), 0);
    assert_int_equal(loaded(NULL), 1);
}

static void two_damaged_ones_are_an_error(void **unused) {
    (void)unused;
    sw_error error = {0};
    write_two();
    spill(at(NULL, "checkpoint"), "SPILLWAY", 8);
    spill(at(NULL, "checkpoint.previous"), "rubbish", 7);
    assert_int_equal(loaded(&error), -1);
    assert_int_equal(error.code, SW_ERROR_FORMAT);
    assert_non_null(strstr(error.message, "cut off"));
    assert_non_null(strstr(error.hint, "--overwrite"));
}

static void output_that_was_lost_is_an_error(void **unused) {
    (void)unused;
    sw_error error = {0};
    write_two();
    spill(at(NULL, "series.csv"), "012345678", 9);
    assert_int_equal(loaded(&error), -1);
    assert_non_null(strstr(error.message, "series.csv has 9 bytes"));
}

static void an_empty_folder_has_none(void **unused) {
    (void)unused;
    unlink(at(NULL, "checkpoint"));
    unlink(at(NULL, "checkpoint.previous"));
    assert_int_equal(loaded(NULL), -2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_back_what_was_written),
        cmocka_unit_test(every_length_but_the_whole_is_refused),
        cmocka_unit_test(every_flipped_bit_is_refused),
        cmocka_unit_test(bytes_added_at_the_end_are_refused),
        cmocka_unit_test(the_newest_is_used),
        cmocka_unit_test(a_damaged_newest_gives_way_to_the_one_before),
        cmocka_unit_test(killed_between_the_two_renames),
        cmocka_unit_test(two_damaged_ones_are_an_error),
        cmocka_unit_test(output_that_was_lost_is_an_error),
        cmocka_unit_test(an_empty_folder_has_none),
    };
    return cmocka_run_group_tests(tests, make_scratch, remove_scratch);
}
