; A clock in a boot sector: protected mode, the PIC remapped, the timer's
; interrupt counted.
bits 16
org 0x7c00

start:
    xor ax, ax
    mov ds, ax
    mov ss, ax
    mov sp, 0x7c00
    cli
    lgdt [gdtr]
    mov eax, cr0
    inc ax
    mov cr0, eax
    jmp 8:flush

bits 32
flush:
    mov ax, 16
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov esp, 0x7c00

    mov al, 0x11            ; ICW1 to both
    out 0x20, al
    out 0xa0, al
    mov al, 0x20            ; vectors 20h and 28h
    out 0x21, al
    mov al, 0x28
    out 0xa1, al
    mov al, 4
    out 0x21, al
    mov al, 2
    out 0xa1, al
    mov al, 1
    out 0x21, al
    out 0xa1, al
    mov al, 0xfe
    out 0x21, al
    mov al, 0xff
    out 0xa1, al

    mov dword [idt + 0x20 * 8], timer + 0x80000     ; its address is below 64 KiB
    mov dword [idt + 0x20 * 8 + 4], 0x8e00
    lidt [idtr]
    sti
wait_for_it:
    hlt
    cmp dword [ticks], 9
    jb wait_for_it
    mov esi, text
    mov edi, 0xb8000 + 160 * 12
    mov ah, 0x0f
copy:
    lodsb
    or al, al
    jz wait_for_it
    stosw
    jmp copy

timer:
    push eax
    inc dword [ticks]
    mov eax, [ticks]
    add al, '0'
    mov [0xb8000 + 160 * 11], al
%ifdef MENDED
    mov al, 0x20
    out 0x20, al
%endif
    pop eax
    iretd

ticks dd 0
text db "half a second has passed", 0
gdt dq 0, 0x00cf9a000000ffff, 0x00cf92000000ffff
gdtr dw 23
     dd gdt
idtr dw 0x21 * 8 - 1
     dd idt
idt equ 0x9000

times 510-($-$$) db 0
dw 0xaa55
