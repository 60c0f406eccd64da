/*
 * status.h - the screen's status row: what the machine is doing at this moment.
 */
#ifndef FIRSTLIGHT_KERNEL_SHELL_STATUS_H
#define FIRSTLIGHT_KERNEL_SHELL_STATUS_H

/* Updates the row if anything in it has changed.  Each tick of the timer calls it. */
void status_tick(void);

#endif
