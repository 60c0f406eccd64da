/*
 * error.h - how the loader fails: with one complete message.
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
 * Prints the error with its cause, the details and the advice.  Then the user
 * presses a key (keyboard or serial): start over from the MBR, the same by CHS,
 * or return the machine to the BIOS for its next boot device.
 */
void fatal(enum error error, const char *details, ...)
    __attribute__((noreturn, format(printf, 2, 3)));

/* The title of an error of stage 2. */
const char *error_text(enum error error);

/* Prints only the message. */
void error_print(enum error error, const char *details);

#endif
