; an MBR: moves itself to 0600h, looks for the active partition and starts its first sector
        org 0x0600
        bits 16
        cli
        xor ax, ax
        mov ds, ax
        mov es, ax
        mov ss, ax
        mov sp, 0x7c00
        sti
        cld
        mov si, 0x7c00
        mov di, 0x0600
        mov cx, 256
        rep movsw
        jmp 0:moved
moved:  mov si, table
        mov cx, 4
.look:  test byte [si], 0x80
        jnz found
        add si, 16
        loop .look
        int 0x18
found:  mov dh, [si + 1]
        mov cx, [si + 2]
        mov bx, 0x7c00
        mov ax, 0x0201
        int 0x13
        jc .error
        cmp word [0x7dfe], 0xaa55
        jne .error
        jmp 0:0x7c00
.error: int 0x18
        times 446 - ($ - $$) db 0
table:  times 16 db 0
        db 0x80, 0, 5, 0, 0x0c, 0, 20, 0
        dd 4, 16
        times 510 - ($ - $$) db 0
        dw 0xaa55
