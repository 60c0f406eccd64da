# toolchain.mk - finds a compiler that can build for x86-64, and prints which
#
# In this order: LLVM=1 -> Clang and LLD; CROSS_COMPILE=prefix; x86_64-elf-; what `make toolchain` built;
# x86_64-linux-gnu-; the host's own gcc if it targets x86-64; Clang and LLD.  No default of a distribution (PIE, CET, stack
# protector, build-id) has any effect: every flag that matters is given here.

have = $(shell command -v $(1) 2>/dev/null)

# make CC=clang-19, CC=gcc-14: the kind of compiler that it is, with the linker of that kind
ifeq ($(origin CC),command line)
  ifneq ($(findstring clang,$(notdir $(CC))),)
    override LLVM := 1
  endif
endif

# where `make toolchain` puts its own; empty if that folder's name would not stay whole in a command
OWN_TOOLCHAIN := $(shell printf '%s\n' "$${XDG_CACHE_HOME:-$$HOME/.cache}/firstlight/toolchain" | \
    LC_ALL=C grep -x '/[A-Za-z0-9_./+-]*')
OWN_PREFIX := $(patsubst %gcc,%,$(wildcard $(addsuffix /bin/x86_64-elf-gcc,$(OWN_TOOLCHAIN))))

# the host's own, but not a Mac's, which makes no ELF files
HOST_GCC := $(filter-out x86_64-apple-%,$(filter x86_64-%,$(shell gcc -dumpmachine 2>/dev/null)))

ifeq ($(LLVM)$(CROSS_COMPILE)$(call have,x86_64-elf-gcc)$(OWN_PREFIX)$(call have,x86_64-linux-gnu-gcc)$(HOST_GCC),)
  ifneq ($(and $(call have,clang),$(call have,ld.lld)),)
    override LLVM := 1
    WHY_CLANG := no GCC for x86-64 was found
  endif
endif

ifeq ($(LLVM),1)
  WHY_CLANG ?= LLVM=1$(if $(CROSS_COMPILE), wins over CROSS_COMPILE)
  TOOLCHAIN := Clang and LLD ($(WHY_CLANG))
  CC := clang
  LD := ld.lld
  OBJCOPY := llvm-objcopy
  NM := llvm-nm
  CC_FOR_32 := --target=i386-unknown-none-elf
  CC_FOR_64 := --target=x86_64-unknown-none-elf
  NO_LOOP_PATTERNS := -fno-builtin
  # from 17 on Clang checks calls through pointers as well, which GCC does not
  NO_CHECK_OF_CALLS := -fno-sanitize=function
