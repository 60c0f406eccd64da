; retf_without_rex.asm - RETF pops 4 bytes each in 64-bit code; the pushes were 8
; cause: (RETF|far return)
; try: REX|retfq|o64
bits 64
org 0x100000
        lgdt    [gdtr]
        push    0x08
        mov     rax, reload
        push    rax
        retf
reload: cli
        hlt
        align   8
gdt:    dq      0, 0x00af9a000000ffff, 0x00cf92000000ffff
gdtr:   dw      $ - gdt - 1
        dq      gdt
