; 03-mbr.asm - a classic MBR: moves itself to 600h and starts the active partition's boot sector
bits 16
org 0x600
    cli
    xor ax, ax
    mov ss, ax
    mov sp, 0x7c00
    mov ds, ax
    mov es, ax
    sti
    mov si, 0x7c00
    mov di, 0x600
    mov cx, 256
    cld
    rep movsw
    jmp 0:moved
moved:
    mov si, 0x7be
    mov cl, 4
.search:
    test byte [si], 0x80
    jnz .found
    add si, 16
    dec cl
    jnz .search
    mov bp, missing
    jmp complain
.found:
    mov eax, [si + 8]
    mov [packet + 8], eax
    mov bp, si
    mov si, packet
    mov ah, 0x42
    int 0x13
    mov si, bp
    mov bp, unreadable
    jc complain
    cmp word [0x7dfe], 0xaa55
    jne complain
    jmp 0:0x7c00
complain:
    mov si, bp
.next:
    lodsb
    or al, al
    jz .wait
    mov ah, 0x0e
    int 0x10
    jmp .next
.wait:
    int 0x18
packet: db 16, 0
    dw 1, 0x7c00, 0
    dq 0
missing: db "No active partition", 0
unreadable: db "Error loading operating system", 0
    times 446 - ($ - $$) db 0
    db 0x80, 1, 1, 0, 6, 15, 63, 1
    dd 63, 2817
    times 48 db 0
    dw 0xaa55
