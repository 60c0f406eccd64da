; polls_the_keyboard.asm - waits for a key in a loop, with interrupts off
bits 64
org 0x100000
.wait:  in      al, 0x64
        test    al, 1
        jz      .wait
        in      al, 0x60
        jmp     .wait
