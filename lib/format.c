/*
 * format.c - printf formatting without the C library.
 *
 * Called by the consoles of stage 2 and the kernel; owns no memory and keeps no
 * state, so a panic may use it in the middle of an interrupted printk. Follows
 * C11 7.21.6.1.  Stage 2 has no libgcc, so nothing here divides 64 bits.
 */
#include "format.h"

#include <stdbool.h>
#include <stdint.h>

#include "string.h"

enum flag {
    FLAG_LEFT = 1 << 0,
    FLAG_PLUS = 1 << 1,
    FLAG_SPACE = 1 << 2,
    FLAG_ALTERNATE = 1 << 3,
    FLAG_ZERO = 1 << 4,
};

/* One conversion of the format string, from its % to its letter. */
struct conversion {
    unsigned flags;
    size_t width;
    size_t precision;
    bool has_precision;
    unsigned bytes; /* of the argument, as given by hh h l ll z j t; 0 if there is none of them */
    char type;
};

/*
 * The arguments are in a structure because the address of a va_list parameter
 * cannot be passed on.
 */
struct job {
    format_sink *sink;
    void *context;
    size_t length;
    va_list args;
};

#define MAX_DIGITS 22 /* of 2^64 - 1 in octal */

static void emit(struct job *job, const char *text, size_t length)
{
    if (length == 0)
        return;
    job->sink(job->context, text, length);
    job->length += length;
}

static void emit_repeated(struct job *job, char c, size_t count)
{
    char chunk[32];

    memset(chunk, c, sizeof(chunk));
    for (; count > sizeof(chunk); count -= sizeof(chunk))
        emit(job, chunk, sizeof(chunk));
    emit(job, chunk, count);
}

static size_t excess(size_t a, size_t b)
{
    return a > b ? a - b : 0;
}

static void emit_padded(struct job *job, const struct conversion *c, const char *text,
                        size_t length)
{
    size_t spaces = excess(c->width, length);

    if (!(c->flags & FLAG_LEFT))
        emit_repeated(job, ' ', spaces);
    emit(job, text, length);
    if (c->flags & FLAG_LEFT)
        emit_repeated(job, ' ', spaces);
}

/* ---- numbers ------------------------------------------------------------ */

/* Long division in digits of 16 bits, so that no step needs more than 32. */
static char divide_by_10(uint64_t *value)
{
    uint32_t high = (uint32_t)(*value >> 32);
    uint32_t low = (uint32_t)*value;
    uint32_t middle = high % 10 << 16 | low >> 16;
    uint32_t last = middle % 10 << 16 | (low & 0xffff);

    *value = (uint64_t)(high / 10) << 32 | (uint64_t)(middle / 10) << 16 | last / 10;
    return (char)('0' + last % 10);
}

/* Writes the digits so that they stop at `end`; returns their start.  0 has no digits. */
static char *write_digits(char *end, uint64_t value, char type)
{
    const char *symbols = type == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    unsigned shift = type == 'o' ? 3 : 4;
    bool decimal = type == 'd' || type == 'i' || type == 'u';

    while (value != 0) {
        if (decimal) {
            *--end = divide_by_10(&value);
        } else {
            *--end = symbols[value & ((1u << shift) - 1)];
            value >>= shift;
        }
    }
    return end;
}

static void emit_number(struct job *job, const struct conversion *c, const char *prefix,
                        uint64_t value)
{
    char digits[MAX_DIGITS];
    char *end = digits + sizeof(digits);
    char *start = write_digits(end, value, c->type);
    size_t count = (size_t)(end - start);
    size_t zeros = excess(c->has_precision ? c->precision : 1, count);

    if (c->type == 'o' && (c->flags & FLAG_ALTERNATE) && zeros == 0)
        zeros = 1;

    size_t spaces = excess(c->width, strlen(prefix) + zeros + count);

    if ((c->flags & FLAG_ZERO) && !(c->flags & FLAG_LEFT) && !c->has_precision) {
        zeros += spaces;
        spaces = 0;
    }
    if (!(c->flags & FLAG_LEFT))
        emit_repeated(job, ' ', spaces);
    emit(job, prefix, strlen(prefix));
    emit_repeated(job, '0', zeros);
    emit(job, start, count);
    if (c->flags & FLAG_LEFT)
        emit_repeated(job, ' ', spaces);
}

