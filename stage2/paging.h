/*
 * paging.h - the page tables that the kernel starts with.
 */
#ifndef STAGE2_PAGING_H
#define STAGE2_PAGING_H

#include <stdint.h>

#include "layout.h"

#define PAGE_ENTRIES 512

/*
 * Builds 4-level tables in `tables`, PAGE_TABLES_PAGES pages that will be at
 * physical `address`: 0-4 GiB identity-mapped and 0-2 GiB at KERNEL_BASE, with
 * 2 MiB pages, all writable and executable.  The first page is the PML4.
 */
void paging_build(uint64_t tables[PAGE_TABLES_PAGES][PAGE_ENTRIES], uint64_t address);

#endif
