; 01-packet.asm - an MBR that builds the disk address packet on its stack
bits 16
org 0x600

start:
    cli
    xor ax, ax
    mov ss, ax
    mov sp, 0x7c00
    mov ds, ax
    mov es, ax
    sti
    cld
    mov si, 0x7c00
    mov di, 0x600
    mov cx, 256
    rep movsw
    jmp 0:find

find:
    mov si, table
    mov cx, 4
.next:
    test byte [si], 0x80
    jnz load
    add si, 16
    loop .next
    mov si, none
    jmp say

load:
    mov bp, sp
    push dword 0            ; LBA, high half
    push dword [si + 8]     ; LBA of the partition
    push dword 0x7c00       ; buffer 0000:7C00
    push word 1             ; one sector
    push word 0x10          ; size of the packet
    mov si, sp
%ifndef MENDED
    mov sp, bp              ; tidy up
%endif
    mov ah, 0x42
    int 0x13
    jc .failed
    mov sp, bp
    jmp 0:0x7c00
.failed:
    mov si, error
say:
    lodsb
    test al, al
    jz stop
    mov ah, 0x0e
    mov bx, 7
    int 0x10
    jmp say
stop:
    hlt
    jmp stop

none: db "No active partition", 0
error: db "Error loading operating system", 0

times 446 - ($ - $$) db 0
table:
    db 0x80, 1, 1, 0, 0x7f, 2, 1, 0
    dd 63, 16
times 510 - ($ - $$) db 0
    dw 0xaa55
