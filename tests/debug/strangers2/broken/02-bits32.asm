; switches to protected mode and writes to the screen
org 0x7c00
bits 16
start:
    cli
    xor ax, ax
    mov ds, ax
    mov ss, ax
    mov sp, 0x7c00
    lgdt [gdt_descriptor]
    mov eax, cr0
    or eax, 1
    mov cr0, eax
    jmp dword CODE_SEG:protected

%ifdef MENDED
bits 32
%endif
protected:
    mov ax, DATA_SEG
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov esp, 0x90000
    mov esi, message
    mov edi, 0xb8000
print:
    mov al, [esi]
    cmp al, 0
    je done
    mov ah, 0x1f
    mov [edi], ax
    mov dx, 0x3f8
    out dx, al
    inc esi
    add edi, 2
    jmp print
done:
    hlt
    jmp done

message db "Protected mode!", 0
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
times 510-($-$$) db 0
dw 0xaa55
