; an MBR of the old kind: moves itself to 0600h, and starts the active partition
bits 16
org 0x600

    cli
    xor ax, ax
    mov ss, ax
    mov sp, 0x7c00
    mov ds, ax
    mov es, ax
    sti
    cld
    mov si, sp
    mov di, 0x600
    mov cx, 256
    rep movsw
    jmp 0:moved

moved:
    mov si, partitions
.search:
    cmp byte [si], 0x80
    je .found
    add si, 16
    cmp si, partitions + 64
    jb .search
    int 0x18
.found:
    mov dh, [si + 1]
    mov cx, [si + 2]
    mov bx, 0x7c00
    mov ax, 0x0201
    int 0x13
    jc .bad
    cmp word [0x7dfe], 0xaa55
    jne .bad
    jmp 0:0x7c00
.bad:
    int 0x18

    times 446-($-$$) db 0
partitions:
    times 16 db 0
    db 0x80, 0, 3, 0, 0x0b, 0, 10, 0    ; active, CHS 0/0/3
    dd 2, 8
    times 32 db 0
    dw 0xaa55

    times 1024-($-$$) db 0xf6           ; as a formatting program leaves it

; the boot sector of the partition, for 7C00h
vbr:
    jmp short .code
    nop
    db "MSWIN4.1"
    times 0x3e-($-vbr) db 0
.code:
    mov si, .text - vbr + 0x7c00
.next:
    lodsb
    or al, al
    jz .key
    mov ah, 0x0e
    mov bx, 7
    int 0x10
    jmp .next
.key:
    xor ah, ah
    int 0x16
    jmp .key
.text db "Non-system partition, press a key", 0
    times 510-($-vbr) db 0
    dw 0xaa55
