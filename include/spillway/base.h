/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Base room: status and errors, context, units, random numbers.
 *
 * Inside the library every quantity is in A, eV, K, s, Pa, amu.
 * Outputs come first in every argument list; an optional sw_error comes last.
 * The library never prints, exits, aborts or keeps global state.
 */
#ifndef SPILLWAY_BASE_H
#define SPILLWAY_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define SW_API __attribute__((visibility("default")))
#define SW_MUST_USE __attribute__((warn_unused_result))
#define SW_PRINTF(format_index, first_argument)                                                    \
    __attribute__((format(printf, format_index, first_argument)))
#else
#define SW_API
#define SW_MUST_USE
#define SW_PRINTF(format_index, first_argument)
#endif

/* ---- status and error ------------------------------------------------------------------------ */

/* What a call came to. Zero is success; every other value has a name (sw_status_name). */
typedef enum sw_status {
    SW_OK = 0,
    SW_ERROR_MEMORY,      /* not enough memory, or more than the stated limit */
    SW_ERROR_ARGUMENT,    /* the caller broke the contract of the function */
    SW_ERROR_FILE,        /* the operating system refused: missing, unreadable, full disk */
    SW_ERROR_FORMAT,      /* a file is damaged or not what it claims to be */
    SW_ERROR_MODEL,       /* a model file is wrong: unknown key, bad unit, broken balance */
    SW_ERROR_UNIT,        /* a quantity lacks its unit or has one of another dimension */
    SW_ERROR_NOT_FOUND,   /* a name that nothing here carries */
    SW_ERROR_NUMERIC,     /* no convergence, or a number that is not finite */
    SW_ERROR_UNSUPPORTED, /* right in itself, but not done by this program */
    SW_ERROR_CANCELLED    /* the context was cancelled; saved work is usable */
} sw_status;

/*
 * What went wrong, where, and what to do about it. Zero-initialise it before the call.
 * place is "file:line:column", "file @ byte N", a parameter or an argument name; hint may be empty.
 */
typedef struct sw_error {
    sw_status code;
    char place[256];
    char message[512];
    char hint[256];
} sw_error;

/* The name of a status in words ("file error"). Never NULL. */
SW_API const char *sw_status_name(sw_status status);

/*
 * Fills *error (which may be NULL) and returns code, so that a failing function can end with
 * `return sw_error_set(error, SW_ERROR_FORMAT, place, hint, "...", ...)`.
 * place and hint may be NULL. Texts that are too long are cut. An error that is already set
 * (error->code != SW_OK) is overwritten.
 */
SW_API sw_status sw_error_set(sw_error *error, sw_status code, const char *place, const char *hint,
                              const char *format, ...) SW_PRINTF(5, 6);

/*
 * The nearest of `count` names to `name` by edit distance, or NULL when none is near
 * (distance <= max(1, length/3)). Used for "did you mean".
 */
SW_API const char *sw_nearest_name(const char *name, const char *const *names, size_t count);

/* "1.2.3": the version of the library that is linked. */
SW_API const char *sw_version(void);

/* ---- context --------------------------------------------------------------------------------- */

/* Carries log, progress, cancellation and thread count into long work. One per thread of work. */
typedef struct sw_context sw_context;

typedef enum sw_log_level { SW_LOG_DEBUG, SW_LOG_INFO, SW_LOG_WARNING } sw_log_level;

typedef void (*sw_log_function)(void *user, sw_log_level level, const char *message);

/* fraction is 0..1, or negative where the end is not known; message says what is being done. */
typedef void (*sw_progress_function)(void *user, double fraction, const char *message);

/* A context with one thread, no log and no progress. *context is NULL on failure. */
SW_API SW_MUST_USE sw_status sw_context_create(sw_context **context);
SW_API void sw_context_destroy(sw_context *context);

SW_API void sw_context_set_log(sw_context *context, sw_log_function function, void *user);
SW_API void sw_context_set_progress(sw_context *context, sw_progress_function function, void *user);
SW_API void sw_context_set_threads(sw_context *context, int threads);

/* All of the following accept a NULL context: no log, no progress, one thread, never cancelled. */
SW_API int sw_context_threads(const sw_context *context);
SW_API void sw_log(sw_context *context, sw_log_level level, const char *format, ...)
    SW_PRINTF(3, 4);
SW_API void sw_progress(sw_context *context, double fraction, const char *format, ...)
    SW_PRINTF(3, 4);
/* Asks the work under this context to stop at its next safe point. Async-signal-safe. */
SW_API void sw_context_cancel(sw_context *context);
SW_API bool sw_context_cancelled(const sw_context *context);
/* From now on `context` is cancelled too where `leader` is, which must live as long. */
SW_API void sw_context_follow(sw_context *context, const sw_context *leader);

/* ---- physical constants (CODATA 2018, exact where the SI is) --------------------------------- */

