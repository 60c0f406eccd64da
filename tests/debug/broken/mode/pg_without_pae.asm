; pg_without_pae.asm - CR0.PG with EFER.LME but without CR4.PAE: #GP on a real CPU
; cause: EFER.LME is set but CR4.PAE is not
; try: PAE
%define CR4_VALUE 0
%include "boot.inc"
