/*
 * a20_open.c - enables this machine's A20 gate and keeps it enabled.
 *
 * Firmware that emulates a keyboard or a disk in system management mode may
 * restore an old state of the gate, so it is tested after each BIOS call.
 */
#include "stage2/a20.h"

#include <stddef.h>

#include "layout.h"
#include "lib/milestone.h"
#include "stage2/bios.h"
#include "stage2/console.h"
#include "stage2/error.h"

/* Two words that are the same memory while the gate is off. */
static volatile uint32_t *const low = (volatile uint32_t *)A20_PROBE_ADDRESS;
static volatile uint32_t *const high = (volatile uint32_t *)(A20_PROBE_ADDRESS + 0x100000);

static void keep_open(void)
{
    if (a20_is_on(low, high))
        return;
    bios_after_call = NULL; /* enabling may call the BIOS itself */
    if (a20_enable(low, high) == A20_FAILED)
        fatal(ERROR_A20, "the BIOS switched it off, and it cannot be switched on again");
    bios_after_call = keep_open;
}

void a20_open(void)
{
    static const char *const how[] = {
        [A20_ALREADY_ON] = "already on",
        [A20_BIOS] = "switched on by INT 15h 2401h",
        [A20_KEYBOARD_CONTROLLER] = "switched on by the keyboard controller",
        [A20_PORT_92] = "switched on by port 92h",
    };
    enum a20_method method = a20_enable(low, high);

    if (method == A20_FAILED)
        fatal(ERROR_A20, "address 0x%x and the one 1 MiB above are the same memory",
              A20_PROBE_ADDRESS);
    print("A20: %s.\n", how[method]);
    bios_after_call = keep_open;
    milestone_stamp(MILESTONE_A20, method);
}
