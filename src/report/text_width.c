/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/text_width.h"

#include <string.h>

#include "report/writer.h"

/* Advance widths of ' ' to '~' in thousandths of the font size. */
static const short ascii_width[95] = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,  278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,  556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,  500, 334, 260, 334, 584};
static const double other_width = 0.6, bold_stretch = 1.07;

/* Superscript characters and what they raise; few faces have all of them as glyphs. */
static const char *const superscripts[] = {"⁰", "¹", "²", "³", "⁴", "⁵",
                                           "⁶", "⁷", "⁸", "⁹", "⁻", "⁺"};
static const char *const raised_text[] = {"0", "1", "2", "3", "4", "5",
                                          "6", "7", "8", "9", "−", "+"};

static const char *raised_form(const char *text, size_t length) {
    for (size_t i = 0; i < sizeof superscripts / sizeof superscripts[0]; i++) {
        if (strlen(superscripts[i]) == length && memcmp(text, superscripts[i], length) == 0) {
            return raised_text[i];
        }
    }
    return NULL;
}

size_t sw_text_run(char *run, size_t size, bool *raised, const char *text) {
    size_t used = 0, written = 0;
    *raised = false;
    while (text[used] != '\0') {
        size_t length = sw_utf8_length(text + used);
        const char *bytes = length == 0 ? "?" : text + used;
        size_t count = length == 0 ? 1 : length;
        const char *form = raised_form(bytes, count);
        if (used > 0 && (form != NULL) != *raised) {
            break;
        }
        *raised = form != NULL;
        size_t needed = form != NULL ? strlen(form) : count;
        if (written + needed + 1 > size) {
            break;
        }
        bool control = count == 1 && ((unsigned char)bytes[0] < 0x20 || bytes[0] == 0x7F);
        memcpy(run + written, control ? " " : form != NULL ? form : bytes, needed);
        written += needed;
        used += count;
    }
    run[written] = '\0';
    return used;
}

static double plain_width(const char *run) {
    double width = 0;
    for (size_t length; (length = sw_utf8_length(run)) > 0; run += length) {
        unsigned char first = (unsigned char)*run;
        width += length == 1 && first >= 32 && first < 127 ? ascii_width[first - 32] / 1000.0
                                                           : other_width;
    }
    return width;
}

double sw_text_width(const char *text, double font_size, bool bold) {
    char run[128];
    bool raised;
    double width = 0;
    for (size_t used; (used = sw_text_run(run, sizeof run, &raised, text)) > 0; text += used) {
        width += plain_width(run) * (raised ? SW_SUPERSCRIPT_SIZE : 1);
    }
    return width * font_size * (bold ? bold_stretch : 1);
}
