; boot.asm - lab 1: prints the letter A by asking the BIOS, then waits forever
;
; The BIOS reads these 512 bytes to address 7C00h and jumps to the first one.

        bits    16                      ; a PC begins in 16-bit real mode
        org     0x7c00                  ; where this code will lie

start:
        ; 1. Print the letter A with a function of INT 10h.

        ; 2. Wait here forever.

        ; 3. Fill the sector up to its last two bytes, which are 55h AAh.
