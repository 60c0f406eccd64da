; stage1.asm - the MBR: 512 bytes that load stage 2 and jump to it
;
; The BIOS reads this sector to 0000:7C00 and jumps there in real mode, DL =
; the drive it came from.  Nothing else is certain: CS:IP may be 07C0:0000,
; segments, stack, direction flag and IF are whatever the BIOS left.
;
;   enters  real mode, DL = BIOS drive
;   leaves  real mode, CS:IP = 0:STAGE2_ADDRESS, DL as it came (or 80h, if
;           that one failed), DS = ES = SS = 0, SP a little below STACK_TOP, DF = 0,
;           IF = 1; stage 2 whole and checked
;   fails   with a line on screen, COM1 and port E9h for each copy that can't be
;           had: a letter (include/errors.def), the BIOS's status, drive and LBA.
;           At last a key goes on to the next boot device (INT 18h)
;
; Stage 2 is looked for in this order, and the first that is whole gets the CPU:
;
;   drive DL   LBA STAGE2_LBA        EDD three times, then CHS three times
;              LBA STAGE2_COPY_LBA   the same
;   drive 80h  both again            for BIOSes that give a wrong DL
;
; A checksum that is wrong sends it from EDD to CHS like a call that fails: some
; BIOSes say "done" and transfer nothing.
;
; The sector is laid out by linker/stage1.ld, which also keeps code away from
; the bytes that others write to: 03h-3Dh (BPB), DAh-DFh (DOS time stamp) and
; 1B8h-1FDh (disk signature and partition table).
; Follows EDD-3 (T13 1572D) for INT 13h and BIOS lore for the rest.

%include "layout.inc"
%include "errors.inc"

%define TRIES 3
%define HEX 1                                   ; in the text: the next byte as two digits

; Variables are reached from BP where it is ours, which saves a byte each time.
; Those that are shown live in the text, the others behind the sector.
%define BASE    (MBR_ADDRESS + SECTOR_SIZE)
%define var(a)  bp + a - BASE
%define sectors BASE                            ; word, per track
%define heads   (BASE + 2)                      ; word

bits 16

section .mbr.jump progbits alloc exec nowrite
global mbr_start
mbr_start:
        cli                                     ; see below; and a first byte of EBh would make
        db      0xeb, MBR_CODE_OFFSET - 3       ; tools and some BIOSes take this MBR for a
                                                ; FAT boot sector.  jmp short over the BPB

; ---------------------------------------------------------------------------
section .mbr.code progbits alloc exec nowrite
        jmp     0:.normalised                   ; CS = 0, even when entered at 07C0:0000
.normalised:
        xor     ax, ax
        mov     ss, ax                          ; with CLI: on an 8088 an interrupt between
        mov     sp, STACK_TOP                   ; these two pushes onto a half-made stack
        mov     ds, ax
        mov     es, ax
        sti                                     ; disk waits of some BIOSes need IRQs
        cld                                     ; and Bochs's INT 13h takes DF = 0 for granted
        mov     [drive], dl

        mov     dx, COM1_PORT + 3               ; line control: open the divisor latch
        mov     al, UART_LCR_DLAB | UART_LCR_8N1
        out     dx, al
        mov     dl, COM1_PORT & 0xff            ; its low byte
        mov     al, UART_DIVISOR
        out     dx, al
        mov     dl, (COM1_PORT + 3) & 0xff      ; (the high byte is 0 from 450 baud up)
        mov     al, UART_LCR_8N1
        out     dx, al

%if UART_LCR_8N1 != 3
%error "AX must be 3 here: text mode 80x25"
%endif
        int     0x10                            ; AX = 3: 80x25 text, cleared.  The BIOS may have
                                                ; left a picture; a blank screen: the MBR runs
        mov     bp, BASE                        ; not before: that BIOS call may destroy it

; What stays in registers from here to stage 2:
;   BX = STAGE2_HEADER   DI = LBA of the copy   SI = tries left; TRIES and less: by CHS
first_copy:
        mov     di, STAGE2_LBA
load:
        mov     si, 2 * TRIES
.again:
        mov     bx, STAGE2_HEADER
        mov     cx, 1
        call    read
        mov     al, MBR_ERROR_BAD_HEADER        ; AL: the letter, should this step fail
        cmp     word [bx + STAGE2_HEADER_MAGIC], STAGE2_MAGIC & 0xffff
        jne     fail                            ; the sum covers the other half
        mov     cx, [bx + STAGE2_HEADER_SECTORS]
        and     cx, STAGE2_MAX_SECTORS          ; 63: whatever it says, no more than fits
        jz      fail
        push    cx
        call    read
        pop     cx
        shl     cx, 7                           ; sectors to 32-bit words
        xor     edx, edx
.sum:
        add     edx, [bx]
        lea     bx, [bx + 4]                    ; LEA and LOOP keep the flags of ADD
        loop    .sum
        mov     dl, [var(drive)]
        mov     al, MBR_ERROR_BAD_SUM
        jz      STAGE2_ADDRESS

