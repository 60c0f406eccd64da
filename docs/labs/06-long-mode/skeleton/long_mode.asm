; long_mode.asm - lab 6: from 32-bit protected mode to 64-bit long mode
;
; In:   32-bit protected mode with flat segments, no paging, interrupts off, ESP = 7000h.
;       EBX: the address of 8 bytes, the 64-bit address to go on at.
; Out:  at that address, in 64-bit mode: README.md has the list.

%include "link.inc"                     ; LINK_ADDRESS, STACK_TOP, PAGE_TABLES_ADDRESS

        bits    32
        org     LINK_ADDRESS
start:
        ; 1. Build the page tables: 0 to 4 GiB at the same addresses, and 0 to 2 GiB
        ;    at FFFFFFFF80000000h as well.

        ; 2. CR4.PAE, CR3, EFER.LME, CR0.PG, in this order.

        ; 3. Jump far to a 64-bit code segment; no table of yours has one yet.

        hlt
        jmp     start

        bits    64
        ; 4. Set RSP, and jump to where the 8 bytes say.
