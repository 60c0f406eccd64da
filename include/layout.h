/*
 * layout.h - where everything is: on the disk, in low memory, in the kernel's
 * address space.  The single source of these numbers.
 *
 * Stage 1 and all NASM code, C and the linker scripts read this file.  The
 * Makefile turns each line "#define NAME number" into a NASM %define, so every
 * value here is one plain number: no expressions, no suffixes.
 * docs/architecture.md draws the maps.
 */
#ifndef FIRSTLIGHT_LAYOUT_H
#define FIRSTLIGHT_LAYOUT_H

/* ---- the disk, in 512-byte sectors (LBA) ------------------------------- */
#define SECTOR_SIZE 512
#define STAGE2_LBA 1               /* stage 2: header, real-mode loader, the rest */
#define STAGE2_COPY_LBA 1024       /* the second copy, for when the first is damaged */
#define STAGE2_FIRST_SECTORS 3     /* header and real-mode loader, which the MBR reads and checks */
#define STAGE2_MIN_SECTORS 4       /* those and at least one of the rest */
#define STAGE2_MAX_SECTORS 63      /* so that what is loaded at STAGE2_HEADER ends below 64 KiB */
#define STUDENT_LBA 64             /* reserved for a student's own links of the chain (labs) */
#define STUDENT_SECTORS 48         /* of one link: as many as fit at STUDENT_ADDRESS */
#define KERNEL_LBA 2048            /* partition 1: at 1 MiB, as with every partitioning tool */
#define DISK_TRIES 3               /* of each read, with a reset between them, before another way */
#define FLOPPY_SECTORS 2880        /* 1.44 MB: the smallest image */
#define KERNEL_PARTITION_TYPE 0x7f /* reserved for experimental systems */

/* ---- inside the MBR (offsets in the sector) ---------------------------- */
#define MBR_CODE_OFFSET 0x3e       /* after the room for a BPB (03h-3Dh) */
#define MBR_SIGNATURE_OFFSET 0x1b8 /* disk signature: 4 bytes, then 2 of zero */
#define MBR_TABLE_OFFSET 0x1be     /* four partition entries of 16 bytes */
#define MBR_MAGIC_OFFSET 0x1fe

/* ---- header of stage 2 (offsets in its first sector; struct stage2_header) --- */
#define STAGE2_MAGIC 0x32534c46 /* "FLS2" */
#define STAGE2_HEADER_MAGIC 0
#define STAGE2_HEADER_SECTORS 4 /* of all of stage 2, including the first ones */
#define STAGE2_HEADER_BALANCE 8 /* makes the 32-bit words of the first sectors add up to 0 */
#define STAGE2_HEADER_REST 12   /* checksum of the rest */
#define STAGE2_HEADER_SIZE 16

/* ---- checksum of the rest of stage 2 ----------------------------------- */
/* From 0: for each block it is rotated, multiplied (both as in XXH32), and the block's 32-bit words
   are added. */
#define STAGE2_SUM_BLOCK 32    /* bytes */
#define STAGE2_SUM_ROTATION 13 /* bits to the left */
#define STAGE2_SUM_FACTOR 0x9e3779b1

/* ---- low memory while loading (physical addresses) --------------------- */
#define BDA_ADDRESS 0x400
#define BOOT_OPTIONS_ADDRESS 0x5f8 /* for the next boot (stage2/options.c); 8 bytes */
#define BOOT_OPTIONS_MAGIC 0x464c0000
#define RECORDER_ADDRESS 0x600
#define RECORDER_SIZE 512
#define BOOT_INFO_ADDRESS 0x800
#define MEMORY_MAP_ADDRESS 0x1000
#define MEMORY_MAP_MAX 512 /* entries of 24 bytes: up to 0x4000 */
/* The loader's stack, from stage 1 to the kernel's entry: not in the MBR's page, because emulators
   check every write to a page from which they have translated code. */
#define STACK_BOTTOM 0x4000
#define STACK_TOP 0x7000
#define MBR_ADDRESS 0x7c00
#define STAGE2_HEADER 0x8000
#define STAGE2_ADDRESS 0x8010    /* its first instruction, right after the header */
#define STAGE2_END 0xfffc        /* real-mode segment 0 ends here, except for one word */
#define A20_PROBE_ADDRESS 0xfffc /* word compared with the one 1 MiB above it */
#define PAGE_TABLES_ADDRESS 0x10000
#define PAGE_TABLES_PAGES 8
#define BSS_ADDRESS 0x18000 /* stage 2's .bss, except for what the BIOS must reach */
#define BSS_END 0x1a000
/* Where STUDENT_LBA goes: room for at least three times what our own A20, memory map, protected
   mode and page tables take. */
#define STUDENT_ADDRESS 0x1a000
#define STUDENT_END 0x20000
/* four places that only the image of `make mine` uses (tools/labs/mine/) */
#define MINE_NOTE_ADDRESS 0x5f0    /* which of the student's links is running; survives a reset */
#define MINE_STACK_TOP 0x5800      /* of our C code: the stack above it is the links' own */
#define MINE_SECTOR_ADDRESS 0x7a00 /* one sector on its way to STUDENT_ADDRESS */
#define MINE_DIRECTORY_ADDRESS 0x7e00 /* the sector that says whose each link is */
#define BOUNCE_ADDRESS 0x20000  /* disk transfers: one window, so none crosses a 64 KiB edge */
#define BOUNCE_SECTORS 127      /* Phoenix's EDD accepts no more in one call */
#define SCRATCH_ADDRESS 0x30000 /* the firmware's raw memory map */
#define SCRATCH_END 0x40000
#define LOADER_END 0x40000 /* the loader uses nothing from here to 1 MiB */

/* ---- the kernel -------------------------------------------------------- */
#define KERNEL_LOAD_ADDRESS 0x100000   /* physical */
#define KERNEL_BASE 0xffffffff80000000 /* virtual = base + physical, 2 GiB of it */
#define KERNEL_BASE_SIZE 0x80000000
#define IDENTITY_SIZE 0x100000000 /* physical 0-4 GiB at virtual 0-4 GiB */

/* ---- devices at fixed addresses ---------------------------------------- */
#define VGA_TEXT_ADDRESS 0xb8000
#define VGA_COLUMNS 80
#define VGA_ROWS 25
#define COM1_PORT 0x3f8
#define UART_DIVISOR 1 /* 1.8432 MHz / 16 / 1 = 115200 baud */
#define UART_LCR_8N1 0x03
#define UART_LCR_DLAB 0x80
#define UART_LSR_THRE 0x20 /* transmitter holding register empty */
#define UART_LSR_TEMT 0x40 /* the last bit has been sent as well */

/* ---- the CPU ----------------------------------------------------------- */
#define VECTORS 256                     /* gates of the IDT */
#define EXCEPTIONS 32                   /* the first vectors are the CPU's own */
#define INTERRUPT_STUB_SIZE 16          /* bytes of code for a vector, in the kernel */
#define EXCEPTIONS_WITH_CODE 0x60227d00 /* bit n: the CPU pushes an error code for vector n */

#endif
