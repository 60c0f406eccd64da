; carrier.asm - loads the link of lab 21, closes A20, and calls the link in real mode; then calls
; it again, with the gate as it left it.  README.md has the contract.

%include "carrier.inc"

%define PORT_92 0x92
%define PORT_92_A20 2
%define PORT_92_RESET 1

enter_link:
        in      al, PORT_92
        and     al, ~(PORT_92_A20 | PORT_92_RESET)
        out     PORT_92, al
        as_the_bios_left_it
        mov     bx, 0                           ; MOV changes no flags
        mov     ss, bx
        mov     esp, 0x5a5a0000 + STACK_TOP     ; the upper half: anything
        sti
        call    LINK_SEGMENT:0
        jc      .closed
        call    LINK_SEGMENT:0
        mov     si, yours
        jnc     .show
.closed:
        mov     si, closed
.show:  mov     bx, cs
        mov     ds, bx
        cld
        lodsb
        test    al, al
        jz      halt
        push    si
        mov     ah, 0x0e
        xor     bx, bx
        int     0x10
        pop     si
        jmp     .show

yours:  db      "A20: yours.", 0
closed: db      "A20: yours, and it says that the gate stays closed.", 0

        end_of_carrier
