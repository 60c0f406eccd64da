/* desc.h - gates of an IDT, and the PIC moved to 20h with only the timer open */
#pragma once

#include "io.h"

struct gate {
    uint16_t low;
    uint16_t selector;
    uint8_t ist;
    uint8_t type;
    uint16_t middle;
    uint32_t high;
    uint32_t zero;
};

struct __attribute__((packed)) table {
    uint16_t limit;
    uint64_t base;
};

static inline void set_gate(struct gate *gate, void (*handler)(void), uint16_t selector,
                            uint8_t type)
{
    uint64_t address = (uint64_t)handler;

    *gate = (struct gate){(uint16_t)address,         selector, 0, type, (uint16_t)(address >> 16),
                          (uint32_t)(address >> 32), 0};
}

static inline void load_idt(const void *gates, unsigned size)
{
    struct table idtr = {(uint16_t)(size - 1), (uint64_t)gates};

    __asm__ volatile("lidt %0" : : "m"(idtr));
}

static inline void timer_on_32(void)
{
    outb(0x20, 0x11);
    outb(0xa0, 0x11);
    outb(0x21, 0x20);
    outb(0xa1, 0x28);
    outb(0x21, 4);
    outb(0xa1, 2);
    outb(0x21, 1);
    outb(0xa1, 1);
    outb(0x21, 0xfe);
    outb(0xa1, 0xff);
    outb(0x43, 0x34);
    outb(0x40, 0x9c); /* 100 Hz */
    outb(0x40, 0x2e);
}
