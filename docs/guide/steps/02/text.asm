; text.asm - prints a text, character by character, and makes a copy of it
        bits    16
        org     0x7c00
start:
        xor     ax, ax
        mov     ds, ax                  ; addresses are what they look like (chapter 3)
        mov     es, ax
        cld                             ; upwards
        mov     si, text
        mov     di, copy
        mov     cx, copy - text
        rep movsb                       ; CX bytes, from DS:SI to ES:DI
        mov     si, copy
next:
        lodsb                           ; AL = the byte at DS:SI, and SI moves on
        test    al, al
        jz      stop
        mov     ah, 0x0e
        int     0x10
        jmp     next
stop:
        hlt
        jmp     stop

text:
        db      "Hello", 0
copy:
        times   copy - text db 0

        times   510-($-$$) db 0
        dw      0xaa55
