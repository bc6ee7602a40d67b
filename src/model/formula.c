/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/sections.h"

#include <spillway/data.h>

#include <string.h>

static bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

/* The element at the start of the text, two letters where they make one; 0 where there is none. */
static int take_element(const char **text) {
    char symbol[3] = {(*text)[0], '\0', '\0'};
    bool pair = (*text)[0] && (*text)[1] >= 'a' && (*text)[1] <= 'z';
    if (pair)
        symbol[1] = (*text)[1];
    int number = symbol[0] && symbol[0] != 'X' ? sw_element_number(symbol) : -1;
    *text += number > 0 ? (pair ? 2 : 1) : 0;
    return number > 0 ? number : 0;
}

bool sw_formula_parse(int atoms[SW_FORMULA_ELEMENTS], const char *formula) {
    memset(atoms, 0, SW_FORMULA_ELEMENTS * sizeof *atoms);
    const char *text = formula;
    while (*text) {
        int element = take_element(&text);
        if (element == 0 || element >= SW_FORMULA_ELEMENTS)
            return false;
        int count = is_digit(*text) ? 0 : 1;
        for (; is_digit(*text) && count < 1000; text++)
            count = count * 10 + (*text - '0');
        if (count == 0 || count >= 1000 || atoms[element] > 1000)
            return false;
        atoms[element] += count;
    }
    return text != formula;
}