static unsigned argument_bytes(const struct conversion *c)
{
    return c->bytes != 0 ? c->bytes : sizeof(int);
}

_Static_assert(sizeof(long) == sizeof(int) || sizeof(long) == sizeof(long long),
               "an argument is passed as one of these two");

static uint64_t next_unsigned(struct job *job, const struct conversion *c)
{
    unsigned bytes = argument_bytes(c);

    if (bytes > sizeof(unsigned))
        return va_arg(job->args, unsigned long long);

    unsigned value = va_arg(job->args, unsigned);

    return value & UINT32_MAX >> (32 - 8 * bytes);
}

static int64_t next_signed(struct job *job, const struct conversion *c)
{
    unsigned unused_bits = 64 - 8 * argument_bytes(c);

    return (int64_t)(next_unsigned(job, c) << unused_bits) >> unused_bits;
}

static void emit_signed(struct job *job, const struct conversion *c)
{
    int64_t value = next_signed(job, c);
    const char *sign = "";

    if (value < 0)
        sign = "-";
    else if (c->flags & FLAG_PLUS)
        sign = "+";
    else if (c->flags & FLAG_SPACE)
        sign = " ";
    emit_number(job, c, sign, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

static void emit_unsigned(struct job *job, const struct conversion *c)
{
    uint64_t value = next_unsigned(job, c);
    const char *prefix = "";

    if ((c->flags & FLAG_ALTERNATE) && value != 0 && c->type == 'x')
        prefix = "0x";
    if ((c->flags & FLAG_ALTERNATE) && value != 0 && c->type == 'X')
        prefix = "0X";
    emit_number(job, c, prefix, value);
}

/* ---- characters and strings --------------------------------------------- */

static void emit_character(struct job *job, const struct conversion *c)
{
    char character = (char)va_arg(job->args, int);

    emit_padded(job, c, &character, 1);
}

/* With a precision the string need not be terminated: read no further. */
static void emit_string(struct job *job, const struct conversion *c)
{
    const char *text = va_arg(job->args, const char *);
    size_t length = 0;

    if (text == NULL)
        text = "(null)";
    while ((!c->has_precision || length < c->precision) && text[length] != '\0')
        length++;
    emit_padded(job, c, text, length);
}

/* ---- the format string -------------------------------------------------- */

static const char *parse_flags(const char *p, unsigned *flags)
{
    for (;; p++) {
        switch (*p) {
        case '-': *flags |= FLAG_LEFT; break;
        case '+': *flags |= FLAG_PLUS; break;
        case ' ': *flags |= FLAG_SPACE; break;
        case '#': *flags |= FLAG_ALTERNATE; break;
        case '0': *flags |= FLAG_ZERO; break;
        default: return p;
        }
    }
}

/* Stops at INT_MAX, beyond which C leaves the behaviour undefined. */
static const char *parse_number(const char *p, size_t *number)
{
    for (; *p >= '0' && *p <= '9'; p++) {
        size_t digit = (size_t)(*p - '0');

        *number = *number > (INT32_MAX - digit) / 10 ? INT32_MAX : *number * 10 + digit;
    }
    return p;
}

static const char *parse_width(const char *p, struct job *job, struct conversion *c)
{
    if (*p != '*')
        return parse_number(p, &c->width);

    int width = va_arg(job->args, int);

    if (width < 0)
        c->flags |= FLAG_LEFT;
    c->width = width < 0 ? 0 - (unsigned)width : (unsigned)width;
    return p + 1;
}

static const char *parse_precision(const char *p, struct job *job, struct conversion *c)
{
    if (*p != '.')
        return p;
    c->has_precision = true;
    if (p[1] != '*')
        return parse_number(p + 1, &c->precision);

    int precision = va_arg(job->args, int);

    c->has_precision = precision >= 0;
    c->precision = precision >= 0 ? (size_t)precision : 0;
    return p + 2;
}

static const char *parse_length(const char *p, unsigned *bytes)
{
    bool twice = *p != '\0' && p[1] == *p;

    switch (*p) {
    case 'h': *bytes = twice ? sizeof(char) : sizeof(short); break;
    case 'l': *bytes = twice ? sizeof(long long) : sizeof(long); break;
    case 'z': *bytes = sizeof(size_t); return p + 1;
    case 'j': *bytes = sizeof(intmax_t); return p + 1;
    case 't': *bytes = sizeof(ptrdiff_t); return p + 1;
    default: return p;
    }
    return p + (twice ? 2 : 1);
}

/* Returns the position after the conversion whose % is at `p`. */
static const char *parse(const char *p, struct job *job, struct conversion *c)
{
    p = parse_flags(p + 1, &c->flags);
    p = parse_width(p, job, c);
    p = parse_precision(p, job, c);
    p = parse_length(p, &c->bytes);
    c->type = *p;
    return c->type != '\0' ? p + 1 : p;
}

/* False if the conversion is unknown; then it consumes no argument. */
static bool convert(struct job *job, const struct conversion *c)
{
    bool numeric = c->type != 'c' && c->type != 's' && c->type != 'p';

    if (c->bytes != 0 && !numeric)
        return false; /* %lc, %ls: wide characters are not supported */
    switch (c->type) {
    case 'd':
    case 'i': emit_signed(job, c); return true;
    case 'u':
    case 'x':
    case 'X':
    case 'o': emit_unsigned(job, c); return true;
    case 'p': emit_number(job, c, "0x", (uintptr_t)va_arg(job->args, void *)); return true;
    case 'c': emit_character(job, c); return true;
    case 's': emit_string(job, c); return true;
    case '%': emit(job, "%", 1); return true;
    default: return false;
    }
}

static const char *emit_conversion(struct job *job, const char *start)
{
    struct conversion c = {0};
    const char *end = parse(start, job, &c);

    if (!convert(job, &c))
        emit(job, start, (size_t)(end - start));
    return end;
}

size_t format(format_sink *sink, void *context, const char *fmt, va_list args)
{
    struct job job = {.sink = sink, .context = context};

    va_copy(job.args, args);
    while (*fmt != '\0') {
        size_t run = 0;

        while (fmt[run] != '\0' && fmt[run] != '%')
            run++;
        emit(&job, fmt, run);
        fmt += run;
        if (*fmt == '%')
            fmt = emit_conversion(&job, fmt);
    }
    va_end(job.args);
    return job.length;
}

/* ---- into a buffer ------------------------------------------------------ */

struct buffer {
    char *next;
    size_t room; /* not counting the terminator */
};

static void buffer_sink(void *context, const char *text, size_t length)
{
    struct buffer *buffer = context;
    size_t fits = length < buffer->room ? length : buffer->room;

    if (fits == 0)
        return;
    memcpy(buffer->next, text, fits);
    buffer->next += fits;
    buffer->room -= fits;
}

size_t format_string_v(char *buffer, size_t size, const char *fmt, va_list args)
{
    struct buffer out = {.next = buffer, .room = size > 0 ? size - 1 : 0};
    size_t length = format(buffer_sink, &out, fmt, args);

    if (size > 0)
        *out.next = '\0';
    return length;
}

size_t format_string(char *buffer, size_t size, const char *fmt, ...)
{
    va_list args;
    size_t length;

    va_start(args, fmt);
    length = format_string_v(buffer, size, fmt, args);
    va_end(args);
    return length;
}
