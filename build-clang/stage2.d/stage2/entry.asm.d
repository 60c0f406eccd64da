build-clang/stage2.d/stage2/entry.asm.o : stage2/entry.asm \
  build-clang/include/layout.inc stage2/protected_mode.inc

stage2/entry.asm :

build-clang/include/layout.inc :

stage2/protected_mode.inc :

