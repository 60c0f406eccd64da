/*
 * port.h - port I/O, the instructions IN and OUT.
 *
 * Freestanding code gets the instructions themselves.  In a host test the
 * same names are ordinary functions that the test supplies: a fake machine.
 *
 * The instructions are volatile: without it a compiler may drop a read whose result
 * nobody uses, or do two equal ones once.  To a device each read is an event.
 */
#ifndef FIRSTLIGHT_LIB_PORT_H
#define FIRSTLIGHT_LIB_PORT_H

#include <stddef.h>
#include <stdint.h>

#if __STDC_HOSTED__

uint8_t inb(uint16_t port);
void outb(uint16_t port, uint8_t value);
void outsb(uint16_t port, const char *bytes, size_t count);
uint16_t inw(uint16_t port);
void outw(uint16_t port, uint16_t value);

#else

static inline uint8_t inb(uint16_t port)
{
    uint8_t value;

    __asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port) : "memory");
    return value;
}

static inline void outb(uint16_t port, uint8_t value)
{
    __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

/* Bytes one after the other to the same port, as fast as the CPU can. */
static inline void outsb(uint16_t port, const char *bytes, size_t count)
{
    __asm__ volatile("rep outsb" : "+S"(bytes), "+c"(count) : "d"(port) : "memory");
}

static inline uint16_t inw(uint16_t port)
{
    uint16_t value;

    __asm__ volatile("inw %1, %0" : "=a"(value) : "Nd"(port) : "memory");
    return value;
}

/* The low byte goes to `port`, the high byte to the one after it. */
static inline void outw(uint16_t port, uint16_t value)
{
    __asm__ volatile("outw %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

#endif
#endif
