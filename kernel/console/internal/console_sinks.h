/* console_sinks.h - between printk.c and the sinks. */
#ifndef FIRSTLIGHT_KERNEL_CONSOLE_INTERNAL_CONSOLE_SINKS_H
#define FIRSTLIGHT_KERNEL_CONSOLE_INTERNAL_CONSOLE_SINKS_H

#include <stddef.h>

/* Both sinks; what goes to the screen is seen from the next flush on. */
void console_write(const char *text, size_t length);
void console_flush(void);

#endif
