; lme_and_pae_forgotten.asm - paging without PAE: 64-bit tables are read as 32-bit ones
; cause: CR4\.PAE
; try: CR4\.PAE
%define CR4_VALUE 0
%define EFER_VALUE 0
%include "boot.inc"
