; lme_missing.asm - paging goes on without EFER.LME: it is 32-bit PAE paging then
%define EFER_VALUE 0
%include "boot.inc"
