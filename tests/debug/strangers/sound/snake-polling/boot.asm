; Sound: a game in a boot sector.  It hooks the BIOS's timer tick (INT 1Ch) to count, polls the keyboard
; with INT 16h/01h, and moves a star by one cell every third tick, wrapping at the edges.
    org 0x7c00
    bits 16

    cli
    xor ax, ax
    mov ds, ax
    mov ss, ax
    mov sp, 0x7c00
    mov word [0x1c * 4], tick
    mov [0x1c * 4 + 2], cs
    sti
    mov ax, 3
    int 0x10
    mov ax, 0xb800
    mov es, ax

game:
    mov ah, 1
    int 0x16
    jz .no_key
    xor ah, ah
    int 0x16
    mov bx, 2
    cmp ah, 0x4d        ; right
    je .turn
    neg bx
    cmp ah, 0x4b        ; left
    je .turn
    mov bx, 160
    cmp ah, 0x50        ; down
    je .turn
    neg bx
    cmp ah, 0x48        ; up
    jne .no_key
.turn:
    mov [step], bx
.no_key:
    cmp byte [ticks], 3
    jb game
    mov byte [ticks], 0
    mov di, [place]
    mov word [es:di], 0x0720
    add di, [step]
    cmp di, 4000
    jb .inside
    mov di, 2000
.inside:
    mov [place], di
    mov word [es:di], 0x0e2a
    jmp game

tick:
    inc byte [cs:ticks]
    iret

ticks: db 0
step: dw 2
place: dw 2000

    times 510-($-$$) db 0
    dw 0xaa55
