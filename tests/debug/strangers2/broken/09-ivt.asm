; 09-ivt.asm - a spinner in the corner of the screen, turned by the timer
bits 16
org 0x7c00
    jmp 0:start
start:
    xor ax, ax
    mov ds, ax
    mov ss, ax
    mov sp, 0x7c00
    mov ax, 3
    int 0x10
    cli
%ifdef MENDED
    mov word [0x1c * 4], tick
    mov word [0x1c * 4 + 2], cs
%else
    mov word [0x1c * 4], cs         ; segment first, then the offset
    mov word [0x1c * 4 + 2], tick
%endif
    sti
.main:
    hlt
    cmp word [count], 30
    jb .main
    mov si, text
.next:
    lodsb
    or al, al
    jz .main
    mov ah, 0x0e
    mov bx, 7
    int 0x10
    mov dx, 0x3f8
    out dx, al
    jmp .next
tick:
    push ax
    push bx
    push es
    mov ax, 0xb800
    mov es, ax
    inc word [cs:count]
    mov bx, [cs:count]
    and bx, 3
    mov al, [cs:bx + shapes]
    mov [es:158], al
    pop es
    pop bx
    pop ax
    iret
shapes: db '|/-\'
count: dw 0
text: db "Thirty ticks.", 0
times 510-($-$$) db 0
dw 0xaa55
