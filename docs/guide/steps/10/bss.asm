; bss.asm - counts its own starts, in a variable of the file and in one that is not in it
        bits    16
        org     0x7c00
start:
        xor     ax, ax
        mov     ds, ax
        inc     byte [in_file]
        inc     byte [not_in_file]
        mov     al, [in_file]
        call    print
        mov     al, [not_in_file]
        call    print
        cmp     byte [not_in_file], 3
        jae     stop
        int     0x19                    ; the BIOS reads this sector again, and starts it
stop:
        hlt
        jmp     stop

print:                                  ; a number below 10, in AL
        add     al, '0'
        mov     ah, 0x0e
        int     0x10
        ret

in_file:
        db      0

        times   510-($-$$) db 0
        dw      0xaa55

        section .bss
not_in_file:
        resb    1
