/*
 * ubsan.c - undefined behaviour ends in a panic that names file, line and column.
 *
 * The test image is compiled with -fsanitize=undefined: GCC and Clang call one
 * of these functions where the behaviour is undefined in C.  Each gets a
 * pointer to data that begins with the place in the source; the values that may
 * follow are not printed, because the registers are in the report.  The names
 * are the compilers' (UBSan's runtime interface).
 */
#include <stdint.h>

#include "kernel/panic/panic.h"

struct source_location {
    const char *file;
    uint32_t line;
    uint32_t column;
};

static void __attribute__((noreturn)) report(const struct source_location *place, const char *what)
{
    panic("undefined behaviour at %s:%u:%u: %s", place->file, place->line, place->column, what);
}

#define HANDLER(name, what) \
    void __ubsan_handle_##name(const struct source_location *place); \
    void __ubsan_handle_##name(const struct source_location *place) \
    { \
        report(place, what); \
    }

HANDLER(add_overflow, "addition out of range")
HANDLER(sub_overflow, "subtraction out of range")
HANDLER(mul_overflow, "multiplication out of range")
HANDLER(negate_overflow, "negation out of range")
HANDLER(divrem_overflow, "division by zero, or its result out of range")
HANDLER(shift_out_of_bounds, "shift by too many or a negative number of bits")
HANDLER(out_of_bounds, "array index out of bounds")
HANDLER(type_mismatch_v1, "pointer that is NULL, misaligned or to too little memory")
HANDLER(pointer_overflow, "pointer arithmetic out of the address space")
HANDLER(load_invalid_value, "value that the type cannot have")
HANDLER(builtin_unreachable, "code that was said to be unreachable")
HANDLER(missing_return, "function that ends without its return value")
HANDLER(vla_bound_not_positive, "array without elements")
HANDLER(nonnull_arg, "NULL argument where none is allowed")
HANDLER(invalid_builtin, "argument that a builtin does not allow")
HANDLER(alignment_assumption, "alignment that was promised and is not there")
