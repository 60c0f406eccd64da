/*
 * paging.h - the kernel's own address space (address_space.h draws it).
 *
 * Nothing is both writable and executable; page 0 and the page below every
 * stack are unmapped.  Without NX everything readable is also executable.
 */
#ifndef FIRSTLIGHT_KERNEL_MEMORY_PAGING_H
#define FIRSTLIGHT_KERNEL_MEMORY_PAGING_H

#include <stdbool.h>
#include <stdint.h>

#include "boot_info.h"
#include "kernel/memory/page_tables.h"

/*
 * Builds the tables from early frames and switches to them: CR3, CR0.WP,
 * CR4.PGE, and EFER.NXE if the CPU has NX.  physical_base changes here.
 */
void paging_start(const struct boot_info *info);

/* From now on tables use frames from frames.h. */
void paging_use_frames(void);

/*
 * Makes memory that the firmware uses outside of RAM, such as its tables,
 * readable through physical_pointer(); existing mappings do not change.  False
 * if the CPU has no such address, or there is no frame for another table.
 */
bool paging_show(uint64_t address, uint64_t bytes) __attribute__((warn_unused_result));

/* The kernel's tables, for the functions of page_tables.h. */
extern struct page_tables paging_tables;

#endif
