/*
 * milestones.c - stamps the milestones that stage 2 passes.
 */
#include "stage2/milestones.h"

#include <stdbool.h>

#include "boot_info.h"
#include "lib/cpu.h"
#include "lib/string.h"
#include "stage2/cpu_check.h"

/* At their fixed addresses (stage2.ld). */
extern struct recorder flight_recorder;
extern volatile uint8_t bios_data_area[];
static bool has_tsc;

#define BDA_TICKS 0x6c /* offset in the BIOS data area: 18.2 a second since midnight */

void recorder_start(void)
{
    has_tsc = cpu_features() & CPU_FEATURE_TSC;
    memset(&flight_recorder, 0, sizeof flight_recorder);
    flight_recorder.ticks = *(volatile uint16_t *)(bios_data_area + BDA_TICKS);
    flight_recorder.magic = RECORDER_MAGIC;
}

void recorder_stamp(enum milestone milestone, uint32_t data)
{
    if (flight_recorder.count == RECORDER_MAX)
        return;
    flight_recorder.entries[flight_recorder.count++] = (struct recorder_entry){
        .milestone = milestone,
        .data = data,
        .tsc = has_tsc ? rdtsc() : 0,
    };
}
