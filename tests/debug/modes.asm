; modes.asm - one boot through all seven modes, with the same small work in each
;
;   real16 -> prot16 -> prot32 -> vm86 -> prot32 -> compat32 -> compat16 -> long64
;
; tests/boot/test_debugger_modes.py debugs it with tools/debug/debug.py in place
; of our own stages: none of its addresses are known to the debugger.  The
; label WORK_<mode> is at the instructions that `over` is tried on: int, call, rep, loop.
; The MBR reads the two sectors after it.  Intel SDM 3A 9.9, 20.2, 7.7.

%define TSS 0x7000
%define IDT 0x6000
%define TABLES 0x1000
%define VECTOR 0x60
%define COM1 0x3f8

; WORK mode - the same four instructions in every mode, each of which returns
%macro WORK 1
global WORK_%1
WORK_%1:
        int     VECTOR
        call    .leaf
        mov     ecx, 5
        mov     edi, 0x5000
        rep     stosb
        mov     ecx, 5
.again:
        nop
        loop    .again
.done:
        jmp     short .after
.leaf:
        inc     bp
        ret
.after:
%endmacro

section .text progbits alloc exec write
bits 16
global start
start:
        cli
        jmp     0:real
real:
        xor     ax, ax
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        mov     sp, 0x7000
        cld
        mov     ax, 0x0202                      ; two sectors after this one
        mov     bx, 0x7e00
        mov     cx, 2
        mov     dh, 0
        int     0x13
        jc      $
        cli
        mov     word [VECTOR * 4], handler16
        mov     word [VECTOR * 4 + 2], 0
        WORK    real16
        lgdt    [gdt_pointer]
        jmp     to_protected
handler16:
        inc     bp
        iret

        times   510 - ($ - $$) db 0
        dw      0xaa55

to_protected:
        mov     ax, 1
        lmsw    ax                              ; the old way to set CR0.PE
prot16:
        jmp     0x18:.loaded                    ; a 16-bit code segment
.loaded:
        mov     ax, 0x10
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        mov     word [IDT + VECTOR * 8], handler16
        mov     dword [IDT + VECTOR * 8 + 2], 0x86000018        ; 16-bit interrupt gate
        mov     word [IDT + VECTOR * 8 + 6], 0
        lidt    [idt_pointer]
        WORK    prot16
        mov     bx, far_pointer
        jmp     far [bx + 4]                    ; an address that only the CPU computes

bits 32
prot32:
        mov     esp, 0x7000
        mov     word [IDT + VECTOR * 8], handler32
        mov     dword [IDT + VECTOR * 8 + 2], 0x8e000008
        WORK    prot32
        mov     word [TSS + 8], 0x10            ; SS0: INT leaves virtual-8086 mode through it
        mov     dword [TSS + 4], 0x7800
        mov     word [TSS + 102], 104           ; no I/O map
        mov     ax, 0x30
        ltr     ax
        mov     dword [IDT + VECTOR * 8 + 8], (0x08 << 16) + back_from_vm86
        mov     dword [IDT + VECTOR * 8 + 12], 0xee00           ; vector 61h, usable from ring 3
        mov     word [IDT + VECTOR * 8 + 4], 0xee00
        push    dword 0                         ; GS, FS, DS, ES, SS:ESP
        push    dword 0
        push    dword 0
        push    dword 0
        push    dword 0
        push    dword 0x6800
        push    dword 0x23002                   ; EFLAGS: VM, IOPL 3
        push    dword 0
        push    dword vm86
        iretd
handler32:
        inc     ebp
        iretd

bits 16
vm86:
        WORK    vm86
        int     VECTOR + 1                      ; back to ring 0

bits 32
back_from_vm86:
        mov     ax, 0x10
        mov     ds, ax
        mov     es, ax
        mov     esp, 0x7000
        mov     edi, TABLES
        mov     ecx, 0x3000 / 4
        xor     eax, eax
        rep     stosd
        mov     dword [TABLES], TABLES + 0x1003
        mov     dword [TABLES + 0x1000], TABLES + 0x2003
        mov     dword [TABLES + 0x2000], 0x83   ; 0-2 MiB, one large page
        mov     eax, 0x20                       ; CR4.PAE
        mov     cr4, eax
        mov     eax, TABLES
        mov     cr3, eax
        mov     ecx, 0xc0000080                 ; EFER.LME
        mov     eax, 0x100
        xor     edx, edx
        wrmsr
        mov     edi, IDT + VECTOR * 16          ; gates of 16 bytes from now on
        mov     dword [edi], (0x28 << 16) + handler64
        mov     dword [edi + 4], 0x8e00
        mov     dword [edi + 8], 0
        mov     eax, cr0
        or      eax, 0x80000000
        mov     cr0, eax
compat32:
        WORK    compat32
        jmp     0x18:compat16

bits 16
compat16:
        WORK    compat16
        jmp     dword 0x28:long64

bits 64
long64:
        WORK    long64
        mov     dx, COM1
        mov     al, '.'
        out     dx, al
halt:
        hlt
        jmp     halt
handler64:
        inc     ebp
        iretq

        align   8
gdt:
        dq      0
        dq      0x00cf9b000000ffff              ; 08h 32-bit code
        dq      0x00cf93000000ffff              ; 10h data
        dq      0x00009b000000ffff              ; 18h 16-bit code
        dq      0x000093000000ffff              ; 20h 16-bit data
        dq      0x00af9b000000ffff              ; 28h 64-bit code
        dq      0x0000890000000067 | (TSS << 16)        ; 30h TSS
gdt_end:
gdt_pointer:
        dw      gdt_end - gdt - 1
        dd      gdt
idt_pointer:
        dw      0x7ff
        dd      IDT
far_pointer:
        dd      0
        dw      prot32, 0x08

section .note.GNU-stack noalloc noexec nowrite progbits
