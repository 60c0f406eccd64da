/*
 * paging.h - the kernel's own address space (address_space.h draws it).
 *
 * Nothing is both writable and executable; page 0 and the page below every
 * stack are not mapped.  Without NX everything readable is executable, too.
 */
#ifndef FIRSTLIGHT_KERNEL_MEMORY_PAGING_H
#define FIRSTLIGHT_KERNEL_MEMORY_PAGING_H

#include <stdbool.h>
#include <stdint.h>

#include "boot_info.h"
#include "kernel/memory/page_tables.h"

/*
 * Builds the tables from early frames and switches to them: CR3, CR0.WP,
 * CR4.PGE, and EFER.NXE where there is NX.  physical_base changes here.
 */
void paging_start(const struct boot_info *info);

/* From now on tables take their frames from frames.h. */
void paging_use_frames(void);

/*
 * Makes what the firmware keeps outside of RAM, its tables, readable where
 * physical_pointer() looks for it; what is mapped already stays as it is.  False if
 * the CPU has no such address, or there is no frame for another table.
 */
bool paging_show(uint64_t address, uint64_t bytes) __attribute__((warn_unused_result));

/* The kernel's tables; for all that page_tables.h offers. */
extern struct page_tables paging_tables;

#endif
