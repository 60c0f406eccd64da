/*
 * test_console.c - printk, as seen in VGA memory.  That it also reaches COM1
 * is shown by this report, which is read there.
 */
#include "kernel/console/console.h"
#include "kernel/memory/physical.h"
#include "kernel/test/test.h"
#include "lib/port.h"
#include "lib/string.h"
#include "lib/vga_text.h"

#define TEXT_ROWS (VGA_ROWS - 1) /* above the status row */

#define CRTC_INDEX 0x3d4
#define CRTC_DATA 0x3d5
#define CRTC_CURSOR_HIGH 0x0e
#define CRTC_CURSOR_LOW 0x0f

#define LIGHT_GREY_ON_BLACK VGA_ATTRIBUTE(VGA_LIGHT_GREY, VGA_BLACK)
#define LIGHT_GREEN_ON_BLACK VGA_ATTRIBUTE(VGA_LIGHT_GREEN, VGA_BLACK)

static unsigned cursor(void)
{
    unsigned position;

    console_show(); /* after scrolling, the screen would wait for the next tick */
    outb(CRTC_INDEX, CRTC_CURSOR_HIGH);
    position = (unsigned)inb(CRTC_DATA) << 8;
    outb(CRTC_INDEX, CRTC_CURSOR_LOW);
    return position | inb(CRTC_DATA);
}

/* The row above the cursor is `text` in one attribute, then blanks. */
static void expect_row_above(unsigned distance, const char *text, uint8_t attribute)
{
    const volatile uint16_t *screen = physical_pointer(VGA_TEXT_ADDRESS);
    const volatile uint16_t *row = screen + (cursor() / VGA_COLUMNS - distance) * VGA_COLUMNS;
    size_t length = strlen(text);
    unsigned wrong = 0;

    for (size_t i = 0; i < VGA_COLUMNS; i++) {
        if (i < length)
            wrong += row[i] != ((uint16_t)attribute << 8 | (uint8_t)text[i]);
        else
            wrong += (row[i] & 0xff) != ' ';
    }
    EXPECT_EQ(wrong, 0);
}

KERNEL_TEST(printk_writes_vga_memory)
{
    size_t length = printk("What printk says: %d, %s.\n", 42, "text");

    EXPECT_EQ(length, strlen("What printk says: 42, text.\n"));
    expect_row_above(1, "What printk says: 42, text.", LIGHT_GREY_ON_BLACK);
    EXPECT_EQ(cursor() % VGA_COLUMNS, 0);
}

KERNEL_TEST(printk_moves_the_cursor)
{
    unsigned before = cursor();

    printk("four");
    EXPECT_EQ(cursor(), before + 4);
    printk("\n");
}

KERNEL_TEST(printk_styled_colours_its_text_only)
{
    printk_styled(CONSOLE_SUCCESS, "green\n");
    printk("grey\n");
    expect_row_above(2, "green", LIGHT_GREEN_ON_BLACK);
    expect_row_above(1, "grey", LIGHT_GREY_ON_BLACK);
}

KERNEL_TEST(screen_scrolls_and_keeps_the_last_rows)
{
    for (unsigned i = 0; i < 2 * TEXT_ROWS; i++)
        printk("row %c\n", 'A' + i);
    EXPECT_EQ(cursor() / VGA_COLUMNS, TEXT_ROWS - 1);
    for (unsigned i = 1; i < TEXT_ROWS; i++) {
        char text[] = "row ?";

        text[4] = (char)('A' + 2 * TEXT_ROWS - i);
        expect_row_above(i, text, LIGHT_GREY_ON_BLACK);
    }
}

KERNEL_TEST(long_text_continues_in_the_next_row)
{
    char text[2 * VGA_COLUMNS + 1];

    memset(text, 'a', VGA_COLUMNS);
    memset(text + VGA_COLUMNS, 'b', VGA_COLUMNS - 1);
    text[2 * VGA_COLUMNS - 1] = '\0';
    printk("%s\n", text);
    expect_row_above(1, text + VGA_COLUMNS, LIGHT_GREY_ON_BLACK);
    text[VGA_COLUMNS] = '\0';
    expect_row_above(2, text, LIGHT_GREY_ON_BLACK);
}
