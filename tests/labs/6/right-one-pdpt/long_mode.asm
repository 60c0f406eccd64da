; long_mode.asm - six tables: one PDPT serves both halves; the PML4 and it lie in our own area, and
; everything is filled from the end
%include "link.inc"

        bits    32
        org     LINK_ADDRESS
        push    edx
        push    dword [ebx + 4]
        push    dword [ebx]
        std
        mov     edi, pdpt + 0xffc
        mov     ecx, 2 * 1024
        xor     eax, eax
        rep     stosd
        cld

        mov     ebp, 4 * 512            ; directory entries, the last one first
.page:
        dec     ebp
        mov     eax, ebp
        shl     eax, 21
        or      eax, 0xe3               ; accessed and dirty as well
        mov     [PAGE_TABLES_ADDRESS + ebp * 8], eax
        and     dword [PAGE_TABLES_ADDRESS + ebp * 8 + 4], 0
        test    ebp, ebp
        jnz     .page

        mov     esi, pointers
.pointer:
        lodsd
        xchg    eax, edi
        movsd
        cmp     esi, pointers_end
        jb      .pointer

        mov     eax, pml4
        mov     cr3, eax
        mov     ecx, 0xc0000080
        xor     edx, edx
        mov     eax, 1 << 8
        wrmsr
        push    byte 1 << 5
        pop     eax
        mov     cr4, eax
        lgdt    [gdt]
        mov     eax, 0x80000011
        mov     cr0, eax
        jmp     far [entry]

        bits    64
in_64_bits:
        mov     esp, STACK_TOP - 12     ; what was pushed: 8 bytes of address and 4 of EDX
        pop     rax
        mov     edx, [rsp]
        mov     esp, STACK_TOP
        jmp     rax

        align   8, db 0
gdt:    dw      3 * 8 - 1               ; GDTR's image in the null descriptor
        dd      gdt
        dw      0
        dq      0
        dq      0x0020980000000000      ; long mode looks at P, S, X, L and D only
entry:  dd      in_64_bits
        dw      0x10

        align   4, db 0
pointers:
        dd      pml4, pdpt + 7
        dd      pml4 + 511 * 8, pdpt + 7
%assign directory 0
%rep 4
        dd      pdpt + directory * 8, PAGE_TABLES_ADDRESS + directory * 0x1000 + 7
%assign directory directory + 1
%endrep
        dd      pdpt + 510 * 8, PAGE_TABLES_ADDRESS + 7
        dd      pdpt + 511 * 8, PAGE_TABLES_ADDRESS + 0x1007
pointers_end:

pml4    equ     LINK_ADDRESS + 0x1000
pdpt    equ     pml4 + 0x1000
