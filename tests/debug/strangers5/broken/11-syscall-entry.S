#include "stubs.S"

stub invalid

    .globl syscall_entry
syscall_entry:                  # on the program's stack, interrupts off
    pushq %rcx
    pushq %r11
    subq $8, %rsp
    call on_syscall
    addq $8, %rsp
    popq %r11
    popq %rcx
    sysretq
