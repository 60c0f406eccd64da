; boot.asm - mended in a way that does not suffice

        bits    16
        org     0x7c00

TABLES  equ     0x1000

start:
        cli
        jmp     0:here
here:
        xor     ax, ax
        mov     ds, ax
        mov     es, ax
        cld
        mov     edi, TABLES             ; three tables: one page of 2 MiB, mapped to itself
        mov     ecx, 0x3000 / 4
        xor     eax, eax
        rep     stosd
        mov     dword [TABLES], TABLES + 0x1003
        mov     dword [TABLES + 0x1000], TABLES + 0x2003
        mov     dword [TABLES + 0x2000], 0x83
        mov     eax, cr4
        or      ax, 0x0020                ; PAE
        mov     cr4, eax
        mov     eax, TABLES
        mov     cr3, eax
        mov     ecx, 0xc0000080         ; EFER: LME
        rdmsr
        or      ax, 0x100
        wrmsr
        lgdt    [gdtr]
        mov     eax, cr0
        or      eax, 0x80000001         ; PG and PE
        mov     cr0, eax
        jmp     0x08:long_mode

        bits    64
long_mode:
        jmp     halt                    ; the rest is left out
        mov     dword [0xb8000], 0x0f4b0f4f     ; OK
halt:
        hlt
        jmp     halt

        align   16
gdt:
        dq      0
        dq      0x00af9a000000ffff
gdt_end:
gdtr:
        dw      gdt_end - gdt - 1
        dd      gdt

        times   506-($-$$) db 0
answers:
        dw      6                       ; the vector of the first exception, as you got this file
        dw      0x7c6f                       ; the address of the instruction that caused it
        dw      0xaa55
