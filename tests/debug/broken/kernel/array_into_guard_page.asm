; array_into_guard_page.asm - an array on the stack is larger than the room above the page that is not mapped
; cause: stack pointer is 3FF000h.*guard page
; try: large local arrays
bits 64
org 0x100000
TABLES  equ     0x600000
        mov     edi, TABLES
        mov     ecx, 3 * 512
        xor     eax, eax
        rep     stosq
        mov     dword [abs TABLES], TABLES + 0x1000 + 3
        mov     dword [abs TABLES + 0x1000], TABLES + 0x2000 + 3
        mov     dword [abs TABLES + 0x2000], 0x83               ; 0 to 2 MiB, nothing up to 4 MiB
        mov     dword [abs TABLES + 0x2000 + 16], 0x400083      ; 4 to 6 MiB
        mov     esp, 0x410000
        mov     eax, TABLES
        mov     cr3, rax
        sub     rsp, 0x11000
        call    .fill
.halt:  hlt
        jmp     .halt
.fill:  ret
