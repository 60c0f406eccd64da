/*
 * arguments.c - checks of what was typed after a command's name.
 */
#include "kernel/shell/internal/arguments.h"

#include "kernel/console/console.h"
#include "kernel/shell/internal/number.h"

bool arguments_fit(const char *synopsis, int count)
{
    int least = 0, most = 0;
    bool any_more = false;

    for (const char *c = synopsis; *c != '\0'; c++) {
        bool starts_word = *c != ' ' && (c == synopsis || c[-1] == ' ');

        most += starts_word;
        least += starts_word && *c != '[';
        any_more = *c == '.';
    }
    return count >= least && (any_more || count <= most);
}

bool argument_number(const char *text, uint64_t *value)
{
    switch (number_parse(text, value)) {
    case NUMBER_OK: return true;
    case NUMBER_BAD:
        printk("\"%s\" is not a number: use decimal digits, or 0x and hexadecimal digits.\n", text);
        return false;
    case NUMBER_TOO_BIG: break;
    }
    printk("\"%s\" does not fit in 64 bits.\n", text);
    return false;
}
