/* 05-poweroff.c - does its work and switches QEMU's i440FX machine off by ACPI's PM1 control */
#include "io.h"

void kernel(void);

void kernel(void)
{
    volatile unsigned sum = 0;

    for (unsigned i = 1; i <= 1000; i++)
        sum += i;
    print(sum == 500500 ? "sum is right, goodbye\r\n" : "sum is wrong\r\n");
    outw(0x604, 0x2000);
    for (;;)
        ;
}
