; a20.asm - lab 21: opens the gate on address line 20
;
; In:   real mode, called by a far call; CS:IP = LINK_SEGMENT:0000, SS:SP = 0000:6FFCh; all other
;       registers hold anything, DF as well.
; Out:  RETF with CF = 0: the gate is open; CF = 1: it stays closed.

%include "link.inc"                     ; LINK_ADDRESS, LINK_SEGMENT

        bits    16
        org     0
start:
        ; 1. Is it open already?  Two addresses that are 1 MiB apart tell.

        ; 2. Ask the BIOS (INT 15h, AX = 2401h), and test again.

        ; 3. If it is still closed: the keyboard controller, and port 92h.

        hlt
        jmp     start
