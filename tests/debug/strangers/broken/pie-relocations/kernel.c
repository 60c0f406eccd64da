/*
 * WRONG: built as a position-independent executable, linked at 0 and loaded at 1 MiB, "because it runs
 * anywhere".  The code does, but the pointers in `tests` are relocations (R_X86_64_RELATIVE) that a dynamic
 * linker would have to add 1 MiB to, and there is none: the first call goes into the BIOS's vectors.
 */
#include "console.h"

__asm__(".section .text.start\n start: call kernel\n .text");

static void test_memory(void)
{
    print("memory ok\n");
}

static void test_screen(void)
{
    print("screen ok\n");
}

static void test_keyboard(void)
{
    print(in8(0x64) == 0xff ? "no keyboard\n" : "keyboard ok\n");
}

void (*tests[])(void) = { test_memory, test_screen, test_keyboard };

void kernel(const struct boot_info *info)
{
    console_start(info);
    print("Self-test:\n");
    for (int i = 0; i < 3; i++)
        tests[i]();
    print("All good.\n");
    halt();
}
