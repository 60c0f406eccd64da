; remap.asm - moves the PICs' lines to vectors 20h to 2Fh, and counts 100 ticks of 10 ms
        bits    16
        org     0x7c00
start:
        cli
        xor     ax, ax
        mov     ds, ax
        mov     ss, ax
        mov     sp, 0x7c00
        mov     word [0x20 * 4], tick
        mov     word [0x20 * 4 + 2], ax

        mov     al, 0x11                ; first byte: start, and three more follow
        out     0x20, al
        out     0xa0, al
        mov     al, 0x20                ; second byte: line 0 is vector 20h,
        out     0x21, al
        mov     al, 0x28                ; line 8 is vector 28h
        out     0xa1, al
        mov     al, 4                   ; third byte: the second PIC is at line 2
        out     0x21, al
        mov     al, 2
        out     0xa1, al
        mov     al, 1                   ; fourth byte: this is an x86
        out     0x21, al
        out     0xa1, al
        mov     al, 0xfe                ; masks: the timer alone
        out     0x21, al
        mov     al, 0xff
        out     0xa1, al

        mov     al, 0x34                ; counter 0, low byte then high byte, again and again
        out     0x43, al
        mov     al, 11932 & 0xff
        out     0x40, al
        mov     al, 11932 >> 8
        out     0x40, al
ready:
        sti
wait_for_it:
        hlt
        cmp     word [count], 100
        jb      wait_for_it
second:
        cli
        hlt

tick:
        push    ax
        inc     word [count]
        mov     al, 0x20
        out     0x20, al
        pop     ax
        iret

count:  dw      0

        times   510-($-$$) db 0
        dw      0xaa55
