/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that ends at any moment of a load: it says so, and nothing leaks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/memory.h"
#include "model_files.h"

#include <spillway/model.h>

#ifdef SPILLWAY_TEST_ALLOCATION

static long failures_until_success(const char *source) {
    const sw_setting setting = {"run.events", "10"};
    for (long allowed = 0; allowed < 100000; allowed++) {
        sw_model *model = NULL;
        sw_error error = {0};
        sw_memory_fail_after(allowed);
        sw_status status = sw_model_load(&model, source, &setting, 1, NULL, 0, &error);
        sw_memory_fail_after(-1);
        sw_model_destroy(model);
        if (status == SW_OK)
            return allowed;
        assert_int_equal(status, SW_ERROR_MEMORY);
        assert_int_equal(error.code, SW_ERROR_MEMORY);
        assert_null(model);
    }
    fail_msg("never succeeded");
    return 0;
}

static void every_allocation_is_checked(void **state) {
    (void)state;
    char path[PATH_MAX];
    assert_true(failures_until_success(good_path(path, "everything")) > 3);
    assert_true(failures_until_success(good_path(path, "derived")) > 3);
    assert_true(failures_until_success("nife-fe3o4") > 3);
}

#else

static void every_allocation_is_checked(void **state) {
    (void)state;
    skip();
}

#endif

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation_is_checked)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
