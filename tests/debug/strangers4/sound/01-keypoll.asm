; types what the keyboard controller says, without any interrupt: 512 bytes
    bits 16
    org 0x7c00
    cli
    xor ax, ax
    mov ds, ax
    mov ss, ax
    mov sp, 0x7c00
    mov ax, 0xb800
    mov es, ax
    mov di, 160 * 14
    mov si, prompt
    call show
poll:
    in al, 0x64
    test al, 1
    jz poll
    in al, 0x60
    test al, 0x80
    jnz poll
    mov ah, 0x0e
    stosw
    jmp poll

show:
    lodsb
    test al, al
    jz .done
    mov ah, 0x0f
    stosw
    jmp show
.done:
    ret

prompt db "Type anything: ", 0
    times 510-($-$$) db 0
    dw 0xaa55
