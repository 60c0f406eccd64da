/*
 * milestones.h - starts the flight recorder (include/recorder.h).
 */
#ifndef STAGE2_MILESTONES_H
#define STAGE2_MILESTONES_H

/* Empties it; from now on milestone_stamp() (lib/milestone.h) fills it. */
void milestones_start(void);

#endif
