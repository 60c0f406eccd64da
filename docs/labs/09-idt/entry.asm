; entry.asm - lab 9's first instructions, and the places at which the checks look
;
; The places are at fixed distances from the kernel's first byte: names could be the student's as well.

        bits    64
        default rel

        extern  carrier_main
        extern  carrier_handle
        extern  carrier_report
        extern  idt_install

STACK_BYTES     equ 16384
PLACE_BYTES     equ 16                          ; PLACE_BYTES of machine.h

; Puts junk into registers that a function of C need not keep
%macro spoil 1-*.nolist
%rep %0
        mov     %1, 0xbad00bad
%rotate 1
%endrep
%endmacro

section .text.entry progbits alloc exec nowrite align=16
        global  _start
_start:
        lea     rsp, [stack_top]
        call    carrier_main
finished:
        hlt
        jmp     finished

; void watched_install(const uint8_t *ist)
        times   0x20 - ($ - $$) nop
        global  watched_install
watched_install:
        sub     rsp, 8
        call    idt_install
        times   0x40 - ($ - $$) nop             ; 40h: it has come back
        add     rsp, 8
        ret

        times   0x60 - ($ - $$) nop
        global  interrupt_handle
interrupt_handle:
        sub     rsp, 8
        call    carrier_handle
        movzx   eax, al
        spoil   ecx, edx, esi, edi, r8d, r9d, r10d, r11d
        add     rsp, 8
        ret

        times   0xb0 - ($ - $$) nop
        global  interrupt_report
interrupt_report:
        sub     rsp, 8
        call    carrier_report
        spoil   eax, ecx, edx, esi, edi, r8d, r9d, r10d, r11d
        add     rsp, 8
        ret

; The instructions that are interrupted, in the order of enum probe (machine.h) and of PROBES
; (checks.mjs).  After each one, at RESUME_OFFSET, the code goes back to enter_probe's caller.
%macro place 1+.nolist
        %%instruction: %1
        times   PLACE_BYTES / 2 - ($ - %%instruction) nop
        jmp     strict near back
        times   PLACE_BYTES - ($ - %%instruction) nop
%endmacro

        times   0x100 - ($ - $$) nop
        global  places
places:
        place   int3
        place   int3
        place   db 0xcd, 3                      ; INT 3 in two bytes
        place   mov ebx, [rdi]
        place   mov [rdi], ebx
        place   jmp rdi
        place   jmp rdi
        place   mov ebx, [rdi]
        place   mov [rdi], ebx
        place   mov [rdi], rbx
        place   mov ebx, [rdi]
        place   div rcx
        place   ud2
        place   mov fs, ebx
        place   mov fs, ebx
        place   mov [rbp], eax
        place   int 0xff
        place   jmp $
        place   push rax

; void enter_probe(const struct interrupt_frame *probe)
;   in        RDI = the registers with which the code goes on at probe->rip
;   out       when that code has come to `back`: `after`, the registers there
        global  enter_probe
enter_probe:
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        mov     [callers_rsp], rsp
        mov     rsp, rdi
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
        add     rsp, 16                         ; vector and error code
        iretq

back:   mov     [after.rsp], rsp
        lea     rsp, [after.rsp]
        push    r15                             ; downwards from there
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
        mov     rsp, [callers_rsp]
        pushfq
        pop     qword [after.rflags]
        cli
        cld
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
        ret

section .bss
        alignb  16
        resb    STACK_BYTES
stack_top:
callers_rsp:    resq 1
        global  after
after:          resq 15                         ; struct registers of machine.h
.rsp:           resq 1
.rflags:        resq 1

section .note.GNU-stack noalloc noexec nowrite progbits
