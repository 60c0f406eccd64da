/* A monitor on COM1: it polls for a command, nobody types one. */
#include "kit.h"

BEGIN_WITH(kmain);

static char getch(void)
{
    while (!(inb(0x3fd) & 1))
        __asm__ volatile("pause");
    return (char)inb(0x3f8);
}

void kmain(void)
{
    for (;;) {
        say("monitor> ");
        char c = getch();
        put(c);
        say(c == '?' ? "\n? help\n" : "\nwhat?\n");
    }
}
