; boot32.asm - reads SECTORS sectors to 64 KiB and calls them in protected mode
        org 0x7c00
        bits 16
        cli
        xor ax, ax
        mov ds, ax
        mov ss, ax
        mov sp, 0x7c00
        mov ax, 0x1000
        mov es, ax
        xor bx, bx
        mov ax, 0x0200 + SECTORS        ; DL is still the drive that we came from
        mov cx, 2
        mov dh, 0
        int 0x13
        jc failed
        in al, 0x92                     ; the fast A20 gate
        or al, 2
        and al, 0xfe
        out 0x92, al
        cli
        lgdt [gdt_pointer]
        mov eax, cr0
        or al, 1
        mov cr0, eax
        jmp 0x08:protected
failed: mov ax, 0x0e21                  ; '!'
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
        jmp 0x08:0x10000

        align 8
gdt:    dq 0
        dq 0x00cf9a000000ffff
        dq 0x00cf92000000ffff
gdt_pointer:
        dw gdt_pointer - gdt - 1
        dd gdt
        times 510 - ($ - $$) db 0
        dw 0xaa55
