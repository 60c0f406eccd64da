/*
 * status.h - the screen's last row: what the machine is doing at this moment.
 */
#ifndef FIRSTLIGHT_KERNEL_SHELL_STATUS_H
#define FIRSTLIGHT_KERNEL_SHELL_STATUS_H

/* Brings the row up to date if anything in it has changed.  Each tick of the timer calls it. */
void status_tick(void);

#endif
