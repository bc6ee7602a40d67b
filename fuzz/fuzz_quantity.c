/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a number and as a quantity of every dimension: an error with message and hint, or a
 * finite value that is printed and read back as itself. */
#include "base/number.h"

#include <spillway/base.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_check(bool holds) {
    if (!holds)
        abort();
}

static void check_number(const char *text) {
    double value = 42, again = 42;
    const char *end = NULL;
    char printed[SW_NUMBER_SIZE];
    if (!sw_number_parse(&value, text, &end)) {
        fuzz_check(value > 41 && value < 43);
        return;
    }
    fuzz_check(end > text && end <= text + strlen(text));
    sw_number_print(printed, value);
    fuzz_check(sw_number_parse(&again, printed, NULL));
    fuzz_check((again == value && signbit(again) == signbit(value)) ||
               (isnan(again) && isnan(value)));
}

static void check_quantity(const char *text, sw_dimension dimension) {
    double value = 42;
    sw_error error = {0};
    sw_status status = sw_quantity_parse(&value, text, dimension, &error);
    fuzz_check(status == error.code);
    if (status == SW_OK)
        fuzz_check(isfinite(value));
    else
        fuzz_check(value > 41 && value < 43 && error.message[0] && error.hint[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *text = malloc(size + 1);
    if (!text)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    check_number(text);
    for (int i = 0; i < SW_DIMENSION_COUNT; i++)
        check_quantity(text, (sw_dimension)i);
    free(text);
    return 0;
}
