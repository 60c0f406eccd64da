/* A menu from a table of strings.  The kernel was to move from 1 MiB to 2 MiB. */
#include "kit.h"

BEGIN_WITH(kmain);

static const char *const menu[] = {"1. boot", "2. memory", "3. about this kernel"};

void kmain(void)
{
    const char *const *volatile entry = menu;

    for (unsigned i = 0; i < sizeof menu / sizeof *menu; i++) {
        say(entry[i]);
        say("\n");
    }
    for (;;)
        __asm__ volatile("hlt");
}
