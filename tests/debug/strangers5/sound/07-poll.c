/* 07-poll.c - asks both interrupt controllers by their poll command; IF stays 0, there is no IDT */
#include "desc.h"

static uint8_t cmos(uint8_t index)
{
    outb(0x70, index);
    return inb(0x71);
}

/* The line that a controller reports, which it then holds to be in service, or -1. */
static int poll(uint16_t port)
{
    uint8_t answer;

    outb(port, 0x0c);
    answer = inb(port);
    return answer & 0x80 ? answer & 7 : -1;
}

void kernel(void)
{
    unsigned timer = 0, rtc = 0;
    uint8_t control;

    timer_on_32();
    outb(0x21, 0xfa); /* timer and cascade */
    outb(0xa1, 0xfe); /* RTC */
    control = cmos(0x0b);
    outb(0x70, 0x0b);
    outb(0x71, control | 0x40);
    cmos(0x0c);
    print("polling ... ");
    while (timer < 20 || rtc < 20) {
        int line = poll(0x20);

        if (line == 0)
            timer++;
        if (line == 2 && poll(0xa0) == 0) {
            rtc++;
            cmos(0x0c);
            outb(0xa0, 0x20);
        }
        if (line >= 0)
            outb(0x20, 0x20);
    }
    print("20 of the timer and 20 of the RTC");
    for (;;)
        __asm__ volatile("pause");
}
