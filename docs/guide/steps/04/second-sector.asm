; second-sector.asm - reads the disk's second sector by CHS and prints the text in it
        bits    16
        org     0x7c00
start:
        xor     ax, ax
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        mov     sp, 0x7c00
        mov     ax, 0x0201              ; function 02h: read; one sector
        mov     bx, 0x7e00              ; to ES:BX, right after this sector
        mov     cx, 0x0002              ; cylinder 0, sector 2: sectors count from 1
        mov     dh, 0                   ; head 0; DL is still the drive that the BIOS named
        int     0x13
        jc      stop                    ; the carry flag says that it failed
        cld
        mov     si, 0x7e00
print:
        lodsb
        test    al, al
        jz      stop
        mov     ah, 0x0e
        int     0x10
        jmp     print
stop:
        cli
        hlt
        jmp     stop

        times   510-($-$$) db 0
        dw      0xaa55
        db      "I was in the second sector.", 0
        times   1024-($-$$) db 0
