; probe.asm - a boot disk that prints what a BIOS really does
;
; Boots from a floppy or a hard disk, and reads only its own sectors.  Each line on screen
; and COM1 is a name and numbers, all hexadecimal.  tests/hostile/report.py turns them into
; the settings of a BIOS that behaves in the same way, so that the report of a user's
; machine becomes a test.
;
;   enters  as any boot sector
;   stays   in real mode, and halts after the last line

%define SECTORS 7                               ; after this one
%define COM1 0x3f8
%define BUFFER 0x2000                           ; segment; aligned to 64 KiB
%define MOST_SECTORS 128                        ; marked ones, after ours
%define SECTOR_MARK 500                         ; its offset in a sector
%define MARK 0x4b52414d

bits 16
org 0x7c00

start:  jmp     short .begin
        nop
        times 0x3e - ($ - $$) db 0              ; some BIOSes write a BPB here
.begin:
        pushf                                   ; on the BIOS's stack, whatever it is
        pusha
        push    ds
        push    es
        push    cs
        call    .here
.here:
        mov     ax, ss
        mov     ds, ax
        mov     si, sp
        xor     ax, ax
        mov     es, ax
        mov     di, entry                       ; IP, CS, ES, DS, DI, SI, BP, SP, BX, DX, CX,
        cld                                     ; AX, FLAGS
        mov     cx, 13
        rep movsw
        mov     [es:entry_ss], ss
        jmp     0:.normalised
.normalised:
        cli
        mov     ds, ax
        mov     ss, ax
        mov     sp, 0x7c00
        sti
        mov     dl, [entry_dx]
        mov     [drive], dl
        mov     cx, SECTORS                     ; one by one, EDD or CHS, whatever works
        mov     bx, start + 512
.load:
        call    load_sector
        jc      .failed
        inc     word [next_lba]
        add     bx, 512
        loop    .load
        jmp     probe
.failed:
        mov     al, '!'
        mov     ah, 0x0e
        mov     bx, 7
        int     0x10
.stop:
        hlt
        jmp     .stop

; load_sector - `next_lba` to 0:BX
;   out       CF
;   clobbers  AX, DX, SI
load_sector:
        push    cx
        mov     [packet.offset], bx
        mov     si, packet
        mov     ah, 0x42
        mov     dl, [drive]
        int     0x13
        jnc     .done
        mov     cx, [next_lba]                  ; cylinder 0, head 0
        inc     cx
        mov     dh, 0
        mov     dl, [drive]
        mov     ax, 0x0201
        int     0x13
.done:
        mov     ax, 0
        mov     ds, ax
        mov     es, ax
        pop     cx
        ret

align 4
packet: dw      16, 1
.offset:
        dw      0, 0
next_lba:
        dq      1
entry:  times 9 dw 0
entry_dx:
        times 4 dw 0
entry_ss:
        dw      0
drive:  db      0

        times 510 - ($ - $$) db 0
        dw      0xaa55

%include "print.inc"
%include "services.inc"
%include "disk.inc"
%include "memory.inc"

; probe - everything, in the order of the report
probe:
        call    print_start
        print   "firstlight biosprobe 1"
        call    probe_entry
        call    probe_a20
        call    probe_memory
        call    probe_disk
        print   "end"
        print   ""
.stop:
        hlt
        jmp     .stop

        times (SECTORS + 1) * 512 - ($ - $$) db 0

; The sectors that are read in the tests: each has a mark and its number near its end.
%assign number 0
%rep MOST_SECTORS
        times SECTOR_MARK db 0
        dd      MARK
        dw      number
        times 512 - SECTOR_MARK - 6 db 0
%assign number number + 1
%endrep
