/*
 * fuzz_acpi.c - any memory where the firmware's tables should be, and any AML.
 *
 * The input is the BIOS's ROM at E0000h, and also low memory.  Signatures and
 * checksums would keep the fuzzer out: the root, an RSDT and a FADT have correct
 * ones, and lengths and addresses from the input.
 */
#include <stdlib.h>
#include <string.h>

#include "kernel/power/internal/acpi_fadt.h"
#include "kernel/power/internal/acpi_s5.h"
#include "kernel/power/internal/acpi_tables.h"

#define ROM_START 0xe0000
#define ROM_BYTES 0x20000
#define BDA_EBDA_SEGMENT 0x40e
#define SMALLEST 64
#define RSDT 0
#define FADT 40

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t *memory; /* as large as the input, so that ASan notices a byte read past its end */
static uint64_t memory_bytes;
static uint8_t rom[ROM_BYTES];

/* Sets the byte at `sum` so that all bytes add up to zero. */
static void balance(uint8_t *start, size_t bytes, size_t sum)
{
    uint8_t total = 0;

    start[sum] = 0;
    for (size_t i = 0; i < bytes; i++)
        total = (uint8_t)(total + start[i]);
    start[sum] = (uint8_t)-total;
}

static const void *map(uint64_t physical, uint64_t bytes)
{
    static const uint8_t no_ebda[2];

    if (physical == BDA_EBDA_SEGMENT && bytes == sizeof no_ebda)
        return no_ebda;
    if (physical >= ROM_START && bytes <= ROM_BYTES && physical <= ROM_START + ROM_BYTES - bytes)
        return rom + (physical - ROM_START);
    if (bytes > memory_bytes || physical > memory_bytes - bytes)
        return NULL;
    if (bytes >= sizeof(struct acpi_header))
        balance(memory + physical, bytes, 9);
    return memory + physical;
}

static void walk_tables(void)
{
    uint64_t root;
    const struct acpi_header *table;

    if (acpi_find_root(map, &root) != ACPI_OK)
        return;
    for (unsigned i = 0; i < 3; i++) {
        struct acpi_fadt fadt;

        if (acpi_find_table(map, root, "FACP", i, &table) == ACPI_OK)
            acpi_read_fadt(table, &fadt);
    }
}

/* As it is, and after the start of a definition, which would rarely occur by chance. */
static void parse_aml(const uint8_t *data, size_t size)
{
    static const uint8_t start[] = {0x08, '_', 'S', '5', '_', 0x12};
    uint8_t *aml = malloc(sizeof start + size);
    struct acpi_s5 s5 = {0};

    memcpy(aml, start, sizeof start);
    memcpy(aml + sizeof start, data, size);
    for (size_t skip = 0; skip <= sizeof start; skip += sizeof start)
        if (acpi_find_s5(aml + skip, sizeof start + size - skip, &s5) &&
            (s5.type_a > 7 || s5.type_b > 7))
            abort();
    free(aml);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    parse_aml(data, size);
    if (size < SMALLEST)
        return 0;
    memory = malloc(size);
    memory_bytes = size;
    memcpy(memory, data, size);
    memcpy(memory + RSDT, "RSDT", 4);
    memcpy(memory + FADT, "FACP", 4);
    memcpy(rom, data, sizeof(struct acpi_header));
    memcpy(rom, "RSD PTR ", 8);
    memset(rom + 16, RSDT, 4);
    balance(rom, 20, 8);
    walk_tables();
    free(memory);
    return 0;
}
