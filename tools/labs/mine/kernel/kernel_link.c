/*
 * kernel_link.c - the note at MINE_NOTE_ADDRESS, which the loader of `make mine` reads after a reset, and what
 * the kernel says about a link.
 */
#include "tools/labs/mine/kernel/kernel_link.h"

#include <stdarg.h>

#include "kernel/memory/physical.h"
#include "lib/format.h"

static const struct {
    int slot;
    unsigned lab;
    const char *title;
} links[] = {
#define LINK(name, kind, slot, lab, file, title) { slot, lab, title },
#include "tools/labs/mine/links.def"
#undef LINK
};

static volatile uint32_t *note_in_memory(void)
{
    return physical_pointer(MINE_NOTE_ADDRESS);
}

uint32_t kernel_link_enter(enum mine_link link)
{
    uint32_t before = *note_in_memory();

    *note_in_memory() = MINE_NOTE(link);
    return before;
}

void kernel_link_leave(uint32_t note)
{
    *note_in_memory() = note;
}

const char *kernel_link_sentence(enum mine_link link, const char *format, ...)
{
    static char sentence[400];
    char what[200];
    unsigned row = 0;
    va_list args;

    va_start(args, format);
    format_string_v(what, sizeof what, format, args);
    va_end(args);
    while (links[row].slot != (int)link) /* every enumerator is a row of the same table */
        row++;
    format_string(sentence, sizeof sentence,
                  "\n%s: your program %s.\n`make check N=%u` grades this link alone.\n",
                  links[row].title, what, links[row].lab);
    return sentence;
}
