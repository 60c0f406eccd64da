/*
 * log.c - the ring of messages.
 *
 * A handler may log while another message is being stored, so interrupts are disabled meanwhile.
 */
#include "kernel/console/log.h"

#include "kernel/console/console.h"
#include "kernel/time/timer.h"
#include "lib/cpu.h"
#include "lib/format.h"
#include "lib/string.h"
#include "lib/units.h"

struct message {
    uint64_t us;
    enum log_level level;
    char text[LOG_TEXT];
};

static struct message messages[LOG_MESSAGES];
static uint64_t count; /* of all messages so far; the last LOG_MESSAGES are kept */

static uint64_t shown;

const char *const log_level_names[LOG_LEVELS] = {"error", "warning", "info", "debug"};

/* ANSI colours, for both sinks. */
static const char *const colors[LOG_LEVELS] = {"\033[91m", "\033[93m", "", "\033[90m"};

static void keep(enum log_level level, const char *text)
{
    bool enabled = cpu_interrupts_save();

    struct message *message = &messages[count++ % LOG_MESSAGES];

    message->us = timer_uptime_us();
    message->level = level;
    memcpy(message->text, text, LOG_TEXT);
    cpu_interrupts_restore(enabled);
}

void log_message(enum log_level level, const char *fmt, ...)
{
    static const char cut[] = " [cut]";
    char text[LOG_TEXT] = "";
    va_list args;

    va_start(args, fmt);
    if (format_string_v(text, sizeof text, fmt, args) >= sizeof text)
        memcpy(text + sizeof text - sizeof cut, cut, sizeof cut);
    va_end(args);
    keep(level, text);
    if (level == LOG_DEBUG)
        return;
    printk("%s%s%s\n", colors[level], text, *colors[level] ? "\033[0m" : "");
    __atomic_add_fetch(&shown, 1, __ATOMIC_RELAXED);
}

uint64_t log_shown(void)
{
    return __atomic_load_n(&shown, __ATOMIC_RELAXED);
}

/* Prints a copy, because a handler may replace the message meanwhile. */
static void print(uint64_t number)
{
    bool enabled = cpu_interrupts_save();

    struct message message = messages[number % LOG_MESSAGES];

    cpu_interrupts_restore(enabled);
    printk("%s[%5lu.%06lu] %-8s %s%s\n", colors[message.level], message.us / US_PER_SECOND,
           message.us % US_PER_SECOND, log_level_names[message.level], message.text,
           *colors[message.level] ? "\033[0m" : "");
}

void log_print(enum log_level level)
{
    uint64_t end = count;
    uint64_t first = end > LOG_MESSAGES ? end - LOG_MESSAGES : 0;

    if (first > 0)
        printk("%lu older messages were dropped.\n", first);
    for (uint64_t number = first; number < end; number++)
        if (messages[number % LOG_MESSAGES].level <= level)
            print(number);
}
