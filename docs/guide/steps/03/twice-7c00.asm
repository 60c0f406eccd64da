; twice-7c00.asm - goes wrong on purpose: 7C00h is added twice, once by ORG and once by DS
        bits    16
        org     0x7c00                  ; "text" counts from address 0 on
start:
        mov     ax, 0x07c0              ; and DS:0000 is 7C00h already
        mov     ds, ax
        mov     si, text
        cld
print:
        lodsb
        test    al, al
        jz      stop
        mov     ah, 0x0e
        int     0x10
        jmp     print
stop:
        cli
        hlt
        jmp     stop
text:
        db      "Hello", 0

        times   510-($-$$) db 0
        dw      0xaa55
