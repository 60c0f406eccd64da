; odd_bios.asm - makes an ordinary BIOS behave as odd ones do, then starts our MBR
;
; chain.asm loads it to segment 9000h, above the memory that it leaves to
; others.  It puts itself before the BIOS's services, poisons memory, loads
; our MBR to 7C00h and enters it.  Each oddity is a -D: those of the start
; stand here, the others in odd_int13.inc and odd_int15.inc.
;
;   MBR_LBA             where our MBR lies
;   INT12_KIB           what INT 12h says; 576 is the truth
;   EBDA                what 40:0E says
;   POISON              16-bit word that fills the memory, or
;   POISON_RANDOM       a different one everywhere
;   ENTRY_SEGMENT       7C0h: enter at 07C0:0000
;   ENTRY_DL            drive that the MBR is told
;   ENTRY_JUNK          junk in all registers, odd SS:SP, DF = 1, IF = 0
;   A20_OFF             the gate is closed
;   INT10_JUNK          INT 10h destroys all registers but DS, ES and SP

%ifndef INT12_KIB
%define INT12_KIB 576
%endif
%ifndef ENTRY_SEGMENT
%define ENTRY_SEGMENT 0
%endif
%ifndef ENTRY_DL
%define ENTRY_DL 0x80
%endif
%define FLAGS_CF 0x0001
%define SEGMENT 0x9000

bits 16
org 0

start:
        cli
        cld
        mov     ax, cs
        mov     ss, ax
        mov     sp, 0xe000
        mov     ds, ax
        call    hook_vectors
        mov     ax, 0x40                        ; the BIOS data area
        mov     es, ax
        mov     word [es:0x13], INT12_KIB
%ifdef EBDA
        mov     word [es:0x0e], EBDA
%endif
        call    poison
        sti
        mov     si, packet
        mov     ah, 0x42
        mov     dl, 0x80
        pushf
        call    far [old13]
        jnc     enter_mbr
        int     0x18

; Enters our MBR in the state that was asked for.
enter_mbr:
%ifdef A20_OFF
        call    close_a20
%endif
%ifdef ENTRY_JUNK
        cli
        mov     ax, 0x1234
        mov     ds, ax
        mov     ax, 0xb800
        mov     es, ax
        mov     fs, ax
        mov     gs, ax
        mov     ax, 0x2345
        mov     ss, ax
        mov     esp, 0xdead0003
        mov     eax, 0xdeadbeef
        mov     ebx, 0x89abcdef
        mov     ecx, 0xfedcba98
        mov     edx, 0x76543200
        mov     esi, 0xffffffff
        mov     edi, 0x55aa55aa
        mov     ebp, 0xcccccccc
        std
%endif
        mov     dl, ENTRY_DL
        jmp     ENTRY_SEGMENT:0x7c00 - ENTRY_SEGMENT * 16

; hook_vectors - our handlers before the BIOS's, which old10, old13 and old15 keep
;   clobbers  EAX, ES
hook_vectors:
        xor     ax, ax
        mov     es, ax
%macro hook 1
        mov     eax, [es:0x%1 * 4]
        mov     [old%1], eax
        mov     word [es:0x%1 * 4], int%1
        mov     word [es:0x%1 * 4 + 2], cs
%endmacro
        hook    10
        hook    13
        hook    15
%ifdef FLOPPY_EOT
        mov     word [es:0x1e * 4], floppy_table
        mov     word [es:0x1e * 4 + 2], cs
%endif
        ret

; poison - fills the memory from 500h to this segment
;   clobbers  EAX, EBX, CX, DI, ES
poison:
%ifdef POISON
        mov     ax, POISON
%endif
        mov     ebx, 0x1f123bb5                 ; any seed but 0
        mov     cx, 0x50                        ; segment, 16 bytes at a time
.paragraph:
        mov     es, cx
        xor     di, di
.word:
%ifdef POISON_RANDOM
        mov     eax, ebx                        ; xorshift32, Marsaglia
        shl     eax, 13
        xor     ebx, eax
        mov     eax, ebx
        shr     eax, 17
        xor     ebx, eax
        mov     eax, ebx
        shl     eax, 5
        xor     ebx, eax
        mov     ax, bx
%endif
%ifdef POISON
%define POISONS
%elifdef POISON_RANDOM
%define POISONS
%endif
%ifdef POISONS
        stosw
        cmp     di, 16
        jb      .word
        inc     cx
        cmp     cx, SEGMENT
        jb      .paragraph
%endif
        ret

; close_a20 - closes the gate by port 92h, without a reset
;   clobbers  nothing
close_a20:
        push    ax
        in      al, 0x92
        and     al, ~3
        out     0x92, al
        pop     ax
        ret

int10:
        inc     byte [cs:depth]                 ; a video BIOS calls itself, and knows
        pushf                                   ; what it may expect then
        call    far [cs:old10]
        dec     byte [cs:depth]
%ifdef INT10_JUNK
        jnz     .inner
        mov     eax, 0xdeadbeef
        mov     ebx, eax
        mov     ecx, eax
        mov     edx, eax
        mov     esi, eax
        mov     edi, eax
        mov     ebp, eax
.inner:
%endif
        iret

; leave_with_carry - the end of a handler: IRET, but the caller gets our CF
;   in        CF; on the stack what INT pushed
%macro leave_with_carry 0
        push    bp
        mov     bp, sp
        jc      %%set
        and     word [bp + 6], ~FLAGS_CF
        jmp     %%done
%%set:
        or      word [bp + 6], FLAGS_CF
%%done:
        pop     bp
        iret
%endmacro

%include "odd_int13.inc"
%include "odd_int15.inc"

align 4
packet: dw      16, 1
        dw      0x7c00, 0
        dq      MBR_LBA
old10:  dd      0
old13:  dd      0
old15:  dd      0
depth:  db      0
