/* 32-bit kernel: polls the keyboard controller, shows scancodes */
#include "kit.h"

BEGIN_WITH(kernel_main);

void kernel_main(void)
{
    static const char hex[] = "0123456789ABCDEF";

    say("polling the keyboard\n");
    for (;;) {
        while (!(inb(0x64) & 1))
            ;
        uint8_t code = inb(0x60);

        say("scancode ");
        put(hex[code >> 4]);
        put(hex[code & 15]);
        say("\n");
    }
}
