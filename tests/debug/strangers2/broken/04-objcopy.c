/* A kernel that starts a table of drivers.  Its Makefile said
 *     objcopy -O binary -j .text kernel.elf kernel.bin                     */
#include "common.h"

struct driver {
    const char *name;
    int (*start)(void);
};

static int serial_start(void) { return inb(0x3fd) != 0xff; }
static int screen_start(void) { return 1; }
static int keyboard_start(void) { return inb(0x64) != 0xff; }

struct driver drivers[] = {
    {"serial", serial_start},
    {"screen", screen_start},
    {"keyboard", keyboard_start},
};
int driver_count = 3;

__asm__(".section .text.start\n .globl start\n start: call kmain\n 1: hlt; jmp 1b\n .text");

void kmain(void)
{
    struct driver *driver = drivers;

    do {
        int ok = driver->start();

        print(driver->name);
        print(ok ? " ok\n" : " failed\n");
        driver++;
    } while (driver < drivers + driver_count);
    print("all drivers started\n");
}
