build-clang/kernel.ld: linker/kernel.ld include/layout.h linker/common.ld
