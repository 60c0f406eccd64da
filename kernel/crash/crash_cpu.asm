; crash_cpu.asm - the failures that C cannot express; crash.h has the prototypes

bits 64
default rel

NON_CANONICAL equ 0x8000000000000000
NO_HANDLER equ 0xf0                             ; the vector of crash_vector

section .text

; #SS cannot push its frame: the CPU raises #DF instead.
global crash_df
crash_df:
        push    rbp
        mov     rbp, rsp
        mov     rax, NON_CANONICAL
        mov     rsp, rax
        push    rax                             ; to an unmapped address
        ud2

global crash_ud
crash_ud:
        push    rbp
        mov     rbp, rsp
        ud2                                     ; crash_ud

global crash_bp
crash_bp:
        int3
        ret

global crash_vector
crash_vector:
        push    rbp
        mov     rbp, rsp
        int     NO_HANDLER
        pop     rbp                             ; the interrupt would return here
        ret

; The called function finds RSP off by 8.
global crash_misaligned
crash_misaligned:
        push    rbp
        mov     rbp, rsp
        push    rax
        call    crash_ud

section .note.GNU-stack noalloc noexec nowrite progbits
