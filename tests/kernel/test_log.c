/* test_log.c - the ring of messages, and printk from an interrupt handler. */
#include "kernel/console/console.h"
#include "kernel/console/log.h"
#include "kernel/memory/physical.h"
#include "kernel/test/test.h"
#include "kernel/time/timer.h"
#include "lib/cpu.h"
#include "lib/string.h"
#include "lib/vga_text.h"

#define TEXT_ROWS (VGA_ROWS - 1) /* above the status row */

static volatile unsigned printed_by_ticks;

static void print_in_handler(void)
{
    printk("#");
    printed_by_ticks++;
}

/* Each character that either side prints is on the screen: none is lost or overwritten. */
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
    for (unsigned i = 0; i < TEXT_ROWS * VGA_COLUMNS; i++) {
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
    const volatile uint16_t *row = screen + (TEXT_ROWS - 2) * VGA_COLUMNS;

    timer_sleep_ms(20);
    for (unsigned i = 0; i < 2 * TEXT_ROWS; i++)
        printk("%c\n", 'A' + i % 26);
    timer_sleep_ms(20);
    EXPECT_EQ(row[0] & 0xff, 'A' + (2 * TEXT_ROWS - 1) % 26);
}

KERNEL_TEST(scrolled_rows_appear_at_once_when_no_tick_can_come)
{
    const volatile uint16_t *screen = physical_pointer(VGA_TEXT_ADDRESS);
    const volatile uint16_t *row = screen + (TEXT_ROWS - 2) * VGA_COLUMNS;

    cpu_disable_interrupts();
    for (unsigned i = 0; i < 2 * TEXT_ROWS; i++) {
        printk("%c\n", 'a' + i % 26);
        if (i > TEXT_ROWS)
            EXPECT_EQ(row[0] & 0xff, 'a' + i % 26);
    }
    cpu_enable_interrupts();
}

/* Leaves the prompt on the last row, whatever was on the screen. */
static void fill_screen(void)
{
    for (unsigned i = 0; i < TEXT_ROWS; i++)
        printk("\n");
}

/* The screen row this many above the prompt's, which is the last one after scrolling. */
static const char *row_above(unsigned distance)
{
    static char text[VGA_COLUMNS + 1];
    const volatile uint16_t *screen = physical_pointer(VGA_TEXT_ADDRESS);
    const volatile uint16_t *row = screen + (TEXT_ROWS - 1 - distance) * VGA_COLUMNS;

    console_show();
    for (unsigned column = 0; column < VGA_COLUMNS; column++)
        text[column] = (char)row[column];
    return text;
}

KERNEL_TEST(too_long_a_message_says_that_it_is_cut)
{
    char text[2 * LOG_TEXT];

    fill_screen();
    memset(text, 'x', sizeof text - 1);
    text[LOG_TEXT - 1] = '\0';
    log_info("%s", text); /* as long as possible */
    EXPECT_EQ(row_above(1)[LOG_TEXT - 2 - VGA_COLUMNS], 'x');
    text[LOG_TEXT - 1] = 'x';
    text[LOG_TEXT] = '\0';
    log_info("%s", text);
    EXPECT(memcmp(row_above(1) + LOG_TEXT - 1 - VGA_COLUMNS - 6, " [cut] ", 7) == 0);
    log_print(LOG_INFO);
    EXPECT(memcmp(row_above(1) + LOG_TEXT - 1 + 24 - VGA_COLUMNS - 6, " [cut] ", 7) == 0);
}

/* With only debug messages in the ring, only the number of dropped ones is printed. */
static unsigned messages_gone(void)
{
    unsigned number = 0;
    const char *text;

    log_print(LOG_ERROR);
    text = row_above(1);
    for (; *text >= '0' && *text <= '9'; text++)
        number = number * 10 + (unsigned)(*text - '0');
    EXPECT(memcmp(text, " older messages were dropped. ", 26) == 0);
    return number;
}

/* The number that `log debug` shows, which must be few enough for the screen. */
static unsigned messages_shown(void)
{
    const volatile uint16_t *screen = physical_pointer(VGA_TEXT_ADDRESS);
    unsigned number = 0;

    console_clear();
    log_print(LOG_DEBUG);
    console_show();
    for (unsigned row = 0; row < TEXT_ROWS; row++)
        number += (screen[row * VGA_COLUMNS] & 0xff) == '[';
    EXPECT((screen[(TEXT_ROWS - 1) * VGA_COLUMNS] & 0xff) == ' ');
    return number;
}

KERNEL_TEST(log_counts_the_messages_that_are_gone)
{
    unsigned before = messages_shown();

    fill_screen();
    for (unsigned i = 0; i < LOG_MESSAGES; i++)
        log_message(LOG_DEBUG, "message %u", i);

    EXPECT(before > 0);
    EXPECT_EQ(messages_gone(), before);
    for (unsigned i = 0; i < 3; i++)
        log_message(LOG_DEBUG, "one more");
    EXPECT_EQ(messages_gone(), before + 3);
}
