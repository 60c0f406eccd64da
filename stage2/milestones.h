/*
 * milestones.h - the loader's side of the flight recorder (include/recorder.h).
 */
#ifndef STAGE2_MILESTONES_H
#define STAGE2_MILESTONES_H

#include <stdint.h>

#include "recorder.h"

/* Empties the recorder.  Stamps are TSC values where CPUID shows a TSC, else 0. */
void recorder_start(void);

/* Notes that the boot has passed `milestone`; `data` is a word that explains it. */
void recorder_stamp(enum milestone milestone, uint32_t data);

#endif
