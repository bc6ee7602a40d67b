/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/arguments.h"

#include <spillway/io.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const cli_option options[] = {
    {"frame", "f", "N", "only this frame, counted from 0; negative counts from the end",
     "all frames", 0},
    {"from", NULL, "FORMAT", "format of IN", "found by content", 0},
    {"to", NULL, "FORMAT", "format of OUT", "found by the name", 0},
    {0},
};

static const cli_example examples[] = {
    {"convert run/trajectory.xyz frames.dump", "a trajectory for LAMMPS tools"},
    {"convert run/trajectory.xyz last.vasp --frame -1", "its last frame as a POSCAR"},
    {"convert movie.tif movie.mrc", "an image stack with its calibration"},
    {0},
};

typedef struct conversion {
    const char *in, *out;
    const sw_format *from, *to;
    bool one_frame;
    ptrdiff_t frame;
    size_t frames;
} conversion;

static sw_status find_format(const sw_format **format, const char *name, const char *place,
                             sw_error *error) {
    char hint[256] = "`spillway list formats` shows them";
    const char *names[64];
    size_t count = 0;
    *format = name != NULL ? sw_format_find(name) : NULL;
    if (name == NULL || *format != NULL)
        return SW_OK;
    for (size_t i = 0; i < sw_format_count() && count < 64; i++)
        names[count++] = sw_format_at(i)->name;
    const char *nearest = sw_nearest_name(name, names, count);
    if (nearest != NULL)
        snprintf(hint, sizeof hint, "did you mean %s?", nearest);
    return sw_error_set(error, SW_ERROR_NOT_FOUND, place, hint, "there is no format \"%s\"", name);
}

static sw_status read_options(conversion *job, const cli_arguments *arguments, sw_error *error) {
    char *end = NULL;
    const char *frame = option_text(arguments, "frame");
    *job = (conversion){.in = arguments->words[0], .out = arguments->words[1]};
    if (frame != NULL) {
        errno = 0;
        job->one_frame = true;
        job->frame = strtol(frame, &end, 10);
        if (end == frame || *end != '\0' || errno != 0)
            return sw_error_set(error, SW_ERROR_ARGUMENT, "--frame", "0 is the first, -1 the last",
                                "a whole number was expected, \"%s\" was found", frame);
    }
    sw_status status = find_format(&job->from, option_text(arguments, "from"), "--from", error);
    if (status == SW_OK)
        status = find_format(&job->to, option_text(arguments, "to"), "--to", error);
    return status;
}

/* One image of a stack, with its calibration and its row of the per-frame columns. */
static sw_status cut_stack(sw_stack **one, const sw_stack *stack, size_t frame) {
    size_t height = sw_stack_height(stack), width = sw_stack_width(stack);
    sw_status status = sw_stack_create(one, 1, height, width);
    if (status != SW_OK)
        return status;
    memcpy(sw_stack_pixels(*one), sw_stack_pixels_const(stack) + frame * height * width,
           height * width * sizeof(float));
    for (int axis = SW_AXIS_FRAME; axis <= SW_AXIS_X; axis++)
        *sw_stack_axis_of(*one, (sw_stack_axis)axis) =
            *sw_stack_axis_of_const(stack, (sw_stack_axis)axis);
    sw_axis *frames = sw_stack_axis_of(*one, SW_AXIS_FRAME);
    frames->origin += (double)frame * frames->step;
    const sw_table *from = sw_stack_columns_const(stack);
    sw_table *to = sw_stack_columns(*one);
    for (size_t i = 0; i < sw_table_columns(from) && status == SW_OK; i++) {
        if (sw_table_is_text(from, i))
            continue;
        status = sw_table_add_column(to, sw_table_name(from, i), sw_table_unit(from, i));
        if (status == SW_OK && sw_table_rows(to) == 1 && frame < sw_table_rows(from))
            sw_table_numbers(to, (size_t)sw_table_find(to, sw_table_name(from, i)))[0] =
                sw_table_numbers_const(from, i)[frame];
    }
    return status;
}

