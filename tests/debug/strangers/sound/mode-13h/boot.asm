; Sound: fills graphics mode 13h with a moving XOR pattern, one frame after each vertical retrace, until a
; key is pressed; then it goes back to text and halts.  It never prints anything in between.
    org 0x7c00
    bits 16

    xor bx, bx
    mov ss, bx
    mov sp, 0x7c00
    cld
    mov ax, 0x13
    int 0x10
    mov ax, 0xa000
    mov es, ax

frame:
    mov dx, 0x3da
.retrace:
    in al, dx
    test al, 8
    jz .retrace
    xor di, di
    xor dx, dx          ; y
.row:
    mov cx, 320
.pixel:
    mov al, cl
    xor al, dl
    add al, bl
    stosb
    loop .pixel
    inc dx
    cmp dx, 200
    jb .row
    inc bx
    mov ah, 1
    int 0x16
    jz frame

    mov ax, 3
    int 0x10
.halt:
    hlt
    jmp .halt

    times 510-($-$$) db 0
    dw 0xaa55