else
  ifneq ($(CROSS_COMPILE),)
    TOOLCHAIN := $(CROSS_COMPILE)gcc (CROSS_COMPILE)
    PREFIX := $(CROSS_COMPILE)
  else ifneq ($(call have,x86_64-elf-gcc),)
    TOOLCHAIN := x86_64-elf-gcc (found)
    PREFIX := x86_64-elf-
  else ifneq ($(OWN_PREFIX),)
    TOOLCHAIN := x86_64-elf-gcc (built by make toolchain)
    PREFIX := $(OWN_PREFIX)
  else ifneq ($(call have,x86_64-linux-gnu-gcc),)
    TOOLCHAIN := x86_64-linux-gnu-gcc (found, no x86_64-elf-gcc)
    PREFIX := x86_64-linux-gnu-
  else ifneq ($(HOST_GCC),)
    TOOLCHAIN := gcc (the host's own, it targets x86-64)
    PREFIX :=
  else
    NO_TOOLCHAIN := 1
  endif
  CC := $(PREFIX)gcc
  LD := $(PREFIX)ld
  OBJCOPY := $(PREFIX)objcopy
  NM := $(PREFIX)nm
  CC_FOR_32 := -m32
  CC_FOR_64 := -m64
  NO_LOOP_PATTERNS := -fno-builtin -fno-tree-loop-distribute-patterns
  STACK_AS_THE_ABI_SAYS := -fno-ipa-stack-alignment # a panic's hint relies on it
endif
# make LLVM=1 LD=ld: GNU ld warns of a segment that can be written and executed, which the loader needs
LD_QUIET = $(if $(findstring GNU ld,$(shell $(LD) --version 2>/dev/null)),--no-warn-rwx-segments)
NASM ?= nasm
HOSTCC ?= $(firstword $(foreach cc,cc gcc clang,$(call have,$(cc))) cc)

ifneq ($(filter-out $(NO_COMPILER),$(or $(MAKECMDGOALS),all)),)
  ifneq ($(NO_TOOLCHAIN),)
    $(error No compiler for x86-64 was found. `make setup run` installs one, CROSS_COMPILE=prefix- names yours, LLVM=1 uses Clang)
  endif
  ifeq ($(call have,$(NASM)),)
    $(error NASM was not found. `make setup run` installs it)
  endif
  ifneq ($(SYMBOLS),no)
    ifeq ($(call have,python3),)
      $(error python3 was not found: it makes the symbol tables. `make setup run` installs it, SYMBOLS=no builds without them)
    endif
  endif
  $(foreach tool,$(CC) $(LD) $(OBJCOPY) $(NM),$(if $(call have,$(tool)),,\
    $(error $(tool) was not found. `make setup $(if $(filter 1,$(LLVM)),LLVM=1 )run` installs it)))
  ifneq ($(filter-out sizes,$(or $(MAKECMDGOALS),all)),)
    ifeq ($(MAKE_RESTARTS)$(FOR_A_PROGRAM),)
      $(info Tool chain: $(TOOLCHAIN)$(if \
          $(filter command,$(firstword $(origin CC))), as CC=$(CC))$(if \
          $(filter command,$(firstword $(origin LD))), with LD=$(LD)))
    endif
  endif
endif

# ---- warnings: errors for us, but not for users who only build ----------------
C_WARNINGS := -Wall -Wextra -Wshadow -Wundef -Wconversion -Wstrict-prototypes \
    -Wmissing-prototypes -Wold-style-definition -Wpointer-arith -Wwrite-strings -Wvla
# unknown-warning: NASM 2.16.01 stumbles over alignb, and does not know the next name reloc: from
# 2.16.03 on -Wall warns about each reference to another section, which a linker resolves
NASM_WARNINGS := -Wall -w-unknown-warning -w-reloc
ifeq ($(WERROR),1)
  C_WARNINGS += -Werror
  NASM_WARNINGS += -Werror
  LINK_STRICT := --fatal-warnings
endif

# ---- freestanding code: nothing from the build machine -------------------------
# Its folder neither: -ffile-prefix-map takes it out of the debug information, in the
# form in which make knows it, which a PWD with a link in it would not be.
export PWD := $(CURDIR)

# -nostdinc and the compiler's own headers: stdint.h and the like, never libc's
FREESTANDING = $(FREESTANDING_FLAGS) $(call quoted,-ffile-prefix-map=$(CURDIR)=.)
FREESTANDING_FLAGS = -std=gnu11 -ffreestanding -nostdinc -isystem $(COMPILER_INCLUDE) -I. -Iinclude \
    -g -mgeneral-regs-only -fno-pic -fno-pie -fcf-protection=none \
    -fno-asynchronous-unwind-tables -fno-unwind-tables -fno-omit-frame-pointer \
    -fno-strict-aliasing -fno-common -U_FORTIFY_SOURCE
COMPILER_INCLUDE := $(if $(call have,$(CC)),$(shell $(CC) -print-file-name=include))

# Why: -ffreestanding, there is no libc, and main is not special; -mgeneral-regs-only, nobody has switched
# SSE and x87 on or would save their registers in an interrupt; -fno-pic, the code runs where it is linked,
# and nobody would fill a GOT; -fno-asynchronous-unwind-tables, nothing here unwinds.
# For the kernel also: -mno-red-zone, because the CPU pushes an interrupt's frame right below RSP, where the
# ABI allows a function to keep data; -mcmodel=kernel, because it is linked in the last 2 GiB, which 32-bit
# numbers with a sign reach.

# 32-bit C that runs on every CPU since the 386: an old CPU must get its message
STAGE2_CFLAGS := $(CC_FOR_32) -march=i386 -Os -fno-stack-protector -ffunction-sections
# no sibling calls: a jump instead of a call would hide the caller from backtraces; the canary is a
# global variable (kernel/panic/stack_guard.c), not one at FS:28h
KERNEL_CFLAGS := $(CC_FOR_64) -march=x86-64 -O2 -mno-red-zone -mcmodel=kernel \
    $(STACK_AS_THE_ABI_SAYS) -fno-optimize-sibling-calls \
    -fstack-protector-strong -mstack-protector-guard=global

LINK_FLAGS := --orphan-handling=error --build-id=none -z noexecstack -z max-page-size=4096 \
    $(LINK_STRICT) $(LD_QUIET)

# ---- the labs in C: the kernel's flags, without its guard of the stack, and always GNU's as and ld -----------
# -fno-addrsig: that table of Clang's is for its own linker, and GNU's as does not know it
LABS_CFLAGS = $(filter-out -fstack-protector% -mstack-protector%,$(KERNEL_CFLAGS)) $(FREESTANDING_FLAGS) -Ilinker \
    $(NO_LOOP_PATTERNS) -Wall -Wextra $(if $(filter 1,$(LLVM)),-ferror-limit=20 -fno-addrsig,-fmax-errors=20)
LABS_LINK_FLAGS = -m elf_x86_64 --build-id=none -z noexecstack -z max-page-size=4096 --no-warn-rwx-segments
LABS_BINUTILS = $(patsubst %ld,%,$(firstword $(foreach prefix,$(if $(PREFIX)$(filter 1,$(LLVM)),,plain) $(PREFIX) x86_64-elf- \
    $(OWN_PREFIX) x86_64-linux-gnu- plain,$(call have,$(prefix:plain=)ld))))
# where the compiler is and what it reads, as far as that is not in /usr/bin
LABS_READABLE = $(COMPILER_INCLUDE) $(filter-out /usr /usr/local,$(patsubst %/bin/$(notdir $(CC)),%,$(call have,$(CC))))

HOST_CFLAGS := -std=gnu11 -O2 -g $(C_WARNINGS) -I. -Iinclude

# ---- Python that has pytest: the first of these that does -----------------------
PYTHON = $(firstword $(foreach p,python3 /usr/bin/python3,\
    $(if $(shell $(p) -c 'import pytest' 2>/dev/null && echo yes),$(p))) python3)

# everything that an object depends on: it is rebuilt when one of these changes, not when the folder moves
TOOLCHAIN_KEY = $(TOOLCHAIN) $(CC) $(LD) $(SYMBOLS) $(STAGE2_CFLAGS) $(KERNEL_CFLAGS) $(FREESTANDING_FLAGS) $(shell $(CC) --version 2>/dev/null | head -n 1)
