build-clang/stage2.ld: linker/stage2.ld include/layout.h linker/common.ld
