/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/directions.h"

#include <string.h>

/* The three indices of "<111>" or "<1 1 0>". */
static bool parse_family(int family[3], const char *text) {
    size_t length = strlen(text);
    if (length < 5 || length > 32 || text[0] != '<' || text[length - 1] != '>')
        return false;
    int count = 0;
    for (const char *letter = text + 1; *letter != '>'; letter++) {
        if (*letter == ' ' || *letter == '-')
            continue;
        if (*letter < '0' || *letter > '9' || count == 3)
            return false;
        family[count++] = *letter - '0';
    }
    return count == 3 && family[0] + family[1] + family[2] > 0;
}

static bool is_listed(double list[SW_FAMILY_LIMIT][3], size_t count, const double normal[3]) {
    for (size_t i = 0; i < count; i++)
        if (list[i][0] == normal[0] && list[i][1] == normal[1] && list[i][2] == normal[2])
            return true;
    return false;
}

/* All directions of the cubic family: permutations and signs. */
static size_t expand_family(double list[SW_FAMILY_LIMIT][3], const int family[3]) {
    static const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                     {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    size_t count = 0;
    for (int order = 0; order < 6; order++)
        for (int signs = 0; signs < 8; signs++) {
            double normal[3];
            for (int i = 0; i < 3; i++) {
                int value = family[orders[order][i]];
                normal[i] = signs >> i & 1 ? 0.0 - value : value;
            }
            if (!is_listed(list, count, normal))
                memcpy(list[count++], normal, sizeof normal);
        }
    return count;
}

bool sw_read_indices(sw_reading *reading, const sw_node *node, const char *thing,
                     const char *example, double list[SW_FAMILY_LIMIT][3], size_t *count) {
    const sw_node *family = sw_node_find(node, "normals"), *one = sw_node_find(node, "normal");
    int indices[3];
    *count = 1;
    if (!family == !one)
        return sw_fail(reading, node, example, "%s needs either 'normals' or 'normal'", thing);
    if (family && !parse_family(indices, family->text))
        return sw_fail_expected(reading, family, "a family of directions such as \"<111>\"", NULL);
    if (family) {
        *count = expand_family(list, indices);
        return true;
    }
    for (size_t i = 0; i < 3; i++)
        list[0][i] = sw_node_item(one, i)->number;
    if (list[0][0] == 0 && list[0][1] == 0 && list[0][2] == 0)
        return sw_fail_expected(reading, one, "a direction other than zero", NULL);
    return true;
}
