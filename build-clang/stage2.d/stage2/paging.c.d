build-clang/stage2.d/stage2/paging.c.o: stage2/paging.c stage2/paging.h \
  include/layout.h lib/string.h

stage2/paging.h:

include/layout.h:

lib/string.h:
