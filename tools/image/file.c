/*
 * file.c - shared by the host tools: reading files, numbers, ending with a message.
 */
#include "image/file.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FIRST_BUFFER 65536u

const char *program_name = "firstlight-image";

void fail(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s: %s\n", program_name, what, why);
    exit(1);
}

struct file file_read(const char *path, size_t limit)
{
    struct file file = {NULL, 0};
    size_t room = FIRST_BUFFER, got;
    FILE *in = fopen(path, "rb");
    struct stat status;

    if (in == NULL || fstat(fileno(in), &status) != 0)
        fail(path, strerror(errno));
    if (S_ISREG(status.st_mode) && (uint64_t)status.st_size > limit)
        fail(path, "the file is too large"); /* before that much memory is allocated */
    do {
        room = file.size == room || file.data == NULL ? 2 * room : room;
        file.data = realloc(file.data, room);
        if (file.data == NULL)
            fail(path, "out of memory");
        got = fread(file.data + file.size, 1, room - file.size, in);
        file.size += got;
        if (file.size > limit)
            fail(path, "the file is too large");
    } while (got > 0);
    if (ferror(in))
        fail(path, strerror(errno));
    fclose(in);
    return file;
}

uint64_t parse_number(const char *name, const char *text)
{
    char *end, what[80];
    int base = text[0] == '0' && (text[1] | 0x20) == 'x' ? 16 : 10; /* 010 is ten */
    unsigned long long value;

    errno = 0;
    value = strtoull(text, &end, base);
    if (errno != 0 || end == text || *end != '\0' || !isdigit((unsigned char)*text)) {
        snprintf(what, sizeof what, "%s \"%s\"", name, text);
        fail(what, "this is not a number from 0 to 2^64 - 1, decimal or 0x and hexadecimal");
    }
    return value;
}
