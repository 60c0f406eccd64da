; boot.asm - mends the address of the first text only
        bits    16

start:
        cli
        xor     ax, ax
        mov     ds, ax
        mov     ss, ax
        mov     sp, 0x7c00
        cld
        sti

        mov     si, first + 0x7c00
        call    print
        inc     byte [count]
        mov     si, second
        call    print
        inc     byte [count]
stay:
        hlt
        jmp     stay

; print - the text at SI, up to its zero
print:
        lodsb
        test    al, al
        jz      .end
        mov     ah, 0x0e
        mov     bx, 7
        int     0x10
        jmp     print
.end:
        ret

first:
        db      "This is the first line.", 13, 10, 0
second:
        db      "Lines before this one: "
count:
        db      "0", 13, 10, 0

        times   509-($-$$) db 0
answer:
        db      'c'                     ; the letter of the cause
        dw      0xaa55
