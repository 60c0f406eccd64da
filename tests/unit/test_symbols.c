/*
 * The symbol table: what is found for an address, at every edge, and that a
 * damaged table is refused.  tests/boot/test_symbols.py compares the table that
 * tools/build/symbols.py makes with addr2line.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/symbols.h"

#define BASE 0xffffffff80100000ull

/* Two functions, first [0, 16) and second [16, 48), from two files. */
static struct {
    struct symbol_table head;
    struct symbol_function functions[2];
    uint32_t files[2];
    uint8_t rows[19];
    char strings[24];
} table;

#define NAME(offset) (uint32_t)(offsetof(__typeof__(table), strings) + (offset))

static int build(void **state)
{
    static const uint8_t rows[] = {
        0 << 1, 10,                     /* +0: a.c:10 */
        4 << 1, 0x7f,                   /* +4: line 9: a negative step */
        12 << 1 | 1, 1, 0xab, 0x02,     /* +16: b.c:308: a step of 299, in two bytes */
        0x80 | (8 << 1), 0x00, 1,       /* +24: b.c:309: an address of two bytes */
        8 << 1, 0xcb, 0x7d,             /* +32: line 0: from no source */
        8 << 1 | 1, 0, 5,               /* +40: a.c:5 */
    };

    (void)state;
    memset(&table, 0, sizeof table);
    table.functions[0] = (struct symbol_function){0, NAME(0)};
    table.functions[1] = (struct symbol_function){16, NAME(6)};
    table.files[0] = NAME(13);
    table.files[1] = NAME(17);
    memcpy(table.rows, rows, sizeof rows);
    memcpy(table.strings, "first\0second\0a.c\0b.c", 21);
    table.head = (struct symbol_table){
        .magic = SYMBOLS_MAGIC, .bytes = NAME(21), .base = BASE, .code_bytes = 48,
        .functions = 2, .files = 2, .row_bytes = sizeof rows,
    };
    return 0;
}

static void expect(uint64_t address, const char *function, uint64_t offset, const char *file,
                   unsigned line)
{
    struct symbol_place place;

    assert_true(symbols_find(&table.head, address, &place));
    assert_string_equal(place.function, function);
    assert_int_equal(place.offset, offset);
    assert_int_equal(place.line, line);
    if (file == NULL)
        assert_null(place.file);
    else
        assert_string_equal(place.file, file);
}

static void test_every_byte_has_its_function_and_line(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 48; i++) {
        const char *function = i < 16 ? "first" : "second";
        const char *file = i < 16 ? "a.c" : i < 32 ? "b.c" : i < 40 ? NULL : "a.c";
        unsigned line = i < 4 ? 10 : i < 16 ? 9 : i < 24 ? 308 : i < 32 ? 309 : i < 40 ? 0 : 5;

        expect(BASE + i, function, i < 16 ? i : i - 16, file, line);
    }
}

static void test_addresses_outside_are_not_found(void **state)
{
    struct symbol_place place;

    (void)state;
    assert_false(symbols_find(&table.head, BASE - 1, &place));
    assert_false(symbols_find(&table.head, BASE + 48, &place));
    assert_false(symbols_find(&table.head, 0, &place));
    assert_false(symbols_find(&table.head, UINT64_MAX, &place));
}

static void test_code_before_the_first_function_has_no_name(void **state)
{
    struct symbol_place place;

    (void)state;
    table.functions[0].address = 4;
    assert_false(symbols_find(&table.head, BASE + 3, &place));
    expect(BASE + 4, "first", 0, "a.c", 9);
}

static void test_return_address_belongs_to_the_call_before_it(void **state)
{
    struct symbol_place place;

    (void)state;
    assert_true(symbols_find_call(&table.head, BASE + 16, &place));
    assert_string_equal(place.function, "first");
    assert_int_equal(place.offset, 16);
    assert_int_equal(place.line, 9);
    assert_true(symbols_find_call(&table.head, BASE + 48, &place)); /* the last instruction */
    assert_false(symbols_find_call(&table.head, BASE, &place));
}

static void test_functions_alone_have_no_lines(void **state)
{
    struct symbol_place place;

    (void)state;
    table.head.files = 0;
    table.head.row_bytes = 0;
    assert_true(symbols_find(&table.head, BASE + 20, &place));
    assert_string_equal(place.function, "second");
    assert_null(place.file);
}

static void test_damaged_tables_are_refused(void **state)
{
    size_t bytes = table.head.bytes;

    (void)state;
    assert_true(symbols_valid(&table.head, bytes));
    assert_false(symbols_valid(&table.head, bytes - 1));
    assert_false(symbols_valid(&table.head, 0));
    table.head.magic ^= 1;
    assert_false(symbols_valid(&table.head, bytes));
    build(NULL);
    table.head.functions = 0x20000001; /* its bytes overflow 32 bits */
    assert_false(symbols_valid(&table.head, bytes));
    build(NULL);
    table.strings[20] = 'x'; /* the last string does not end */
    assert_false(symbols_valid(&table.head, bytes));
}

/* Unterminated rows and numbers: nothing is read beyond the table. */
static void test_cut_rows_end_the_search(void **state)
{
    struct symbol_place place;

    (void)state;
    memset(table.rows, 0xff, sizeof table.rows);
    assert_true(symbols_find(&table.head, BASE + 20, &place));
    table.functions[1].name = 0xffffffff;
    assert_true(symbols_find(&table.head, BASE + 20, &place));
    assert_string_equal(place.function, "?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_every_byte_has_its_function_and_line, build),
        cmocka_unit_test_setup(test_addresses_outside_are_not_found, build),
        cmocka_unit_test_setup(test_code_before_the_first_function_has_no_name, build),
        cmocka_unit_test_setup(test_return_address_belongs_to_the_call_before_it, build),
        cmocka_unit_test_setup(test_functions_alone_have_no_lines, build),
        cmocka_unit_test_setup(test_damaged_tables_are_refused, build),
        cmocka_unit_test_setup(test_cut_rows_end_the_search, build),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
