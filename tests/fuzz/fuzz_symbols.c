/*
 * fuzz_symbols.c - any bytes as a symbol table: what symbols_valid() accepts
 * can be searched, and every name that is found ends inside the table.
 *
 * The copy of the table ends where its memory does, so the address
 * sanitizer notices the first byte past it.
 */
#include <stdlib.h>
#include <string.h>

#include "lib/symbols.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static volatile size_t sink;

static void search(const struct symbol_table *table, uint64_t address)
{
    struct symbol_place place;

    if (!symbols_find(table, address, &place))
        return;
    sink += strlen(place.function);
    if (place.file != NULL)
        sink += strlen(place.file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct symbol_table *table = malloc(size ? size : 1);

    memcpy(table, data, size);
    if (size >= sizeof *table) { /* the fuzzer need not guess these */
        table->magic = SYMBOLS_MAGIC;
        table->bytes = (uint32_t)size;
        ((char *)table)[size - 1] = '\0';
    }
    if (symbols_valid(table, size)) {
        search(table, table->base);
        search(table, table->base + table->code_bytes / 2);
        search(table, table->base + table->code_bytes - 1);
    }
    free(table);
    return 0;
}
