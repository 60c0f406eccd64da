; nx_without_nxe.asm - bit 63 of a page-table entry is set, EFER.NXE is not: a reserved bit
%define PD_ENTRY_HIGH 0x80000000
%include "boot.inc"
