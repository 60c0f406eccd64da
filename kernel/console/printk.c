/*
 * printk.c - formatted text to the console.
 *
 * Characters are collected and written in runs: the UART takes 16 at a time,
 * and the screen is updated once per call.
 */
#include "kernel/console/console.h"
#include "kernel/console/internal/console_sinks.h"
#include "lib/format.h"
#include "lib/string.h"

struct run {
    char text[128];
    size_t length;
};

static void run_end(struct run *run)
{
    console_write(run->text, run->length);
    run->length = 0;
}

static void run_add(void *context, const char *text, size_t length)
{
    struct run *run = context;

    while (length > 0) {
        size_t room = sizeof run->text - run->length;
        size_t part = length < room ? length : room;

        memcpy(run->text + run->length, text, part);
        run->length += part;
        text += part;
        length -= part;
        if (run->length == sizeof run->text)
            run_end(run);
    }
}

size_t printk_v(const char *fmt, va_list args)
{
    struct run run;

    run.length = 0;
    size_t length = format(run_add, &run, fmt, args);
    run_end(&run);
    console_flush();
    return length;
}

size_t printk(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    size_t length = printk_v(fmt, args);
    va_end(args);
    return length;
}

size_t printk_styled(enum console_style style, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    enum console_style before = console_style(style);
    size_t length = printk_v(fmt, args);
    console_style(before);
    va_end(args);
    return length;
}
