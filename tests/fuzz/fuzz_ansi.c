/*
 * fuzz_ansi.c - any bytes on the screen, with and without a status row: the cursor stays
 * in the text, and no cell outside is changed.
 */
#include <stdlib.h>
#include <string.h>

#include "kernel/console/internal/ansi.h"
#include "lib/port.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define RING_ROWS (VGA_ROWS + 7)
#define RESERVE 0xfd /* bytes that UTF-8 does not have */
#define LOOK_BACK 0xfe
#define STATUS VGA_ATTRIBUTE(VGA_WHITE, VGA_BLUE)

static uint16_t memory[VGA_ROWS * VGA_COLUMNS];
static uint16_t ring[RING_ROWS][VGA_COLUMNS];

uint8_t inb(uint16_t port) { return (uint8_t)port; }
void outb(uint16_t port, uint8_t value) { (void)port, (void)value; }
void outw(uint16_t port, uint16_t value) { (void)port, (void)value; }

static void reserve_status(struct vga_text *screen, bool reserved)
{
    vga_text_reserve_status(screen, reserved);
    vga_text_status(screen, "!", STATUS);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct vga_text screen;
    struct ansi ansi = {0};

    memset(memory, 0, sizeof memory);
    vga_text_start(&screen, ring, RING_ROWS, memory, 3, 3);
    for (size_t i = 0, length; i < size; i += length) {
        length = 1;
        if (data[i] == LOOK_BACK) {
            vga_text_scroll_back(&screen, i % 2 ? 3 : -2);
        } else if (data[i] == RESERVE) {
            reserve_status(&screen, i % 2);
        } else {
            while (i + length < size && data[i + length] < RESERVE)
                length++;
            ansi_write(&ansi, &screen, (const char *)&data[i], length);
        }
        if (screen.row >= screen.rows || screen.column > VGA_COLUMNS || screen.back > screen.older)
            abort();
        vga_text_flush(&screen);
    }
    vga_text_scroll_back(&screen, -(int)screen.back);
    vga_text_flush(&screen);
    if (screen.rows < VGA_ROWS && memory[screen.rows * VGA_COLUMNS] != (STATUS << 8 | '!'))
        abort();
    for (unsigned row = 0; row < screen.rows; row++)
        if (memcmp(ring[(screen.top + row) % RING_ROWS], &memory[row * VGA_COLUMNS],
                   sizeof ring[0]) != 0)
            abort();
    return 0;
}
