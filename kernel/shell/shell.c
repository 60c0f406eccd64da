/*
 * shell.c - the prompt, and the loop that reads lines and executes commands.
 *
 * Keyboard and serial port type into the same line.  commands.def lists the commands.
 */
#include "kernel/shell/shell.h"

#include <stddef.h>

#include "kernel/console/console.h"
#include "kernel/input/prompt.h"
#include "kernel/shell/internal/arguments.h"
#include "kernel/shell/internal/commands.h"
#include "kernel/shell/internal/nearest.h"
#include "kernel/shell/internal/words.h"
#include "lib/string.h"

#define PROMPT "> "

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

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(name, commands[i].name) == 0)
            return &commands[i];
    return NULL;
}

static const char *command_name(size_t index)
{
    return index < COMMANDS ? commands[index].name : NULL;
}

/* A line that tells the user how to continue. */
static void report_unknown(const char *name)
{
    const char *nearest = nearest_name(name, command_name);

    if (nearest != NULL)
        printk("Unknown command \"%s\". Did you mean \"%s\"? Type \"help\" for a list.\n", name,
               nearest);
    else
        printk("Unknown command \"%s\". Type \"help\" for a list.\n", name);
}

static void list_commands(void)
{
    for (size_t i = 0; i < COMMANDS; i++) {
        printk_styled(CONSOLE_HEADING, "  %-9s", commands[i].name);
        printk(" %-12s %s\n", commands[i].arguments, commands[i].help);
    }
}

void command_help(int argc, const char *const argv[])
{
    const struct command *command;

    if (argc < 2)
        list_commands();
    else if ((command = find_command(argv[1])) != NULL)
        printk("%s %s: %s.\n", command->name, command->arguments, command->help);
    else
        report_unknown(argv[1]);
}

static void run(int count, const char *const words[])
{
    const struct command *command = find_command(words[0]);

    if (command == NULL)
        report_unknown(words[0]);
    else if (!arguments_fit(command->arguments, count - 1))
        printk("Usage: %s %s - %s.\n", command->name, command->arguments, command->help);
    else
        command->run(count, words);
}

static void execute_line(char *line)
{
    const char *words[WORDS_MAX];
    int count = words_split(line, words);

    if (count == WORDS_OPEN_QUOTE)
        printk("A closing quotation mark is missing.\n");
    else if (count == WORDS_TOO_MANY)
        printk("Too many words: at most %d are allowed.\n", WORDS_MAX);
    else if (count > 0)
        run(count, words);
}

void shell_run(void)
{
    static struct line_editor editor;

    prompt_start(&editor, PROMPT, command_name);
    for (;;)
        execute_line(prompt_read(&editor));
}
