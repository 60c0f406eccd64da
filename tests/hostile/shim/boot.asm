; boot.asm - the first sector of the shim's medium: puts the shim below the top of memory
;
;   enters  as any boot sector, DL = the medium's drive: a floppy of 18 sectors a
;           track, or a hard disk with EDD
;   leaves  at SHIM_ENTRY of the shim's segment; INT 12h reports that much less

%include "size.inc"

bits 16
org 0x7c00

start:
        cli
        xor     ax, ax
        mov     ss, ax
        mov     sp, 0x7c00
        mov     ds, ax
        sti
        cld
        mov     ax, [0x413]                     ; KiB of conventional memory
        sub     ax, SHIM_KIB
        mov     [0x413], ax
        shl     ax, 6                           ; to a segment
        mov     es, ax
        mov     [packet.segment], ax
        test    dl, dl
        js      .hard_disk
        mov     ax, 0x0200 + SHIM_SECTORS
        xor     bx, bx
        mov     cx, 2                           ; cylinder 0, sector 2
        mov     dh, 0
        int     0x13
        jmp     .read
.hard_disk:
        mov     si, packet
        mov     ah, 0x42
        int     0x13
.read:
        jc      .failed
        push    es
        push    word SHIM_ENTRY
        retf
.failed:
        int     0x18

align 4
packet: dw      16, SHIM_SECTORS, 0
.segment:
        dw      0
        dq      1

        times 510 - ($ - $$) db 0
        dw      0xaa55
