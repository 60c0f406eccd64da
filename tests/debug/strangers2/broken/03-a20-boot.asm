; loader: reads the kernel (32 KiB) to 10000h, then moves it to 1 MiB
bits 16
org 0x7c00
    jmp 0:start
start:
    xor ax, ax
    mov ds, ax
    mov ss, ax
    mov sp, 0x7000
    mov ah, 0x42
    mov si, packet
    int 0x13
    jc $
    ; the fast A20 gate
    in al, 0x92
%ifdef MENDED
    or al, 2
%else
    xor al, 2
%endif
    and al, 0xfe
    out 0x92, al
    cli
    lgdt [gdtr]
    mov eax, cr0
    inc eax
    mov cr0, eax
    jmp 0x08:pm
bits 32
pm:
    mov ax, 0x10
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov esp, 0x9fc00
    mov esi, 0x10000
    mov edi, 0x100000
    mov ecx, 32768 / 4
    cld
    rep movsd
    mov eax, 0x100000
    jmp eax
align 8
packet: db 16, 0
    dw 64, 0, 0x1000
    dq 1
gdt:
    dq 0
    dq 0x00cf9a000000ffff
    dq 0x00cf92000000ffff
gdtr:
    dw 23
    dd gdt
times 510-($-$$) db 0
dw 0xaa55
