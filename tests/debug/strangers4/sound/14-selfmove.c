/* kernel.c - once it is where it was linked for, it clears the place where it was loaded */
#include "io.h"

void kernel(void);

static const char *const volatile lines[] = {"moved to ", "4 MiB"};

void kernel(void)
{
    for (uint64_t at = 0x100000; at < 0x110000; at += 8)
        *(volatile uint64_t *)at = 0;
    print(lines[0]);
    print(lines[1]);
}
