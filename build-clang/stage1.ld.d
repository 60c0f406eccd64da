build-clang/stage1.ld: linker/stage1.ld include/layout.h linker/common.ld
