/*
 * shell.c - the prompt, its commands, and the loop between them.
 *
 * Keyboard and serial port write into the same line.  A command is one entry
 * of the table below.
 */
#include "kernel/shell/shell.h"

#include <stddef.h>

#include "kernel/console/console.h"
#include "kernel/cpu/reset.h"
#include "kernel/input/keyboard.h"
#include "kernel/input/line.h"
#include "kernel/panic/panic.h"
#include "kernel/time/boot_times.h"
#include "layout.h"
#include "lib/cpu.h"
#include "lib/string.h"

#define PROMPT "> "

_Static_assert(sizeof PROMPT - 1 + LINE_MAX < VGA_COLUMNS, "backspace stays within a row");

static void command_help(void);
static void command_reboot(void);
static void command_panic(void);

static const struct command {
    const char *name;
    const char *help;
    void (*run)(void);
} commands[] = {
    {"help", "show this list", command_help},
    {"clear", "clear the screen", console_clear},
    {"boot", "show how long each step of the boot took", boot_times_print_chart},
    {"reboot", "reset the machine", command_reboot},
    {"panic", "stop with a panic report, to see one", command_panic},
};

#define COMMANDS (sizeof commands / sizeof commands[0])

static void command_help(void)
{
    for (size_t i = 0; i < COMMANDS; i++)
        printk("  %-8s %s\n", commands[i].name, commands[i].help);
}

static void command_reboot(void)
{
    printk("Rebooting.\n");
    reset_machine();
}

static void command_panic(void)
{
    panic("requested by the shell command \"panic\"; nothing is wrong");
}

/* Cuts the spaces off both ends of `text`, in place. */
static const char *trim(char *text)
{
    size_t length = strlen(text);

    while (length > 0 && text[length - 1] == ' ')
        text[--length] = '\0';
    while (*text == ' ')
        text++;
    return text;
}

static void obey(const char *name)
{
    if (*name == '\0')
        return;
    for (size_t i = 0; i < COMMANDS; i++) {
        if (strcmp(name, commands[i].name) == 0) {
            commands[i].run();
            return;
        }
    }
    printk("Unknown command \"%s\"; \"help\" lists the ones that there are.\n", name);
}

/* Waits for a character from either input. */
static char read_character(struct keyboard *keyboard)
{
    for (;;) {
        char key = keyboard_poll(keyboard);

        if (key != 0)
            return key;

        int byte = console_read_serial();

        if (byte > 0)
            return (char)byte;
        cpu_relax();
    }
}

static void echo(const struct line *line)
{
    for (size_t i = 0; i < line->echo_count; i++)
        printk("%s", line->echo);
}

void shell_run(void)
{
    struct keyboard keyboard = {0};
    struct line line = {0};

    printk(PROMPT);
    for (;;) {
        enum line_result result = line_input(&line, read_character(&keyboard));

        echo(&line);
        if (result == LINE_DONE)
            obey(trim(line.text));
        if (result != LINE_MORE)
            printk(PROMPT);
    }
}
