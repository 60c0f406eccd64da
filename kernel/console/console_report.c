/*
 * console_report.c - which sinks there are, as messages of the log.
 *
 * Apart from console.c, because the log prints on the console.
 */
#include "kernel/console/console.h"
#include "kernel/console/log.h"
#include "layout.h"
#include "lib/uart.h"

void console_report(void)
{
    if (console_has_screen())
        log_info("VGA buffer initialized at 0x%x.", VGA_TEXT_ADDRESS);
    else
        log_info("VGA: none found; this console is serial only.");
    if (!console_has_serial())
        log_info("Serial: no UART at 0x%x.", COM1_PORT);
}
