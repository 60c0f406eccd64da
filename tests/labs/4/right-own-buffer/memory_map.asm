; memory_map.asm - takes each entry into a buffer of our own and copies it; keeps all that it needs
; in memory; a list without end ends when an entry comes that is already there
%include "link.inc"

        bits    16
        org     0
        push    cs
        pop     ds
        and     word [count], 0
        and     dword [bookmark], 0
ask:
        push    cs
        pop     es
        mov     byte [buffer + 20], 1
        mov     di, buffer
        mov     ecx, 24
        mov     edx, 'PAMS'             ; NASM stores the first character lowest
        mov     eax, 0x0000e820
        mov     ebx, [bookmark]
        stc
        int     0x15
        push    cs
        pop     ds                      ; no flag is changed
        jc      finished
        sub     eax, 'PAMS'
        jnz     lost
        mov     [bookmark], ebx
        call    is_known
        jz      finished
        inc     word [count]
        or      ebx, ebx
        jnz     ask
finished:
        mov     ax, [count]
        cmp     ax, 1                   ; CF = 1 if there is none
        retf
lost:   stc
        retf

; copies the entry to the end of the list, and looks for it among those before
;   out  ZF = 1: it is one of them
is_known:
        cld
        push    word SCRATCH_ADDRESS >> 4
        pop     es
        imul    ax, [count], 24
        mov     di, ax
        mov     si, buffer
        mov     cx, 6
        rep     movsd
        xor     dx, dx
.compare:
        cmp     dx, ax
        je      .new
        mov     di, dx
        mov     si, buffer
        mov     cx, 5
        repe    cmpsd
        je      .done
        add     dx, 24
        jmp     .compare
.new:   or      dx, 1                   ; ZF = 0
.done:  ret

        align   4, db 0
bookmark: dd    0
count:  dw      0
        align   4, db 0
buffer: times   24 db 0
