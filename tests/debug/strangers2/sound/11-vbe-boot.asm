; boot.asm - sets 640 x 480 x 32 with a linear frame buffer, then a 32-bit program at 10000h
bits 16
org 0x7c00
    jmp 0:start
start:
    xor ax, ax
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov sp, 0x7c00
    mov ah, 0x42
    mov si, packet
    int 0x13
    jc fail
    mov bx, 0x100
.search:                        ; look for the mode by its size
    mov cx, bx
    mov ax, 0x4f01
    mov di, 0x8000
    push bx
    int 0x10
    pop bx
    cmp ax, 0x004f
    jne .next
    cmp word [0x8012], 640
    jne .next
    cmp word [0x8014], 480
    jne .next
    cmp byte [0x8019], 32
    je found
.next:
    inc bx
    cmp bx, 0x200
    jb .search
fail:
    mov ax, 0x0e00 | '?'
    int 0x10
    jmp $
found:
    or bx, 0x4000
    mov ax, 0x4f02
    int 0x10
    cli
    lgdt [gdtr]
    mov eax, cr0
    or al, 1
    mov cr0, eax
    jmp 8:flat
bits 32
flat:
    mov ax, 16
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov esp, 0x80000
    push dword [0x8028]
    call 0x10000
align 4
packet: db 16, 0
    dw 8, 0, 0x1000
    dq 1
gdt: dq 0, 0x00cf9a000000ffff, 0x00cf92000000ffff
gdtr: dw 23
    dd gdt
times 510-($-$$) db 0
dw 0xaa55
