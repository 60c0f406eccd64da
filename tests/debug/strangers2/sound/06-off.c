/* Finds the ACPI tables, prints what they are, and switches the machine off. */
#include "common.h"

__asm__(".section .text.start\n .globl start\n start: call kmain\n 1: cli; hlt; jmp 1b\n .text");

static int is(const volatile void *at, const char *name, int length)
{
    for (int i = 0; i < length; i++)
        if (((const volatile char *)at)[i] != name[i])
            return 0;
    return 1;
}

static uint8_t *find_rsdp(void)
{
    for (uint8_t *p = (uint8_t *)0xe0000; p < (uint8_t *)0x100000; p += 16)
        if (is(p, "RSD PTR ", 8))
            return p;
    return 0;
}

static uint8_t *find_fadt(uint8_t *rsdt)
{
    unsigned tables = (*(uint32_t *)(rsdt + 4) - 36) / 4;

    for (unsigned i = 0; i < tables; i++) {
        uint8_t *table = (uint8_t *)(uint64_t)((uint32_t *)(rsdt + 36))[i];

        if (is(table, "FACP", 4))
            return table;
    }
    return 0;
}

void kmain(void)
{
    uint8_t *rsdp = find_rsdp();
    uint8_t *fadt = rsdp ? find_fadt((uint8_t *)(uint64_t)*(uint32_t *)(rsdp + 16)) : 0;

    if (!fadt) {
        print("no ACPI\n");
        return;
    }
    print("PM1a at port ");
    print_number(*(uint32_t *)(fadt + 64));
    print("\nGood night.\n");
    /* SLP_EN; SeaBIOS's \_S5 is type 0 */
    __asm__ volatile("outw %0, %1" : : "a"((uint16_t)0x2000), "Nd"((uint16_t)*(uint32_t *)(fadt + 64)));
}
