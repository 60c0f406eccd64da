/* Says good bye and switches the PC off as QEMU's ACPI hardware wants it. */
#include "kit.h"

BEGIN_WITH(kmain);

void kmain(void)
{
    say("It is now safe to switch off. I do it myself.\n");
    while (!(inb(0x3fd) & 0x40))
        ;
    __asm__ volatile("outw %0, %1" : : "a"((uint16_t)0x2000), "Nd"((uint16_t)0x604));
    for (;;)
        __asm__ volatile("cli; hlt");
}
