; bits_32_missing.asm - the code after the far jump is still assembled for 16 bits
; cause: 16-bit code.*32-bit
; try: bits 32
bits 16
org 0x7c00
start:  cli
        xor     ax, ax
        mov     ds, ax
        lgdt    [gdtr]
        mov     eax, cr0
        or      eax, 1
        mov     cr0, eax
        jmp     0x08:protected
protected:
        mov     ax, 0x10
        mov     ds, ax
        mov     ss, ax
        mov     sp, 0x7000
        push    ax
        call    done
done:   hlt
        jmp     done
gdt:    dq      0, 0x00cf9a000000ffff, 0x00cf92000000ffff
gdtr:   dw      $ - gdt - 1
        dd      gdt
%include "sector.inc"
