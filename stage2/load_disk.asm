; load_disk.asm - reads one sector for the real-mode loader, by EDD or by CHS
;
; Each sector is tried DISK_TRIES times one way, with a reset in between because some drives refuse
; everything until then, and as often the other way.  The way that worked is tried first for the
; next sector.  One sector per call: no BIOS refuses that, or reports success after half of it.
; EDD-3 (T13 1572D); Ralf Brown's list.

%include "layout.inc"
%include "stage2/load.inc"

%define STATUS_BAD_COMMAND 1
%define CYLINDERS 1024

bits 16

section .first progbits alloc exec write

; read_sector
;   in        EAX = LBA, BX = address; `drive`, `way`
;   out       CF = 1: neither way works; `statuses`, `way` and `lba` say what was tried
;   clobbers  nothing
global read_sector
read_sector:
        mov     [lba], eax
        mov     [buffer], bx
        mov     word [statuses], 0
        call    read_one_way
        jnc     .end
        xor     byte [way], BY_EDD ^ BY_CHS
        call    read_one_way
.end:
        ret

; read_one_way - DISK_TRIES reads by `way`
;   out       CF
;   clobbers  nothing
read_one_way:
        pushad
        mov     cx, DISK_TRIES
.again:
        call    read_once
        jnc     .end
        dec     cx                              ; keeps CF
        jz      .end
        mov     ah, 0                           ; reset
        call    int13
        jmp     .again
.end:
        popad
        ret

; read_once - one read by `way`, its status to `statuses`
;   out       CF
;   clobbers  all but CX and SP
read_once:
        push    cx
        mov     ax, edd_read
        cmp     byte [way], BY_EDD
        je      .go
        mov     ax, chs_read
.go:
        call    ax
        mov     al, [result_ax + 1]
        movzx   bx, byte [way]
        mov     [statuses + bx], al
        pop     cx
        ret

; Function 41h is not used to check for EDD: see stage1.asm.
edd_read:
        mov     dword [packet + 0], 1 << 16 | 16        ; one sector, 16 bytes of packet
        mov     ax, [buffer]
        mov     [packet + 4], ax
        mov     eax, [lba]
        mov     [packet + 8], eax
        mov     si, packet
        mov     ah, 0x42                        ; extended read
        jmp     int13

; The numbers from function 08h are used, not CF: some BIOSes set it although all is well.
chs_read:
        mov     ah, 8
        xor     cx, cx                          ; a BIOS may leave it unchanged
        xor     di, di                          ; with ES:DI = 0 some BIOSes behave better
        call    int13
        mov     cx, [result_cx]
        and     cx, 63                          ; sectors per track
        jz      .refuse
        movzx   bp, byte [result_dh]
        inc     bp                              ; heads
        mov     ax, [lba]
        xor     dx, dx
        div     cx                              ; AX = track, DX = sector in it
        mov     cx, dx
        inc     cx                              ; sectors count from 1
        xor     dx, dx
        div     bp                              ; AX = cylinder, DX = head
        cmp     ax, CYLINDERS
        jae     .refuse
        mov     ch, al
        shl     ah, 6
        or      cl, ah                          ; bits 8 and 9 of the cylinder
        mov     dh, dl
        mov     bx, [buffer]
        mov     ax, 0x0201                      ; read one sector
        jmp     int13
.refuse:
        mov     byte [result_ax + 1], STATUS_BAD_COMMAND
        stc
        ret

; int13 - INT 13h for `drive`
;   in        AH = function, other registers but DL as it requires
;   out       CF; AX, CX and DH as the BIOS left them in `result_ax`, `result_cx`, `result_dh`
;   clobbers  DL
int13:
        mov     dl, [drive]
        bios    0x13, .keep
        ret
.keep:
        mov     [result_ax], ax
        mov     [result_cx], cx
        mov     [result_dh], dh
        ret

global drive, way, lba, statuses
drive:          db      0
way:            db      0
statuses:       db      0, 0                    ; of the last tries by EDD and by CHS
lba:            dd      0
buffer:         dw      0
result_ax:      dw      0
result_cx:      dw      0
result_dh:      db      0

        align   4
packet:         times 4 dd 0                    ; EDD's disk address packet: buffer's segment 0,
                                                ; upper half of the LBA 0

section .note.GNU-stack noalloc noexec nowrite progbits
