build-clang/stage1.d/stage1/stage1.asm.o : stage1/stage1.asm \
  build-clang/include/layout.inc build-clang/include/errors.inc

stage1/stage1.asm :

build-clang/include/layout.inc :

build-clang/include/errors.inc :

