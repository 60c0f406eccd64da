; nx_without_nxe.asm - bit 63 of a page-table entry is set, EFER.NXE is not: a reserved bit
; cause: PD\[0\] has bit 63 \(NX\) set, but EFER.NXE is 0
; try: NXE
%define PD_ENTRY_HIGH 0x80000000
%include "boot.inc"
