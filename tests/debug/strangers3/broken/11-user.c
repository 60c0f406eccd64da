/* My first program for ring 3 */
#include "pc.h"

__asm__(".section .text.start\n start: call kernel\n .text");

static uint64_t gdt[] = {0, 0x00af9a000000ffff, 0x00cf92000000ffff, 0x00aff2000000ffff,
                         0x00affa000000ffff};
static uint8_t user_stack[4096] __attribute__((aligned(16)));

/* Everything that is mapped, for ring 3 also. */
static void allow_user(uint64_t *table, int level)
{
    for (int i = 0; i < 512; i++) {
        if (!(table[i] & 1))
            continue;
        table[i] |= 4;
        if (level > 2 && !(table[i] & 0x80))
            allow_user((uint64_t *)(table[i] & 0xffffffffff000), level - 1);
    }
}

static void user_program(void)
{
    static const char text[] = "Hello from ring 3";
    volatile uint16_t *screen = (volatile uint16_t *)SCREEN + 20 * 80;

#ifndef MENDED
    __asm__ volatile("cli"); /* nobody may disturb us while we print */
#endif
    for (int i = 0; text[i]; i++)
        screen[i] = 0x0a00 | (uint8_t)text[i];
    for (;;)
        __asm__ volatile("pause");
}

void kernel(void);

void kernel(void)
{
    const struct {
        uint16_t limit;
        uint64_t base;
    } __attribute__((packed)) gdtr = {sizeof gdt - 1, (uint64_t)gdt};
    uint64_t cr3;

    print("entering user mode\n");
    __asm__ volatile("lgdt %0" : : "m"(gdtr));
    __asm__ volatile("mov %%cr3, %0" : "=r"(cr3));
    allow_user((uint64_t *)(cr3 & 0xffffffffff000), 4);
    __asm__ volatile("mov %0, %%cr3" : : "r"(cr3) : "memory");
    __asm__ volatile("pushq $0x1b\n"
                     "pushq %0\n"
                     "pushq $2\n"
                     "pushq $0x23\n"
                     "pushq %1\n"
                     "iretq"
                     :
                     : "r"(user_stack + sizeof user_stack - 8), "r"(user_program));
}
