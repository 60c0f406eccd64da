/* tiny-shell.c - a prompt that asks the keyboard for codes, shows the letters and knows one command. */
#include <stdbool.h>
#include <stdint.h>

void kernel(void);
__asm__(".section .text.start\n call kernel\n .text");

static const char letters[] = "qwertyuiop[]\n\0asdfghjkl;'`\0\\zxcvbnm"; /* codes 10h to 32h */
static volatile uint16_t *cell = (volatile uint16_t *)0xb8000 + 12 * 80;

static uint8_t in(uint16_t port)
{
    uint8_t value;

    __asm__ volatile("inb %w1, %b0" : "=a"(value) : "Nd"(port));
    return value;
}

static char read_letter(void)
{
    for (;;) {
        while (!(in(0x64) & 1)) /* until a code has come */
            ;
        uint8_t code = in(0x60);

        if (code >= 0x10 && code <= 0x32 && letters[code - 0x10] != '\0')
            return letters[code - 0x10];
    }
}

static void print(const char *text)
{
    while (*text != '\0')
        *cell++ = (uint16_t)(0x0700 | *text++);
}

void kernel(void)
{
    for (unsigned row = 13;; row++) {
        char line[2] = {0};
        unsigned length = 0;

        print("> ");
        for (char c; (c = read_letter()) != '\n'; length++) {
            print((char[]){c, '\0'});
            if (length < 2)
                line[length] = c;
        }
        print(length == 2 && line[0] == 'h' && line[1] == 'i' ? "   hello!" : "   what?");
        cell = (volatile uint16_t *)0xb8000 + row * 80;
    }
}
