; Sound: protected mode only.  It moves the PICs to vectors 32 to 47, has an IDT for the timer alone, and
; shows a counter in the corner of the screen that grows with each tick.
    org 0x7c00
    bits 16

    cli
    xor ax, ax
    mov ds, ax
    lgdt [gdt_descriptor]
    mov eax, cr0
    or al, 1
    mov cr0, eax
    jmp 0x08:protected

    bits 32
protected:
    mov ax, 0x10
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov esp, 0x7c00

    mov edi, 0x1000     ; the IDT
    xor eax, eax
    mov ecx, 33 * 2
    rep stosd
    mov dword [0x1000 + 32 * 8], timer + 0x80000    ; selector 8, low half
    mov dword [0x1000 + 32 * 8 + 4], 0x8e00         ; high half is 0
    lidt [idt_descriptor]

    mov esi, pic
.pic:
    lodsb
    movzx edx, al
    lodsb
    out dx, al
    cmp esi, pic.end
    jb .pic
    sti
.idle:
    hlt
    jmp .idle

timer:
    push eax
    push ebx
    inc dword [count]
    mov eax, [count]
    mov ebx, 0xb8000 + 158
.digit:
    xor edx, edx
    mov ecx, 10
    div ecx
    mov dh, 0x1e
    add dl, '0'
    mov [ebx], dx
    sub ebx, 2
    test eax, eax
    jnz .digit
    mov al, 0x20
    out 0x20, al
    pop ebx
    pop eax
    iretd

count: dd 0
pic: db 0x20, 0x11, 0xa0, 0x11, 0x21, 32, 0xa1, 40, 0x21, 4, 0xa1, 2, 0x21, 1, 0xa1, 1
    db 0x21, 0xfe, 0xa1, 0xff
.end:

gdt:
    dq 0
    dq 0x00cf9a000000ffff
    dq 0x00cf92000000ffff
gdt_descriptor:
    dw $ - gdt - 1
    dd gdt
idt_descriptor:
    dw 33 * 8 - 1
    dd 0x1000

    times 510-($-$$) db 0
    dw 0xaa55
