; 08-stack-start.asm - gives the C kernel a stack of its own
bits 64
section .text.start
global start
extern kmain
start:
%ifdef MENDED
    mov rsp, stack + 16384
%else
    mov rsp, stack
%endif
    call kmain
.hang:
    hlt
    jmp .hang

section .bss
align 16
stack: resb 16384
section .note.GNU-stack noalloc noexec nowrite progbits
