build-clang/stage2.d/stage2/descriptors.asm.o : \
  stage2/descriptors.asm

stage2/descriptors.asm :

