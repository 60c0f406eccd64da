/*
 * error.h - how the loader gives up: one message that says everything.
 */
#ifndef STAGE2_ERROR_H
#define STAGE2_ERROR_H

/* The errors of include/errors.def by number; stage 1's have letters instead. */
enum error {
    ERROR_NONE = 0,
#define MBR_ERROR(letter, name, text, cause, advice)
#define ERROR(number, name, text, cause, advice) ERROR_##name = number,
#include "errors.def"
#undef ERROR
#undef MBR_ERROR
};

/*
 * Prints the error with its cause, the details of this case and the advice.
 * Then a key (keyboard or serial) decides: start over from the MBR, the same
 * by CHS, or give the machine back to the BIOS for its next boot device.
 */
void fatal(enum error error, const char *details, ...)
    __attribute__((noreturn, format(printf, 2, 3)));

/* What an error of stage 2 is called in its message. */
const char *error_text(enum error error);

/* The message alone. */
void error_print(enum error error, const char *details);

#endif
