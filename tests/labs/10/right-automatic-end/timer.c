/*
 * timer.c - the PICs end each interrupt by themselves, as soon as the CPU has taken it (ICW4, bit 1)
 */
#include "timer.h"

#include "lib/port.h"

static volatile uint64_t ticks;

static void icw(uint16_t port, uint8_t first, uint8_t second, uint8_t third, uint8_t fourth)
{
    outb(port, first);
    outb(port + 1, second);
    outb(port + 1, third);
    outb(port + 1, fourth);
}

void timer_setup(unsigned hz)
{
    uint8_t halves[2];
    unsigned divisor = 1193182u / hz + (1193182u % hz >= (hz + 1) / 2);

    halves[0] = (uint8_t)divisor;
    halves[1] = (uint8_t)(divisor >> 8);
    outb(0x43, 0x34);
    outb(0x40, halves[0]);
    outb(0x40, halves[1]);
    icw(0x20, 0x11, 0x20, 0x04, 0x03);
    icw(0xa0, 0x11, 0x28, 0x02, 0x03);
    outb(0x21, 0xfe);
    outb(0xa1, 0xff);
}

void timer_interrupt(void)
{
    ticks = ticks + 1;
}

void timer_spurious(void)
{
}

uint64_t timer_count(void)
{
    return ticks;
}
