/*
 * main.c - a kernel that checks what docs/boot-protocol.md promises to kernels.
 *
 * It shares nothing with Firstlight's own kernel.  Each statement of the
 * document has an id; the report on COM1 has one line for each id, and
 * tests/boot/test_protocol.py compares the two.
 */
#include "lib/cpu.h"
#include "tests/protocol/checks.h"
#include "tests/protocol/entry_state.h"
#include "tests/protocol/report.h"

void protocol_main(void) __attribute__((noreturn));

void protocol_main(void)
{
    const struct boot_info *info = (const struct boot_info *)entry_state.general[RDI];

    check_entry();
    check_mapping();
    check_info(info);
    if (info->magic == BOOT_INFO_MAGIC) { /* otherwise nothing in it can be trusted */
        check_memory(info);
        check_recorder(info);
        check_devices(info);
    }
    report_end();
    for (;;)
        cpu_halt();
}
