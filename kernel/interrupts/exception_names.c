/*
 * exception_names.c - what the manuals call the exceptions (include/exceptions.def).
 */
#include "kernel/interrupts/exceptions.h"
#include "layout.h"

static const struct {
    const char *mnemonic;
    const char *name;
} names[EXCEPTIONS] = {
#define EXCEPTION(vector, id, mnemonic, name) [vector] = {mnemonic, name},
#include "exceptions.def"
#undef EXCEPTION
};

const char *exception_mnemonic(uint64_t vector)
{
    return vector < EXCEPTIONS ? names[vector].mnemonic : "an interrupt";
}

const char *exception_name(uint64_t vector)
{
    return vector < EXCEPTIONS ? names[vector].name : "unexpected";
}
