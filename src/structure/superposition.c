/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "structure/superposition.h"

#include "base/matrix.h"

#include <math.h>
#include <string.h>

#define MOST_STEPS 60

/* Horn's matrix for a (template) turned onto b. */
static void horn_matrix(double matrix[4][4], const double s[3][3]) {
    const double out[4][4] = {
        {s[0][0] + s[1][1] + s[2][2], s[1][2] - s[2][1], s[2][0] - s[0][2], s[0][1] - s[1][0]},
        {s[1][2] - s[2][1], s[0][0] - s[1][1] - s[2][2], s[0][1] + s[1][0], s[2][0] + s[0][2]},
        {s[2][0] - s[0][2], s[0][1] + s[1][0], s[1][1] - s[0][0] - s[2][2], s[1][2] + s[2][1]},
        {s[0][1] - s[1][0], s[2][0] + s[0][2], s[1][2] + s[2][1], s[2][2] - s[0][0] - s[1][1]}};
    memcpy(matrix, out, sizeof out);
}

static double determinant_of_four(const double m[4][4]) {
    double a = m[0][0] * m[1][1] - m[0][1] * m[1][0], b = m[0][0] * m[1][2] - m[0][2] * m[1][0];
    double c = m[0][0] * m[1][3] - m[0][3] * m[1][0], d = m[0][1] * m[1][2] - m[0][2] * m[1][1];
    double e = m[0][1] * m[1][3] - m[0][3] * m[1][1], f = m[0][2] * m[1][3] - m[0][3] * m[1][2];
    double g = m[2][2] * m[3][3] - m[2][3] * m[3][2], h = m[2][1] * m[3][3] - m[2][3] * m[3][1];
    double i = m[2][1] * m[3][2] - m[2][2] * m[3][1], j = m[2][0] * m[3][3] - m[2][3] * m[3][0];
    double k = m[2][0] * m[3][2] - m[2][2] * m[3][0], l = m[2][0] * m[3][1] - m[2][1] * m[3][0];
    return a * g - b * h + c * i + d * j - e * k + f * l;
}

/* The polynomial is x^4 + p x^2 + q x + r: the matrix has no trace. From above the largest root it
 * is convex and Newton's steps only fall, so the first that does not ends it. */
double sw_overlap(const double outer[3][3], double bound) {
    double matrix[4][4], squares = 0.0, x = bound;
    horn_matrix(matrix, outer);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            squares += outer[i][j] * outer[i][j];
    double p = -2.0 * squares, q = -8.0 * sw_matrix_determinant(outer);
    double r = determinant_of_four((const double(*)[4])matrix);
    for (int step = 0; step < MOST_STEPS; step++) {
        double slope = (4.0 * x * x + 2.0 * p) * x + q;
        double next = slope > 0.0 ? x - (((x * x + p) * x + q) * x + r) / slope : x;
        if (!(next < x - 1e-15 * bound))
            break;
        x = next;
    }
    return x;
}

/* Solves by elimination with full pivoting: matrix - overlap is singular, so the last pivot is 0,
 * and the vector is 1 in its column. */
void sw_overlap_rotation(double rotation[4], const double outer[3][3], double overlap) {
    double m[4][4], vector[4] = {0}, length = 0.0;
    int column[4] = {0, 1, 2, 3};
    horn_matrix(m, outer);
    for (int k = 0; k < 4; k++)
        m[k][k] -= overlap;
    for (int step = 0; step < 3; step++) {
        int row = step, best = step;
        for (int i = step; i < 4; i++)
            for (int j = step; j < 4; j++)
                if (fabs(m[i][column[j]]) > fabs(m[row][column[best]])) {
                    row = i;
                    best = j;
                }
        int chosen = column[best];
        column[best] = column[step];
        column[step] = chosen;
        double pivot = m[row][chosen];
        for (int j = 0; j < 4; j++) {
            double value = m[row][j];
            m[row][j] = m[step][j];
            m[step][j] = pivot != 0.0 ? value / pivot : 0.0;
        }
        for (int i = 0; i < 4; i++) {
            double factor = i == step ? 0.0 : m[i][chosen];
            for (int j = 0; j < 4; j++)
                m[i][j] -= factor * m[step][j];
        }
    }
    vector[column[3]] = 1.0;
    for (int step = 0; step < 3; step++)
        vector[column[step]] = -m[step][column[3]];
    for (int k = 0; k < 4; k++)
        length += vector[k] * vector[k];
    for (int k = 0; k < 4; k++)
        rotation[k] = vector[k] / sqrt(length);
}
