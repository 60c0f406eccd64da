/*
 * idt.c - lab 9: gates for all vectors, and what they lead to
 */
#include <stddef.h>

#include "idt.h"
#include "layout.h"
#include "lib/cpu.h"

#define STUB_BYTES 16
#define GATE_INTERRUPT 0x8e /* present, ring 0, type Eh: clears IF */
#define VECTOR_PAGE_FAULT 14
#define TEXT_BYTES 128

#define ERROR_PRESENT 1u
#define ERROR_WRITE 2u
#define ERROR_USER 4u
#define ERROR_FETCH 16u

struct gate {
    uint16_t offset_0_15;
    uint16_t selector;
    uint8_t ist;
    uint8_t type;
    uint16_t offset_16_31;
    uint32_t offset_32_63;
    uint32_t reserved;
};

struct table_pointer {
    uint16_t limit;
    uint64_t base;
} __attribute__((packed));

extern const uint8_t stubs[VECTORS][STUB_BYTES];  /* idt_stubs.asm */
void on_interrupt(struct interrupt_frame *frame); /* called by it */

static struct gate idt[VECTORS];

/* ---- a sentence about a page fault */

struct text {
    char bytes[TEXT_BYTES];
    unsigned length;
};

static void add_character(struct text *text, char c)
{
    if (text->length < TEXT_BYTES - 1)
        text->bytes[text->length++] = c;
    text->bytes[text->length] = '\0';
}

static void add(struct text *text, const char *words)
{
    while (*words != '\0')
        add_character(text, *words++);
}

static void add_address(struct text *text, uint64_t address)
{
    for (int shift = 60; shift >= 0; shift -= 4)
        add_character(text, "0123456789abcdef"[address >> shift & 15]);
}

static const char *explain(struct text *text, uint64_t address, uint64_t error)
{
    text->length = 0;
    add(text, error & ERROR_USER ? "the user tried to " : "the kernel tried to ");
    add(text, error & ERROR_FETCH   ? "fetch from "
              : error & ERROR_WRITE ? "write to "
                                    : "read from ");
    add_address(text, address);
    add(text, error & ERROR_PRESENT ? ": protection" : ": not present");
    return text->bytes;
}

/* ---- from the stubs to the kernel */

void on_interrupt(struct interrupt_frame *frame)
{
    static uint64_t address;
    struct text text;

    address = read_cr2();
    if (interrupt_handle(frame))
        return;
    interrupt_report(frame, frame->vector == VECTOR_PAGE_FAULT
                                ? explain(&text, address, frame->error_code)
                                : NULL);
}

static struct gate gate_to(const uint8_t *stub, uint16_t selector, uint8_t ist)
{
    uint64_t offset = (uint64_t)stub;

    return (struct gate){
        .offset_0_15 = (uint16_t)offset,
        .offset_16_31 = (uint16_t)(offset >> 16),
        .offset_32_63 = (uint32_t)(offset >> 32),
        .selector = selector,
        .ist = ist,
        .type = GATE_INTERRUPT,
    };
}

void idt_install(const uint8_t *ist)
{
    const struct table_pointer pointer = {sizeof idt - 1, (uint64_t)idt};
    uint16_t code;

    __asm__("mov %%cs, %0" : "=r"(code));
    for (unsigned vector = 0; vector < VECTORS; vector++)
        idt[vector] = gate_to(stubs[vector], code, ist[vector]);
    __asm__ volatile("lidt %0" : : "m"(pointer));
}
