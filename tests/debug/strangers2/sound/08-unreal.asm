; 08-unreal.asm - real mode with 4 GiB limits: fills 1 MiB above 1 MiB, checks it, waits for a key
bits 16
org 0x7c00
    jmp 0:start
start:
    cli
    xor ax, ax
    mov ds, ax
    mov ss, ax
    mov sp, 0x7c00
    mov ax, 0x2401
    int 0x15
    cli
    push ds
    lgdt [gdtr]
    mov eax, cr0
    or al, 1
    mov cr0, eax
    jmp $ + 2
    mov bx, 8
    mov ds, bx
    mov es, bx
    and al, 0xfe
    mov cr0, eax
    pop ds
    push ds
    pop es
    sti
    mov edi, 0x100000
    mov ecx, 0x40000
    mov eax, 0x5aa51234
    a32 rep stosd
    mov esi, 0x1ffffc
    cmp [esi], eax
    mov si, good
    je .print
    mov si, bad
.print:
    lodsb
    or al, al
    jz .key
    mov ah, 0x0e
    mov bx, 7
    int 0x10
    mov dx, 0x3f8
    out dx, al
    jmp .print
.key:
    mov ah, 0
    int 0x16
    jmp .key
good: db "unreal mode: 1 MiB filled", 0
bad: db "unreal mode failed", 0
align 4
gdt: dq 0, 0x008f92000000ffff | 0xffff
gdtr: dw gdtr - gdt - 1
    dd gdt
times 510-($-$$) db 0
dw 0xaa55
