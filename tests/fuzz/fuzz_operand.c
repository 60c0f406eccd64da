/*
 * fuzz_operand.c - any bytes as an instruction, of any length that a report can read.
 *
 * Nothing is read past the end, and a longer piece of the same code gives
 * the same address: an instruction does not depend on what follows it.
 */
#include <stdlib.h>
#include <string.h>

#include "kernel/debug/operand.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct interrupt_frame registers;
    uint64_t address, longer;

    if (size < sizeof registers)
        return 0;
    memcpy(&registers, data, sizeof registers);
    data += sizeof registers;
    size -= sizeof registers;
    if (size > INSTRUCTION_MAX)
        size = INSTRUCTION_MAX;
    for (size_t bytes = 0; bytes < size; bytes++) {
        uint8_t *code = malloc(bytes ? bytes : 1);

        memcpy(code, data, bytes);
        if (operand_address(code, bytes, &registers, &address))
            if (!operand_address(data, size, &registers, &longer) || longer != address)
                abort();
        free(code);
    }
    return 0;
}
