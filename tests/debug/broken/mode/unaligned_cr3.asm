; unaligned_cr3.asm - the page tables are at 1200h: the CPU ignores CR3's low bits and reads 1000h
; cause: CR3 is 1200h, which is not page-aligned
; try: 4096
%define TABLES 0x1200
%include "boot.inc"
