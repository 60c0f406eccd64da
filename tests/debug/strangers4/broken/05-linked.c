/* main.c - each part of the kernel has its line in a table */
#include "io.h"

typedef void (*init_function)(void);

void kernel(void);

static volatile unsigned devices;

static void init_serial(void)
{
    outb(0x3f9, 0);
    devices++;
}

static void init_pic(void)
{
    outb(0x21, 0xff);
    outb(0xa1, 0xff);
    devices++;
}

static void report(void)
{
    if (devices == 2)
        print("orchard: 2 devices ready");
}

static const init_function volatile inits[] = {init_serial, init_pic, report};

void kernel(void)
{
    for (unsigned i = 0; i < sizeof inits / sizeof inits[0]; i++)
        inits[i]();
}
