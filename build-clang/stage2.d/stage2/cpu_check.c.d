build-clang/stage2.d/stage2/cpu_check.c.o: stage2/cpu_check.c \
  stage2/cpu_check.h include/boot_info.h lib/cpu.h lib/string.h \
  stage2/console.h stage2/error.h include/errors.def

stage2/cpu_check.h:

include/boot_info.h:

lib/cpu.h:

lib/string.h:

stage2/console.h:

stage2/error.h:

include/errors.def:
