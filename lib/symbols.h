/*
 * symbols.h - from an address to a function and a source line, on the machine itself.
 *
 * tools/build/symbols.py makes the table from a linked program, which is then linked
 * again with the table (linker/symbols.asm) after the code, so that no code moves.
 * Everything in it is relative to `base`, and little-endian:
 *
 *   struct symbol_table
 *   struct symbol_function[functions]  sorted by address
 *   uint32_t[files]                    their names
 *   rows                               bytes, see below
 *   strings                            each ends with a zero byte
 *
 * A row gives the address from which another line applies.  It is coded as
 * differences from the row before: that of the address, times two, plus one if the
 * file changes; the file's number if it does; and that of the line.  All are LEB128
 * numbers as in DWARF (7 bits a byte, lowest first, bit 7: more bytes follow), the
 * line's a signed one.  Line 0 means that the code has no source line.
 */
#ifndef FIRSTLIGHT_LIB_SYMBOLS_H
#define FIRSTLIGHT_LIB_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SYMBOLS_MAGIC 0x59534c46 /* "FLSY" */

struct symbol_table {
    uint32_t magic;
    uint32_t bytes; /* of the whole table */
    uint64_t base;  /* address of the first byte of code */
    uint32_t code_bytes;
    uint32_t functions;
    uint32_t files;
    uint32_t row_bytes;
};

struct symbol_function {
    uint32_t address; /* relative to base; a function ends where the next one starts */
    uint32_t name;    /* offset of a string in the table */
};

_Static_assert(sizeof(struct symbol_table) == 32, "tools/build/symbols.py");

struct symbol_place {
    const char *function;
    uint64_t offset;  /* of the address, from the start of the function */
    const char *file; /* NULL if the line is not known */
    unsigned line;
};

/* True if `bytes` at `table` hold a complete table. */
bool symbols_valid(const struct symbol_table *table, size_t bytes);

/* The place of `address`; false if it is in no function.  `table` must be valid. */
__attribute__((warn_unused_result)) bool symbols_find(const struct symbol_table *table,
                                                      uint64_t address, struct symbol_place *place);

/*
 * The place of the call that returns to `address`: looks up one byte before it,
 * because a call that never returns is the last instruction of its function.
 * The offset is that of the return address.
 */
__attribute__((warn_unused_result)) bool
symbols_find_call(const struct symbol_table *table, uint64_t address, struct symbol_place *place);

#endif
