/*
 * main.c - firstlight-image: makes, explains and compares disk images.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "image/commands.h"
#include "image/file.h"

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *usage;
} commands[] = {
    {"make", command_make,
     "make --kernel FILE --out FILE [--load N] [--entry N] [--memory N] [--copies 1|2]\n"
     "          a bootable image from an ELF64 file or any flat 64-bit binary"},
    {"inspect", command_inspect,
     "inspect [--json] IMAGE|DEVICE\n"
     "          what every byte is, and whether it is correct"},
    {"verify", command_verify,
     "verify IMAGE|DEVICE\n"
     "          one line: healthy or what is damaged"},
    {"match", command_match,
     "match IMAGE ELF\n"
     "          whether the kernel in the image is what its ELF file says"},
    {"compare", command_compare,
     "compare IMAGE STICK\n"
     "          compare a stick with the image"},
};

#define COMMANDS (sizeof commands / sizeof commands[0])

/* Output that could not be written means failure. */
static int checked(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    fprintf(stderr, "%s: the output could not be written: %s\n", program_name, strerror(errno));
    return 2;
}

static void usage(FILE *to)
{
    fputs("firstlight-image: disk images that Firstlight boots\n\n", to);
    for (size_t i = 0; i < COMMANDS; i++)
        fprintf(to, "  %s\n", commands[i].usage);
    fputs("\nExit status: 0 done or healthy, 1 refused or damaged, "
          "2 could not be read or wrong use\n",
          to);
}

int main(int argc, char **argv)
{
    for (size_t i = 0; argc >= 2 && i < COMMANDS; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return checked(commands[i].run(argc - 2, argv + 2));
    if (argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)) {
        usage(stdout);
        return checked(0);
    }
    if (argc >= 2)
        fprintf(stderr, "%s: %s: no such command; %s help lists them\n", program_name, argv[1],
                argv[0]);
    else
        usage(stderr);
    return 2;
}
