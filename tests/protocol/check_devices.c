/*
 * check_devices.c - "Devices": screen, serial port, interrupt controllers, A20.
 *
 * PC16550D data sheet (COM1); IBM VGA: CRTC registers 0Ch-0Fh.
 */
#include "layout.h"
#include "lib/port.h"
#include "tests/protocol/checks.h"
#include "tests/protocol/low_memory.h"
#include "tests/protocol/report.h"

#define BDA_VIDEO_MODE (BDA_ADDRESS + 0x49)
#define BDA_VIDEO_COLUMNS (BDA_ADDRESS + 0x4a)
#define CRTC_INDEX 0x3d4
#define CRTC_DATA 0x3d5
#define CRTC_START 0x0c  /* and the register after it: high byte first */
#define CRTC_CURSOR 0x0e
#define LCR (COM1_PORT + 3)
#define PIC_MASTER_MASK 0x21
#define PIC_SLAVE_MASK 0xa1
#define A20 0x100000ull

static uint16_t crtc(uint8_t index)
{
    uint8_t high;

    outb(CRTC_INDEX, index);
    high = inb(CRTC_DATA);
    outb(CRTC_INDEX, (uint8_t)(index + 1));
    return (uint16_t)(high << 8 | inb(CRTC_DATA));
}

static void check_screen(const struct boot_info *info)
{
    statement("device-screen");
    equal("video mode", low_word(BDA_VIDEO_MODE) & 0xff, 3);
    equal("columns", low_word(BDA_VIDEO_COLUMNS), VGA_COLUMNS);
    equal("first cell shown", crtc(CRTC_START), 0);
    statement("device-cursor");
    holds("the cursor is on the screen",
          info->cursor_row < VGA_ROWS && info->cursor_column < VGA_COLUMNS);
    equal("the cell of the cursor", crtc(CRTC_CURSOR),
          (uint64_t)info->cursor_row * VGA_COLUMNS + info->cursor_column);
}

static void check_serial(void)
{
    uint8_t line = inb(LCR), low, high;

    outb(LCR, line | UART_LCR_DLAB);
    low = inb(COM1_PORT);
    high = inb(COM1_PORT + 1);
    outb(LCR, line);
    statement("device-com1");
    equal("line control", line, UART_LCR_8N1);
    equal("divisor", (uint64_t)high << 8 | low, UART_DIVISOR);
    equal("interrupts enabled", inb(COM1_PORT + 1), 0);
}

/* Two words 1 MiB apart differ; they are only read, because one is not ours to change. */
static void check_a20(void)
{
    volatile uint64_t own = 0;
    const volatile uint64_t *other =
        (const volatile uint64_t *)(((uintptr_t)&own & (KERNEL_BASE_SIZE - 1)) ^ A20);
    uint64_t before = *other;

    statement("device-a20");
    own = ~before;
    equal("the word 1 MiB away from one that changed", *other, before);
}

void check_devices(const struct boot_info *info)
{
    statement("device-pic");
    equal("mask of the first PIC", inb(PIC_MASTER_MASK), 0xff);
    equal("mask of the second PIC", inb(PIC_SLAVE_MASK), 0xff);
    check_screen(info);
    check_serial();
    check_a20();
}
