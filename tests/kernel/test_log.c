/* test_log.c - the ring of messages, and printk from an interrupt handler. */
#include "kernel/console/console.h"
#include "kernel/console/log.h"
#include "kernel/memory/physical.h"
#include "kernel/test/test.h"
#include "kernel/time/timer.h"
#include "lib/cpu.h"
#include "lib/vga_text.h"

static volatile unsigned printed_by_ticks;

static void print_in_handler(void)
{
    printk("#");
    printed_by_ticks++;
}

/* Each character that either side prints is on the screen: none lost, none overwritten. */
KERNEL_TEST(a_handler_may_print_while_others_print)
{
    const volatile uint16_t *screen = physical_pointer(VGA_TEXT_ADDRESS);
    unsigned by_handler = 0, by_us = 0, printed = 0;

    console_clear();
    timer_on_tick(print_in_handler);
    while (printed_by_ticks < 3 && printed < VGA_COLUMNS * 20) {
        printk("=");
        printed++;
    }
    while (printed_by_ticks < 3)
        cpu_relax();
    timer_on_tick(console_tick);
    console_show();
    for (unsigned i = 0; i < CONSOLE_ROWS * VGA_COLUMNS; i++) {
        by_handler += (screen[i] & 0xff) == '#';
        by_us += (screen[i] & 0xff) == '=';
    }
    printk("\n");
    EXPECT_EQ(by_us, printed);
    EXPECT_EQ(by_handler, printed_by_ticks);
}

KERNEL_TEST(scrolled_rows_appear_with_the_next_tick)
{
    const volatile uint16_t *screen = physical_pointer(VGA_TEXT_ADDRESS);
    const volatile uint16_t *row = screen + (CONSOLE_ROWS - 2) * VGA_COLUMNS;

    sleep_ms(20);
    for (unsigned i = 0; i < 2 * CONSOLE_ROWS; i++)
        printk("%c\n", 'A' + i % 26);
    sleep_ms(20);
    EXPECT_EQ(row[0] & 0xff, 'A' + (2 * CONSOLE_ROWS - 1) % 26);
}

KERNEL_TEST(scrolled_rows_appear_at_once_when_no_tick_can_come)
{
    const volatile uint16_t *screen = physical_pointer(VGA_TEXT_ADDRESS);
    const volatile uint16_t *row = screen + (CONSOLE_ROWS - 2) * VGA_COLUMNS;

    cpu_disable_interrupts();
    for (unsigned i = 0; i < 2 * CONSOLE_ROWS; i++) {
        printk("%c\n", 'a' + i % 26);
        if (i > CONSOLE_ROWS)
            EXPECT_EQ(row[0] & 0xff, 'a' + i % 26);
    }
    cpu_enable_interrupts();
}
