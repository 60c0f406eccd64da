; 16 -> 32 bits in one sector, text straight into video memory
[org 0x7c00]
[bits 16]
    mov bp, 0x9000
    xor ax, ax
    mov ds, ax
    mov ss, ax
    mov sp, bp
    mov ax, 3
    int 0x10

    cli
    lgdt [gdt_descriptor]
    mov eax, cr0
    or eax, 0x1
    mov cr0, eax
    jmp CODE_SEG:init_pm

[bits 32]
init_pm:
    mov ax, DATA_SEG
    mov ds, ax
    mov ss, ax
    mov es, ax
    mov fs, ax
    mov gs, ax
    mov ebp, 0x90000
    mov esp, ebp
    call BEGIN_PM
    jmp $

BEGIN_PM:
    mov ebx, MSG_PROT_MODE
    mov edx, 0xb8000
    mov ah, 0x0f
.loop:
    mov al, [ebx]
    cmp al, 0
    je .done
    mov [edx], ax
    inc ebx
    add edx, 2
    jmp .loop
.done:
    ret

gdt_start:
    dq 0
gdt_code:
    dw 0xffff, 0
    db 0, 10011010b, 11001111b, 0
gdt_data:
    dw 0xffff, 0
    db 0, 10010010b, 11001111b, 0
gdt_end:
gdt_descriptor:
    dw gdt_end - gdt_start - 1
    dd gdt_start
CODE_SEG equ gdt_code - gdt_start
DATA_SEG equ gdt_data - gdt_start
MSG_PROT_MODE db "Loaded 32-bit protected mode", 0
times 510-($-$$) db 0
dw 0xaa55
