; vector.asm - writes a routine's address into the vector table, then calls it by INT
        bits    16
        org     0x7c00
start:
        xor     ax, ax
        mov     ds, ax
        mov     ss, ax
        mov     sp, 0x7c00              ; the stack grows down from here, away from the code
        mov     word [0x60 * 4], next_letter    ; vector 60h: first the offset,
        mov     word [0x60 * 4 + 2], 0          ; then the segment
        mov     al, 'A'
call_it:
        int     0x60
back:
        mov     ah, 0x0e                ; the BIOS prints AL
        int     0x10
stop:
        cli
        hlt
        jmp     stop

next_letter:
        inc     al
        iret

        times   510-($-$$) db 0
        dw      0xaa55
