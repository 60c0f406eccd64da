/*
 * test_irq.c - interrupt lines: masks, counts and spurious interrupts.
 */
#include "kernel/interrupts/irq.h"
#include "kernel/test/test.h"
#include "kernel/time/timer.h"
#include "lib/cpu.h"
#include "lib/port.h"
#include "tests/kernel/faults.h"

#define PIC1_MASK 0x21
#define PIC2_MASK 0xa1
#define PIC1 0x20
#define PIC2 0xa0
#define OCW3_READ_ISR 0x0b

static uint8_t in_service(uint16_t pic)
{
    outb(pic, OCW3_READ_ISR);
    return inb(pic);
}

KERNEL_TEST(lines_are_masked_unless_registered)
{
    unsigned masks = inb(PIC1_MASK) | (unsigned)inb(PIC2_MASK) << 8;

    for (unsigned line = 0; line < IRQ_LINES; line++)
        EXPECT_EQ(masks >> line & 1, irq_line(line)->handler == NULL);
    EXPECT(irq_line(IRQ_TIMER)->handler != NULL);
    EXPECT(irq_line(IRQ_COM1)->handler != NULL);
}

KERNEL_TEST(spurious_interrupts_are_recognised_and_counted)
{
    uint64_t spurious_7 = irq_line(7)->spurious, spurious_15 = irq_line(15)->spurious;

    raise_interrupt_39();
    EXPECT_EQ(irq_line(7)->spurious, spurious_7 + 1);
    raise_interrupt_47();
    EXPECT_EQ(irq_line(15)->spurious, spurious_15 + 1);
    EXPECT_EQ(irq_line(7)->count, 0);
    EXPECT_EQ(irq_line(15)->count, 0);
}

/* An interrupt left in service would block all others of the same or a lower priority. */
KERNEL_TEST(nothing_stays_in_service)
{
    timer_sleep_ms(20);
    raise_interrupt_47();
    cpu_disable_interrupts();
    EXPECT_EQ(in_service(PIC1), 0);
    EXPECT_EQ(in_service(PIC2), 0);
    cpu_enable_interrupts();
}

static void nothing(void)
{
}

KERNEL_TEST_PANICS(second_driver_for_a_line_is_refused,
                   "KERNEL PANIC: interrupt line 0 belongs to timer; intruder cannot use it as well")
{
    irq_register(IRQ_TIMER, "intruder", nothing);
}
