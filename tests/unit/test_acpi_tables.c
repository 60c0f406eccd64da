/*
 * test_acpi_tables.c - tables in a memory of our own: found, refused when damaged, never overrun.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "kernel/power/internal/acpi_fadt.h"
#include "kernel/power/internal/acpi_tables.h"

/* The first MiB of a PC; what is above cannot be reached. */
#define MEMORY_BYTES 0x100000
static uint8_t memory[MEMORY_BYTES];

#define EBDA 0x9fc00
#define ROOT 0xf5a40
#define RSDT 0xe1000
#define XSDT 0xe2000
#define FADT 0xe3000
#define SSDT_1 0xe4000
#define SSDT_2 0xe5000

static const void *map(uint64_t physical, uint64_t bytes)
{
    return bytes <= MEMORY_BYTES && physical <= MEMORY_BYTES - bytes ? memory + physical : NULL;
}

static void put(uint64_t address, uint64_t value, unsigned bytes)
{
    memcpy(memory + address, &value, bytes);
}

/* Sets the byte at `sum` so that the sum of `bytes` bytes is zero. */
static void balance(uint64_t address, size_t bytes, size_t sum)
{
    uint8_t total = 0;

    memory[address + sum] = 0;
    for (size_t i = 0; i < bytes; i++)
        total = (uint8_t)(total + memory[address + i]);
    memory[address + sum] = (uint8_t)-total;
}

static void make_root(uint64_t address, uint8_t revision)
{
    memcpy(memory + address, "RSD PTR ", 8);
    memory[address + 15] = revision;
    put(address + 16, RSDT, 4);
    put(address + 20, 36, 4);
    put(address + 24, XSDT, 8);
    balance(address, 20, 8);
}

static void make_table(uint64_t address, const char *signature, uint32_t length)
{
    memcpy(memory + address, signature, 4);
    put(address + 4, length, 4);
    balance(address, length, 9);
}

static void make_list(uint64_t address, const char *signature, unsigned entry_bytes)
{
    static const uint64_t tables[] = {SSDT_1, FADT, SSDT_2};

    for (unsigned i = 0; i < 3; i++)
        put(address + 36 + i * entry_bytes, tables[i], entry_bytes);
    make_table(address, signature, 36 + 3 * entry_bytes);
}

/* An intact machine: version 2, all tables present. */
static void make_machine(void)
{
    memset(memory, 0, sizeof memory);
    put(0x40e, EBDA >> 4, 2);
    make_root(ROOT, 2);
    make_list(RSDT, "RSDT", 4);
    make_list(XSDT, "XSDT", 8);
    put(FADT + 64, 0x604, 4);
    make_table(FADT, "FACP", 116);
    memory[SSDT_1 + 36] = 1;
    make_table(SSDT_1, "SSDT", 40);
    memory[SSDT_2 + 36] = 2;
    make_table(SSDT_2, "SSDT", 40);
}

static enum acpi_result find(const char *signature, unsigned index,
                             const struct acpi_header **table)
{
    uint64_t root;
    enum acpi_result result = acpi_find_root(map, &root);

    return result == ACPI_OK ? acpi_find_table(map, root, signature, index, table) : result;
}

static void assert_fadt(enum acpi_result expected)
{
    const struct acpi_header *table;
    enum acpi_result result = find("FACP", 0, &table);

    assert_int_equal(result, expected);
    if (result == ACPI_OK)
        assert_ptr_equal(table, memory + FADT);
}

static void test_root_in_the_rom_and_in_the_ebda(void **state)
{
    uint64_t root;

    (void)state;
    make_machine();
    assert_int_equal(acpi_find_root(map, &root), ACPI_OK);
    assert_int_equal(root, ROOT);
    make_root(EBDA + 0x120, 0);
    assert_int_equal(acpi_find_root(map, &root), ACPI_OK);
    assert_int_equal(root, EBDA + 0x120);
}

static void test_a_root_with_a_wrong_sum_is_passed_over(void **state)
{
    uint64_t root;

    (void)state;
    make_machine();
    make_root(ROOT - 0x100, 2);
    memory[ROOT - 0x100 + 17]++;
    assert_int_equal(acpi_find_root(map, &root), ACPI_OK);
    assert_int_equal(root, ROOT);
    memory[ROOT + 17]++;
    assert_int_equal(acpi_find_root(map, &root), ACPI_NO_ROOT);
}

static void test_an_ebda_that_is_junk_is_not_searched(void **state)
{
    uint64_t root;

    (void)state;
    make_machine();
    make_root(0x1000, 2);
    put(0x40e, 0x0100, 2);
    assert_int_equal(acpi_find_root(map, &root), ACPI_OK);
    assert_int_equal(root, ROOT);
}

static void test_tables_are_found_by_either_list(void **state)
{
    (void)state;
    make_machine();
    assert_fadt(ACPI_OK);
    memory[RSDT + 40]++; /* not needed */
    assert_fadt(ACPI_OK);
    make_machine();
    make_root(ROOT, 0);
    memory[XSDT + 40]++; /* not read */
    assert_fadt(ACPI_OK);
    make_machine();
    memory[XSDT + 40]++; /* damaged: the RSDT is used */
    assert_fadt(ACPI_OK);
    memory[RSDT + 40]++;
    assert_fadt(ACPI_DAMAGED);
}

