/* A monitor on the serial port: the screen stays as it is.  Waits for commands by polling. */
#include <stdint.h>

static uint8_t in(uint16_t port)
{
    uint8_t value;

    __asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
    return value;
}

static void put(char c)
{
    while (!(in(0x3fd) & 0x20))
        ;
    __asm__ volatile("outb %0, %1" : : "a"(c), "Nd"((uint16_t)0x3f8));
}

static const char *const help[] = {"h  help\r\n", "p  peek at the BIOS's tick counter\r\n", "q  stop\r\n"};

static void puts(const char *s)
{
    while (*s)
        put(*s++);
}

static void peek(void)
{
    uint32_t ticks = *(volatile uint32_t *)0x46c;

    for (int shift = 28; shift >= 0; shift -= 4)
        put("0123456789abcdef"[ticks >> shift & 15]);
    puts("\r\n");
}

__attribute__((noreturn)) void _start(void)
{
    puts("monitor ready\r\n* ");
    for (;;) {
        char c;

        while (!(in(0x3fd) & 1))
            __asm__ volatile("pause");
        c = (char)in(0x3f8);
        if (c == 'p')
            peek();
        else if (c == 'q')
            break;
        else
            for (int i = 0; i < 3; i++)
                puts(help[i]);
        puts("* ");
    }
    puts("stopped\r\n");
    for (;;)
        __asm__ volatile("cli; hlt");
}
