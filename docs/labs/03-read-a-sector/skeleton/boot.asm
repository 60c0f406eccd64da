; boot.asm - lab 3: reads stage 2 from the disk and starts it
;
; At the start only DL is certain: the drive that the BIOS has booted from.

        bits    16
        org     0x7c00

start:
        ; 1. Make the state certain: CS, DS, ES, SS and SP, the direction flag, interrupts.

        ; 2. Read sectors 1, 2 and 3 of drive DL to 8000h, 8200h and 8400h.

        ; 3. Check them: the letters FLS2, and a sum of 0.

        ; 4. Start them: jmp 0x8010

failed:
        ; 5. Say that it failed, and stay here.
        hlt
        jmp     failed

        times   510-($-$$) db 0
        dw      0xaa55