static void test_tables_of_a_kind_are_numbered(void **state)
{
    const struct acpi_header *table;

    (void)state;
    make_machine();
    assert_int_equal(find("SSDT", 0, &table), ACPI_OK);
    assert_ptr_equal(table, memory + SSDT_1);
    assert_int_equal(find("SSDT", 1, &table), ACPI_OK);
    assert_ptr_equal(table, memory + SSDT_2);
    assert_int_equal(find("SSDT", 2, &table), ACPI_NO_TABLE);
    assert_int_equal(find("HPET", 0, &table), ACPI_NO_TABLE);
}

static void test_damaged_tables_are_refused(void **state)
{
    (void)state;
    make_machine();
    memory[FADT + 64]++;
    assert_fadt(ACPI_DAMAGED);
    make_machine();
    put(FADT + 4, 35, 4); /* shorter than its header */
    assert_fadt(ACPI_DAMAGED);
    put(FADT + 4, 0xffffffff, 4);
    assert_fadt(ACPI_DAMAGED);
    put(FADT + 4, 0x200000, 4); /* continues beyond what can be reached */
    assert_fadt(ACPI_UNREACHABLE);
}

static void test_a_list_that_points_nowhere_is_survived(void **state)
{
    (void)state;
    make_machine();
    put(XSDT + 36, UINT64_MAX - 3, 8);
    make_table(XSDT, "XSDT", 60);
    assert_fadt(ACPI_OK);
    put(XSDT + 44, 0xfffffff0, 8);
    make_table(XSDT, "XSDT", 60);
    assert_fadt(ACPI_UNREACHABLE);
    make_table(XSDT, "XSDT", 36); /* empty */
    assert_fadt(ACPI_NO_TABLE);
}

/* ---- the FADT -------------------------------------------------------------- */

static struct acpi_fadt read_fadt(uint32_t length)
{
    struct acpi_fadt fadt;

    make_table(FADT, "FACP", length);
    acpi_read_fadt((const struct acpi_header *)(const void *)(memory + FADT), &fadt);
    return fadt;
}

static void fill_fadt(void)
{
    make_machine();
    put(FADT + 40, 0x11111, 4);
    put(FADT + 48, 0xb2, 4);
    put(FADT + 52, 0xf1, 1);
    put(FADT + 68, 0x614, 4);
    put(FADT + 108, 0x32, 1);
    put(FADT + 140, 0x22222, 8);
    put(FADT + 172, 1, 1); /* I/O space */
    put(FADT + 176, 0x804, 8);
    put(FADT + 184, 0, 1); /* memory */
    put(FADT + 188, 0x814, 8);
}

static void test_an_old_fadt_has_the_old_fields_only(void **state)
{
    (void)state;
    fill_fadt();

    struct acpi_fadt fadt = read_fadt(116);

    assert_int_equal(fadt.dsdt, 0x11111);
    assert_int_equal(fadt.pm1a_control, 0x604);
    assert_int_equal(fadt.pm1b_control, 0x614);
    assert_int_equal(fadt.smi_command, 0xb2);
    assert_int_equal(fadt.acpi_enable, 0xf1);
    assert_int_equal(fadt.century_register, 0x32);
    assert_int_equal(read_fadt(100).century_register, 0);
}

static void test_a_new_fadt_prefers_the_wide_fields(void **state)
{
    (void)state;
    fill_fadt();

    struct acpi_fadt fadt = read_fadt(244);

    assert_int_equal(fadt.dsdt, 0x22222);
    assert_int_equal(fadt.pm1a_control, 0x804);
    assert_int_equal(fadt.pm1b_control, 0x614); /* the wide one is not a port */
}

static void test_ports_that_do_not_exist_are_zero(void **state)
{
    (void)state;
    fill_fadt();
    put(FADT + 64, 0xfed00000, 4);
    put(FADT + 48, 0x10000, 4);
    assert_int_equal(read_fadt(116).pm1a_control, 0);
    assert_int_equal(read_fadt(116).smi_command, 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_root_in_the_rom_and_in_the_ebda),
        cmocka_unit_test(test_a_root_with_a_wrong_sum_is_passed_over),
        cmocka_unit_test(test_an_ebda_that_is_junk_is_not_searched),
        cmocka_unit_test(test_tables_are_found_by_either_list),
        cmocka_unit_test(test_tables_of_a_kind_are_numbered),
        cmocka_unit_test(test_damaged_tables_are_refused),
        cmocka_unit_test(test_a_list_that_points_nowhere_is_survived),
        cmocka_unit_test(test_an_old_fadt_has_the_old_fields_only),
        cmocka_unit_test(test_a_new_fadt_prefers_the_wide_fields),
        cmocka_unit_test(test_ports_that_do_not_exist_are_zero),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
