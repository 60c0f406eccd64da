; stage1.asm - the MBR: 512 bytes that load the start of stage 2 and jump to it
;
; The BIOS reads this sector to 0000:7C00 and jumps there in real mode, DL =
; the drive.  Nothing else is certain: CS:IP may be 07C0:0000, segments, stack,
; direction flag and IF are whatever the BIOS left, and DL is wrong on some
; machines.
;
;   in     real mode, DL = BIOS drive
;   out    real mode, CS:IP = 0:STAGE2_ADDRESS, the first STAGE2_FIRST_SECTORS of
;          stage 2 in place and checked, DL = the drive and SI = the LBA that
;          they were read from, DS = ES = SS = 0, SP a little below STACK_TOP,
;          DF = 0, IF = 1
;   fails  with a line on screen and COM1 for each drive: what is wrong with its
;          first copy, as a letter (include/errors.def) and the BIOS's status, and
;          the drive.  Then a key continues with the next boot device (INT 18h)
;
; The code in these sectors (stage2/load_rest.asm) reads the rest; it has room for
; messages in words.  The copies are tried in this order, and the first intact one
; is started:
;
;   drive DL   LBA STAGE2_LBA        by EDD, then by CHS
;              LBA STAGE2_COPY_LBA   the same
;   drive 80h  both again            for BIOSes that pass a wrong DL; if DL was
;                                    80h, once more: a bit may have been wrong
;                                    once
;
; docs/mbr.md explains it byte by byte.  The sector is laid out by linker/stage1.ld,
; which also keeps code away from the bytes that others write to: 03h-3Dh (BPB) and
; 1B8h-1FDh (disk signature and partition table).
; Follows EDD-3 (T13 1572D) for INT 13h and BIOS lore for the rest.

%include "layout.inc"
%include "errors.inc"

; Variables are just after the sector.
%define status (MBR_ADDRESS + SECTOR_SIZE)      ; byte: AH after the last disk call,
%define disk_cx (status + 2)                    ; word: CX
%define disk_dh (status + 5)                    ; byte: and DH

bits 16

section .mbr.jump progbits alloc exec nowrite
global mbr_start
mbr_start:
        cli                                     ; with EBh as the first byte, tools and some
        db      0xeb, MBR_CODE_OFFSET - 3       ; BIOSes would take this MBR for a FAT boot
                                                ; sector.  jmp short over the
                                                ; BPB

; ---------------------------------------------------------------------------
section .mbr.code progbits alloc exec nowrite
        jmp     0:.normalised                   ; CS = 0, even when entered at 07C0:0000
.normalised:
        xor     ax, ax
        mov     ss, ax
        mov     sp, STACK_TOP
        mov     ds, ax
        mov     es, ax
        mov     di, ax                          ; ES:DI = 0 for function 08h; not changed later
        cld
        sti                                     ; disk services of some BIOSes wait for IRQs

.drives:
        call    try_drive                       ; the one in DL
        mov     dl, 0x80
        call    try_drive
.key:
        mov     ah, 0                           ; wait for a key
        int     0x16
        int     0x18                            ; next boot device
        jmp     .key                            ; a BIOS without one may return

; try_drive - starts one of the copies on a drive, or prints why the first one is bad
;   in        DL = drive
;   out       returns only if both copies are bad
;   clobbers  EAX, EBX, CX, SI, BP
try_drive:
        push    dx                              ; for the message, last word first
        mov     si, STAGE2_LBA
        call    try_copy
        push    word [status]
        push    ax                              ; the letter
        mov     si, STAGE2_COPY_LBA
        call    try_copy

        mov     dx, COM1_PORT + 3               ; line control: open the divisor latch
        mov     al, UART_LCR_DLAB | UART_LCR_8N1
        out     dx, al
        mov     dl, COM1_PORT & 0xff            ; its low byte
        mov     al, UART_DIVISOR
        out     dx, al
        mov     dl, (COM1_PORT + 3) & 0xff      ; (the high byte is 0 from 450 baud up)
        mov     al, UART_LCR_8N1
        out     dx, al
        mov     si, text_error
        call    print
        pop     ax
        call    print_character
        pop     ax
        call    print_hex
        pop     dx
        mov     al, dl
        call    print_hex
        mov     si, text_key
        ; falls through

; print - prints a text to screen and COM1
;   in        SI = text, ended by 0
;   clobbers  AL, SI
print:
        lodsb
        test    al, al
        jz      .done
        call    print_character
        jmp     print
.done:
        ret

; try_copy - starts one copy
;   in        DL = drive, SI = LBA
;   out       returns only if this copy is bad: AL = the letter that says why
;   clobbers  EAX, EBX, CX, BP
try_copy:
        mov     bp, read_by_edd
        call    load
        mov     bp, read_by_chs                 ; also if EDD succeeded and the sum is wrong
        ; falls through

