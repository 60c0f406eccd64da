; lme_missing.asm - paging is enabled without EFER.LME, which makes it 32-bit PAE paging
%define EFER_VALUE 0
%include "boot.inc"
