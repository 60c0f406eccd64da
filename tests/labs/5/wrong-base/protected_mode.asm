; protected_mode.asm - GDTR has the offset of the table in its segment
%include "link.inc"

%define CODE 0x08
%define DATA 0x10
%define CR0_PE 1

        bits    16
        org     0
start:
        cli                             ; the BIOS's handlers are 16-bit code
        mov     ax, cs
        mov     ds, ax
        lgdt    [gdt_pointer]
        mov     eax, cr0
        or      al, CR0_PE
        mov     cr0, eax
        jmp     dword CODE:LINK_ADDRESS + protected

        bits    32
protected:
        mov     ax, DATA
        mov     ds, ax
        mov     es, ax
        mov     fs, ax
        mov     gs, ax
        mov     ss, ax
        mov     esp, STACK_TOP
        cld
        jmp     ebx

        align   8, db 0
gdt:    dq      0
        dq      0x00cf9b000000ffff      ; base 0, 4 GiB, 32-bit code
        dq      0x00cf93000000ffff      ; base 0, 4 GiB, data
gdt_end:

gdt_pointer:
        dw      gdt_end - gdt - 1       ; the offset of the table's last byte
        dd      gdt