static sw_status write_stack(const conversion *job, const sw_stack *stack, sw_error *error) {
    sw_stack *one = NULL;
    ptrdiff_t count = (ptrdiff_t)sw_stack_frames(stack);
    ptrdiff_t frame = job->frame < 0 ? job->frame + count : job->frame;
    if (!job->one_frame)
        return sw_write_stack(job->out, job->to, stack, error);
    if (frame < 0 || frame >= count)
        return sw_error_set(error, SW_ERROR_ARGUMENT, "--frame", "0 is the first, -1 the last",
                            "%s has %td frames, so there is no frame %td", job->in, count,
                            job->frame);
    sw_status status = cut_stack(&one, stack, (size_t)frame);
    if (status == SW_OK)
        status = sw_write_stack(job->out, job->to, one, error);
    else
        sw_error_set(error, status, job->in, NULL, "no memory for one frame");
    sw_stack_destroy(one);
    return status;
}

static sw_status write_content(const conversion *job, const char *out, const sw_content *content,
                               bool append, sw_error *error) {
    switch (content->noun) {
    case SW_NOUN_ATOMS:
        return sw_write_atoms(out, job->to, content->atoms, append, error);
    case SW_NOUN_STACK:
        return write_stack(job, content->stack, error);
    case SW_NOUN_TABLE:
        return sw_write_table(out, job->to, content->table, error);
    default:
        return sw_error_set(error, SW_ERROR_FORMAT, job->in, NULL, "the file holds nothing");
    }
}

static sw_status convert_frame(const conversion *job, const char *out, ptrdiff_t frame, bool append,
                               sw_error *error) {
    sw_content content = {0};
    sw_status status = sw_read(&content, job->in, job->from, frame, error);
    if (status == SW_OK)
        status = write_content(job, out, &content, append, error);
    sw_content_clear(&content);
    return status;
}

/* Frame by frame into a file beside OUT, which is put in its place when it is whole. */
static sw_status convert_trajectory(const conversion *job, sw_error *error) {
    char beside[4096];
    const char *slash = strrchr(job->out, '/');
    int folder = slash != NULL ? (int)(slash + 1 - job->out) : 0;
    struct stat found;
    bool in_place = stat(job->out, &found) == 0 && !S_ISREG(found.st_mode);
    int length = snprintf(beside, sizeof beside, "%.*s.%ld-%s", folder, job->out, (long)getpid(),
                          job->out + folder);
    if (length < 0 || (size_t)length >= sizeof beside)
        return sw_error_set(error, SW_ERROR_ARGUMENT, job->out, NULL, "the path is too long");
    const char *target = in_place ? job->out : beside;
    sw_status status = SW_OK;
    for (size_t i = 0; i < job->frames && status == SW_OK; i++)
        status = convert_frame(job, target, (ptrdiff_t)i, i > 0, error);
    if (in_place)
        return status;
    if (status == SW_OK && rename(beside, job->out) != 0)
        status = sw_error_set(error, SW_ERROR_FILE, job->out, "choose another place",
                              "the file cannot be written: %s", strerror(errno));
    if (status != SW_OK)
        unlink(beside);
    if (status == SW_ERROR_UNSUPPORTED && job->frames > 1 && error != NULL)
        snprintf(error->hint, sizeof error->hint,
                 "choose one of its %zu frames with --frame, or write .xyz or .dump", job->frames);
    return status;
}

static cli_exit convert(const cli_arguments *arguments, cli_console *console) {
    sw_error error = {0};
    conversion job;
    const sw_format *format = NULL;
    if (read_options(&job, arguments, &error) != SW_OK)
        return command_misused(console, &error);
    sw_status status = SW_OK;
    format = job.from;
    if (format == NULL)
        status = sw_identify(&format, job.in, &error);
    if (status == SW_OK && !job.one_frame)
        status = sw_frame_count(&job.frames, job.in, &error);
    if (status == SW_OK && format->noun == SW_NOUN_ATOMS && job.frames > 1)
        status = convert_trajectory(&job, &error);
    else if (status == SW_OK)
        status = convert_frame(&job, job.out, job.frame, false, &error);
    if (status != SW_OK)
        return command_failed(console, &error);
    if (console->json && !console_json(json_pack("{so so}", "in", json_of_text(job.in), "out",
                                                 json_of_text(job.out))))
        return EXIT_FAILED;
    return EXIT_DONE;
}

const cli_command command_convert = {
    .name = "convert",
    .summary = "write a file in another format",
    .arguments = "IN OUT",
    .least = 2,
    .most = 2,
    .values = VALUES_FILES,
    .description = "Atoms stay atoms, stacks stay stacks, tables stay tables: positions, cell, "
                   "columns, calibration and units are carried over as far as the format can hold "
                   "them. OUT is replaced only when it is whole.",
    .options = options,
    .examples = examples,
    .handler = convert,
};
