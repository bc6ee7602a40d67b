/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Width of a text in a Helvetica-like face (Helvetica, Arial and Liberation Sans share their
 * advance widths), so that a layout is the same on every machine, whatever fonts it has.
 */
#ifndef SPILLWAY_REPORT_TEXT_WIDTH_H
#define SPILLWAY_REPORT_TEXT_WIDTH_H

#include <stdbool.h>
#include <stddef.h>

/* In the unit of font_size. Superscript characters are counted as raised digits. */
double sw_text_width(const char *text, double font_size, bool bold);

/* Size and rise of superscripts, in parts of the font size. */
#define SW_SUPERSCRIPT_SIZE 0.72
#define SW_SUPERSCRIPT_RISE 0.36

/*
 * The next run of `text` that is either all superscript (then written to `run` as plain digits and
 * minus, *raised = true) or all normal. Returns the bytes consumed, 0 at the end. Bytes that are
 * not UTF-8 become '?'; a run is at most size - 1 bytes.
 */
size_t sw_text_run(char *run, size_t size, bool *raised, const char *text);

#endif
