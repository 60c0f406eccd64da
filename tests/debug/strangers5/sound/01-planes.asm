; 01-planes.asm - 640x480 in 16 colours, drawn plane by plane; the palette turns forever
bits 16
org 0x7c00

    jmp 0:start
start:
    xor ax, ax
    mov ds, ax
    mov ss, ax
    mov sp, 0x7c00
    cld
    mov ax, 0x12
    int 0x10
    mov ax, 0xa000
    mov es, ax

    mov bx, 1               ; the planes: 1, 2, 4, 8
.plane:
    mov dx, 0x3c4           ; sequencer, map mask
    mov al, 2
    mov ah, bl
    out dx, ax
    xor di, di
    mov cx, 480
.line:
    push cx
    mov ax, cx              ; stripes as wide as the plane's number says
    xor dx, dx
    shl bx, 3
    div bx
    shr bx, 3
    test al, 1
    mov al, 0
    jz .fill
    dec al
.fill:
    mov cx, 80
    rep stosb
    pop cx
    loop .line
    shl bx, 1
    cmp bx, 16
    jb .plane

    mov si, text            ; nobody can read it on the screen: by the serial port
    xor dx, dx
.say:
    lodsb
    test al, al
    jz turn
    mov ah, 1
    int 0x14
    jmp .say

turn:                       ; a colour a frame
    mov dx, 0x3da
.shown:
    in al, dx
    test al, 8
    jnz .shown
.retrace:
    in al, dx
    test al, 8
    jz .retrace
    inc byte [shade]
    mov dx, 0x3c8
    mov al, [shade]
    and al, 15
    out dx, al
    inc dx
    mov al, [shade]
    shr al, 2
    out dx, al
    xor al, 63
    out dx, al
    out dx, al
    jmp turn

shade: db 0
text: db "planes drawn", 13, 10, 0

times 510 - ($ - $$) db 0
    dw 0xaa55
