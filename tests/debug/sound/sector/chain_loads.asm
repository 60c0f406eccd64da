; chain_loads.asm - an MBR as every PC has it: moves itself to 600h, loads a partition's boot sector to 7C00h
bits 16
org 0x600
start:  cli
        xor     ax, ax
        mov     ss, ax
        mov     sp, 0x7c00
        mov     ds, ax
        mov     es, ax
        mov     si, 0x7c00
        mov     di, 0x600
        mov     cx, 256
        cld
        rep     movsw
        jmp     0:.moved
.moved: sti
        mov     bx, 0x7c00
        mov     ax, 0x0201
        mov     cx, 0x0002
        mov     dh, 0
        int     0x13
        jc      .halt
        jmp     0:0x7c00
.halt:  cli
        hlt
        times   446 - ($ - $$) db 0
        db      0x80, 0, 2, 0, 6, 0, 3, 0
        dd      1, 2
%include "sector.inc"
        jmp     short .code
        nop
        times   512 + 0x3e - ($ - $$) db 0
.code:  mov     ax, 0x0e56
        int     0x10
.wait:  xor     ah, ah
        int     0x16
        jmp     .wait
        times   1022 - ($ - $$) db 0x11
        dw      0xaa55
        times   1536 - ($ - $$) db 0
