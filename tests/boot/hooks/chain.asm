; chain.asm - another boot sector, which loads something and jumps to it
;
;   -DDRIVE=...     BIOS drive to load from
;   -DLBA=...       first sector
;   -DSECTORS=...   how many, 1 by default
;   -DSEGMENT=...   where to: SEGMENT:OFFSET, 0:7C00 by default
;   -DOFFSET=...

%ifndef SECTORS
%define SECTORS 1
%endif
%ifndef SEGMENT
%define SEGMENT 0
%define OFFSET 0x7c00
%endif

bits 16
org 0x600

start:
        cli
        xor     ax, ax
        mov     ss, ax
        mov     sp, 0x7c00
        mov     ds, ax
        mov     es, ax
        cld
        mov     si, 0x7c00                      ; frees 0:7C00 for what is loaded there
        mov     di, start
        mov     cx, 256
        rep movsw
        jmp     0:.moved
.moved:
        sti
        mov     si, packet
        mov     ah, 0x42
        mov     dl, DRIVE
        int     0x13
        jc      .failed
        mov     dl, DRIVE
        jmp     SEGMENT:OFFSET
.failed:
        int     0x18

align 4
packet: dw      16, SECTORS
        dw      OFFSET, SEGMENT
        dq      LBA

        times 510 - ($ - $$) db 0
        dw      0xaa55
