; bad_gdt_entry.asm - the 64-bit code segment's type says "data": 93h instead of 9Bh
; cause: Entry 3 of the GDT .selector 18h. is not a code segment
; try: access byte
%define GDT_CODE64 0x00af93000000ffff
%include "boot.inc"
