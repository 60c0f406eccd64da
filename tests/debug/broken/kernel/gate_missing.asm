; gate_missing.asm - the exceptions have gates, the timer's vector has none
; cause: gate.*20h.*(empty|not present|absent)|vector 20h.*no gate
; try: gate
bits 64
org 0x100000
%include "kernel.inc"
        SET_GATE 0x0d, fault
        lidt    [idt_pointer]
        REMAP_PIC 0x20
        START_TIMER
        sti
.wait:  hlt
        jmp     .wait
fault:  cli
        hlt
        IDT
