/*
 * shell.c - the prompt, and the loop from a line to its command.
 *
 * Keyboard and serial port write into the same line.  The commands are the
 * lines of commands.def.
 */
#include "kernel/shell/shell.h"

#include <stddef.h>

#include "kernel/console/console.h"
#include "kernel/input/input.h"
#include "kernel/input/line.h"
#include "kernel/shell/commands.h"
#include "layout.h"
#include "lib/string.h"

#define PROMPT "> "
#define WORDS_MAX 8 /* a command and its arguments */

_Static_assert(sizeof PROMPT - 1 + LINE_MAX < VGA_COLUMNS, "backspace stays within a row");

static const struct command {
    const char *name;
    const char *arguments;
    const char *help;
    void (*run)(int argc, const char *const argv[]);
} commands[] = {
#define COMMAND(name, arguments, help) {#name, arguments, help, command_##name},
#include "kernel/shell/commands.def"
#undef COMMAND
};

#define COMMANDS (sizeof commands / sizeof commands[0])

void command_help(int argc, const char *const argv[])
{
    (void)argc, (void)argv;
    for (size_t i = 0; i < COMMANDS; i++)
        printk("  %-8s %-12s %s\n", commands[i].name, commands[i].arguments, commands[i].help);
}

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(name, commands[i].name) == 0)
            return &commands[i];
    return NULL;
}

void command_usage(const char *name)
{
    const struct command *command = find_command(name);

    printk("usage: %s %s\n", name, command->arguments);
}

/* Cuts `text` into words, in place; returns their number, at most WORDS_MAX. */
static int split(char *text, const char *words[WORDS_MAX])
{
    int count = 0;

    for (;;) {
        while (*text == ' ')
            *text++ = '\0';
        if (*text == '\0' || count == WORDS_MAX)
            return count;
        words[count++] = text;
        while (*text != ' ' && *text != '\0')
            text++;
    }
}

static void obey(char *text)
{
    const char *words[WORDS_MAX];
    int count = split(text, words);

    if (count == 0)
        return;

    const struct command *command = find_command(words[0]);

    if (command != NULL)
        command->run(count, words);
    else
        printk("Unknown command \"%s\"; \"help\" lists the ones that there are.\n", words[0]);
}

/* The line editor knows ASCII only; of all other keys it hears nothing. */
static char read_character(void)
{
    for (;;) {
        key_code key = input_wait();

        if (key < 0x80)
            return (char)key;
    }
}

static void echo(const struct line *line)
{
    for (size_t i = 0; i < line->echo_count; i++)
        printk("%s", line->echo);
}

void shell_run(void)
{
    struct line line = {0};

    printk(PROMPT);
    for (;;) {
        enum line_result result = line_input(&line, read_character());

        echo(&line);
        if (result == LINE_DONE)
            obey(line.text);
        if (result != LINE_MORE)
            printk(PROMPT);
    }
}
