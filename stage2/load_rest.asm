; load_rest.asm - the real-mode loader: reads the rest of stage 2, and reports errors in words
;
; Stage 1 reads the first STAGE2_FIRST_SECTORS of stage 2, which contain this file and
; load_disk.asm and load_text.asm, and jumps here.  The header before it says how
; many sectors the rest has and what their checksum is.
;
;   in     real mode, DL = BIOS drive, SI = LBA of the copy that stage 1 read,
;          DS = ES = SS = 0, DF = 0, IF = 1
;   out    in stage2_entry (entry.asm), DL = drive, DH = how it was last read
;          (BY_EDD or BY_CHS), all of stage 2 in place and its checksum correct
;   fails  with error E60 or E61 on screen and COM1; a key continues with the next
;          boot device (INT 18h)
;
; The copies of the rest are tried in this order, and the first intact one is started:
;
;   drive DL   the copy that stage 1 read, then the other one
;   drive 80h  both again
;
; A copy whose checksum is wrong is read again the other way: some BIOSes report success
; and transfer nothing.

%include "layout.inc"
%include "errors.inc"
%include "stage2/load.inc"

%define REST_ADDRESS (STAGE2_HEADER + STAGE2_FIRST_SECTORS * SECTOR_SIZE)

extern stage2_entry
extern drive, way, read_sector                  ; load_disk.asm
extern text_start, text_print, text_print_where, text_wait_for_key       ; load_text.asm

bits 16

; tools/build/mkheader.c fills in all but the magic number
section .first.header progbits alloc noexec write
        dd      STAGE2_MAGIC, 0, 0, 0

; ---------------------------------------------------------------------------
section .first.entry progbits alloc exec write
global load_rest
load_rest:
        mov     sp, STACK_TOP                   ; stage 1's stack is not needed any more
        mov     [drive], dl
        mov     [copy_lba], si
        call    text_start
        cmp     word [copy_lba], STAGE2_LBA     ; stage 1 has no room to say that it replaced a copy
        je      .drive
        mov     si, second_copy
        call    text_print
.drive:
        call    load_copy
        xor     word [copy_lba], STAGE2_LBA ^ STAGE2_COPY_LBA   ; the other one
        call    load_copy
        xor     word [copy_lba], STAGE2_LBA ^ STAGE2_COPY_LBA
        cmp     byte [drive], 0x80
        mov     byte [drive], 0x80              ; for BIOSes that pass a wrong DL
        jne     .drive
        call    print_error
.key:
        call    text_wait_for_key
        int     0x18                            ; next boot device
        mov     si, no_other_device             ; a BIOS without one may return
        call    text_print
        jmp     .key

; load_copy - reads the rest of stage 2 from drive and copy_lba, and starts it
;   out       returns only if this copy is bad, which has been reported
;   clobbers  all but the stack
load_copy:
        mov     byte [way], BY_EDD
        call    load_sectors
        call    note_failure
        cmp     si, error_sum                   ; it was read, but is wrong
        jne     .end
        mov     byte [way], BY_CHS
        call    load_sectors
        call    note_failure
.end:
        ret

; load_sectors - reads all sectors of the rest and jumps to them if they are correct
;   out       returns only on failure: SI = the error's texts
;   clobbers  EAX, BX, CX, EDX
load_sectors:
        movzx   eax, word [copy_lba]
        add     ax, STAGE2_FIRST_SECTORS
        mov     bx, REST_ADDRESS
        mov     cx, [STAGE2_HEADER + STAGE2_HEADER_SECTORS]
        sub     cx, STAGE2_FIRST_SECTORS
        push    cx
        mov     si, error_read
.sector:
        call    read_sector
        jc      .failed
        inc     ax
        add     bx, SECTOR_SIZE
        loop    .sector

        pop     cx
        push    cx
        imul    cx, cx, SECTOR_SIZE / STAGE2_SUM_BLOCK
        mov     si, REST_ADDRESS
        xor     eax, eax
.sum:
        rol     eax, STAGE2_SUM_ROTATION        ; these two make the order of the blocks
        imul    eax, eax, STAGE2_SUM_FACTOR     ; count: see image_headers.h
%assign offset 0
%rep STAGE2_SUM_BLOCK / 4
        add     eax, [si + offset]
%assign offset offset + 4
%endrep
        add     si, STAGE2_SUM_BLOCK
        loop    .sum
        mov     dl, [drive]
        mov     dh, [way]
        cmp     eax, [STAGE2_HEADER + STAGE2_HEADER_REST]
        je      stage2_entry
        mov     si, error_sum
.failed:
        pop     cx
        ret

; note_failure - prints two lines about what is wrong; remembers the first error
;   in        SI = an error's texts
;   clobbers  nothing
note_failure:
        pusha
        cmp     word [first_error], 0
        jne     .print
        mov     [first_error], si
.print:
        call    text_print
        call    text_print_where
        popa
        ret

; print_error - prints the final message, about the first error
;   clobbers  AX, SI
print_error:
        mov     si, error_title
        call    text_print
        mov     si, [first_error]
        call    text_print                      ; each text ends where the next one begins
        call    text_print
        call    text_print
        mov     si, key_wanted
        jmp     text_print

second_copy:
        db      "The first copy of stage 2 cannot be used; the second one is started.", 13, 10, 0
error_title:
        db      13, 10, "Stage 2: error ", 0
key_wanted:
        db      "Press a key for the next boot device.", 13, 10, 0
no_other_device:
        db      "The BIOS has no other boot device.", 13, 10, 0

; An error's texts: number and title, cause, advice (include/errors.def)
error_read:
        db      "E60: ", ERROR_STAGE2_READ_TEXT, 0
        db      13, 10, "  Cause: ", ERROR_STAGE2_READ_CAUSE, 0
        db      13, 10, "  Try:   ", ERROR_STAGE2_READ_ADVICE, 13, 10, 0
error_sum:
        db      "E61: ", ERROR_STAGE2_SUM_TEXT, 0
        db      13, 10, "  Cause: ", ERROR_STAGE2_SUM_CAUSE, 0
        db      13, 10, "  Try:   ", ERROR_STAGE2_SUM_ADVICE, 13, 10, 0

copy_lba:
        dw      0
first_error:
        dw      0

section .note.GNU-stack noalloc noexec nowrite progbits
