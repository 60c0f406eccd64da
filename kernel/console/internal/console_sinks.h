/* console_sinks.h - the interface between printk.c and the sinks. */
#ifndef FIRSTLIGHT_KERNEL_CONSOLE_INTERNAL_CONSOLE_SINKS_H
#define FIRSTLIGHT_KERNEL_CONSOLE_INTERNAL_CONSOLE_SINKS_H

#include <stddef.h>

/* Writes to both sinks; the screen shows it with the next flush. */
void console_write(const char *text, size_t length);
void console_flush(void);

#endif
