; Shows the scan code of each key, without the BIOS and without interrupts.
        bits 16
        org 0x7c00
        cli
        cld
        xor ax, ax
        mov ds, ax
        mov ss, ax
        mov sp, 0x7c00
        mov ax, 0xb800
        mov es, ax
        mov si, title
        mov di, 160 * 20
        mov ah, 0x1e
title_loop:
        lodsb
        test al, al
        jz wait_key
        stosw
        jmp title_loop

wait_key:
        in al, 0x64
        test al, 1
        jz wait_key
        in al, 0x60
        test al, 0x80                   ; released
        jnz wait_key
        mov bl, al
        shr al, 4
        call digit
        mov al, bl
        and al, 15
        call digit
        mov ax, 0x1e20
        stosw
        jmp wait_key

digit:  cmp al, 10
        sbb al, 0x69
        das
        mov ah, 0x1e
        stosw
        ret

title:  db "Scan codes: ", 0
        times 510-($-$$) db 0
        dw 0xaa55
