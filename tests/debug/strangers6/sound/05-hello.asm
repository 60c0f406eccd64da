; hello, world, and the end
org 0x7c00
bits 16
mov ax, cs
mov ds, ax
mov es, ax
mov ax, 3
int 0x10
mov ax, 0x1301          ; a string with attributes, the cursor moves
mov bx, 0x001e
mov cx, length
mov dx, 0x0c1e
mov bp, hello
int 0x10
cli
hlt
hello db "Hello, world! - the end"
length equ $ - hello
times 510-($-$$) db 0
dw 0xaa55
