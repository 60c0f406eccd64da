/*
 * WRONG: compiled with -m32, as in the tutorials, but the loader enters the kernel in 64-bit mode, where
 * some of these bytes mean something else: an absolute address counts from RIP there, so the row and the
 * column are not found, and all characters go to the first cell of the screen.
 */
#include <stdint.h>

__asm__(".section .text.start\n start: call kernel_main\n 1: hlt\n jmp 1b\n .text");

static volatile uint16_t *terminal = (uint16_t *)0xb8000;
static unsigned terminal_row = 12, terminal_column;
static uint8_t terminal_color = 0x1f;

__attribute__((noinline)) static void terminal_putchar(char c)
{
    if (c == '\n') {
        terminal_row++;
        terminal_column = 0;
        return;
    }
    terminal[terminal_row * 80 + terminal_column++] = terminal_color << 8 | (uint8_t)c;
}

__attribute__((noinline)) static void terminal_write(const char *text)
{
    while (*text)
        terminal_putchar(*text++);
}

void kernel_main(void)
{
    terminal_write("Hello, kernel world!\n");
    terminal_write("Second line\n");
}
