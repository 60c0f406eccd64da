build-clang/stage2.d/stage2/fault_stubs.asm.o : \
  stage2/fault_stubs.asm build-clang/include/layout.inc \
  stage2/protected_mode.inc

stage2/fault_stubs.asm :

build-clang/include/layout.inc :

stage2/protected_mode.inc :

