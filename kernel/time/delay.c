/*
 * delay.c - waits some microseconds, by the TSC or, without one, by port accesses.
 *
 * Device drivers may call it at any time, even before the TSC is calibrated.
 */
#include "kernel/time/delay.h"

#include <stdint.h>

#include "kernel/time/tsc.h"
#include "lib/cpu.h"
#include "lib/port.h"

#define DELAY_PORT 0x80 /* POST codes; an access takes about 1 us on ISA and LPC */

void delay_us(unsigned us)
{
    if (tsc_hz() == 0) {
        while (us-- > 0)
            inb(DELAY_PORT);
        return;
    }

    uint64_t start = rdtsc();

    while (tsc_to_us(rdtsc() - start) < us)
        cpu_relax();
}
