/* 02-uart.c - a monitor program: waits for a byte on COM1 and answers it */
#include "io.h"

void kernel(void);

static uint8_t receive(void)
{
    while (!(inb(0x3fd) & 1))
        ;
    return inb(0x3f8);
}

void kernel(void)
{
    char answer[] = "?\r\n";

    print("monitor> ");
    for (;;) {
        answer[0] = (char)receive();
        print(answer);
    }
}
