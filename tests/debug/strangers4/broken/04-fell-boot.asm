; boot.asm - reads the kernel, switches to protected mode and calls it
KERNEL equ 0x1000

    bits 16
    org 0x7c00

    cli
    xor ax, ax
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov sp, 0x7c00
    sti

    mov ax, 0x0208
    mov bx, KERNEL
    mov cx, 0x0002
    mov dh, 0
    int 0x13
    jc error

    cli
    lgdt [gdt_descriptor]
    mov eax, cr0
    or eax, 1
    mov cr0, eax
    jmp 0x08:protected

error:
    mov ax, 0x0e45
    int 0x10
    jmp $

    bits 32
protected:
    mov ax, 0x10
    mov ds, ax
    mov es, ax
    mov fs, ax
    mov gs, ax
    mov ss, ax
    mov esp, 0x90000
    call KERNEL
%ifdef MENDED
    mov dword [0xb8000 + 160 * 10], 0x0f460f4f      ; "OFF"
    mov word [0xb8000 + 160 * 10 + 4], 0x0f46
halted:
    hlt
    jmp halted
%endif

gdt_start:
    dq 0
    dq 0x00cf9a000000ffff
    dq 0x00cf92000000ffff
gdt_end:

gdt_descriptor:
    dw gdt_end - gdt_start - 1
    dd gdt_start

    times 510-($-$$) db 0
    dw 0xaa55