; fail - this copy is not to be had in this way: go on, say why not
;   in        DI = LBA of the copy or of a sector in it, AL = the step's letter
fail:
        mov     cx, di
        mov     [var(lba_high)], ch
        mov     [var(lba_low)], cl
        mov     [text_step], al
        sub     si, TRIES                       ; read by EDD, but wrong?
        ja      load.again                      ; then by CHS, before a word is said
        cld                                     ; the BIOS may have left it set
        mov     si, text_error
        call    print
        test    di, STAGE2_COPY_LBA             ; one bit, which the first copy's LBAs don't have
        mov     di, STAGE2_COPY_LBA
        jz      load
        mov     al, 0x80
        xchg    al, [var(drive)]
        cmp     al, 0x80
        jne     first_copy
.key:
        mov     ah, 0                           ; wait for a key
        int     0x16
        int     0x18                            ; next boot device
        jmp     .key                            ; a BIOS without one may come back

%if STAGE2_COPY_LBA & (STAGE2_COPY_LBA - 1) || STAGE2_LBA + STAGE2_MAX_SECTORS > STAGE2_COPY_LBA
%error "a bit of the LBA tells the copies apart"
%endif

; ---------------------------------------------------------------------------
section .mbr.code2 progbits alloc exec nowrite

; read - sectors of stage 2
;   in        BX = where to, DI = LBA, CX = sectors, SI = tries left
;   out       SI = tries left; or does not return: see fail
;   clobbers  AX, CX, DX
;
; Three tries by EDD for all of it, then three by CHS, sector by sector, each
; after a reset: some drives refuse everything until then.  EDD is not asked
; for by function 41h: a BIOS without it answers 42h with status 01, and some
; hang in 41h.  Needs that disk_call keeps all registers.
read:
        push    di
.again:
        cmp     si, TRIES
        jbe     .chs
        pusha
        push    es                              ; the disk address packet, last word first:
        push    es                              ; LBA, 64 bits
        push    es
        push    di
        push    es                              ; buffer, segment and offset
        push    bx
        push    cx                              ; sectors
        push    16                              ; size of the packet
        mov     si, sp
        mov     ah, 0x42                        ; extended read
        call    disk_call
        popa                                    ; drops the packet, which is as large
        popa
        jnc     .done
.failed:
        dec     si
        jz      .give_up
        mov     ah, 0                           ; reset
        call    disk_call
        jmp     .again

.chs:
        pusha
        mov     ah, 8                           ; geometry: CL = sectors, DH = last head
        mov     dl, [var(drive)]
        int     0x13
        push    ds                              ; of a floppy it is ES:DI = parameter table
        pop     es
        shr     dx, 8
        inc     dx
        mov     [heads], dx                     ; BP is the BIOS's here
        and     cx, 63
        mov     [sectors], cx
        popa
        jz      .give_up                        ; AND's flag: a drive without sectors
.sector:
        push    cx
        mov     ax, di
        cwd
        div     word [var(sectors)]
        mov     cx, dx
        inc     cx                              ; sector, from 1
        cwd
        div     word [var(heads)]
        mov     ch, al                          ; cylinder: far below 256
        mov     dh, dl                          ; head
        mov     ax, 0x0201                      ; read one sector
        call    disk_call
        pop     cx
        jc      .failed
        add     bh, SECTOR_SIZE >> 8
        inc     di
        loop    .sector
.done:
        mov     bh, STAGE2_HEADER >> 8
        pop     di
        ret
.give_up:
        mov     al, MBR_ERROR_READ              ; DI = this very sector.  What was pushed
        jmp     fail                            ; stays: 12 KiB of stack, four failures

; disk_call - INT 13h for our drive; keeps all registers, whatever the BIOS does
;   in        AH = function, AL, BX, CX, DH, SI, ES as it wants them
;   out       CF, `status` = AH
disk_call:
        pusha
        mov     dl, [var(drive)]
        int     0x13
        mov     [status], ah
        popa
        ret

; print - a text to screen, COM1 and port E9h
;   in        SI = text, ended by 0; HEX and a byte: its two digits; DF = 0
;   clobbers  AX, DX, SI
print:
        lodsb
        cmp     al, HEX
        jb      .done
        push    print                           ; whatever it is, then the next
        jne     .character
        lodsb
        aam     16                              ; AH = high digit, AL = low digit
        push    ax
        mov     al, ah
        call    .digit
        pop     ax
.digit:
        cmp     al, 10                          ; 0-9 to '0'-'9', 10-15 to 'A'-'F':
        sbb     al, 0x69                        ; shorter than a branch
        das
.character:
        out     0xe9, al                        ; the debug console of QEMU and Bochs
        pusha
        mov     ah, 0x0e                        ; teletype output
        mov     bh, 0                           ; page
        int     0x10
        mov     dx, COM1_PORT + 5
        xor     cx, cx                          ; 65,536 polls, each about 1 us: a stuck
.wait:                                          ; or absent UART must not stop the boot
        in      al, dx
        test    al, UART_LSR_THRE
        loopz   .wait
        popa
        mov     dx, COM1_PORT
        out     dx, al
.done:
        ret

text_error:
        db      "MBR error "
text_step:
        db      "? CHS ", HEX                   ; EDD failed before, in silence
status: db      0
        db      " drive ", HEX
drive:  db      0
        db      " LBA ", HEX
lba_high:
        db      0, HEX
lba_low:
        db      0, ". Key?", 13, 10, 0

; ---------------------------------------------------------------------------
section .mbr.magic progbits alloc noexec nowrite
        db      0x55, 0xaa

section .note.GNU-stack noalloc noexec nowrite progbits
