build-clang/stage2.d/stage2/milestones.c.o: stage2/milestones.c \
  stage2/milestones.h include/boot_info.h lib/milestone.h \
  include/recorder.h include/layout.h include/milestones.def \
  lib/string.h stage2/cpu_check.h

stage2/milestones.h:

include/boot_info.h:

lib/milestone.h:

include/recorder.h:

include/layout.h:

include/milestones.def:

lib/string.h:

stage2/cpu_check.h:
