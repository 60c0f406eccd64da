/*
 * log.h - what happened, and when: messages with a level and a time, kept in a ring.
 *
 * They are printed on the console at once (except LOG_DEBUG) and kept for the
 * shell's `log`.  Interrupt handlers may log; new messages replace the oldest.
 */
#ifndef FIRSTLIGHT_KERNEL_CONSOLE_LOG_H
#define FIRSTLIGHT_KERNEL_CONSOLE_LOG_H

#include <stdbool.h>
#include <stdint.h>

/* The most severe first. */
enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG, LOG_LEVELS };

#define LOG_MESSAGES 128
#define LOG_TEXT 120 /* bytes with the NUL; a longer message ends in " [cut]" */

/* One message: a line without its line feed. */
void log_message(enum log_level level, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#define log_warning(...) log_message(LOG_WARNING, __VA_ARGS__)
#define log_info(...) log_message(LOG_INFO, __VA_ARGS__)

/* How many messages have been printed on the console so far. */
uint64_t log_shown(void);

extern const char *const log_level_names[LOG_LEVELS];

/* Prints "[    0.123456] info     text" for each message of `level` or more severe. */
void log_print(enum log_level level);

#endif
