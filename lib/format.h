/*
 * format.h - printf formatting for stage 2, the kernel and the host tests.
 *
 * Conversions: d i u x X o c s p %; lengths hh h l ll z j t; width and
 * precision (also *); flags - 0 + space #.  They mean what ISO C says (C11
 * 7.21.6.1).  %p prints 0x and the digits, 0x0 for NULL; %s of NULL prints
 * (null).  Any other conversion is printed unchanged. No floating point: the
 * kernel does not use it.
 */
#ifndef FIRSTLIGHT_LIB_FORMAT_H
#define FIRSTLIGHT_LIB_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

/* Where the characters go: called with runs of them, in order. */
typedef void format_sink(void *context, const char *text, size_t length);

/* Formats into `sink`; returns the number of characters written to it. */
size_t format(format_sink *sink, void *context, const char *fmt, va_list args)
    __attribute__((format(printf, 3, 0)));

/*
 * Formats into `buffer` of `size` bytes, always terminated if size > 0. Returns
 * the length of the whole text, like C's snprintf.
 */
size_t format_string(char *buffer, size_t size, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* The same with the arguments in a va_list. */
size_t format_string_v(char *buffer, size_t size, const char *fmt, va_list args)
    __attribute__((format(printf, 3, 0)));

#endif
