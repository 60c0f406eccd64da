; Switches off as the programs of the nineties did: by the BIOS's APM.
        org     0x7c00
        xor     ax, ax
        mov     ds, ax
        mov     es, ax
        cli
        mov     ss, ax
        mov     sp, 0x7c00
        sti
        mov     ax, 0x1301
        mov     bx, 0x000a
        mov     cx, text.end - text
        mov     dx, 0x1400
        mov     bp, text
        int     0x10
        mov     ax, 0x5301              ; connect
        xor     bx, bx
        int     0x15
        mov     ax, 0x530e              ; version 1.2
        xor     bx, bx
        mov     cx, 0x0102
        int     0x15
        mov     ax, 0x5308              ; power management on, all devices
        mov     bx, 1
        mov     cx, bx
        int     0x15
        mov     ax, 0x5307              ; all devices off
        mov     bx, 1
        mov     cx, 3
        int     0x15
        jmp     $

text:   db      "It is now safe to turn off your computer."
.end:
        times   510-($-$$) db 0
        dw      0xaa55
