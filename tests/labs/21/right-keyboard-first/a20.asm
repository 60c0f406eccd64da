; a20.asm - a table of ways, the keyboard controller first; the test turns one word over and back
%include "link.inc"

        bits    16
        org     0
        push    cs
        pop     ds
        cld
        mov     word [way], ways
try:
        call    test_gate
        jc      closed
        retf                            ; CF = 0
closed:
        mov     bx, [way]
        add     word [way], 2
        cmp     bx, ways_end
        je      none
        call    [bx]
        push    cs                      ; a BIOS may change it
        pop     ds
        jmp     try
none:   stc
        retf

; test_gate - CF = 1: closed
test_gate:
        push    0
        pop     fs
        push    word 0xffff
        pop     gs
        mov     si, 250                 ; looks
.look:
        mov     dx, [fs:0x7dfe]         ; the signature of the boot sector
        not     word [fs:0x7dfe]
        mov     bx, [gs:0x7e0e]
        mov     [fs:0x7dfe], dx
        cmp     bx, [gs:0x7e0e]         ; the same twice: another memory
        je      .open
        mov     cx, 50
        loop    $
        dec     si
        jnz     .look
        stc
        ret
.open:  clc
        ret

by_keyboard:
        pushf
        cli
        mov     bp, command
        mov     al, 0xad                ; no keys meanwhile
        call    bp
        mov     al, 0xd0
        call    bp
        mov     cx, 0xffff
.wait:  in      al, 0x64
        shr     al, 1
        jc      .there
        loop    .wait
.there: in      al, 0x60
        bts     ax, 1
        push    ax
        mov     al, 0xd1
        call    bp
        pop     ax
        call    data
        mov     al, 0xae
        call    bp
        call    ready
        popf
        ret
command:
        call    ready
        out     0x64, al
        ret
data:   call    ready
        out     0x60, al
        ret
ready:  push    ax
        mov     cx, 0xffff
.busy:  in      al, 0x64
        and     al, 2
        loopnz  .busy
        pop     ax
        ret

by_port:
        mov     dx, 0x92
        in      al, dx
        and     al, 0xfe
        or      al, 0x02
        out     dx, al
        ret

by_bios:
        mov     ax, 0x2401
        int     0x15
        ret

ways:   dw      by_keyboard, by_port, by_bios
ways_end:
        dw      0
way:    dw      0
