/*
 * milestones.c - starts an empty flight recorder for this boot.
 */
#include "stage2/milestones.h"

#include "boot_info.h"
#include "lib/milestone.h"
#include "lib/pc.h"
#include "lib/string.h"
#include "stage2/cpu_check.h"

/* At their fixed addresses (stage2.ld). */
extern struct recorder flight_recorder;
extern volatile uint8_t bios_data_area[];

void milestones_start(void)
{
    memset(&flight_recorder, 0, sizeof flight_recorder);
    flight_recorder.ticks = *(volatile uint16_t *)(bios_data_area + BDA_TICKS);
    flight_recorder.magic = RECORDER_MAGIC;
    milestone_use_recorder(&flight_recorder, cpu_features() & CPU_FEATURE_TSC);
}
