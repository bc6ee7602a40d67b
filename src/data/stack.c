/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <spillway/data.h>

#include "base/memory.h"

#include <stdlib.h>

struct sw_stack {
    size_t frames, height, width;
    float *pixels; /* [frames][height][width] */
    sw_axis axes[3];
    sw_table *columns;
};

static sw_status create_columns(sw_table **columns, size_t frames) {
    sw_status status = sw_table_create(columns);
    for (size_t frame = 0; status == SW_OK && frame < frames; frame++)
        status = sw_table_add_row(*columns, NULL);
    return status;
}

sw_status sw_stack_create(sw_stack **stack, size_t frames, size_t height, size_t width) {
    *stack = NULL;
    size_t pixels_per_frame, pixels;
    if (frames == 0 || height == 0 || width == 0)
        return SW_ERROR_ARGUMENT;
    if (!sw_size_product(&pixels_per_frame, height, width) ||
        !sw_size_product(&pixels, frames, pixels_per_frame))
        return SW_ERROR_MEMORY;

    sw_stack *made = sw_allocate(1, sizeof *made);
    if (!made)
        return SW_ERROR_MEMORY;
    *made = (sw_stack){.frames = frames,
                       .height = height,
                       .width = width,
                       .pixels = sw_allocate(pixels, sizeof *made->pixels),
                       .axes = {[SW_AXIS_FRAME] = {.name = "frame", .unit = "", .step = 1},
                                [SW_AXIS_Y] = {.name = "y", .unit = "px", .step = 1},
                                [SW_AXIS_X] = {.name = "x", .unit = "px", .step = 1}}};
    if (!made->pixels || create_columns(&made->columns, frames) != SW_OK) {
        sw_stack_destroy(made);
        return SW_ERROR_MEMORY;
    }
    *stack = made;
    return SW_OK;
}

void sw_stack_destroy(sw_stack *stack) {
    if (!stack)
        return;
    sw_table_destroy(stack->columns);
    free(stack->pixels);
    free(stack);
}

size_t sw_stack_frames(const sw_stack *stack) {
    return stack->frames;
}

size_t sw_stack_height(const sw_stack *stack) {
    return stack->height;
}

size_t sw_stack_width(const sw_stack *stack) {
    return stack->width;
}

float *sw_stack_pixels(sw_stack *stack) {
    return stack->pixels;
}

const float *sw_stack_pixels_const(const sw_stack *stack) {
    return stack->pixels;
}

sw_axis *sw_stack_axis_of(sw_stack *stack, sw_stack_axis axis) {
    return &stack->axes[axis];
}

const sw_axis *sw_stack_axis_of_const(const sw_stack *stack, sw_stack_axis axis) {
    return &stack->axes[axis];
}

sw_table *sw_stack_columns(sw_stack *stack) {
    return stack->columns;
}

const sw_table *sw_stack_columns_const(const sw_stack *stack) {
    return stack->columns;
}
