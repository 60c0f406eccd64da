/*
 * register_bits.c - the table of bit names, and values written with it.
 */
#include "kernel/debug/register_bits.h"

#include "lib/format.h"

const struct register_bit register_bits[] = {
#define REGISTER_BIT(of, bit, name, meaning) {BITS_OF_##of, bit, #name, meaning},
#include "register_bits.def"
#undef REGISTER_BIT
};

const size_t register_bits_count = sizeof register_bits / sizeof register_bits[0];

const char *register_bits_names(char *buffer, size_t size, enum bits_of of, uint64_t value)
{
    size_t length = 0;

    format_string(buffer, size, "none");
    for (size_t i = 0; i < register_bits_count; i++) {
        const struct register_bit *b = &register_bits[i];

        if (b->of == of && value >> b->bit & 1 && length < size)
            length += format_string(buffer + length, size - length, "%s%s", length ? " " : "",
                                    b->name);
    }
    return buffer;
}
