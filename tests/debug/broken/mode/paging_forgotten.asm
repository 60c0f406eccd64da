; paging_forgotten.asm - LME and PAE are set, CR0.PG is not: the far jump stays in protected mode
; cause: CR0\.PG.*(0|never)
; try: CR0\.PG
%define CR0_OR 0x10
%include "boot.inc"
