/*
 * timer.c - lab 10: the interrupt controllers and the tick
 */
#include "timer.h"

#include "lib/port.h"

#define PIC1 0x20
#define PIC2 0xa0
#define MASKS 1 /* offset of each PIC's second port */

#define ICW1_INIT 0x11 /* edge-triggered, cascaded, ICW4 follows */
#define ICW3_PIC1 0x04 /* the second PIC is at line 2 */
#define ICW3_PIC2 0x02
#define ICW4_8086 0x01
#define FIRST_VECTOR 0x20
#define ALL_BUT_LINE_0 0xfe
#define ALL_LINES 0xff
#define END_OF_INTERRUPT 0x20

#define PIT_HZ 1193182 /* 14.31818 MHz / 12 */
#define PIT_COUNTER_0 0x40
#define PIT_CONTROL 0x43
#define COUNTER_0_MODE_2 0x34 /* low byte, then high byte; counts down again and again; binary */

static volatile uint64_t ticks;

static void start_pic(uint16_t pic, uint8_t vector, uint8_t icw3, uint8_t masked)
{
    outb(pic, ICW1_INIT);
    outb(pic + MASKS, vector);
    outb(pic + MASKS, icw3);
    outb(pic + MASKS, ICW4_8086);
    outb(pic + MASKS, masked);
}

void timer_setup(unsigned hz)
{
    unsigned divisor = (PIT_HZ + hz / 2) / hz;

    start_pic(PIC1, FIRST_VECTOR, ICW3_PIC1, ALL_BUT_LINE_0);
    start_pic(PIC2, FIRST_VECTOR + 8, ICW3_PIC2, ALL_LINES);
    outb(PIT_CONTROL, COUNTER_0_MODE_2);
    outb(PIT_COUNTER_0, divisor & 0xff);
    outb(PIT_COUNTER_0, (uint8_t)(divisor >> 8));
}

void timer_interrupt(void)
{
    ticks++;
    outb(PIC1, END_OF_INTERRUPT);
}

void timer_spurious(void)
{
    /* the PIC has nothing in service, so an end of interrupt would end another one */
}

uint64_t timer_count(void)
{
    return ticks;
}
