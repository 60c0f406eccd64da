/* kit.h - what the kernels of this folder share: ports, text, gates and the two PICs */
#ifndef KIT_H
#define KIT_H

#include <stdint.h>

/* The first byte of the file calls `function`, and halts if it comes back. */
#define BEGIN_WITH(function) \
    __asm__(".section .text.start, \"ax\"\n call " #function "\n1: hlt\n jmp 1b\n .text")

/* An interrupt's way into `handler` and back, with the caller-saved registers kept. */
#define STUB(name, handler) \
    void name(void); \
    __asm__(#name ": push %rax; push %rcx; push %rdx; push %rsi; push %rdi\n" \
                  " push %r8; push %r9; push %r10; push %r11; cld\n call " #handler \
                  "\n pop %r11; pop %r10; pop %r9; pop %r8\n" \
                  " pop %rdi; pop %rsi; pop %rdx; pop %rcx; pop %rax; iretq")

struct gate {
    uint16_t low;
    uint16_t selector;
    uint8_t ist;
    uint8_t type;
    uint16_t middle;
    uint32_t high;
    uint32_t zero;
} __attribute__((packed));

static inline void outb(uint16_t port, uint8_t value)
{
    __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

static inline uint8_t inb(uint16_t port)
{
    uint8_t value;

    __asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
    return value;
}

static inline void put(char c)
{
    static unsigned cell = 12 * 80;

    while (!(inb(0x3fd) & 0x20))
        ;
    outb(0x3f8, (uint8_t)c);
    if (c == '\n')
        cell += 80 - cell % 80;
    else
        *((volatile uint16_t *)0xb8000 + cell++ % 2000) = 0x0a00 | (uint8_t)c;
}

static inline void say(const char *text)
{
    while (*text)
        put(*text++);
}

#ifdef __x86_64__
static inline uint16_t code_segment(void)
{
    uint16_t cs;

    __asm__("mov %%cs, %0" : "=r"(cs));
    return cs;
}

static inline void set_gate(struct gate *gate, void (*handler)(void), uint16_t selector,
                            uint8_t type)
{
    uint64_t address = (uint64_t)handler;

    *gate = (struct gate){.low = (uint16_t)address,
                          .selector = selector,
                          .type = type,
                          .middle = (uint16_t)(address >> 16),
                          .high = (uint32_t)(address >> 32)};
}

static inline void load_idt(const struct gate *idt, uint16_t bytes)
{
    struct {
        uint16_t limit;
        uint64_t base;
    } __attribute__((packed)) idtr = {(uint16_t)(bytes - 1), (uint64_t)idt};

    __asm__ volatile("lidt %0" : : "m"(idtr), "m"(*(const char(*)[4096])idt));
}
#endif

/* Lines 0 to 15 become vectors 20h to 2Fh; the masks stay as they were. */
static inline void remap_pics(void)
{
    uint8_t first = inb(0x21), second = inb(0xa1);

    outb(0x20, 0x11);
    outb(0xa0, 0x11);
    outb(0x21, 0x20);
    outb(0xa1, 0x28);
    outb(0x21, 4);
    outb(0xa1, 2);
    outb(0x21, 1);
    outb(0xa1, 1);
    outb(0x21, first);
    outb(0xa1, second);
}

#endif
