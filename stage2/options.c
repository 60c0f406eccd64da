/*
 * options.c - a held key, and the options that a failed boot leaves for the next one.
 *
 * Owns BOOT_OPTIONS_ADDRESS.  Its content is only valid with the magic half:
 * after power-on, memory contains anything.
 */
#include "stage2/options.h"

#include "layout.h"
#include "lib/cpu.h"
#include "lib/pc.h"
#include "stage2/bios.h"

#define SHIFT_HELD 0x03  /* right or left */
#define USER_VECTOR 0x60 /* 60h-67h are for programs */

/* At their fixed addresses (stage2.ld). */
extern volatile uint8_t bios_data_area[];
extern volatile struct boot_options {
    uint32_t bits;   /* BOOT_OPTIONS_MAGIC in the upper half */
    uint32_t vector; /* the BIOS's vector at USER_VECTOR */
} boot_options;

static uint32_t options;

void options_start(void)
{
    if ((boot_options.bits & 0xffff0000) == BOOT_OPTIONS_MAGIC) {
        options = boot_options.bits & 0xffff;
        interrupt_vector_table[USER_VECTOR] = boot_options.vector;
    }
    boot_options.bits = 0;
    if (bios_data_area[BDA_KEYBOARD_FLAGS] & SHIFT_HELD)
        options |= OPTION_FORCE_CHS | OPTION_VERBOSE;
}

bool option_is_set(uint32_t option)
{
    return options & option;
}

void options_restart(uint32_t next, uint8_t drive)
{
    struct bios_registers r = {.edx = drive};

    boot_options.bits = BOOT_OPTIONS_MAGIC | next;
    boot_options.vector = interrupt_vector_table[USER_VECTOR];
    interrupt_vector_table[USER_VECTOR] = MBR_ADDRESS; /* segment 0 */
    for (;;)
        bios_call(USER_VECTOR, &r); /* stage 1 initialises everything again and does not return */
}
