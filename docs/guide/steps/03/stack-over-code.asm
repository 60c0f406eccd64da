; stack-over-code.asm - goes wrong on purpose: a stack that grows down into its own program
        bits    16
        org     0x7c00
start:
        xor     ax, ax
        mov     ss, ax
        mov     sp, stack_top           ; wrong: the program lies right below this
        mov     cx, 20
deeper:
        push    cx                      ; as twenty nested calls would
        loop    deeper
print:
        mov     ax, 0x0e00 | 'k'        ; nobody ever sees this letter
        int     0x10
stop:
        cli
        hlt
        jmp     stop
stack_top:
        times   510-($-$$) db 0
        dw      0xaa55
