; long mode in one boot sector
org 0x7c00
bits 16
    jmp 0:start
start:
    cli
    xor ax, ax
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov sp, 0x7c00
    cld
    ; PML4 at 1000h, PDPT at 2000h, PD at 3000h: the first 2 MiB
    mov edi, 0x1000
    mov cr3, edi
    xor eax, eax
    mov ecx, 3072
    rep stosd
    mov dword [0x1000], 0x2003
    mov dword [0x2000], 0x3003
    mov dword [0x3000], 0x83
    mov eax, cr4
    or eax, 1 << 5
    mov cr4, eax
    mov ecx, 0xc0000080
    rdmsr
    or eax, 1 << 8
    wrmsr
    lgdt [gdtr]
    mov eax, cr0
    or eax, 1 << 31 | 1
    mov cr0, eax
    jmp 8:long_mode
bits 64
long_mode:
    mov ax, 16
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov rsp, 0x90000
    lea rsi, [rel message]
    mov r8, 0xb8000
.next:
    mov al, [rsi]
    test al, al
    jz .done
    mov [r8], al
    mov byte [r8 + 1], 0x2f
    mov dx, 0x3f8
    out dx, al
    inc rsi
    add r8, 2
    jmp .next
.done:
    hlt
    jmp .done
message: db "64 bits!", 0
align 8
gdt:
    dq 0
%ifdef MENDED
    dq 0x00af9a000000ffff
%else
    dq 0x00cf9a000000ffff   ; code: 4 GiB, executable, readable
%endif
    dq 0x00cf92000000ffff   ; data
gdtr:
    dw gdtr - gdt - 1
    dd gdt
times 510-($-$$) db 0
dw 0xaa55
