/*
 * test_format_generated.c - format_string() writes what the host's snprintf writes: thousands
 * of conversions are generated, always the same ones, and given to both.
 */
#include <limits.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "lib/format.h"

/* Volatile, so that the compiler cannot check the formats. */
static size_t (*volatile ours)(char *, size_t, const char *, ...) = format_string;
static int (*volatile theirs)(char *, size_t, const char *, ...) = snprintf;

#define GENERATED 60000
#define TEXT_SIZE 512

static uint32_t random_below(uint32_t limit)
{
    static uint64_t seed = 20240229; /* the same run every time */

    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % limit;
}

struct generated {
    char format[48];
    int stars;
    int star[2];
    unsigned length;
    char type;
};

static const char *const lengths[] = { "", "hh", "h", "l", "ll", "z", "j", "t" };
enum { LENGTH_L = 3, LENGTH_LL, LENGTH_Z, LENGTH_J, LENGTH_T, LENGTHS };

static int is_numeric(char type)
{
    return strchr("diuxXo", type) != NULL;
}

static void append(struct generated *g, char c)
{
    char text[2] = { c };

    strcat(g->format, text);
}

/* Only flags whose meaning C defines for the type: the others may do anything. */
static void add_flags(struct generated *g)
{
    const char *flags = "-";

    if (g->type == 'd' || g->type == 'i')
        flags = "-0+ ";
    if (g->type == 'u')
        flags = "-0";
    if (strchr("xXo", g->type) != NULL)
        flags = "-0#";
    for (; *flags != '\0'; flags++)
        if (random_below(3) == 0)
            append(g, *flags);
}

static int random_size(void)
{
    return (int)random_below(random_below(50) == 0 ? 400 : 30);
}

static void add_number_or_star(struct generated *g)
{
    char digits[12] = "*";

    if (random_below(2) == 0)
        snprintf(digits, sizeof(digits), "%d", 1 + random_size());
    else
        g->star[g->stars++] = random_below(2) == 0 ? random_size() : -random_size();
    strcat(g->format, digits);
}

static void add_precision(struct generated *g)
{
    strcat(g->format, ".");
    if (random_below(4) != 0)
        add_number_or_star(g);
}

static struct generated generate(void)
{
    struct generated g = { .format = "<%" };

    g.type = "diuxXocs"[random_below(8)];
    add_flags(&g);
    if (random_below(2) == 0)
        add_number_or_star(&g);
    if (g.type != 'c' && random_below(2) == 0)
        add_precision(&g);
    if (is_numeric(g.type))
        g.length = random_below(LENGTHS);
    strcat(g.format, lengths[g.length]);
    append(&g, g.type);
    strcat(g.format, ">");
    return g;
}

static uint64_t random_value(void)
{
    static const uint64_t extremes[] = {
        0, 1, 9, 10, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000,
        0xffffffff, 0x100000000, 0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff,
    };

    if (random_below(3) == 0)
        return extremes[random_below(sizeof(extremes) / sizeof(extremes[0]))];

    uint64_t high = random_below(UINT32_MAX);
    uint64_t low = random_below(UINT32_MAX);

    return (high << 33 ^ low << 2) >> random_below(64);
}

/* Calls both with the stars and one argument, of whatever type that is. */
#define BOTH(argument)                                                                   \
    do {                                                                                 \
        if (g->stars == 0) {                                                             \
            a = ours(our_text, TEXT_SIZE, g->format, argument);                          \
            b = theirs(their_text, TEXT_SIZE, g->format, argument);                      \
        } else if (g->stars == 1) {                                                      \
            a = ours(our_text, TEXT_SIZE, g->format, g->star[0], argument);              \
            b = theirs(their_text, TEXT_SIZE, g->format, g->star[0], argument);          \
        } else {                                                                         \
            a = ours(our_text, TEXT_SIZE, g->format, g->star[0], g->star[1], argument);  \
            b = theirs(their_text, TEXT_SIZE, g->format, g->star[0], g->star[1], argument); \
        }                                                                                \
    } while (0)

static void compare(const struct generated *g, uint64_t value)
{
    static const char *const strings[] = { "", "a", "hello", "a longer text of 33 characters..." };
    char our_text[TEXT_SIZE], their_text[TEXT_SIZE];
    size_t a;
    int b;

    if (g->type == 's')
        BOTH(strings[value % 4]);
    else if (g->type == 'c')
        BOTH((int)(value % 255 + 1));
    else if (g->length < LENGTH_L)
        BOTH((int)value);
    else if (g->length == LENGTH_L)
        BOTH((long)value);
    else if (g->length == LENGTH_LL)
        BOTH((long long)value);
    else if (g->length == LENGTH_Z)
        BOTH((size_t)value);
    else if (g->length == LENGTH_J)
        BOTH((intmax_t)value);
    else
        BOTH((ptrdiff_t)value);

    if (strcmp(our_text, their_text) != 0 || a != (size_t)b)
        fail_msg("\"%s\" (stars %d %d) of %#llx: \"%s\" (%zu), libc: \"%s\" (%d)", g->format,
                 g->star[0], g->star[1], (unsigned long long)value, our_text, a, their_text, b);
}

static void test_generated_conversions_agree_with_libc(void **state)
{
    (void)state;
    for (int i = 0; i < GENERATED; i++) {
        struct generated g = generate();

        compare(&g, random_value());
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_generated_conversions_agree_with_libc),
    };

    return cmocka_run_group_tests_name("format_generated", tests, NULL, NULL);
}
