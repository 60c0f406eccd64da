; Sound: an MBR that moves itself to 600h, finds the active partition, and starts its boot sector at
; 7C00h.  That one greets and waits for a key with INT 16h.
    bits 16
    org 0x600

    cli
    xor ax, ax
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov sp, 0x600
    sti
    cld
    mov si, 0x7c00
    mov di, 0x600
    mov cx, 256
    rep movsw
    jmp 0:moved

moved:
    mov si, table
    mov cx, 4
.entry:
    test byte [si], 0x80
    jnz .active
    add si, 16
    loop .entry
    int 0x18            ; nothing to boot here

.active:
    mov eax, [si + 8]
    mov [packet.lba], eax
    push si
    mov si, packet
    mov ah, 0x42
    int 0x13
    pop si
    jc .error
    cmp word [0x7dfe], 0xaa55
    jne .error
    jmp 0:0x7c00
.error:
    mov ax, 0x0e00 + '!'
    int 0x10
.halt:
    hlt
    jmp .halt

    align 4
packet:
    dw 16, 1
    dw 0x7c00, 0
.lba: dq 0

    times 446-($-$$) db 0
table:
    times 16 db 0
    db 0x80, 0, 0, 0, 0x7f, 0, 0, 0
    dd 8, 1
    times 32 db 0
    dw 0xaa55

    times 8 * 512-($-$$) db 0

; LBA 8: the partition's boot sector
section volume start=0x1600 vstart=0x7c00  ; from the program's origin, 600h
    xor ax, ax
    mov ds, ax
    mov si, message
    mov bx, 7
.next:
    lodsb
    test al, al
    jz .key
    mov ah, 0x0e
    int 0x10
    jmp .next
.key:
    xor ah, ah
    int 0x16
    mov ah, 0x0e
    int 0x10            ; echo
    jmp .key

message: db "Started from partition 2.", 13, 10, "Type something: ", 0

    times 510-($-$$) db 0
    dw 0xaa55
