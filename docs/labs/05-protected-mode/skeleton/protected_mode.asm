; protected_mode.asm - lab 5: from real mode to 32-bit protected mode
;
; In:   real mode, CS:IP = LINK_SEGMENT:0000, SS:SP = 0000:7000; interrupts on; DS, ES, FS, GS, DF
;       and the upper half of ESP hold anything.  EBX: the address to go on at.
; Out:  at that address, in protected mode: README.md has the list.

%include "link.inc"                     ; LINK_ADDRESS, LINK_SEGMENT, STACK_TOP

        bits    16
        org     0                       ; labels are offsets in our segment; their linear address
                                        ; is LINK_ADDRESS + label
start:
        ; 1. No interrupts, and a data segment in which your table can be found.

        ; 2. Load GDTR, set CR0.PE, and jump far into 32-bit code.

        hlt
        jmp     start

        bits    32
        ; 3. Load the data segments and ESP, then `jmp ebx`.

        ; 4. The table of descriptors, and the six bytes that LGDT reads.
