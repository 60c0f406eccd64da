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
;   fails   with a letter (include/errors.def), the BIOS status and the drive on
;           screen and COM1; a key then goes on to the next boot device (INT 18h)
;
; The sector is laid out by linker/stage1.ld, which also keeps code away from
; the bytes that others write to: 03h-3Dh (BPB), DAh-DFh (DOS time stamp) and
; 1B8h-1FDh (disk signature and partition table).
; Follows EDD-3 (T13 1572D) for INT 13h and BIOS lore for the rest.

%include "layout.inc"
%include "errors.inc"

%define TRIES 3

; variables, behind the sector: nothing lies between it and stage 2
%define drive   (MBR_ADDRESS + SECTOR_SIZE)     ; byte, as the BIOS gave it in DL
%define status  (MBR_ADDRESS + SECTOR_SIZE + 1) ; byte, of the last disk call
%define sectors (MBR_ADDRESS + SECTOR_SIZE + 2) ; word, per track
%define heads   (MBR_ADDRESS + SECTOR_SIZE + 4) ; word

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
        mov     ax, [BDA_ADDRESS + BDA_TICKS]
        mov     [RECORDER_ADDRESS + RECORDER_TICKS], ax

load:
        push    MBR_ERROR_READ_HEADER           ; the top of the stack names the step
        mov     bp, 1
        call    read
        push    MBR_ERROR_BAD_HEADER
        cmp     word [STAGE2_HEADER + STAGE2_HEADER_MAGIC], STAGE2_MAGIC & 0xffff
        jne     fail                            ; the sum covers the other half
        mov     bp, [STAGE2_HEADER + STAGE2_HEADER_SECTORS]
        and     bp, STAGE2_MAX_SECTORS          ; 63: whatever it says, no more than fits
        jz      fail
        push    bp
        push    MBR_ERROR_READ_STAGE2
        call    read

        pop     ax
        pop     cx
        push    MBR_ERROR_BAD_SUM
        shl     cx, 7                           ; sectors to 32-bit words
        mov     si, STAGE2_HEADER
        xor     edx, edx
        cld                                     ; the BIOS may have left it set
.sum:
        lodsd
        add     edx, eax
        loop    .sum                            ; keeps the flags of ADD
        mov     dl, [drive]
        jz      STAGE2_ADDRESS

; fail - say which step failed and how, wait for a key, let the BIOS go on
;   in        status, drive, on the stack the step's letter
;
; A BIOS that gave a wrong drive in DL gets a second chance with 80h, the
; first hard disk; both failures are shown.
fail:
        cld
        pop     ax
        mov     [text_step], al
        mov     al, [status]
        aam     16                              ; AH = high digit, AL = low digit
        mov     di, text_status
        call    put_hex
        mov     al, [drive]
        aam     16
        mov     di, text_drive
        call    put_hex
        call    print_error
        mov     al, 0x80
        xchg    al, [drive]
        cmp     al, 0x80
        jne     load
.key:
        mov     ah, 0                           ; wait for a key
        int     0x16
        int     0x18                            ; next boot device
        jmp     .key                            ; a BIOS without one may come back

; ---------------------------------------------------------------------------
section .mbr.code2 progbits alloc exec nowrite

; read - header and code of stage 2, from STAGE2_LBA to STAGE2_HEADER
;   in        BP = sectors
;   out       or does not return: see fail
;   clobbers  AX, BX, CX, DX, BP, SI, DI
;
; Three tries by EDD for all of it, then three by CHS, sector by sector, each
; after a reset: some drives refuse everything until then.  EDD is not asked
; for by function 41h: a BIOS without it answers 42h with status 01, and some
; hang in 41h.  Needs that disk_call keeps all registers.
read:
        mov     bx, STAGE2_HEADER
        mov     di, STAGE2_LBA
        mov     si, 2 * TRIES
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
        push    bp                              ; sectors
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
        push    es
        xor     di, di                          ; ES:DI = 0, says RBIL, for odd BIOSes
        mov     ah, 8                           ; geometry: CL = sectors, DH = last head
        mov     dl, [drive]
        int     0x13
        pop     es
        shr     dx, 8
        inc     dx
        mov     [heads], dx
        and     cx, 63
        mov     [sectors], cx
        popa
        jz      .give_up                        ; AND's flag: a drive without sectors
.sector:
        mov     ax, di
        div     byte [sectors]
        mov     cl, ah
        inc     cx                              ; sector, from 1
        cbw
        cwd
        div     word [heads]
        mov     ch, al                          ; cylinder: far below 256
        mov     dh, dl                          ; head
        mov     ax, 0x0201                      ; read one sector
        call    disk_call
        jc      .failed
        add     bh, SECTOR_SIZE >> 8
        inc     di
        dec     bp
        jnz     .sector
.done:
        ret
.give_up:
        pop     ax                              ; the return address
        jmp     fail

; disk_call - INT 13h for our drive; keeps all registers, whatever the BIOS does
;   in        AH = function, AL, BX, CX, DH, SI, ES as it wants them
;   out       CF, `status` = AH
disk_call:
        pusha
        mov     dl, [drive]
        int     0x13
        mov     [status], ah
        popa
        ret

; put_hex - two hexadecimal digits into a text
;   in        AH = high digit, AL = low digit, DI = where
;   clobbers  AX, DI
put_hex:
        xchg    al, ah
        call    .digit
        mov     al, ah
.digit:
        cmp     al, 10                          ; 0-9 to '0'-'9', 10-15 to 'A'-'F':
        sbb     al, 0x69                        ; shorter than a branch
        das
        stosb
        ret

; print_error - text_error to the screen and to COM1
;   clobbers  AX, DX, SI
print_error:
        mov     si, text_error
.next:
        lodsb
        test    al, al
        jz      .done
        pusha
        mov     ah, 0x0e                        ; teletype output
        mov     bx, 0x0007                      ; page 0; light grey in graphics modes
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
        jmp     .next
.done:
        ret

text_error:
        db      "MBR error "
text_step:
        db      "? BIOS "
text_status:
        db      "?? drive "
text_drive:
        db      "??. Any key", 13, 10, 0

; ---------------------------------------------------------------------------
section .mbr.magic progbits alloc noexec nowrite
        db      0x55, 0xaa

section .note.GNU-stack noalloc noexec nowrite progbits
