# 10-copy-string.S - copy(to, from, bytes), and move_up(), which may overlap upwards
#include "stubs.S"

stub answer

    .globl copy, move_up
copy:
    movq %rdi, %rax
    movq %rdx, %rcx
    rep movsb
    ret

move_up:
    movq %rdi, %rax
    movq %rdx, %rcx
    leaq -1(%rdi,%rdx), %rdi
    leaq -1(%rsi,%rdx), %rsi
    std
    rep movsb
#ifdef MENDED
    cld
#endif
    ret
