; data_disk.asm - a partitioned disk that nobody made bootable: a signature, but no code
; cause: no code.*only zeros
; try: boot loader|make image
        times   446 db 0
        db      0, 0x20, 0x21, 0, 0x83, 0x20, 0x22, 0
        dd      2048, 2048
        times   510 - ($ - $$) db 0
        dw      0xaa55
