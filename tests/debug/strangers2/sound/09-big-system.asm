; 09-big-system.asm - 400 KiB of data in 25 segments and code that adds it all up
bits 16
org 0
    jmp short begin
    align 4
balance: dd 0
begin:
    cli                         ; so that nothing changes the stack, which is part of the sum
    mov ax, cs
    mov ss, ax
    mov sp, stack
    mov bx, ax
    xor edx, edx
    cld
.segment:
    mov ds, bx
    xor si, si
    mov cx, 0x1000
.word:
    lodsd
    add edx, eax
    loop .word
    add bx, 0x400
    cmp bx, 0x7400
    jb .segment
    push cs
    pop ds
    sti
    mov si, good
    test edx, edx               ; build.py makes the sum zero
    jz .print
    mov si, bad
.print:
    lodsb
    or al, al
    jz .menu
    mov ah, 0x0e
    mov bx, 7
    int 0x10
    mov dx, 0x3f8
    out dx, al
    jmp .print
.menu:                          ; the "shell": echoes what is typed, idles in between
    sti
    hlt
    mov ah, 1
    int 0x16
    jz .menu
    mov ah, 0
    int 0x16
    mov ah, 0x0e
    mov bx, 7
    int 0x10
    jmp .menu
good: db "400 KiB in memory, sum right", 13, 10, "> ", 0
bad: db "sum wrong", 13, 10, 0
    times 1024 db 0
stack:
    times 4096 - ($ - $$) db 0
%assign i 0
%rep (400 * 1024 - 4096) / 4
    dd i * 2654435761 & 0xffffffff
%assign i i + 1
%endrep
