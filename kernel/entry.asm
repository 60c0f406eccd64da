; entry.asm - the kernel's first instructions
;
; The loader jumps to _start.  From here on the kernel runs on its own stack.
;
;   in   long mode, RDI = physical address of struct boot_info, RSP = a small
;        stack of the loader's, IF = 0, DF = 0, no IDT, PICs masked; paging
;        maps physical 0-2 GiB at KERNEL_BASE, .bss is zeroed
;   out  in kernel_main(RDI), RSP at the top of the main stack and aligned as C
;        requires, RBP = 0, which ends every backtrace

bits 64
default rel

STACK_TOP_OFFSET equ 24                         ; offset in struct stack

extern stacks                                   ; kernel/cpu/stacks.c; the main stack is the first
extern kernel_main

section .text.entry progbits alloc exec nowrite
global _start
_start:
        mov     rsp, [stacks + STACK_TOP_OFFSET]
        xor     ebp, ebp
        call    kernel_main
        ud2                                     ; kernel_main does not return

section .note.GNU-stack noalloc noexec nowrite progbits
