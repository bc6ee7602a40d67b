/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a recipe: an error, or a recipe whose resolved text loads to the same text again. */
#include "model/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "format: 1\nname: fuzz\nbuilds: atoms\n"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void load(const char *text, size_t length) {
    sw_model *model = NULL, *again = NULL;
    sw_error error = {0};
    if (sw_model_load_bytes(&model, "fuzz", text, length, &error) != SW_OK) {
        if (error.code == SW_OK || error.message[0] == '\0' || error.place[0] == '\0')
            abort();
        return;
    }
    const char *resolved = sw_model_resolved_text(model);
    if (!sw_model_recipe(model) ||
        sw_model_load_bytes(&again, "fuzz", resolved, strlen(resolved), &error) != SW_OK ||
        strcmp(resolved, sw_model_resolved_text(again)) != 0)
        abort();
    sw_model_destroy(again);
    sw_model_destroy(model);
}

/* The head is given, so that all of the input is about recipes. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    size_t head = strlen(HEAD);
    char *text = malloc(head + size + 1);
    if (!text)
        return 0;
    memcpy(text, HEAD, head);
    if (size > 0)
        memcpy(text + head, data, size);
    load(text, head + size);
    free(text);
    return 0;
}
