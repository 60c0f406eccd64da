/*
 * milestones.c - stamps the milestones that stage 2 passes.
 */
#include "stage2/milestones.h"

#include <stdbool.h>

#include "boot_info.h"
#include "lib/cpu.h"
#include "lib/string.h"
#include "stage2/cpu_check.h"

extern struct recorder flight_recorder; /* at RECORDER_ADDRESS: stage2.ld */
static bool has_tsc;

void recorder_start(void)
{
    uint16_t ticks = flight_recorder.ticks; /* stage 1's */

    has_tsc = cpu_features() & CPU_FEATURE_TSC;
    memset(&flight_recorder, 0, sizeof flight_recorder);
    flight_recorder.ticks = ticks;
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
