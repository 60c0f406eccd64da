/*
 * acpi_s5.c - finds \_S5 without understanding the rest of the code around it.
 *
 * Pure.  The name, a package right after it and two small numbers in the
 * package: nothing else looks like this.  ACPI specification 6.3, 7.4.2.6 and
 * 20.2.
 */
#include "kernel/power/internal/acpi_s5.h"

#include "lib/string.h"

enum {
    ZERO_OP = 0x00,
    ONE_OP = 0x01,
    NAME_OP = 0x08,
    BYTE_PREFIX = 0x0a,
    WORD_PREFIX = 0x0b,
    DWORD_PREFIX = 0x0c,
    QWORD_PREFIX = 0x0e,
    PACKAGE_OP = 0x12,
    ROOT_CHAR = '\\',
};

#define SLP_TYP_MAX 7 /* three bits */

/* The rest of the code; reading stops at its end. */
struct reader {
    const uint8_t *next;
    const uint8_t *end;
};

static int read_byte(struct reader *reader)
{
    return reader->next == reader->end ? -1 : *reader->next++;
}

/* A little-endian number of `bytes` bytes; false if the code ends first. */
static bool read_number(struct reader *reader, unsigned bytes, uint64_t *value)
{
    *value = 0;
    for (unsigned i = 0; i < bytes; i++) {
        int byte = read_byte(reader);

        if (byte < 0)
            return false;
        *value |= (uint64_t)byte << 8 * i;
    }
    return true;
}

static bool read_integer(struct reader *reader, uint64_t *value)
{
    int op = read_byte(reader);

    switch (op) {
    case ZERO_OP:
    case ONE_OP: *value = (uint64_t)op; return true;
    case BYTE_PREFIX: return read_number(reader, 1, value);
    case WORD_PREFIX: return read_number(reader, 2, value);
    case DWORD_PREFIX: return read_number(reader, 4, value);
    case QWORD_PREFIX: return read_number(reader, 8, value);
    default: return false;
    }
}

/*
 * PkgLength: the lead byte's upper two bits are the number of bytes that follow
 * it. The length counts from the lead byte on; the reader is limited to the
 * package.
 */
static bool enter_package(struct reader *reader)
{
    const uint8_t *start = reader->next;
    int lead = read_byte(reader);
    uint64_t rest;

    if (lead < 0 || !read_number(reader, (unsigned)lead >> 6, &rest))
        return false;

    uint64_t length = lead >> 6 == 0 ? (uint64_t)lead & 0x3f : rest << 4 | (lead & 0x0f);

    if (length > (uint64_t)(reader->end - start) || start + length < reader->next)
        return false;
    reader->end = start + length;
    return true;
}

static bool read_sleep_type(struct reader *reader, uint8_t *type)
{
    uint64_t value;

    if (!read_integer(reader, &value) || value > SLP_TYP_MAX)
        return false;
    *type = (uint8_t)value;
    return true;
}

/* `reader` is just after the name. */
static bool read_package(struct reader reader, struct acpi_s5 *s5)
{
    if (read_byte(&reader) != PACKAGE_OP || !enter_package(&reader))
        return false;
    return read_byte(&reader) >= 2 && /* number of elements */
           read_sleep_type(&reader, &s5->type_a) && read_sleep_type(&reader, &s5->type_b);
}

/* True for a definition, Name (_S5 or Name (\_S5, but not for a use of the name. */
static bool is_defined_at(const uint8_t *aml, size_t name)
{
    if (name >= 2 && aml[name - 1] == ROOT_CHAR)
        name--;
    return name >= 1 && aml[name - 1] == NAME_OP;
}

bool acpi_find_s5(const uint8_t *aml, size_t bytes, struct acpi_s5 *s5)
{
    for (size_t i = 0; i + 4 <= bytes; i++) {
        struct reader reader = {aml + i + 4, aml + bytes};

        if (memcmp(aml + i, "_S5_", 4) == 0 && is_defined_at(aml, i) && read_package(reader, s5))
            return true;
    }
    return false;
}
