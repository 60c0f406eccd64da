; loops_without_reading.asm - while (!ready) without volatile: the compiler read the variable once
; cause: (volatile|reads no memory)
; try: volatile
bits 64
org 0x100000
        mov     al, [ready]
.wait:  test    al, al
        jz      .wait
.halt:  cli
        hlt
ready:  db      0
