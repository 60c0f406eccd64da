/* print_machine.h - registers and page tables on the console, for panics and the shell. */
#ifndef FIRSTLIGHT_KERNEL_DEBUG_PRINT_MACHINE_H
#define FIRSTLIGHT_KERNEL_DEBUG_PRINT_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

#include "kernel/debug/register_bits.h"

/* "CR0    0000000080000011  PE ET PG" */
void print_register(const char *name, enum bits_of of, uint64_t value);

/* The way through the tables from the PML4 to the page, a row for each level; true if there is one. */
bool print_page_walk(uint64_t address);

#endif
