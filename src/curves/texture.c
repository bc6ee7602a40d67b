/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curves/texture.h"

#include <math.h>
#include <stdbool.h>

#define ALIKE 1e-6 /* of the square of the cosine */

double sw_march_dollase(double square, double r) {
    return pow(r * r * square + (1.0 - square) / r, -1.5);
}

double sw_texture_factor(const sw_texture *texture, double r) {
    double sum = texture->groups > 0 ? 0.0 : 1.0;
    for (size_t i = 0; i < texture->groups; i++)
        sum += texture->share[i] * sw_march_dollase(texture->square[i], r);
    return sum;
}

void sw_texture_add(sw_texture *texture, double square, double strength) {
    size_t nearest = 0;
    for (size_t i = 1; i < texture->groups; i++)
        if (fabs(texture->square[i] - square) < fabs(texture->square[nearest] - square))
            nearest = i;
    bool far = texture->groups == 0 || fabs(texture->square[nearest] - square) > ALIKE;
    if (far && texture->groups < SW_TEXTURE_GROUPS) {
        nearest = texture->groups++;
        texture->square[nearest] = square;
        texture->share[nearest] = 0.0;
    }
    texture->share[nearest] += strength;
}

void sw_texture_scale(sw_texture *texture) {
    double sum = 0.0;
    for (size_t i = 0; i < texture->groups; i++)
        sum += texture->share[i];
    for (size_t i = 0; i < texture->groups; i++)
        texture->share[i] = sum > 0.0 ? texture->share[i] / sum : 1.0 / (double)texture->groups;
}
