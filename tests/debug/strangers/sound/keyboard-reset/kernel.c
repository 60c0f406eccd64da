/* Sound: says that it will restart the PC, and does so by the keyboard controller (FEh to port 64h). */
#include "console.h"

__asm__(".section .text.start\n start: call kernel\n .text");

void kernel(const struct boot_info *info)
{
    console_start(info);
    print("Settings saved. Restarting the PC...\n");
    for (volatile int i = 0; i < 50000000; i++) /* time to read it */
        ;
    while (in8(0x64) & 2)
        ;
    out8(0x64, 0xfe);
    halt();
}
