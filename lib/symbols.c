/*
 * symbols.c - looks up an address in the table of symbols.h.
 *
 * For reports of faults, so slow and simple: each lookup decodes the rows, a
 * few thousand, from the first one on.  Nothing is read beyond the table.
 */
#include "lib/symbols.h"

struct row_reader {
    const uint8_t *at;
    const uint8_t *end;
};

struct row {
    uint64_t address;
    uint32_t file;
    uint32_t line;
};

static const struct symbol_function *functions_of(const struct symbol_table *table)
{
    return (const struct symbol_function *)(table + 1);
}

static const uint32_t *files_of(const struct symbol_table *table)
{
    return (const uint32_t *)(functions_of(table) + table->functions);
}

static const uint8_t *rows_of(const struct symbol_table *table)
{
    return (const uint8_t *)(files_of(table) + table->files);
}

static const char *string_at(const struct symbol_table *table, uint32_t offset)
{
    return offset < table->bytes ? (const char *)table + offset : "?";
}

bool symbols_valid(const struct symbol_table *table, size_t bytes)
{
    if (bytes < sizeof *table || table->magic != SYMBOLS_MAGIC || table->bytes > bytes)
        return false;

    uint64_t parts = sizeof *table + table->functions * (uint64_t)sizeof(struct symbol_function) +
                     table->files * (uint64_t)sizeof(uint32_t) + table->row_bytes;

    /* the last string's terminator ends all strings */
    return parts < table->bytes && ((const char *)table)[table->bytes - 1] == '\0';
}

/* A LEB128 number; *bits is how many of its bits were stored. */
static uint64_t read_leb(struct row_reader *reader, unsigned *bits)
{
    uint64_t value = 0;

    for (*bits = 0; reader->at < reader->end && *bits < 63;) {
        uint8_t byte = *reader->at++;

        value |= (uint64_t)(byte & 0x7f) << *bits;
        *bits += 7;
        if (!(byte & 0x80))
            break;
    }
    return value;
}

static uint64_t read_unsigned(struct row_reader *reader)
{
    unsigned bits;

    return read_leb(reader, &bits);
}

static int64_t read_signed(struct row_reader *reader)
{
    unsigned bits;
    uint64_t value = read_leb(reader, &bits);
    bool negative = bits > 0 && value >> (bits - 1) & 1;

    return negative ? (int64_t)(value - (1ull << bits)) : (int64_t)value;
}

static void next_row(struct row_reader *reader, struct row *row)
{
    uint64_t step = read_unsigned(reader);

    row->address += step >> 1;
    if (step & 1)
        row->file = (uint32_t)read_unsigned(reader);
    row->line += (uint32_t)read_signed(reader);
}

/* Fills in file and line of the last row that is not after `address`. */
static void find_line(const struct symbol_table *table, uint64_t address,
                      struct symbol_place *place)
{
    struct row_reader reader = {rows_of(table), rows_of(table) + table->row_bytes};
    struct row next = {0}, row = {0};

    while (reader.at < reader.end) {
        next_row(&reader, &next);
        if (next.address > address)
            break;
        row = next;
    }
    place->file = NULL;
    place->line = 0;
    if (row.line != 0 && row.file < table->files) {
        place->file = string_at(table, files_of(table)[row.file]);
        place->line = row.line;
    }
}

/* The number of functions that start at or before `address`. */
static uint32_t count_until(const struct symbol_table *table, uint64_t address)
{
    const struct symbol_function *functions = functions_of(table);
    uint32_t low = 0, high = table->functions;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (functions[middle].address <= address)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool symbols_find(const struct symbol_table *table, uint64_t address, struct symbol_place *place)
{
    uint64_t relative = address - table->base;

    if (address < table->base || relative >= table->code_bytes)
        return false;

    uint32_t count = count_until(table, relative);

    if (count == 0)
        return false;

    const struct symbol_function *function = &functions_of(table)[count - 1];

    place->function = string_at(table, function->name);
    place->offset = relative - function->address;
    find_line(table, relative, place);
    return true;
}

bool symbols_find_call(const struct symbol_table *table, uint64_t address,
                       struct symbol_place *place)
{
    if (!symbols_find(table, address - 1, place))
        return false;
    place->offset++;
    return true;
}
