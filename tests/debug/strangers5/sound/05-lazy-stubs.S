#include "stubs.S"

stub no_device

    .globl x87_product, sse_sum
x87_product:
    movl %edi, -4(%rsp)         # no interrupts here, so this is free
    movl %esi, -8(%rsp)
    fildl -4(%rsp)
    fimull -8(%rsp)
    fistpl -4(%rsp)
    movl -4(%rsp), %eax
    ret

sse_sum:
    cvtsi2sd %edi, %xmm0
    cvtsi2sd %esi, %xmm1
    addsd %xmm1, %xmm0
    cvttsd2si %xmm0, %eax
    ret
