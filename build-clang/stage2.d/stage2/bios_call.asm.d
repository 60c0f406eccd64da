build-clang/stage2.d/stage2/bios_call.asm.o : \
  stage2/bios_call.asm build-clang/include/layout.inc \
  stage2/protected_mode.inc

stage2/bios_call.asm :

build-clang/include/layout.inc :

stage2/protected_mode.inc :

