; gdt.asm - the loader's GDT
;
; Flat segments for every mode the loader passes through.  The 16-bit ones are
; the way back to real mode: the CPU keeps a segment's limit and size when it
; leaves protected mode, so they must be 64 KiB and 16-bit before that.
; Intel SDM 3A 3.4.5 (segment descriptors).
;
; A descriptor is eight bytes.  Base and limit are scattered, because the 386 of 1985 had
; to keep the fields of the 286 where they were:
;
;    63      56 55  52 51  48 47     40 39                       16 15               0
;   +----------+------+------+---------+---------------------------+------------------+
;   | base     | G DB | limit| access  | base 23-0                 | limit 15-0       |
;   | 31-24    | L AVL| 19-16| byte    |                           |                  |
;   +----------+------+------+---------+---------------------------+------------------+
;
;   access byte: P, DPL (2 bits), S, X, DC, RW, A; include/register_bits.def says what each
;   means.  00CF9B000000FFFFh: base 0, limit FFFFFh; Ch = G and DB; 9Bh = P, S, X, RW, A.

section .data
        align   16                              ; some machines fail on an unaligned GDT
gdt:
        dq      0
        dq      0x00cf9b000000ffff              ; SELECTOR_CODE32: 4 GiB, code, 32-bit
        dq      0x00cf93000000ffff              ; SELECTOR_DATA: 4 GiB, data
        dq      0x00009b000000ffff              ; SELECTOR_CODE16: 64 KiB, code, 16-bit
        dq      0x000093000000ffff              ; SELECTOR_DATA16: 64 KiB, data
        dq      0x00af9b000000ffff              ; SELECTOR_CODE64: code, L = 1
gdt_end:

global gdt_pointer
gdt_pointer:
        dw      gdt_end - gdt - 1
        dd      gdt

section .note.GNU-stack noalloc noexec nowrite progbits
