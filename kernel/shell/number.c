/*
 * number.c - strict parsing of numbers, for the commands that take addresses and lengths.
 */
#include "kernel/shell/internal/number.h"

#define NO_DIGIT 16

static unsigned digit(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    if (c >= 'a' && c <= 'f')
        return (unsigned)(c - 'a') + 10;
    if (c >= 'A' && c <= 'F')
        return (unsigned)(c - 'A') + 10;
    return NO_DIGIT;
}

enum number_result number_parse(const char *text, uint64_t *value)
{
    unsigned base = text[0] == '0' && (text[1] == 'x' || text[1] == 'X') ? 16 : 10;
    uint64_t number = 0;
    enum number_result result = NUMBER_OK;

    text += base == 16 ? 2 : 0;
    if (*text == '\0')
        return NUMBER_BAD;
    for (; *text != '\0'; text++) {
        unsigned d = digit(*text);

        if (d >= base)
            return NUMBER_BAD;
        if (__builtin_mul_overflow(number, base, &number) ||
            __builtin_add_overflow(number, d, &number))
            result = NUMBER_TOO_BIG;
    }
    if (result == NUMBER_OK)
        *value = number;
    return result;
}
