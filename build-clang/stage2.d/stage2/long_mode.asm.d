build-clang/stage2.d/stage2/long_mode.asm.o : \
  stage2/long_mode.asm build-clang/include/layout.inc \
  stage2/protected_mode.inc

stage2/long_mode.asm :

build-clang/include/layout.inc :

stage2/protected_mode.inc :

