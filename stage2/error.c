/*
 * error.c - every failure of the loader ends here, with an explanation.
 */
#include "stage2/error.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "layout.h"
#include "lib/cpu.h"
#include "lib/format.h"
#include "lib/vga_text.h"
#include "stage2/bios.h"
#include "stage2/console.h"
#include "stage2/disk.h"
#include "stage2/options.h"

#define FIELD_INDENT 9

struct error_text {
    enum error error;
    const char *text, *cause, *advice;
};

static const struct error_text texts[] = {
#define MBR_ERROR(letter, name, text, cause, advice)
#define ERROR(number, name, text, cause, advice) {ERROR_##name, text, cause, advice},
#include "errors.def"
#undef ERROR
#undef MBR_ERROR
};

/* The tens of an error's number name the step (errors.def). */
static const char *const steps[] = {
    "", "A20", "CPU", "Memory map", "Disk", "Kernel", "Stage 2", [ERROR_FAULT / 10] = "Fault",
};

/* "  Label  text", broken between words where the screen's line ends. */
static void print_field(const char *label, const char *text)
{
    unsigned column = FIELD_INDENT - 1;

    print("  %-*s", FIELD_INDENT - 3, label);
    while (*text != '\0') {
        unsigned word = 0;

        while (text[word] != '\0' && text[word] != ' ')
            word++;
        if (column + 1 + word > VGA_COLUMNS) {
            print("\n%*s", FIELD_INDENT - 1, "");
            column = FIELD_INDENT - 1;
        }
        print(" %.*s", (int)word, text);
        column += 1 + word;
        text += text[word] == ' ' ? word + 1 : word;
    }
    print("\n");
}

static const struct error_text *find_text(enum error error)
{
    const struct error_text *e = texts;

    while (e->error != error) /* every enumerator has its row, because both come from errors.def */
        e++;
    return e;
}

const char *error_text(enum error error)
{
    return find_text(error)->text;
}

void error_print(enum error error, const char *details)
{
    const struct error_text *e = find_text(error);

    console_attribute(VGA_ATTRIBUTE(VGA_LIGHT_RED, VGA_BLACK));
    print("\n%s: error E%d: %s\n", steps[error / 10], error, e->text);
    console_attribute(VGA_ATTRIBUTE(VGA_LIGHT_GREY, VGA_BLACK));
    print_field("Here:", details);
    print_field("Disk:", disk_describe());
    print_field("Cause:", e->cause);
    print_field("Try:", e->advice);
}

/* Polls, because a key may come from either source and we handle no interrupts. */
static int wait_for_key(void)
{
    struct bios_registers r;
    int key;

    do {
        cpu_relax();
        key = console_serial_key();
        r = (struct bios_registers){.eax = 0x0100}; /* INT 16h 01h: is a key waiting? */
        bios_call(0x16, &r);
    } while (key < 0 && (r.eflags & EFLAGS_ZF));
    if (key < 0) {
        r = (struct bios_registers){.eax = 0x0000}; /* read it */
        bios_call(0x16, &r);
        key = (uint8_t)r.eax;
    }
    return key;
}

static void next_boot_device(void)
{
    struct bios_registers r = {0};

    bios_call(0x18, &r);
    print("The BIOS has no other boot device.\n");
}

void fatal(enum error error, const char *details, ...)
{
    char line[640];
    va_list args;

    va_start(args, details);
    format_string_v(line, sizeof line, details, args);
    va_end(args);
    error_print(error, line);
    for (;;) {
        print("Press r to try again, c to try again by CHS, n for the next boot device.\n");
        switch (wait_for_key() | ('a' ^ 'A')) {
        case 'r': options_restart(0, disk_drive());
        case 'c': options_restart(OPTION_FORCE_CHS | OPTION_VERBOSE, disk_drive());
        case 'n': next_boot_device();
        }
    }
}
