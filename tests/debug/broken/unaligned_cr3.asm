; unaligned_cr3.asm - the page tables are at 1200h: the CPU ignores CR3's low bits and reads 1000h
%define TABLES 0x1200
%include "boot.inc"
