; boot sector whose disk packet is filled in by 11-endian-mkdisk.py
bits 16
org 0x7c00
    jmp short start
    nop
packet:                 ; offset 3: 11-endian-mkdisk.py patches count and LBA
    db 16, 0
count: dw 0
    dw 0x8000, 0
lba: dq 0
start:
    cli
    xor ax, ax
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov sp, 0x7c00
    sti
    mov ah, 0x42
    mov si, packet
    int 0x13
    jc failed
    jmp 0:0x8000
failed:
    mov si, text
.next:
    lodsb
    test al, al
    jz .stop
    mov ah, 0x0e
    xor bx, bx
    int 0x10
    jmp .next
.stop:
    cli
    hlt
    jmp .stop
text: db "Disk read error!", 0
times 510-($-$$) db 0
dw 0xaa55
