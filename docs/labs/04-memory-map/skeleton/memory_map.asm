; memory_map.asm - lab 4: asks the BIOS which memory there is
;
; In:   called in real mode at LINK_SEGMENT:0000; DS, ES, FS, GS, DF and the general registers
;       hold anything.
; Out:  RETF with CF = 0, AX = how many entries there are, and the entries, of 24 bytes each, at
;       SCRATCH_ADDRESS (3000:0000); or with CF = 1 if there is no list.  README.md has the rest.

%include "link.inc"                     ; LINK_SEGMENT, SCRATCH_ADDRESS, MEMORY_MAP_MAX

%define SMAP 0x534d4150                 ; "SMAP"

        bits    16
        org     0
start:
        ; 1. INT 15h with EAX = E820h, EDX = SMAP, ECX = 24, EBX = 0, ES:DI = where the entry goes.

        ; 2. Again, with the EBX that came back, until the list ends.

        ; 3. RETF, with the number of entries in AX.

        jmp     start
