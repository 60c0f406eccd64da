/*
 * forget_folder.c - takes the build machine's folder out of an object that NASM made.
 *
 *   forget_folder OBJECT SOURCE
 *
 * NASM writes the absolute folder of its source into the debug information (DW_AT_comp_dir) and has no
 * option against it, so the same source in another folder makes another object.  This replaces
 * the folder by ".", as -ffile-prefix-map does it for C.  The string lies in the first
 * entry of .debug_info, which gets shorter: what follows moves down, with its relocations.
 * The layout is that of NASM 2.15 to 3.01; another one is an error.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "image/file.h"

enum { UNIT_HEADER = 11, POINTER_SIZE = 10, ABBREVIATION = 1, STATEMENT_LIST = 4 };

/* Where ELF's fields lie; each is `word` bytes unless it says otherwise. */
struct elf {
    size_t word;
    size_t table, entry_size, entries, names; /* in the file's header; all but the first 16-bit */
    size_t offset, size, info;                /* in a section's header; info is 32-bit */
    size_t relocation;                        /* bytes of one; its first word is the place */
};

static const struct elf elf32 = {4, 0x20, 0x2e, 0x30, 0x32, 0x10, 0x14, 0x1c, 8};
static const struct elf elf64 = {8, 0x28, 0x3a, 0x3c, 0x3e, 0x18, 0x20, 0x2c, 24};

static uint64_t get(const uint8_t *at, size_t bytes)
{
    uint64_t value = 0;

    while (bytes-- > 0)
        value = value << 8 | at[bytes];
    return value;
}

static void put(uint8_t *at, size_t bytes, uint64_t value)
{
    for (; bytes-- > 0; value >>= 8)
        *at++ = (uint8_t)value;
}

static uint8_t *section(const struct elf *elf, uint8_t *object, size_t number)
{
    return object + get(object + elf->table, elf->word) + number * get(object + elf->entry_size, 2);
}

static uint8_t *content(const struct elf *elf, uint8_t *object, const uint8_t *header)
{
    return object + get(header + elf->offset, elf->word);
}

static size_t find_section(const struct elf *elf, uint8_t *object, const char *name)
{
    uint8_t *names = content(elf, object, section(elf, object, get(object + elf->names, 2)));
    size_t number = get(object + elf->entries, 2);

    while (--number > 0 && strcmp((char *)names + get(section(elf, object, number), 4), name) != 0)
        ;
    return number;
}

/* Relocations of the section that lie after the cut move with what they relocate. */
static void move_relocations(const struct elf *elf, uint8_t *object, size_t of, uint64_t after,
                             uint64_t by)
{
    enum { RELA = 4, REL = 9 };
    size_t sections = get(object + elf->entries, 2);

    for (size_t i = 1; i < sections; i++) {
        uint8_t *header = section(elf, object, i);
        uint64_t type = get(header + 4, 4);

        if ((type != RELA && type != REL) || get(header + elf->info, 4) != of)
            continue;
        for (uint64_t at = 0; at < get(header + elf->size, elf->word); at += elf->relocation) {
            uint8_t *place = content(elf, object, header) + at;

            if (get(place, elf->word) > after)
                put(place, elf->word, get(place, elf->word) - by);
        }
    }
}

/* The first entry of .debug_info: two addresses, a number, SOURCE, the folder.  A source without
   code has none. */
static bool forget(const struct elf *elf, uint8_t *object, const char *source)
{
    size_t number = find_section(elf, object, ".debug_info");
    uint8_t *header = section(elf, object, number), *unit = content(elf, object, header);
    uint64_t size = get(header + elf->size, elf->word);
    size_t before = UNIT_HEADER + ABBREVIATION + 2 * elf->word + STATEMENT_LIST;
    size_t name_bytes = strlen(source) + 1;

    if (size == 0)
        return true;
    if (size < before + name_bytes || unit[POINTER_SIZE] != elf->word ||
        memcmp(unit + before, source, name_bytes) != 0)
        return false;

    uint8_t *folder = unit + before + name_bytes, *rest = folder + strlen((char *)folder) + 1;
    uint64_t cut = (uint64_t)(rest - folder) - sizeof ".";

    memcpy(folder, ".", sizeof ".");
    memmove(folder + sizeof ".", rest, (size_t)(unit + size - rest));
    put(unit, 4, get(unit, 4) - cut);
    put(header + elf->size, elf->word, size - cut);
    move_relocations(elf, object, number, (uint64_t)(folder - unit), cut);
    return true;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        fail("usage", "forget_folder OBJECT SOURCE");

    struct file file = file_read(argv[1], UINT32_MAX);
    const struct elf *elf = file.data[4] == 1 ? &elf32 : &elf64;

    program_name = "forget_folder";
    if (!forget(elf, file.data, argv[2]))
        fail(argv[1], "NASM's debug information has another form than forget_folder.c knows");

    FILE *out = fopen(argv[1], "wb");

    if (!out || fwrite(file.data, 1, file.size, out) != file.size || fclose(out) != 0)
        fail(argv[1], strerror(errno));
    return 0;
}
