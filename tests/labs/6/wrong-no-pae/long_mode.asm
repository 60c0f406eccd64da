; long_mode.asm - forgets CR4.PAE
%include "link.inc"

%define CODE64 0x08
%define PML4 PAGE_TABLES_ADDRESS
%define PDPT_LOW (PML4 + 0x1000)
%define PDPT_HIGH (PML4 + 0x2000)
%define DIRECTORIES (PML4 + 0x3000)             ; four, of 1 GiB each
%define TABLE 3                                 ; present, writable
%define PAGE_2M 0x83                            ; and 2 MiB
%define MSR_EFER 0xc0000080

        bits    32
        org     LINK_ADDRESS
start:
        mov     edi, PML4
        mov     ecx, 7 * 1024
        xor     eax, eax
        rep     stosd
        mov     dword [PML4], PDPT_LOW + TABLE
        mov     dword [PML4 + 511 * 8], PDPT_HIGH + TABLE
        mov     edi, PDPT_LOW
        mov     eax, DIRECTORIES + TABLE
.gigabyte:
        mov     [edi], eax
        add     edi, 8
        add     eax, 0x1000
        cmp     edi, PDPT_LOW + 4 * 8
        jb      .gigabyte
        mov     dword [PDPT_HIGH + 510 * 8], DIRECTORIES + TABLE
        mov     dword [PDPT_HIGH + 511 * 8], DIRECTORIES + 0x1000 + TABLE

        mov     edi, DIRECTORIES
        mov     eax, PAGE_2M
        mov     ecx, 4 * 512
.page:
        mov     [edi], eax
        add     edi, 8
        add     eax, 0x200000
        loop    .page

        mov     eax, PML4
        mov     cr3, eax
        mov     esi, edx                        ; RDMSR and WRMSR use EDX
        mov     ecx, MSR_EFER
        rdmsr
        or      eax, 1 << 8                     ; LME
        wrmsr
        mov     edx, esi
        mov     eax, cr0
        or      eax, 1 << 31                    ; PG
        mov     cr0, eax
        lgdt    [gdt_pointer]
        jmp     CODE64:long_mode

        bits    64
long_mode:
        mov     esp, STACK_TOP
        mov     ebx, ebx                        ; its upper half is undefined
        jmp     [rbx]

        align   8, db 0
gdt:    dq      0
        dq      0x00af9b000000ffff              ; code, L = 1
gdt_end:
gdt_pointer:
        dw      gdt_end - gdt - 1
        dd      gdt
