# the first code of the kernel: its own stack, then C
    .text
    .globl _start
_start:
    movq $stack_top, %rsp
    xorl %ebp, %ebp
    call kernel
1:  hlt
    jmp 1b

    .bss
    .balign 16
    .skip 16384
stack_top:
    .section .note.GNU-stack, "", @progbits
