/*
 * inspect_command.c - firstlight-image inspect and verify: findings for people
 * and, as JSON, for programs.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "image/commands.h"
#include "image/disk_source.h"
#include "image/file.h"
#include "image/inspect.h"

/* 0 for a healthy image, 1 for a damaged one, 2 for one that cannot be read. */
static int status_of(const struct inspection *r)
{
    return r->unreadable > 0 ? 2 : r->wrong > 0 ? 1 : 0;
}

static void print_text(const char *path, const struct inspection *r)
{
    for (unsigned i = 0; i < r->count; i++) {
        const struct finding *f = &r->findings[i];

        printf("%10" PRIx64 "h %10" PRIu64 "  %-10s  %s: %s\n", f->first, f->last - f->first + 1,
               finding_state_name(f->state), f->name, f->text);
    }
    printf("%s: %s\n", path, inspection_verdict(r));
}

static void print_json_string(const char *text)
{
    putchar('"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            printf("\\%c", *text);
        else if ((unsigned char)*text < 0x20)
            printf("\\u%04x", (unsigned char)*text);
        else
            putchar(*text);
    }
    putchar('"');
}

static void print_json(const char *path, const struct inspection *r)
{
    printf("{\"image\": ");
    print_json_string(path);
    printf(", \"verdict\": ");
    print_json_string(inspection_verdict(r));
    printf(", \"healthy\": %s, \"wrong\": %u, \"unreadable\": %u, \"whole_stage2\": %u, "
           "\"whole_kernels\": %u, \"findings\": [",
           status_of(r) == 0 ? "true" : "false", r->wrong, r->unreadable, r->whole_stage2,
           r->whole_kernels);
    for (unsigned i = 0; i < r->count; i++) {
        const struct finding *f = &r->findings[i];

        printf("%s\n  {\"first\": %" PRIu64 ", \"last\": %" PRIu64 ", \"state\": ",
               i == 0 ? "" : ",", f->first, f->last);
        print_json_string(finding_state_name(f->state));
        printf(", \"name\": ");
        print_json_string(f->name);
        printf(", \"text\": ");
        print_json_string(f->text);
        putchar('}');
    }
    printf("\n]}\n");
}

static int wrong_use(const char *what)
{
    fprintf(stderr, "%s: usage: %s\n", program_name, what);
    return 2;
}

int command_inspect(int argc, char **argv)
{
    static struct inspection result;
    struct image_source source;
    int json = argc == 2 && strcmp(argv[0], "--json") == 0;

    if (argc != 1 + json)
        return wrong_use("inspect [--json] IMAGE|DEVICE");
    disk_open(argv[json], &source);
    inspect_image(&source, &result);
    (json ? print_json : print_text)(argv[json], &result);
    return status_of(&result);
}

int command_verify(int argc, char **argv)
{
    static struct inspection result;
    struct image_source source;

    if (argc != 1)
        return wrong_use("verify IMAGE|DEVICE");
    disk_open(argv[0], &source);
    inspect_image(&source, &result);
    for (unsigned i = 0; i < result.count; i++)
        if (result.findings[i].state >= FINDING_NOTE)
            printf("%s: %s: %s\n", finding_state_name(result.findings[i].state),
                   result.findings[i].name, result.findings[i].text);
    printf("%s: %s\n", argv[0], inspection_verdict(&result));
    return status_of(&result);
}
