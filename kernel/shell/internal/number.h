/* number.h - numbers as people type them.  Pure. */
#ifndef FIRSTLIGHT_KERNEL_SHELL_INTERNAL_NUMBER_H
#define FIRSTLIGHT_KERNEL_SHELL_INTERNAL_NUMBER_H

#include <stdint.h>

enum number_result {
    NUMBER_OK,
    NUMBER_BAD,     /* a character that is not a digit, or no digits at all */
    NUMBER_TOO_BIG, /* more than 64 bits */
};

/*
 * Decimal, or hexadecimal after 0x: digits only, no sign, no blanks.  *value is
 * only set with NUMBER_OK.
 */
__attribute__((warn_unused_result)) enum number_result number_parse(const char *text,
                                                                    uint64_t *value);

#endif
