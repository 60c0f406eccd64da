; into-the-table.asm - goes wrong on purpose: copies a "kernel" to 1 MiB while A20 is closed
        bits    16
        org     0x7c00
start:
        xor     ax, ax
        mov     ds, ax
        in      al, 0x92
        and     al, 0xfc
        out     0x92, al                ; as a machine of 1984 starts
        mov     ax, 0xffff
        mov     es, ax
        mov     di, 0x0010              ; FFFF:0010 = 100000h
        mov     si, kernel
        mov     cx, 256
        cld
copy:
        rep     movsb
        mov     ax, 0x0e00 | 'k'
call_bios:
        int     0x10
stop:
        cli
        hlt
        jmp     stop
kernel:
        times   510-($-$$) db 0x11
        dw      0xaa55
