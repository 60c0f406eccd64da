; interrupt_stubs.asm - where the CPU enters the kernel: one stub for each vector
;
; The stubs make the same frame for all vectors; interrupt_common passes it to C:
;
;   void interrupt_dispatch(struct interrupt_frame *frame)
;
;   in     long mode, IF = 0 (interrupt gates); the CPU has aligned RSP to 16 and
;          pushed SS, RSP, RFLAGS, CS, RIP and, for some vectors, an error code
;   calls  with RDI = the frame, RSP = the frame and a multiple of 16, DF = 0; RBP is
;          still the interrupted code's, so that a backtrace continues into it
;   out    by IRETQ with the registers in the frame: changing the frame changes the
;          registers of the interrupted code
;
; Intel SDM 3A, 6.12-6.14.

bits 64
default rel

%include "layout.inc"
%include "kernel/interrupts/interrupt_frame.inc"

extern interrupt_dispatch

%macro stub 1.nolist                                   ; vector
%if %1 >= EXCEPTIONS || !((EXCEPTIONS_WITH_CODE >> (%1 & 31)) & 1)
        push    0                               ; takes its place, so that all frames are alike
%endif
        push    %1
        jmp     strict near interrupt_common
        align   INTERRUPT_STUB_SIZE
%endmacro

section .text
        align   INTERRUPT_STUB_SIZE
global interrupt_stubs
interrupt_stubs:                                ; stub n: at n * INTERRUPT_STUB_SIZE
%assign vector 0
%rep VECTORS
        stub    vector
%assign vector vector + 1
%endrep

interrupt_common:
        push    r15                             ; struct interrupt_frame, from its end
        push    r14
        push    r13
        push    r12
        push    r11
        push    r10
        push    r9
        push    r8
        push    rbp
        push    rdi
        push    rsi
        push    rdx
        push    rcx
        push    rbx
        push    rax
        mov     rdi, rsp
        cld                                     ; C requires it; the interrupted code
        call    interrupt_dispatch              ; may have set it
global interrupt_return                         ; backtraces look for it: the frame is here
interrupt_return:
        pop     rax
        pop     rbx
        pop     rcx
        pop     rdx
        pop     rsi
        pop     rdi
        pop     rbp
        pop     r8
        pop     r9
        pop     r10
        pop     r11
        pop     r12
        pop     r13
        pop     r14
        pop     r15
        add     rsp, interrupt_frame.rip - interrupt_frame.vector
        iretq

section .note.GNU-stack noalloc noexec nowrite progbits
