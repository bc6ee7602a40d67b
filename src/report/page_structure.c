/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The viewer, its still pictures and the atoms it shows. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <spillway/io.h>

#include "report/element_style.h"
#include "report/number_text.h"
#include "report/page.h"
#include "report/scene.h"

/* Frames in memory at once, and bytes that the atoms may take of the page's 6 MB. */
static const size_t most_frames = 24, scene_budget = 5000000;
static const int still_width = 720, still_height = 540;

static sw_status add_still(sw_writer *out, const sw_scene *scene, size_t index, sw_error *error) {
    const sw_scene_frame *frame = &scene->frame[index];
    char count[SW_NUMBER_SIZE];
    sw_writer png = {0};
    sw_status status = sw_scene_picture(&png, scene, index, still_width, still_height, error);
    if (status == SW_OK) {
        sw_number_count(count, frame->count);
        sw_writer_format(out,
                         "<div><img width=\"%d\" height=\"%d\" alt=\"Picture of the %s atoms of "
                         "frame %zu\" src=\"data:image/png;base64,",
                         still_width, still_height, count, frame->source + 1);
        sw_writer_base64(out, png.text, png.size);
        sw_writer_format(out, "\"><p>frame %zu", frame->source + 1);
        if (isfinite(frame->time)) {
            sw_writer_add(out, ", ");
            sw_page_time(out, frame->time);
        }
        sw_writer_format(out, ", %s atoms</p></div>", count);
    }
    sw_writer_clear(&png);
    return status;
}

static sw_status add_stills(sw_writer *out, const sw_scene *scene, sw_error *error) {
    bool nothing_first = scene->frame[0].count == 0 && scene->frames > 1;
    sw_status status = SW_OK;
    sw_writer_add(out, "<div>");
    if (!nothing_first) {
        status = add_still(out, scene, 0, error);
    }
    if (status == SW_OK && scene->frames > 1) {
        status = add_still(out, scene, scene->frames - 1, error);
    }
    sw_writer_add(out, "</div>");
    return status;
}

/* Which elements the colours stand for. */
static void add_still_caption(sw_writer *out, const sw_scene *scene) {
    bool present[256] = {false};
    for (size_t f = 0; f < scene->frames; f++) {
        for (size_t i = 0; i < scene->frame[f].count; i++) {
            present[scene->frame[f].element[i]] = true;
        }
    }
    for (int number = 0; number < 256; number++) {
        if (present[number]) {
            const sw_element_style *style = sw_element_style_of(number);
            sw_writer_format(out,
                             "<span class=\"elements\"><b style=\"background:#%06x\"></b> %s "
                             "%s</span> · ",
                             (unsigned)style->colour, sw_element_symbol(number), style->name);
        }
    }
    sw_writer_add(out, "Still pictures; with JavaScript and WebGL 2 this is a viewer that can be "
                       "turned.");
}

static void say_what_is_embedded(sw_writer *out, const sw_scene *scene,
                                 const sw_scene_choice *choice) {
    if (choice->frames < scene->source_frames) {
        sw_writer_format(out,
                         "%zu of the %zu frames of the trajectory are embedded here, evenly "
                         "chosen. ",
                         choice->frames, scene->source_frames);
    } else if (scene->source_frames > 1) {
        sw_writer_format(out, "All %zu frames of the trajectory are embedded here. ",
                         scene->source_frames);
    }
    if (choice->drop_buried) {
        sw_writer_add(out, "Atoms that lie enclosed below the surface were left out to keep "
                           "this page small, so a cut shows a hollow body. ");
    }
    if (choice->stride > 1) {
        sw_writer_format(out, "Only every %zu-th atom is embedded. ", choice->stride);
    }
    if (choice->columns < scene->columns) {
        sw_writer_add(out, "Per-atom columns were left out. ");
    }
    sw_writer_add(out, "Positions are rounded to 1/65535 of the box, columns to 1/254 of their "
                       "range; the exact numbers are in <code>trajectory.xyz</code>.");
}

static void add_scripts(sw_writer *out, const sw_writer *json) {
    sw_writer_add(out, "<script type=\"application/json\" id=\"scene\">");
    sw_writer_bytes(out, json->text, json->size);
    sw_writer_add(out, "</script>\n<script>\n");
    sw_writer_add(out, sw_text_viewer_data_js);
    sw_writer_add(out, "</script>\n<script>\n");
    sw_writer_add(out, sw_text_viewer_shaders_js);
    sw_writer_add(out, "</script>\n<script>\n");
    sw_writer_add(out, sw_text_viewer_js);
    sw_writer_add(out, "</script>\n");
}

static sw_status fill(sw_writer *out, sw_writer *scripts, sw_scene *scene, sw_error *error) {
    sw_writer stills = {0}, caption = {0}, embedded = {0}, json = {0};
    sw_scene_choice choice;
    sw_status status = add_stills(&stills, scene, error);
    if (status == SW_OK) {
        status = sw_scene_write(&json, &choice, scene, scene_budget, error);
    }
    if (status == SW_OK) {
        add_still_caption(&caption, scene);
        say_what_is_embedded(&embedded, scene, &choice);
        const char *names[] = {"stills", "still_caption", "embedded"};
        const char *values[] = {stills.text, caption.text, embedded.text};
        sw_page_fill(out, sw_text_structure_html, names, values, 3);
        add_scripts(scripts, &json);
    }
    sw_writer_clear(&stills);
    sw_writer_clear(&caption);
    sw_writer_clear(&embedded);
    sw_writer_clear(&json);
    return status;
}

/* The run's own atoms, or those of the first of its replicas; NULL where there are none. */
static const char *find_trajectory(sw_run_folder *folder) {
    static const char first_replica[] = "replica-001/trajectory.xyz";
    if (sw_run_folder_has(folder, "trajectory.xyz")) {
        return "trajectory.xyz";
    }
    if (sw_run_folder_has(folder, first_replica)) {
        sw_run_folder_note(folder, "The atoms are those of the first replica (%s).", first_replica);
        return first_replica;
    }
    if (*sw_json_text(folder->run, "instrument") != '\0' ||
        json_is_false(json_object_get(folder->run, "atoms"))) {
        return NULL; /* neither measurements nor all simulators have atoms */
    }
    sw_run_folder_note(folder, "There is no trajectory.xyz: no atoms are shown.");
    return NULL;
}

sw_status sw_page_structure(sw_writer *out, sw_writer *scripts, sw_run_folder *folder,
                            sw_error *error) {
    const char *name = find_trajectory(folder);
    if (name == NULL) {
        return SW_OK;
    }
    char *path = sw_run_folder_file(folder->path, name);
    sw_scene scene = {0};
    sw_error reading = {0};
    sw_status status = path == NULL
                           ? SW_ERROR_MEMORY
                           : sw_scene_read(&scene, path, most_frames, folder->context, &reading);
    free(path);
    bool damaged = status != SW_OK && status != SW_ERROR_MEMORY && status != SW_ERROR_CANCELLED;
    if (damaged) {
        sw_run_folder_note(folder, "%s could not be read to its end: %s (%s).", name,
                           reading.message, reading.place);
        status = SW_OK;
    } else if (status != SW_OK && error != NULL) {
        *error = reading;
        error->code = status;
    }
    if (status == SW_OK && scene.frames > 0) {
        status = fill(out, scripts, &scene, error);
    }
    sw_scene_clear(&scene);
    return status;
}
