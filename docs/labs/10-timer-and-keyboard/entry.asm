; entry.asm - the first instructions of lab 10's kernel, its interrupt stubs, and the places at which the checks look
;
; The places are at fixed distances from the kernel's first byte: names could be the student's as well.

        bits    64
        default rel

        extern  carrier_main, timer_interrupt, keyboard_interrupt, timer_spurious

STACK_BYTES     equ 16384
PLACE_BYTES     equ 0x20

; stub DISTANCE, NAME, FUNCTION - saves what a function of C may change, calls it, and returns from the interrupt.
; The CPU has aligned the stack and pushed five words; with nine more it is aligned for the CALL.
%macro stub 3
        times   %1 - ($ - $$) nop
        global  %2
%2:
        push    rax
        push    rcx
        push    rdx
        push    rsi
        push    rdi
        push    r8
        push    r9
        push    r10
        push    r11
        cld
        call    %3
        times   %1 + PLACE_BYTES - ($ - $$) nop ; it has come back
        pop     r11
        pop     r10
        pop     r9
        pop     r8
        pop     rdi
        pop     rsi
        pop     rdx
        pop     rcx
        pop     rax
        iretq
%endmacro

section .text.entry progbits alloc exec nowrite
        global  _start
_start:
        lea     rsp, [stack_top]
        call    carrier_main                    ; never returns

; uint64_t watched_call(uint64_t (*function)(uint64_t), uint64_t argument, unsigned which)
        times   0x20 - ($ - $$) nop
        global  watched_call
watched_call:
        push    rbp
        mov     rbp, rsp
        mov     rax, rdi
        mov     rdi, rsi
        push    rdx                             ; for the checks, when it has come back
        push    rdx
        call    rax
        times   0x40 - ($ - $$) nop             ; it has come back
        leave
        ret

; void wait_for_interrupt(struct carrier *) - the checks find the structure by RDI
        times   0x60 - ($ - $$) nop
        global  wait_for_interrupt
wait_for_interrupt:
        sti
        hlt
        cli
        ret

        stub    0x80, tick_stub, timer_interrupt
        stub    0xc0, key_stub, keyboard_interrupt
        stub    0x100, spurious_stub, timer_spurious

; Lines that are masked, or should be: without an end of the interrupt, so none of them comes twice
        global  other_stub
other_stub:
        iretq

        global  raise_line_7
raise_line_7:
        int     0x27
        ret

; uint16_t code_selector(void)
        global  code_selector
code_selector:
        mov     eax, cs
        ret

; void idt_load(const void *limit_and_base)
        global  idt_load
idt_load:
        lidt    [rdi]
        ret

section .bss
        alignb  16
        resb    STACK_BYTES
stack_top:

section .note.GNU-stack noalloc noexec nowrite progbits
