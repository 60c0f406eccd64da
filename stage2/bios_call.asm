; bios_call.asm - the only way back to real mode, for bios_call() in bios.c
;
;   void bios_enter(uint8_t vector, struct bios_registers *registers);
;
;   mode      called and returns in 32-bit protected mode, IF = 0
;   in        the registers for the BIOS
;   out       the registers as the BIOS left them, including EFLAGS
;   clobbers  EAX, ECX, EDX as any C function
;
; The BIOS gets its own IVT, interrupts enabled, and 64 KiB segments at 0.
; It may change any register, the GDTR (INT 15h 87h, system management code)
; and IF; nothing here relies on what it left.  Intel SDM 3A 9.9.2.

%include "layout.inc"
%include "stage2/protected_mode.inc"

; struct bios_registers (bios.h)
%define REGISTERS_DS 28
%define REGISTERS_ES 30
%define REGISTERS_EFLAGS 32
%define REGISTERS_SIZE 36

extern gdt_pointer

section .text
bits 32
global bios_enter
bios_enter:
        push    ebp
        mov     ebp, esp
        push    ebx
        push    esi
        push    edi

        movzx   eax, byte [ebp + 8]
        mov     eax, [eax * 4]                  ; the IVT's entry: segment:offset
        mov     [bios_vector], eax
        mov     esi, [ebp + 12]                 ; the C stack is below 64 KiB, so real
        mov     edi, bios_registers             ; mode could reach it, but a fixed place
        mov     ecx, REGISTERS_SIZE / 4         ; needs no pointer when all are taken
        rep movsd

        mov     [protected_esp], esp
        sidt    [own_idt]
        lidt    [ivt_pointer]
        jmp     SELECTOR_CODE16:.leave_protected

bits 16
.leave_protected:
        mov     ax, SELECTOR_DATA16
        mov     ds, ax
        mov     es, ax
        mov     fs, ax
        mov     gs, ax
        mov     ss, ax
        mov     eax, cr0
        and     al, ~CR0_PE
        mov     cr0, eax
        jmp     0:.real
.real:
        xor     ax, ax
        mov     ss, ax                          ; ESP stays: it is below 64 KiB
        mov     fs, ax
        mov     gs, ax
        mov     ds, ax
        mov     eax, [bios_registers + 0]
        mov     ebx, [bios_registers + 4]
        mov     ecx, [bios_registers + 8]
        mov     edx, [bios_registers + 12]
        mov     esi, [bios_registers + 16]
        mov     edi, [bios_registers + 20]
        mov     ebp, [bios_registers + 24]
        mov     es, [bios_registers + REGISTERS_ES]
        mov     ds, [bios_registers + REGISTERS_DS]

        sti                                     ; disk services of some BIOSes wait for IRQs
        pushf                                   ; what INT does: flags, IF off, far call
        cli
        call far [cs:bios_vector]

        cli                                     ; the BIOS may return with IF set
        cld
        push    ds                              ; only SS:SP is known now
        push    cs                              ; DS = 0 again
        pop     ds
        pop     word [bios_registers + REGISTERS_DS]
        mov     [bios_registers + REGISTERS_ES], es
        mov     [bios_registers + 0], eax
        mov     [bios_registers + 4], ebx
        mov     [bios_registers + 8], ecx
        mov     [bios_registers + 12], edx
        mov     [bios_registers + 16], esi
        mov     [bios_registers + 20], edi
        mov     [bios_registers + 24], ebp
        pushfd                                  ; CLI and CLD left CF and ZF alone
        pop     dword [bios_registers + REGISTERS_EFLAGS]

        enter_protected_mode own_idt
        mov     esp, [protected_esp]            ; some BIOSes clobber ESP's upper half

        mov     esi, bios_registers
        mov     edi, [esp + 4 * 5 + 4]          ; after 4 saved registers, EIP and `vector`
        mov     ecx, REGISTERS_SIZE / 4
        rep movsd

        pop     edi
        pop     esi
        pop     ebx
        pop     ebp
        ret

section .data
ivt_pointer:                                    ; real mode's IVT: 256 entries of 4 bytes at 0
        dw      0x3ff
        dd      0

section .bss.low nobits alloc noexec write
        alignb  4
bios_registers: resb REGISTERS_SIZE
bios_vector:    resd 1
protected_esp:  resd 1
own_idt:        resb 6                          ; limit and base

section .note.GNU-stack noalloc noexec nowrite progbits
