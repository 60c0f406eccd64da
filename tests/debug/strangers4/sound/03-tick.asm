; a clock on INT 1Ch: its handler only counts, the rest is HLT
bits 16
org 0x7c00

    jmp 0:start
start:
    xor ax, ax
    mov ds, ax
    mov ss, ax
    mov sp, 0x7bfe
    cli
    mov word [0x1c * 4], tick
    mov word [0x1c * 4 + 2], ax
    sti
idle:
    hlt
    cmp word [count], 9
    jne idle
    mov si, text
say:
    lodsb
    test al, al
    jz idle
    mov ah, 0x0e
    mov bx, 7
    int 0x10
    jmp say

tick:
    inc word [cs:count]
    iret

count dw 0
text db "nine ticks counted", 0
times 510-($-$$) db 0
dw 0xaa55
