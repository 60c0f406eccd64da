[org 0x7c00]
mov bx, HELLO
mov ah, 0x0e
loop_:
mov al, [bx]
cmp al, 0
je end
int 0x10
inc bx
jmp loop_
end:
jmp $

HELLO:
db 'Hello, World from sector 0', 0

times 510-($-$$) db 0
dw 0xaa55
