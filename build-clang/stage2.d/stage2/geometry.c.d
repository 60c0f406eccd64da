build-clang/stage2.d/stage2/geometry.c.o: stage2/geometry.c \
  stage2/geometry.h

stage2/geometry.h:
