/*
 * a20_open.c - opens this machine's A20 gate and sees to it that it stays open.
 *
 * Firmware that emulates a keyboard or a disk in system management mode may
 * put the gate back to what it remembers, so each BIOS call is followed by a look.
 */
#include "stage2/a20.h"

#include <stddef.h>

#include "layout.h"
#include "lib/milestone.h"
#include "stage2/bios.h"
#include "stage2/console.h"
#include "stage2/error.h"

/* Two words that are one while the gate is closed. */
static volatile uint32_t *const low = (volatile uint32_t *)A20_PROBE_ADDRESS;
static volatile uint32_t *const high = (volatile uint32_t *)(A20_PROBE_ADDRESS + 0x100000);

static void keep_open(void)
{
    if (a20_is_on(low, high))
        return;
    bios_after_call = NULL; /* the ladder calls the BIOS itself */
    if (a20_enable(low, high) == A20_FAILED)
        fatal(ERROR_A20, "the BIOS closed it again, and now it stays closed");
    bios_after_call = keep_open;
}

void a20_open(void)
{
    static const char *const how[] = {
        [A20_ALREADY_ON] = "on already",
        [A20_BIOS] = "switched on by INT 15h 2401h",
        [A20_KEYBOARD_CONTROLLER] = "switched on by the keyboard controller",
        [A20_PORT_92] = "switched on by port 92h",
    };
    enum a20_method method = a20_enable(low, high);

    if (method == A20_FAILED)
        fatal(ERROR_A20, "addresses 0x%x and 1 MiB above are still one", A20_PROBE_ADDRESS);
    print("A20: %s.\n", how[method]);
    bios_after_call = keep_open;
    milestone_stamp(MILESTONE_A20, method);
}
