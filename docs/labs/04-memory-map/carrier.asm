; carrier.asm - loads the link of lab 4, calls it in real mode and shows how many entries it
; returned.  README.md has the contract.

%include "carrier.inc"

enter_link:
        as_the_bios_left_it
        mov     bx, 0                           ; MOV changes no flags
        mov     ss, bx
        mov     esp, 0x5a5a0000 + STACK_TOP     ; the upper half: anything
        sti
        call    LINK_SEGMENT:0
        mov     bx, cs
        mov     ds, bx
        cld
        mov     si, none
        jc      .show
        mov     bx, number_end                  ; the digits, from the last one on
.digit:
        xor     dx, dx
        mov     cx, 10
        div     cx
        add     dl, '0'
        dec     bx
        mov     [bx], dl
        test    ax, ax
        jnz     .digit
        mov     si, yours
.show:
        lodsb
        test    al, al
        jz      halt
        push    si
        mov     ah, 0x0e
        xor     bx, bx
        int     0x10
        pop     si
        mov     bx, cs
        mov     ds, bx
        cld
        jmp     .show

yours:  db      "Memory map: yours,      "
number_end:
        db      " entries.", 0
none:   db      "Memory map: yours, and this BIOS has none by E820h.", 0

        end_of_carrier
