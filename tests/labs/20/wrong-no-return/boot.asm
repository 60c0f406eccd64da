; boot.asm - goes on after the first fault without returning
        bits    16
        org     0x7c00

DIRECTORY equ   0x1000
TABLE   equ     0x2000                  ; maps the first 4 MiB
IDT     equ     0x3000
HOLE    equ     0x50000                 ; two pages that are left out of it
VALUE   equ     0x12345678

start:
        cli
        jmp     0:.normalised
.normalised:
        xor     ax, ax
        mov     ds, ax
        mov     ss, ax
        mov     sp, 0x7c00
        cld
        lgdt    [gdt_pointer]
        mov     eax, cr0
        or      eax, 1
        mov     cr0, eax
        jmp     0x08:protected

        bits    32
protected:
        mov     ax, 0x10
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        mov     esp, 0x7000

        mov     edi, DIRECTORY
        mov     ecx, 0x3000 / 4         ; directory, table and IDT
        xor     eax, eax
        rep stosd
        mov     dword [DIRECTORY], TABLE | 3
        mov     edi, TABLE
        mov     eax, 3                  ; present, writable
.page:
        stosd
        add     eax, 4096
        cmp     eax, 0x400000
        jb      .page
        mov     dword [TABLE + HOLE / 4096 * 4], 0
        mov     dword [TABLE + HOLE / 4096 * 4 + 4], 0

        mov     eax, page_fault
        mov     [IDT + 14 * 8], ax
        mov     dword [IDT + 14 * 8 + 2], 0x8e000008
        shr     eax, 16
        mov     [IDT + 14 * 8 + 6], ax
        lidt    [idt_pointer]
        mov     eax, DIRECTORY
        mov     cr3, eax
        mov     eax, cr0
        or      eax, 0x80000000
        mov     cr0, eax

        mov     dword [HOLE], VALUE
        mov     dword [HOLE + 4096], VALUE
after:
        mov     dword [0xb8000 + 24 * 160], 0x0f4b0f4f          ; "OK"
stay:
        hlt
        jmp     stay

; page_fault - maps the page that was missing, at its own address
page_fault:
        pushad
        mov     eax, cr2
        and     eax, 0xfffff000
        mov     edi, eax
        shr     edi, 10                 ; 4 bytes for each page of 4096
        or      eax, 3
        mov     [TABLE + edi], eax
        popad
        jmp     after

        align   8
gdt:
        dq      0
        dq      0x00cf9a000000ffff      ; 08h: code
        dq      0x00cf92000000ffff      ; 10h: data
gdt_end:

gdt_pointer:
        dw      gdt_end - gdt - 1
        dd      gdt
idt_pointer:
        dw      32 * 8 - 1
        dd      IDT

        times   509-($-$$) db 0
answer:
        db      'c'                     ; the letter of the cause
        dw      0xaa55
