; packet.asm - reads the disk's second sector by its number, with a disk address packet
        bits    16
        org     0x7c00
start:
        xor     ax, ax
        mov     ds, ax
        mov     ss, ax
        mov     sp, 0x7c00
        mov     si, packet              ; DS:SI = the packet
        mov     ah, 0x42                ; extended read
read:
        int     0x13
done:
        cli
        hlt
        jmp     done

packet:
        db      16, 0                   ; its size, and a zero
        dw      1                       ; how many sectors
        dw      0x7e00, 0               ; where to: offset, segment
lba:
        dq      1                       ; the number of the first sector, counted from 0

        times   510-($-$$) db 0
        dw      0xaa55
        db      "I was in the second sector.", 0
        times   1024-($-$$) db 0
