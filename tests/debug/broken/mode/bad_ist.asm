; bad_ist.asm - the gate of #UD selects stack IST1, but the TSS holds 0 there
; cause: selects the stack IST1, but the TSS holds 0h there
; try: IST1
%define TSS 0x7000
%macro LONG_MODE_PART 0
        mov     edi, TSS
        mov     ecx, 104 / 4
        xor     eax, eax
        rep     stosd
        mov     ax, 0x20
        ltr     ax
        mov     eax, handler                    ; the gate of vector 6, at 6000h + 6 * 16
        mov     edi, 0x6060
        mov     [rdi], ax
        mov     dword [rdi + 2], 0x8e010018     ; selector 18h, IST1, present interrupt gate
        mov     word [rdi + 6], 0
        mov     qword [rdi + 8], 0
        lidt    [idt_pointer]
invalid:
        ud2
handler:
        jmp     handler
%endmacro
%macro DATA_PART 0
idt_pointer:
        dw      32 * 16 - 1
        dq      0x6000
%endmacro
%include "boot.inc"
