; no-pae.asm - sets PG without PAE: wrong
        bits    16
        org     0x7c00
start:
        cli
        xor     ax, ax
        mov     ds, ax
        lgdt    [gdt_pointer]
        mov     eax, cr0
        or      al, 1                           ; PE
        mov     cr0, eax
        jmp     8:protected

        bits    32
protected:
        mov     ax, 0x10
        mov     ds, ax
        mov     dword [0x1000], 0x2000 | 3      ; PML4: present and writable
        mov     dword [0x2000], 0x3000 | 3      ; PDPT
        mov     dword [0x3000], 0x83            ; PD: a page of 2 MiB, for address 0
        mov     eax, 0
        mov     cr4, eax                        ; PAE forgotten
        mov     eax, 0x1000
        mov     cr3, eax
        mov     ecx, 0xc0000080                 ; EFER
        rdmsr
        or      eax, 1 << 8                     ; LME
        wrmsr
        mov     eax, cr0
        or      eax, 1 << 31                    ; PG
paging:
        mov     cr0, eax
        jmp     0x18:long_mode

        bits    64
long_mode:
        mov     rax, 0x2f342f362f202f20         ; four characters, eight bytes
        mov     edi, 0xb8000
        mov     [rdi], rax
stop:
        hlt
        jmp     stop

gdt:
        dq      0
        dq      0x00cf9b000000ffff              ; 8: 32-bit code
        dq      0x00cf93000000ffff              ; 10h: data
        dq      0x00af9b000000ffff              ; 18h: 64-bit code
gdt_pointer:
        dw      gdt_pointer - gdt - 1
        dd      gdt

        times   510-($-$$) db 0
        dw      0xaa55
