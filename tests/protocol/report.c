/*
 * report.c - TAP on COM1, with the port as the loader set it, which is one of the statements.
 */
#include "tests/protocol/report.h"

#include <stdarg.h>
#include <stddef.h>

#include "layout.h"
#include "lib/format.h"
#include "lib/port.h"

#define COM1_LSR (COM1_PORT + 5)

static const char *current; /* id of the current statement */
static bool current_holds;
static unsigned count;

static void send(void *context, const char *text, size_t length)
{
    (void)context;
    for (size_t i = 0; i < length; i++) {
        while (!(inb(COM1_LSR) & UART_LSR_THRE))
            ;
        outb(COM1_PORT, (uint8_t)text[i]);
    }
}

static void __attribute__((format(printf, 1, 2))) say(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    format(send, NULL, fmt, args);
    va_end(args);
}

static void end_statement(void)
{
    if (current != NULL)
        say("%s %u - [%s]\r\n", current_holds ? "ok" : "not ok", ++count, current);
}

void statement(const char *id)
{
    end_statement();
    current = id;
    current_holds = true;
}

void equal(const char *what, uint64_t found, uint64_t wanted)
{
    if (found == wanted)
        return;
    say("# %s: %s is 0x%llx, not 0x%llx\r\n", current, what, (unsigned long long)found,
        (unsigned long long)wanted);
    current_holds = false;
}

void holds(const char *what, bool is_so)
{
    if (is_so)
        return;
    say("# %s: it does not hold that %s\r\n", current, what);
    current_holds = false;
}

void remark(const char *name, uint64_t value)
{
    say("# %s=0x%llx\r\n", name, (unsigned long long)value);
}

void report_end(void)
{
    end_statement();
    say("1..%u\r\n", count);
}
