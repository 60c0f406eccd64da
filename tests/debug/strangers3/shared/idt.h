/* idt.h - gates of long mode, both PICs at 20h and the timer at 100 Hz, for this folder's kernels in C */
#ifndef IDT_H
#define IDT_H

#include "pc.h"

#ifndef GATES
#define GATES 48
#endif

struct gate {
    uint16_t low, selector;
    uint8_t ist, type;
    uint16_t middle;
    uint32_t high, zero;
} __attribute__((packed));

static struct gate idt[GATES];

static inline void set_gate(unsigned vector, void *handler, uint8_t ist)
{
    uint64_t at = (uint64_t)handler;
    uint16_t selector;

    __asm__ volatile("mov %%cs, %0" : "=r"(selector));
    idt[vector] = (struct gate){(uint16_t)at,         selector, ist, 0x8e, (uint16_t)(at >> 16),
                                (uint32_t)(at >> 32), 0};
}

static inline void load_idt(void)
{
    const struct {
        uint16_t limit;
        uint64_t base;
    } __attribute__((packed)) idtr = {sizeof idt - 1, (uint64_t)idt};

    __asm__ volatile("lidt %0" : : "m"(idtr));
}

static inline void start_timer(void)
{
    static const uint8_t words[][2] = {{0x20, 0x11}, {0xa0, 0x11}, {0x21, 0x20}, {0xa1, 0x28},
                                       {0x21, 4},    {0xa1, 2},    {0x21, 1},    {0xa1, 1},
                                       {0x21, 0xfe}, {0xa1, 0xff}, {0x43, 0x34}};

    for (unsigned i = 0; i < sizeof words / sizeof words[0]; i++)
        outb(words[i][0], words[i][1]);
    outb(0x40, 11932 & 0xff);
    outb(0x40, 11932 >> 8);
}

#endif