#define SW_BOLTZMANN 8.617333262e-5 /* eV/K */
#define SW_PLANCK 4.135667696e-15   /* eV s */
#define SW_GAS_CONSTANT 8.314462618 /* J/(mol K) */
#define SW_ICE_POINT 273.15         /* K: 0 degC */
#define SW_RADIAN_PER_DEGREE 0.017453292519943295
#define SW_AVOGADRO 6.02214076e23         /* 1/mol */
#define SW_ELECTRONVOLT 1.602176634e-19   /* J */
#define SW_ATOMIC_MASS 1.66053906660e-27  /* kg */
#define SW_BAR 1.0e5                      /* Pa */
#define SW_JOULE_PER_MOLE 1.0364269656e-5 /* eV per (J/mol) */

/* ---- units ----------------------------------------------------------------------------------- */

/* The dimensions a quantity in a file can have, with the unit that the library uses inside. */
typedef enum sw_dimension {
    SW_NUMBER,         /* no unit; "%" is 0.01 */
    SW_LENGTH,         /* A; also nm, um, mm, m, pm */
    SW_ENERGY,         /* eV; also meV, kJ/mol, J/mol, kcal/mol */
    SW_TEMPERATURE,    /* K; also degC */
    SW_TIME,           /* s; also ns, us, ms, min, h, ps, fs */
    SW_RATE,           /* 1/s; also /s, Hz, kHz, MHz, /min, /h */
    SW_PRESSURE,       /* Pa; also bar, mbar, kPa, MPa, atm, Torr */
    SW_HEATING_RATE,   /* K/s; also K/min, degC/s, degC/min, K/ns, K/us */
    SW_VOLUME,         /* m3; also ml, l, cm3, nl, ul, nm3, A3 */
    SW_FLOW,           /* m3/s; also ml/min, l/h, l/min, cm3/s, nl/s */
    SW_MASS,           /* amu; also kg, g, mg */
    SW_ANGLE,          /* rad; also deg, mrad */
    SW_ENTROPY,        /* eV/K; also meV/K, J/mol/K */
    SW_SURFACE_ENERGY, /* eV/A2; also J/m2 */
    SW_AREA,           /* A2; also pm2, nm2, um2, mm2, cm2, m2 */
    SW_VELOCITY,       /* A/s; also nm/s, um/s, mm/s, cm/s, m/s */
    SW_DIFFUSIVITY,    /* A2/s; also nm2/s, um2/s, mm2/s, cm2/s, m2/s */
    SW_DIMENSION_COUNT
} sw_dimension;

/* "temperature", and the unit used inside ("K"; "" for SW_NUMBER). Never NULL. */
SW_API const char *sw_dimension_name(sw_dimension dimension);
SW_API const char *sw_dimension_unit(sw_dimension dimension);

/*
 * Reads "700 degC" into the inside unit of `dimension`. A missing unit, a unit of another
 * dimension, trailing text, a number that is not finite: SW_ERROR_UNIT with a hint that names the
 * accepted units. Locale-independent. SW_NUMBER takes a plain number.
 */
SW_API SW_MUST_USE sw_status sw_quantity_parse(double *value, const char *text,
                                               sw_dimension dimension, sw_error *error);

/*
 * The factor that turns a value in `unit` into the inside unit, and the offset added after
 * (temperatures). False where the unit is not one of this dimension.
 */
SW_API bool sw_unit_factor(double *factor, double *offset, const char *unit,
                           sw_dimension dimension);

/* ---- random numbers -------------------------------------------------------------------------- */

/*
 * Counter-based Philox 4x32-10 (Salmon et al., SC11): a draw is a pure function of (seed, stream,
 * counter), so a stream can be read at any place and in any order, on any machine.
 */
typedef struct sw_random {
    uint64_t seed;
    uint64_t stream;
    uint64_t counter; /* the next block to be drawn */
} sw_random;

SW_API sw_random sw_random_create(uint64_t seed, uint64_t stream);
/* Four independent 32-bit words of the next block; advances the counter by one. */
SW_API void sw_random_block(uint32_t words[4], sw_random *random);
/* Two doubles in (0,1), never 0 nor 1, from one block (52 bits each). */
SW_API void sw_random_pair(double uniform[2], sw_random *random);
/* One double in (0,1); uses one block. */
SW_API double sw_random_uniform(sw_random *random);

/* ---- bytes ----------------------------------------------------------------------------------- */

/* Growing byte buffer for saved states. Zero-initialise it; release it with sw_bytes_clear. */
typedef struct sw_bytes {
    unsigned char *data;
    size_t size, capacity;
} sw_bytes;
SW_API SW_MUST_USE sw_status sw_bytes_append(sw_bytes *bytes, const void *data, size_t size);
SW_API void sw_bytes_clear(sw_bytes *bytes);

#ifdef __cplusplus
}
#endif
#endif
