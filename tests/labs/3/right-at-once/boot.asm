; boot.asm - asks for EDD first; reads all three sectors in one call by EDD, or one by one by CHS,
; and writes its message into the screen's memory
        bits    16
        org     0x7c00

        jmp     0:begin
begin:
        cli
        xor     cx, cx
        mov     ds, cx
        mov     ss, cx
        mov     sp, 0x7c00
        sti
        mov     [drive], dl
        mov     byte [tries], 6
again:
        xor     ax, ax                  ; a reset before each try, also the first
        call    int13
        call    try_edd
        jnc     loaded
        call    try_chs
        jnc     loaded
        dec     byte [tries]
        jnz     again
        jmp     bad

loaded:
        xor     eax, eax
        mov     di, 0x8000
.add:
        add     eax, [di]
        add     di, 4
        cmp     di, 0x8600
        jb      .add
        or      eax, eax
        jnz     bad
        mov     eax, [0x8000]
        cmp     eax, 0x32534c46
        jne     bad
        xor     ax, ax
        mov     es, ax
        mov     dl, [drive]
        mov     si, 1
        cld
        sti
        mov     ax, 0x8010
        jmp     ax

bad:
        mov     ax, 0xb800
        mov     es, ax
        mov     di, 12 * 160
        mov     si, text
.copy:
        mov     al, [si]
        mov     ah, 0x4f
        mov     [es:di], ax
        add     di, 2
        inc     si
        cmp     byte [si], 0
        jne     .copy
        cli
        hlt
        jmp     $

; int13 - the BIOS's call; keeps AX to DX and the flags that it returned in memory
int13:
        push    bp
        mov     dl, [drive]
        int     0x13
        pushf                           ; DS may be anything now
        push    0
        pop     ds
        pop     word [flags]
        mov     [result_cx], cx
        mov     [result_dx], dx
        mov     [result_bx], bx
        cld
        sti
        pop     bp
        bt      word [flags], 0         ; CF as the BIOS left it
        ret

try_edd:
        mov     ah, 0x41
        mov     bx, 0x55aa
        call    int13
        jc      .no
        cmp     word [result_bx], 0xaa55
        jne     .no
        push    0                       ; LBA 1
        push    0
        push    0
        push    1
        push    0x800                   ; to 0800:0000
        push    0
        push    3
        push    16
        mov     si, sp
        mov     ah, 0x42
        call    int13
        lea     sp, [esp + 16]
        ret
.no:
        stc
        ret

try_chs:
        mov     ah, 8
        xor     di, di
        mov     es, di
        call    int13
        mov     al, [result_cx]
        and     al, 0x3f
        mov     [per_track], al
        cmp     al, 1
        jb      .end
        mov     word [sector], 1
        mov     word [buffer], 0x8000
.one:
        mov     ax, [sector]
        div     byte [per_track]        ; AH: rest
        mov     cl, ah
        inc     cx
        xor     ah, ah
        mov     bl, [result_heads]
        inc     bx
        div     bl
        mov     dh, ah
        mov     ch, al
        xor     bx, bx
        mov     es, bx
        mov     bx, [buffer]
        push    word [result_dx]
        mov     ax, 0x0201
        call    int13
        pop     word [result_dx]
        jc      .end
        add     word [buffer], 512
        inc     word [sector]
        cmp     word [sector], 4
        jne     .one
        clc
.end:
        ret

text:   db      "The next stage is missing or broken.", 0

        times   510-($-$$) db 0
        dw      0xaa55

        absolute 0x7e00
drive:          resb 1
tries:          resb 1
per_track:      resb 1
                resb 1
flags:          resw 1
result_bx:      resw 1
result_cx:      resw 1
result_dx:      resb 1
result_heads:   resb 1
sector:         resw 1
buffer:         resw 1
