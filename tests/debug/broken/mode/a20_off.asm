; a20_off.asm - A20 is closed; the "kernel" at 1 MiB overwrites the interrupt vectors
; cause: A20 is off
; try: enable A20
%macro REAL_MODE_PART 0
        in      al, 0x92
        and     al, 0xfd
        out     0x92, al
%endmacro
%macro LONG_MODE_PART 0
        mov     edi, 0x100000
        mov     ecx, 0x400
        mov     al, 0xf4                        ; hlt
        rep     stosb
        mov     eax, 0x100000
        jmp     rax
%endmacro
%include "boot.inc"
