; protected_mode.asm - where stage 2 of `make mine` begins: the directory, and the student's switch
; to protected mode
;
; stage2_entry (stage2/entry.asm) is still what comes after it, because it does more than switch:
; after the student's switch its first instructions run once more, in 16-bit protected mode, where they
; load our own table instead of the student's and are otherwise without effect.

%include "tools/labs/links/link.inc"
%include "stage2/protected_mode.inc"

extern read_sector, text_print                  ; stage2/load_disk.asm, load_text.asm
extern gdt_pointer                              ; stage2/gdt.asm
extern mine_protected_mode_lba, mine_protected_mode_note        ; protected_mode.c
extern __real_stage2_entry

section .text
bits 16

; __wrap_stage2_entry - the start of the rest of stage 2
;   in   as stage2_entry: real mode, DS = ES = SS = 0, DL = drive, DH = how it was read
global __wrap_stage2_entry
__wrap_stage2_entry:
        mov     [mine_protected_mode_state.passed_on], dx
        mov     eax, STUDENT_LBA
        mov     bx, MINE_DIRECTORY_ADDRESS
        call    read_sector
        jc      unreadable
        mov     bx, [mine_protected_mode_lba]
        mov     eax, [bx]
        test    eax, eax
        jz      __real_stage2_entry             ; it is ours
        mov     cx, [mine_protected_mode_note + 2]
        cmp     cx, [MINE_NOTE_ADDRESS + 2]
        je      __real_stage2_entry             ; a link has reset the machine: mine.c says which

        push    LINK_SEGMENT
        pop     es
        mov     cx, STUDENT_SECTORS
.sector:
        mov     bx, MINE_SECTOR_ADDRESS
        call    read_sector
        jc      unreadable
        inc     eax
        pusha
        mov     si, bx
        xor     di, di
        mov     cx, SECTOR_SIZE / 4
        rep     movsd
        popa
        mov     bx, es
        add     bx, SECTOR_SIZE / 16
        mov     es, bx
        loop    .sector
        mov     si, entering
        call    text_print

        mov     eax, [mine_protected_mode_note]
        mov     [MINE_NOTE_ADDRESS], eax
        mov     ebx, taken_over
        movzx   edx, word [mine_protected_mode_state.passed_on]
        mov     esp, STACK_TOP
        sti
        jmp     LINK_SEGMENT:0

unreadable:
        mov     si, not_read
        call    text_print
.stay:  hlt
        jmp     .stay

; taken_over - where the student's link goes on
;   in   flat 32-bit protected mode; what else it should have left is for protected_mode.c to say
bits 32
taken_over:
        mov     [mine_protected_mode_state.esp], esp
        mov     [mine_protected_mode_state.edx], edx
        mov     esp, STACK_TOP
        pushfd
        pop     dword [mine_protected_mode_state.eflags]
        cli
        cld
        mov     dword [MINE_NOTE_ADDRESS], 0
        lgdt    [gdt_pointer]
        jmp     SELECTOR_CODE16:.ours
bits 16
.ours:
        mov     ax, SELECTOR_DATA
        mov     ds, ax
        mov     dx, [mine_protected_mode_state.passed_on]
        jmp     __real_stage2_entry

section .rodata
entering:
        db      "Protected mode: yours.", 13, 10, 0
not_read:
        db      "The sectors of your links cannot be read.", 13, 10, 0

section .data                                   ; not .bss, which stage2_entry zeroes
align 4, db 0
global mine_protected_mode_state
mine_protected_mode_state:                      ; struct mine_protected_mode_state (protected_mode.c)
.esp:           dd 0
.edx:           dd 0
.eflags:        dd 0
.passed_on:     dd 0

section .note.GNU-stack noalloc noexec nowrite progbits
