; boot.asm - takes 63 sectors a track for granted
        bits    16
        org     0x7c00

STAGE2  equ     0x8000
ENTRY   equ     0x8010
END     equ     STAGE2 + 3 * 512
TRIES   equ     4

start:
        cli
        jmp     0:normalised            ; some BIOSes start at 07C0:0000
normalised:
        xor     ax, ax
        mov     ss, ax
        mov     sp, 0x7000
        mov     ds, ax
        mov     es, ax
        mov     di, ax                  ; always 0
        cld
        sti
        mov     si, 1                   ; the sector, counted from 0
        mov     bx, STAGE2
next_sector:
        mov     cx, TRIES
try:
        call    read_by_edd
        jnc     .read
        call    read_by_chs
        jnc     .read
        mov     ah, 0                   ; reset: some drives refuse everything until then
        call    disk
        loop    try
        jmp     failed
.read:
        inc     si
        add     bh, 512 >> 8
        cmp     bh, END >> 8
        jne     next_sector

        mov     si, STAGE2
        cmp     dword [si], "FLS2"
        jne     failed
        mov     cx, (END - STAGE2) / 4
        xor     ebx, ebx
sum:
        lodsd
        add     ebx, eax
        loop    sum                     ; LOOP leaves the flags of ADD alone
        jnz     failed
        mov     si, 1
        jmp     ENTRY

failed:
        mov     si, message
.next:
        lodsb
        test    al, al
        jz      .stay
        mov     ah, 0x0e
        mov     bx, 7
        push    si
        int     0x10
        pop     si
        jmp     .next
.stay:
        hlt
        jmp     .stay

; read_by_edd, read_by_chs - sector SI of drive DL to address BX; CF = 1 if it failed
read_by_edd:
        pusha
        mov     bp, sp
        push    di                      ; the packet, last field first: the number of the sector
        push    di
        push    di
        push    si
        push    es                      ; the buffer
        push    bx
        push    1                       ; how many sectors
        push    16                      ; the packet's size
        mov     si, sp
        mov     ah, 0x42
        call    disk
        mov     sp, bp                  ; unlike ADD, MOV leaves CF alone
        popa
        ret

read_by_chs:
        pusha
        mov     cx, 63                  ; as on most disks
        mov     bp, 16
        push    dx
        mov     ax, si
        cwd
        div     cx                      ; AX: track, DX: sector in it, from 0
        mov     cx, dx
        inc     cx
        cwd
        div     bp                      ; AX: cylinder, DX: head
        mov     ch, al
        pop     ax
        mov     dh, dl
        mov     dl, al
        mov     ax, 0x0201
        call    disk
        popa
        ret

; disk - INT 13h; restores every register
disk:
        pushad
        push    ds
        push    es
        int     0x13
        pop     es
        pop     ds
        cld
        sti
        popad                           ; POP, MOV, CLD and STI leave CF alone
        ret

message:
        db      "Stage 2?", 0
        times   510-($-$$) db 0
        dw      0xaa55
