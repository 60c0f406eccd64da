; A picture made of PUSHes: the stack is the screen, and stays there.
bits 16
org 0x7c00
        cli                     ; no interrupt may use this stack
        cld
        xor     ax, ax
        mov     ds, ax
        mov     ax, 0xb800
        mov     ss, ax
        mov     sp, 80 * 25 * 2
        mov     ax, 0x1eb1
        mov     cx, 80 * 13 - 20
.lower: push    ax
        loop    .lower
        mov     si, text_end - 1
        std
.text:  lodsb
        mov     ah, 0x1f
        push    ax
        cmp     si, text - 1
        jne     .text
        mov     ax, 0x1eb1
.upper: push    ax
        cmp     sp, 160
        jne     .upper
.end:   hlt
        jmp     .end

text:   db " painted with PUSH "
text_end:
        times 510-($-$$) db 0
        dw 0xaa55
