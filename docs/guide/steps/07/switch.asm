; switch.asm - from real mode to 32-bit protected mode, and a letter to show it
        bits    16
        org     0x7c00
start:
        cli                             ; nobody could answer a device from here on
        xor     ax, ax
        mov     ds, ax
        lgdt    [gdt_pointer]
        mov     eax, cr0
        or      al, 1                   ; bit 0: PE
        mov     cr0, eax
        jmp     8:protected             ; loads CS with selector 8

        bits    32
protected:
        mov     ax, 0x10
        mov     ds, ax                  ; selector 10h: DS reaches all of 4 GiB
        mov     word [0xb8000], 0x2f50  ; the screen's first character: a P on green
stop:
        hlt
        jmp     stop

gdt:
        dq      0                       ; selector 0: never used
        dq      0x00cf9b000000ffff      ; selector 8: code
        dq      0x00cf93000000ffff      ; selector 10h: data
gdt_end:
gdt_pointer:
        dw      gdt_end - gdt - 1       ; its limit: the offset of its last byte
        dd      gdt

        times   510-($-$$) db 0
        dw      0xaa55
