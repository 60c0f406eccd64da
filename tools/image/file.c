/*
 * file.c - what the host tools share: reading files, numbers, giving up.
 */
#include "image/file.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_BUFFER 65536u

const char *program_name = "firstlight-image";

void fail(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s: %s\n", program_name, what, why);
    exit(1);
}

struct file file_read(const char *path, size_t limit)
{
    struct file file = { NULL, 0 };
    size_t room = FIRST_BUFFER, got;
    FILE *in = fopen(path, "rb");

    if (in == NULL)
        fail(path, strerror(errno));
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
    char *end;
    unsigned long long value;

    errno = 0;
    value = strtoull(text, &end, 0);
    if (errno != 0 || end == text || *end != '\0' || !isdigit((unsigned char)*text))
        fail(name, "this is no number, decimal or 0x hexadecimal");
    return value;
}
