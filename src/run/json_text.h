/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON as this room writes it, on top of jansson. */
#ifndef SPILLWAY_RUN_JSON_TEXT_H
#define SPILLWAY_RUN_JSON_TEXT_H

#include <spillway/base.h>

#include <jansson.h>

/* Any text: bytes that are no UTF-8 become '?', NULL becomes "". */
json_t *sw_run_json_text(const char *text);
/* A number, or null where it is not finite. */
json_t *sw_run_json_number(double value);
/* An integer; as text where it is beyond what JSON readers keep (2^63). */
json_t *sw_run_json_count(uint64_t value);
/* Seconds since 1970 as 2000-12-31T23:59:59Z; the name of this computer. */
json_t *sw_run_json_date(int64_t seconds);
json_t *sw_run_json_host(void);
/* 16 hexadecimal digits. */
json_t *sw_run_json_hash(uint64_t value);

/* Writes FOLDER/NAME by a rename and releases *object; NULL, for want of memory, is an error. */
SW_MUST_USE sw_status sw_run_json_write(json_t *object, const char *folder, const char *name,
                                        sw_error *error);

#endif
