; carrier.asm - loads the link of lab 5, enters it in real mode and shows that it came back in
; protected mode.  README.md has the contract.

%include "carrier.inc"

%define PASSED_ON 0x51a70080                    ; what has to arrive in EDX

enter_link:
        as_the_bios_left_it
        mov     bx, 0                           ; MOV changes no flags
        mov     ss, bx
        mov     esp, 0x5a5a0000 + STACK_TOP     ; the upper half: anything
        mov     ebx, taken_over
        mov     edx, PASSED_ON
        sti
        jmp     LINK_SEGMENT:0

        bits    32
taken_over:
        show    message
message:
        db      "Protected mode: yours.", 0

        end_of_carrier
