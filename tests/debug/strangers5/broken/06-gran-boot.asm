; 06-gran-boot.asm - loads the kernel to 1 MiB and jumps there
bits 16
org 0x7c00

    xor ax, ax
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov sp, 0x7c00
    cld
    mov ax, 0x2401
    int 0x15                ; A20
    mov ah, 2               ; read 8 sectors after this one to 1000:0000
    mov al, 8
    mov cx, 2
    mov dh, 0
    mov bx, 0x1000
    mov es, bx
    xor bx, bx
    int 0x13
    jc $
    cli
    lgdt [gdtr]
    mov eax, cr0
    or eax, 1
    mov cr0, eax
    jmp 0x08:start32

bits 32
start32:
    mov ax, 0x10
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov esp, 0x9fc00
    mov esi, 0x10000
    mov edi, 0x100000
    mov ecx, 8 * 512 / 4
    rep movsd
    jmp dword 0x08:0x100000

gdt:
    dq 0
    dw 0xffff, 0            ; code: limit 0-15, base 0-15
    db 0, 10011010b         ; base 16-23, present, ring 0, code, readable
%ifdef MENDED
    db 11001111b, 0
%else
    db 01001111b, 0         ; flags, limit 16-19, base 24-31
%endif
    dw 0xffff, 0            ; data
    db 0, 10010010b
    db 11001111b, 0
gdtr:
    dw gdtr - gdt - 1
    dd gdt

times 510 - ($ - $$) db 0
    dw 0xaa55
