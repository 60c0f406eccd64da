/* A Multiboot kernel: waits for keys with its keyboard interrupt, and sleeps in between. */
#include "common.h"

__asm__(".section .multiboot\n .long 0x1badb002, 2, -(0x1badb002 + 2)\n .text\n"
        ".globl start\n start: lea stack + 8192, %esp; push %ebx; push %eax; call kmain\n"
        "keyboard_stub: pusha; call on_key; popa; iret");

uint8_t stack[8192];
static uint64_t gdt[3] = {0, 0x00cf9a000000ffff, 0x00cf92000000ffff};
static uint64_t idt[48];
static volatile unsigned keys;

void on_key(void)
{
    (void)inb(0x60);
    keys++;
    outb(0x20, 0x20);
}

struct pointer {
    uint16_t limit;
    uint32_t base;
} __attribute__((packed));
extern char keyboard_stub[];

void kmain(uint32_t magic, uint32_t *information)
{
    struct pointer gdtr = {sizeof gdt - 1, (uint32_t)gdt}, idtr = {sizeof idt - 1, (uint32_t)idt};
    uint64_t stub = (uint32_t)keyboard_stub;
    unsigned shown = 0;

    if (magic != 0x2badb002) {
        print("not started by a Multiboot loader\n");
        for (;;)
            __asm__ volatile("cli; hlt");
    }
    idt[0x21] = (stub & 0xffff) | 8 << 16 | 0x8eULL << 40 | (stub >> 16) << 48;
    __asm__ volatile("lgdt %0; lidt %1; ljmp $8, $1f; 1:" : : "m"(gdtr), "m"(idtr));
    __asm__ volatile("mov %0, %%ds; mov %0, %%es; mov %0, %%ss" : : "r"(0x10));
    pic_remap(0xfd);
    print_number(information[2] / 1024);
    print(" MiB above 1 MiB. Press keys.\n");
    for (;;) {
        __asm__ volatile("sti; hlt; cli");
        if (shown != keys) {
            shown = keys;
            print("key ");
        }
    }
}
