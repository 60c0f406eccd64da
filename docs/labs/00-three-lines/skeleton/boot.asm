; boot.asm - lab 0: three lines to change, and one number to predict

        bits    16
        org     0x7c00

start:
        mov     ax, 0x1234              ; line 1: AX is to begin as 12F0h
        add     ax, 0x20                ; line 2: 20h is to be added to AL only
        mov     dx, 0x5678              ; line 3: DX is to become a copy of AX
stop:
        hlt                             ; and here the CPU waits
        jmp     stop

        times   508-($-$$) db 0
prediction:
        dw      0                       ; what is AX when the CPU waits?  Write it here before you try
        dw      0xaa55
