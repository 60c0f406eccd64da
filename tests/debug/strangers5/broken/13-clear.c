/* 13-clear.c - relies on a clean .bss */
#include "io.h"

static unsigned counter;

void kernel(void)
{
    if (counter++ == 0)
        print("kernel: .bss is clean");
}
