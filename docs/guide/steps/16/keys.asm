; keys.asm - shows each byte that the keyboard sends
        bits    16
        org     0x7c00
start:
        cli
        xor     ax, ax
        mov     ds, ax
        mov     ss, ax
        mov     sp, 0x7c00
        xor     bx, bx
        mov     word [9 * 4], key       ; the BIOS maps line 1 to vector 9
        mov     word [9 * 4 + 2], ax
        mov     ax, 0x0e00 | '>'        ; ready
        int     0x10
        sti
stop:
        hlt
        jmp     stop

key:
        pushad
        in      al, 0x60                ; the byte, which makes room for the next one
        mov     dl, al
        shr     al, 4
        call    digit
        mov     al, dl
        and     al, 0x0f
        call    digit
        mov     al, ' '
        call    letter
        mov     al, 0x20
        out     0x20, al
        popad
        iret

digit:
        add     al, '0'
        cmp     al, '9'
        jbe     letter
        add     al, 'A' - '9' - 1
letter:
        mov     ah, 0x0e
        int     0x10
        ret

        times   510-($-$$) db 0
        dw      0xaa55
