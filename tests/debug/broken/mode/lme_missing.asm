; lme_missing.asm - paging is enabled without EFER.LME, which makes it 32-bit PAE paging
; cause: Paging is on with EFER.LME = 0
; try: LME
%define EFER_VALUE 0
%include "boot.inc"
