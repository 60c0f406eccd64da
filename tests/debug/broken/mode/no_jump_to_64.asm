; no_jump_to_64.asm - paging is on, but CS is still the 32-bit segment when 64-bit code begins
; cause: [Nn]o far jump.*64-bit
; try: jmp
%define NO_FAR_JUMP_TO_64
%macro LONG_MODE_PART 0
        mov     rax, 0x123456789abcdef0
        push    rax
        mov     rbx, [rsp]
        mov     r8, rbx
        mov     [r8], rax
%endmacro
%include "boot.inc"
