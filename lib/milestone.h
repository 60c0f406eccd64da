/*
 * milestone.h - stamps the boot's milestones into the flight recorder
 * (include/recorder.h): stage 2 first, then the kernel.
 */
#ifndef FIRSTLIGHT_LIB_MILESTONE_H
#define FIRSTLIGHT_LIB_MILESTONE_H

#include <stdbool.h>
#include <stdint.h>

#include "recorder.h"

/* Directs all further stamps into this recorder; they are TSC values if the CPU has one, else 0. */
void milestone_use_recorder(struct recorder *new_recorder, bool tsc_is_there);

/*
 * Records that the boot has passed `milestone`; `data` is a word that explains
 * it. Does nothing if the recorder is full, or if there is none.
 */
void milestone_stamp(enum milestone milestone, uint32_t data);

#endif
