/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a model: an error, or a model whose resolved text loads to the same text again. */
#include "model/load.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sw_model *model = NULL, *again = NULL;
    sw_error error = {0};
    if (size == 0)
        return 0;
    if (sw_model_load_bytes(&model, "fuzz", (const char *)data, size, &error) != SW_OK) {
        if (error.code == SW_OK || error.message[0] == '\0' || error.place[0] == '\0')
            abort();
        return 0;
    }
    const char *text = sw_model_resolved_text(model);
    if (sw_model_load_bytes(&again, "fuzz", text, strlen(text), &error) != SW_OK ||
        strcmp(text, sw_model_resolved_text(again)) != 0)
        abort();
    sw_model_destroy(again);
    sw_model_destroy(model);
    return 0;
}
