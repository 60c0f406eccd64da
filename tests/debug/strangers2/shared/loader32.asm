; loader32.asm - a boot sector as in many tutorials: reads SECTORS after itself to 10000h with
; extended reads, opens A20, enters protected mode and jumps to the first byte that it read
bits 16
org 0x7c00
        jmp 0:start
start:  xor ax, ax
        mov ds, ax
        mov es, ax
        mov ss, ax
        mov sp, 0x7c00
        mov cx, SECTORS
.next:  push cx
        mov ah, 0x42
        mov si, dap
        int 0x13
        pop cx
        jc fail
        add word [dap.segment], 32
        inc dword [dap.lba]
        loop .next
        in al, 0x92
        or al, 2
        and al, 0xfe
        out 0x92, al
        cli
        lgdt [gdtr]
        mov eax, cr0
        or al, 1
        mov cr0, eax
        jmp 8:flat
fail:   mov ax, 0x0e45
        int 0x10
        jmp $
bits 32
flat:   mov ax, 16
        mov ds, ax
        mov es, ax
        mov fs, ax
        mov gs, ax
        mov ss, ax
        mov esp, 0x90000
        jmp 0x10000
align 4
dap:    db 16, 0
        dw 1, 0
.segment: dw 0x1000
.lba:   dq 1
gdt:    dq 0, 0x00cf9a000000ffff, 0x00cf92000000ffff
gdtr:   dw gdtr - gdt - 1
        dd gdt
        times 510 - ($ - $$) db 0
        dw 0xaa55
