/*
 * file.h - reads whole files into memory, and ends a program with one line.
 */
#ifndef FIRSTLIGHT_TOOLS_IMAGE_FILE_H
#define FIRSTLIGHT_TOOLS_IMAGE_FILE_H

#include <stddef.h>
#include <stdint.h>

struct file {
    uint8_t *data;
    size_t size;
};

/* Reads a file; ends the program if that fails or the file is larger than `limit`. */
struct file file_read(const char *path, size_t limit);

/* A number, decimal or 0x hexadecimal; ends the program if `text` is not one. */
uint64_t parse_number(const char *name, const char *text);

/* "PROGRAM: what: why" on stderr, exit status 1. */
void fail(const char *what, const char *why) __attribute__((noreturn));

extern const char *program_name;

#endif
