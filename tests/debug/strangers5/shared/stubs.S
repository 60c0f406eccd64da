# stubs.S - entry points of the IDT: save the registers that C does not, call on_NAME(), go back
    .macro stub name, code=0
    .globl \name
\name:
    .if \code == 0
    pushq $0
    .endif
    pushq %rax
    pushq %rcx
    pushq %rdx
    pushq %rsi
    pushq %rdi
    pushq %r8
    pushq %r9
    pushq %r10
    pushq %r11
    leaq 80(%rsp), %rsi         # where the CPU pushed RIP
    cld
    call on_\name
    popq %r11
    popq %r10
    popq %r9
    popq %r8
    popq %rdi
    popq %rsi
    popq %rdx
    popq %rcx
    popq %rax
    addq $8, %rsp
    iretq
    .endm

    .section .note.GNU-stack, "", @progbits
    .text