; load - reads the first sectors of stage 2 and jumps to them if they are correct
;   in        DL = drive, SI = LBA, BP = read_by_edd or read_by_chs
;   out       returns only on failure: AL = the letter that says why
;   clobbers  EAX, EBX, CX
load:
        push    si
        mov     bx, STAGE2_HEADER
.sector:
        mov     cx, DISK_TRIES                  ; for each sector
.try:
        call    bp
        jnc     .next
        mov     al, MBR_ERROR_READ
        dec     cx
        jz      .failed
        mov     ah, 0                           ; reset: some drives refuse everything
        call    disk_call                       ; until then
        jmp     .try
.next:
        inc     si
        add     bh, SECTOR_SIZE >> 8
        cmp     bh, (STAGE2_HEADER >> 8) + STAGE2_FIRST_SECTORS * (SECTOR_SIZE >> 8)
        jne     .sector

        mov     si, STAGE2_HEADER
        mov     al, MBR_ERROR_BAD_HEADER
        cmp     word [si + STAGE2_HEADER_MAGIC], STAGE2_MAGIC & 0xffff
        jne     .failed                         ; the sum covers the other half
        mov     cx, STAGE2_FIRST_SECTORS * SECTOR_SIZE / 4
        xor     ebx, ebx
.sum:
        lodsd
        add     ebx, eax
        loop    .sum
        mov     al, MBR_ERROR_BAD_SUM
        jnz     .failed                         ; of ADD: LODSD, LOOP and MOV keep the flags
        pop     si
        jmp     STAGE2_ADDRESS
.failed:
        pop     si
        ret

; read_by_edd, read_by_chs - read one sector
;   in        DL = drive, SI = LBA, BX = address, ES = DI = 0
;   out       CF = 0, or CF = 1 and [status] says why
;   clobbers  nothing
;
; Function 41h is not used to check for EDD: a BIOS without it answers 42h with
; status 01, and some hang in 41h.
read_by_edd:
        pusha
        mov     bp, sp
        push    di                              ; the disk address packet, last field first:
        push    di                              ; LBA, 64 bits
        push    di
        push    si
        push    es                              ; buffer, segment and offset
        push    bx
        push    1                               ; sectors
        push    16                              ; size of the packet
        mov     si, sp
        mov     ah, 0x42                        ; extended read
        call    disk_call
        mov     sp, bp                          ; drops the packet
        popa
        ret

read_by_chs:
        pusha
        mov     ah, 8                           ; geometry
        call    disk_call
        mov     cx, [disk_cx]
        and     cx, 63                          ; sectors per track
        jz      .unknown
        movzx   bp, byte [disk_dh]
        inc     bp                              ; heads
        push    dx
        mov     ax, si
        cwd                                     ; DX = 0: AX is below 8000h
        div     cx                              ; AX = track, DX = sector in it
        mov     cx, dx
        inc     cx                              ; sectors count from 1
        cwd
        div     bp                              ; AX = cylinder, DX = head
        mov     ch, al                          ; far below 256
        pop     ax
        mov     dh, dl                          ; head
        mov     dl, al                          ; drive
        mov     ax, 0x0201                      ; read one sector
        call    disk_call
        popa
        ret
.unknown:
        stc
        popa
        ret

; disk_call - INT 13h; restores all registers, whatever the BIOS does to them
;   in        AH = function, other registers as it requires
;   out       CF; AH, CX and DH as the BIOS left them, in `status`, `disk_cx`, `disk_dh`
;   clobbers  nothing
disk_call:
        pushad
        push    ds
        push    es
        int     0x13
        pop     es
        pop     ds
        mov     [status], ah
        mov     [disk_cx], cx
        mov     [disk_dh], dh
        cld
        sti
        popad
        ret

; print_hex - a space, then AL as two hexadecimal digits
;   clobbers  AL
print_hex:
        push    ax
        mov     al, ' '
        call    print_character
        pop     ax
        push    ax
        shr     al, 4
        call    .digit
        pop     ax
        and     al, 15
.digit:
        add     al, '0'
        cmp     al, '9'
        jbe     print_character
        add     al, 'A' - '9' - 1
        ; falls through

; print_character - AL to screen and COM1
;   clobbers  nothing
print_character:
        pushad
        push    ds
        push    es
        push    ax
        mov     dx, COM1_PORT + 5
        xor     cx, cx                          ; 65,536 polls, each about 1 us: a stuck
.wait:                                          ; or absent UART must not stop the boot
        in      al, dx
        test    al, UART_LSR_THRE
        loopz   .wait
        pop     ax
        mov     dl, COM1_PORT & 0xff
        out     dx, al
        mov     ah, 0x0e                        ; teletype output
        mov     bx, 7                           ; page 0, light grey in graphics modes
        int     0x10
        pop     es
        pop     ds
        cld
        sti
        popad
        ret

text_error:
        db      "MBR error ", 0
text_key:
        db      ". Key?", 13, 10, 0

; ---------------------------------------------------------------------------
section .mbr.magic progbits alloc noexec nowrite
        db      0x55, 0xaa

section .note.GNU-stack noalloc noexec nowrite progbits
