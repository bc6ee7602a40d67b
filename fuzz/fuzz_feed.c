/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a feed and as a programme of temperature: an error with place and message, or
 * numbers that are sane. */
#include "curves/feed.h"
#include "curves/heat_programme.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_check(bool holds) {
    if (!holds)
        abort();
}

static void check_status(sw_status status, const sw_error *error) {
    fuzz_check(status == error->code);
    fuzz_check(status == SW_OK || (error->place[0] && error->message[0]));
}

static void check_feed(const sw_feed *feed) {
    double sum = 0.0, loss = sw_feed_loss(feed);
    fuzz_check(feed->parts > 0 && feed->parts <= SW_FEED_PARTS);
    for (size_t i = 0; i < feed->parts; i++) {
        fuzz_check(feed->part[i].share >= 0.0 && feed->part[i].name[0] != '\0');
        sum += feed->part[i].share;
    }
    fuzz_check(fabs(sum - 1.0) < 1e-9 && loss >= 0.0 && loss <= 1.0 + 1e-9);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char text[512];
    double time[50], temperature[50];
    sw_feed feed;
    sw_error error = {0};
    size_t length = size < sizeof text - 1 ? size : sizeof text - 1;
    memcpy(text, data, length);
    text[length] = '\0';
    sw_status status = sw_feed_parse(&feed, text, "feed", &error);
    check_status(status, &error);
    if (status == SW_OK)
        check_feed(&feed);
    error = (sw_error){0};
    status =
        sw_heat_programme_fill(time, temperature, 50, text, 300.0, INFINITY, "predict", &error);
    check_status(status, &error);
    for (size_t i = 1; status == SW_OK && i < 50; i++)
        fuzz_check(time[i] > time[i - 1] && isfinite(temperature[i]));
    return 0;
}
