/*
 * timer.c - the chips are started by a table of writes; a square wave; each end names its line
 */
#include "timer.h"

#include <stddef.h>

#include "lib/port.h"

struct write {
    uint8_t port, value;
};

/* From the second PIC to the first, and the masks before the last words. */
static const struct write pic_setup[] = {
    { 0xa0, 0x11 }, { 0xa1, 0x28 }, { 0xa1, 2 }, { 0xa1, 1 }, { 0xa1, 0xff },
    { 0x20, 0x11 }, { 0x21, 0x20 }, { 0x21, 4 }, { 0x21, 1 }, { 0x21, 0xff },
};

static uint64_t count;

static void wait_a_little(void)
{
    outb(0x80, 0); /* a port that nothing listens to: a microsecond for slow chips */
}

static void end(unsigned line)
{
    outb(0x20, (uint8_t)(0x60 | line));
}

/* Whether the first PIC has this line in service. */
static int in_service(unsigned line)
{
    outb(0x20, 0x0b);
    return inb(0x20) >> line & 1;
}

void timer_setup(unsigned hz)
{
    for (size_t i = 0; i < sizeof pic_setup / sizeof pic_setup[0]; i++) {
        outb(pic_setup[i].port, pic_setup[i].value);
        wait_a_little();
    }

    unsigned divisor = 1193182 / hz;

    outb(0x43, 0x36);
    for (int i = 0; i < 2; i++, divisor >>= 8)
        outb(0x40, (uint8_t)divisor);
    outb(0x21, inb(0x21) & 0xfe);
}

void timer_interrupt(void)
{
    end(0);
    count += 1;
}

void timer_spurious(void)
{
    if (in_service(7))
        end(7);
}

uint64_t timer_count(void)
{
    return *(volatile uint64_t *)&count;
}
