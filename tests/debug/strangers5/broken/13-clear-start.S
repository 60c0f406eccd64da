# 13-clear-start.S - a stack of its own and a clean .bss for the kernel in C
    .section .text.start, "ax"
    .globl start
start:
#ifdef MENDED
    call clear_bss
    leaq stack_top(%rip), %rsp
#else
    leaq stack_top(%rip), %rsp
    call clear_bss
#endif
    call kernel
1:  hlt
    jmp 1b

clear_bss:
    leaq bss_start(%rip), %rdi
    leaq bss_end(%rip), %rcx
    subq %rdi, %rcx
    xorl %eax, %eax
    rep stosb
    ret

    .bss
    .balign 16
stack:
    .zero 16384
stack_top:
    .section .note.GNU-stack, "", @progbits
