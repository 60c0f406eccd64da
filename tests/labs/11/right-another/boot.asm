; boot.asm - mended in another way

        bits    16
        org     0x7c00

start:
        cli
        jmp     0:here
here:
        xor     ax, ax
        mov     ds, ax
        lgdt    [gdtr]
        mov     eax, cr0
        or      al, 1
        mov     cr0, eax
        jmp     0x08:protected

        bits    32
protected:
        mov     ax, 0x10
        mov     ds, ax
        mov     ss, ax
        mov     esp, 0x7c00
        mov     dword [0xb8000], 0x0f4b0f4f     ; OK
halt:
        hlt
        jmp     halt

        align   8
gdt:
        dq      0
        dq      0x00cf9a000000ffff
        dq      0x00cf92000000ffff
gdt_end:
gdtr:
        dw      0xffff
        dd      gdt

        times   506-($-$$) db 0
answers:
        dw      0xd                       ; the vector of the first exception, as you got this file
        dw      0x7c20                       ; the address of the instruction that caused it
        dw      0xaa55
