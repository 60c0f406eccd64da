; 04-game.asm - a ball that the arrow keys steer; 320 x 200, polls the keyboard, one sector
bits 16
org 0x7c00
    jmp 0:start
start:
    xor ax, ax
    mov ds, ax
    mov ss, ax
    mov sp, 0x7c00
    mov ax, 0x13
    int 0x10
    mov ax, 0xa000
    mov es, ax
    mov si, ready
.say:
    lodsb
    test al, al
    jz frame
    mov dx, 0x3f8
    out dx, al
    jmp .say
frame:
    mov dx, 0x3da           ; wait for the vertical retrace
.in:
    in al, dx
    test al, 8
    jnz .in
.out:
    in al, dx
    test al, 8
    jz .out
    mov ah, 1
    int 0x16
    jz move
    xor ah, ah
    int 0x16
    cmp ah, 0x48
    jne .not_up
    mov word [dy], -1
.not_up:
    cmp ah, 0x50
    jne move
    mov word [dy], 1
move:
    mov al, 0               ; only now, so that it does not flicker
    call ball
    mov ax, [x]
    add ax, [dx_]
    mov [x], ax
    cmp ax, 4
    jb .turn_x
    cmp ax, 308
    jb .y
.turn_x:
    neg word [dx_]
.y: mov ax, [y]
    add ax, [dy]
    mov [y], ax
    cmp ax, 4
    jb .turn_y
    cmp ax, 188
    jb .draw
.turn_y:
    neg word [dy]
.draw:
    mov al, 14
    call ball
    jmp frame
ball:
    push ax
    mov ax, 320
    mul word [y]
    add ax, [x]
    mov di, ax
    pop ax
    mov dl, 8
.row:
    mov cx, 8
    rep stosb
    add di, 312
    dec dl
    jnz .row
    ret
x: dw 100
y: dw 50
dx_: dw 1
dy: dw 1
ready: db "ball ready", 0
times 510-($-$$) db 0
dw 0xaa55
