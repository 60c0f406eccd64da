build-clang/stage2.d/stage2/header_check.c.o: stage2/header_check.c \
  stage2/header_check.h include/image_headers.h include/layout.h \
  stage2/error.h include/errors.def lib/string.h lib/xxh32.h

stage2/header_check.h:

include/image_headers.h:

include/layout.h:

stage2/error.h:

include/errors.def:

lib/string.h:

lib/xxh32.h:
