/*
 * panic_json.c - the report for programs: one line on COM1, "@panic " and a
 * JSON object (RFC 8259).  docs/panic.md describes it.  64-bit numbers are
 * strings, because JSON readers may keep only 53 bits of a number.
 */
#include <stddef.h>

#include "kernel/console/console.h"
#include "kernel/debug/kernel_symbols.h"
#include "kernel/panic/internal/panic_case.h"

static void print_string(const char *text)
{
    printk("\"");
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            printk("\\%c", *text);
        else if ((unsigned char)*text < 0x20 || (unsigned char)*text > 0x7e)
            printk("\\u%04x", (unsigned char)*text);
        else
            printk("%c", *text);
    }
    printk("\"");
}

static void print_entry(const struct backtrace_entry *entry)
{
    struct symbol_place place;

    printk("{\"address\":\"0x%lx\",\"times\":%u", entry->address, entry->times);
    if (kernel_symbols_find(entry->address, entry->kind == BACKTRACE_CALL, &place)) {
        printk(",\"function\":\"%s\",\"offset\":%lu", place.function, place.offset);
        if (place.file != NULL)
            printk(",\"file\":\"%s\",\"line\":%u", place.file, place.line);
    }
    printk("}");
}

void panic_print_json(const struct panic_case *c)
{
    printk("@panic {\"message\":");
    print_string(c->message);
    printk(",\"hint\":");
    print_string(c->hint);
    if (c->is_exception)
        printk(",\"vector\":%lu,\"error_code\":%lu", c->frame->vector, c->frame->error_code);
    if (c->has_address)
        printk(",\"address\":\"0x%lx\"", c->address);
    printk(",\"rip\":\"0x%lx\",\"rsp\":\"0x%lx\",\"backtrace\":[", c->frame->rip, c->frame->rsp);
    for (unsigned i = 0; i < c->trace.count; i++) {
        if (i > 0)
            printk(",");
        print_entry(&c->trace.entries[i]);
    }
    printk("]}\n");
}
