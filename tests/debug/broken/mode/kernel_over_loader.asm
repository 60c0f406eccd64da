; kernel_over_loader.asm - the kernel is loaded over the running loader
; cause: Something was read or copied over the running loader
; try: 7C00h
%macro REAL_MODE_PART 0
        sti
        mov     bx, 0x7c00
        mov     ax, 0x0201                      ; read one sector
        mov     cx, 0x0002                      ; cylinder 0, sector 2
        xor     dh, dh
        int     0x13
after_read:
%endmacro
%include "boot.inc"
