# Applies the relocations of a position-independent kernel, wherever it has been loaded.
        .section .text.start, "ax"
        .globl  start
start:  leaq    image_start(%rip), %rbx         # linked at 0: where it is, is what to add
        leaq    relocations(%rip), %rsi
        leaq    relocations_end(%rip), %rdx
1:      cmpq    %rdx, %rsi
        jae     2f
        movq    (%rsi), %rax
        movq    16(%rsi), %rcx
        addq    %rbx, %rcx
        movq    %rcx, (%rbx, %rax)
        addq    $24, %rsi
        jmp     1b
2:      leaq    stack_top(%rip), %rsp
        movq    %rbx, %rdi
        call    kernel
3:      hlt
        jmp     3b

        .bss
        .balign 16
        .skip   4096
stack_top:
