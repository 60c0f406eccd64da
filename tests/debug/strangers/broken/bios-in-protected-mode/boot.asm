; WRONG: INT 10h after the switch to protected mode.  The BIOS can only be called in real mode; here
; the CPU looks for gate 16 in an IDT that nobody made, and resets.
    org 0x7c00
    bits 16

    cli
    xor ax, ax
    mov ds, ax
    lgdt [gdt_descriptor]
    mov eax, cr0
    or eax, 1
    mov cr0, eax
    jmp 0x08:protected

    bits 32
protected:
    mov ax, 0x10
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov esp, 0x90000

    mov esi, message
print:
    lodsb
    test al, al
    jz done
    mov ah, 0x0e
    int 0x10
    jmp print
done:
    hlt
    jmp done

message: db "Now in 32-bit protected mode", 0

gdt:
    dq 0
    dq 0x00cf9a000000ffff
    dq 0x00cf92000000ffff
gdt_descriptor:
    dw $ - gdt - 1
    dd gdt

    times 510-($-$$) db 0
    dw 0xaa55
