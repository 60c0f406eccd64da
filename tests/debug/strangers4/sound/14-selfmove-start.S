# the kernel is linked for 4 MiB but loaded at 1 MiB: its first code, which runs
# anywhere, moves it
    .section .text.start, "ax"
    .globl start
start:
    leaq start(%rip), %rsi
    movabsq $start, %rdi
    movabsq $image_end, %rcx
    subq %rdi, %rcx
    cld
    rep movsb
    movabsq $1f, %rax
    jmp *%rax
1:  movq $stack_top, %rsp
    call kernel
2:  hlt
    jmp 2b

    .bss
    .balign 16
    .skip 8192
stack_top:
    .section .note.GNU-stack, "", @progbits
