; boot.asm - keeps the numbers in memory of their own, and not on the stack
        bits    16
        org     0x7c00

SECOND  equ     0x8000                  ; where the second sector goes
SUM     equ     0x600                   ; where it leaves its result
NUMBERS equ     280

start:
        cli
        jmp     0:.normalised
.normalised:
        xor     ax, ax
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        mov     sp, 0x8400              ; 512 bytes after the second sector
        cld
        sti
        mov     ax, 0x0201              ; read one sector
        mov     cx, 0x0002              ; cylinder 0, sector 2
        mov     dh, 0
        mov     bx, SECOND
        int     0x13
        jc      stay
        call    SECOND
stay:
        hlt
        jmp     stay

        times   509-($-$$) db 0
answer:
        db      'e'                     ; the letter of the cause
        dw      0xaa55

; ---- the second sector, at 8000h

second_sector:
        mov     di, 0x1000
        mov     cx, NUMBERS
        mov     ax, cx
.push:
        stosw                           ; each number, from 280 down
        dec     ax
        loop    .push
        mov     cx, NUMBERS
        mov     si, 0x1000
        xor     dx, dx
.add:
        lodsw                           ; ... and each again
        add     dx, ax
        loop    .add
        mov     [SUM], dx
        mov     si, SECOND + goodbye - second_sector
.print:
        lodsb
        test    al, al
        jz      .end
        mov     ah, 0x0e
        mov     bx, 7
        int     0x10
        jmp     .print
.end:
        ret

        times   464-($-second_sector) db 0
goodbye:
        db      "All numbers are added up. Goodbye!", 13, 10, 0

        times   512-($-second_sector) db 0
