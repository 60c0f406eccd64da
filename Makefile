# Makefile - every command of the project; `make help` lists them.
#
# Variables:  V=1 full commands   WERROR=1 warnings are errors   LLVM=1 Clang and LLD
#             CROSS_COMPILE=x86_64-elf- another tool chain       BUILD=dir another output folder
#             SYMBOLS=no no tables of names for panics, and no Python for them
# tools/build/names.mk says which command takes which other ones.

# Git for Windows may turn each line's end into CR LF, which neither NASM nor the shell takes.
$(if $(shell grep -l "$$(printf '\r')" include/layout.h),$(error These files have Windows line endings. Clone again with: git clone -c core.autocrlf=false))

BUILD ?= build
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

# a program asks and reads standard output: nothing else may stand there
FOR_A_PROGRAM := $(filter 1,$(JSON))$(filter json,$(FORMAT))

ifeq ($(V),1)
Q :=
say =
else
Q := @
say = @printf '  %-8s %s\n' '$(1)' '$(2)'$(if $(FOR_A_PROGRAM), >&2)
endif

include tools/build/names.mk

# `make setup run`: installs what `make run` takes; only a make that starts after the setup finds it.
AFTER_SETUP := $(if $(filter setup,$(MAKECMDGOALS)),$(filter-out setup,$(MAKECMDGOALS)))
ifneq ($(AFTER_SETUP),)
.PHONY: setup after-setup $(AFTER_SETUP)
$(AFTER_SETUP): after-setup ; @:
after-setup: setup ; @$(MAKE) --no-print-directory $(AFTER_SETUP)
setup: ; $(Q)sh tools/build/setup.sh $(AFTER_SETUP) $(if $(filter 1,$(LLVM)),clang)
else

include tools/build/toolchain.mk

# ---- what is built from what ------------------------------------------------

STAGE1_SOURCES := stage1/stage1.asm
STAGE2_SOURCES := $(wildcard stage2/*.asm stage2/*.c) $(wildcard lib/*.c)
KERNEL_SOURCES := $(filter-out kernel/test/%,$(wildcard kernel/*.asm kernel/*.c kernel/*/*.asm \
    kernel/*/*.c)) $(filter-out lib/xxh32.c,$(wildcard lib/*.c))

STAGE1_OBJECTS := $(STAGE1_SOURCES:%=$(BUILD)/stage1.d/%.o)
STAGE2_OBJECTS := $(STAGE2_SOURCES:%=$(BUILD)/stage2.d/%.o)
KERNEL_OBJECTS := $(KERNEL_SOURCES:%=$(BUILD)/kernel.d/%.o)

LINK_stage1 := $(LD) -m elf_i386
LINK_stage2 := $(LD) -m elf_i386 --gc-sections # functions of lib/ that it does not call stay out
LINK_kernel := $(LD) -m elf_x86_64

.PHONY: all
all: $(BUILD)/disk.img $(BUILD)/tools/firstlight-image $(BUILD)/labs.toolchain ## build the disk image, and the tool that makes others (also: just `make`)

# The tool chain's name is an input of everything: another compiler rebuilds everything.
$(BUILD)/toolchain: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' $(call quoted,$(BUILD_MARK)) $(call quoted,$(TOOLCHAIN_KEY)) | cmp -s - $@ || \
	    printf '%s\n' $(call quoted,$(BUILD_MARK)) $(call quoted,$(TOOLCHAIN_KEY)) > $@
.PHONY: FORCE
FORCE:

# how the labs in C are compiled (tools/labs/c/)
$(BUILD)/labs.toolchain: $(BUILD)/toolchain tools/build/toolchain.mk Makefile
	$(Q)printf '%s\n' $(call quoted,CC=$(call have,$(CC))) $(call quoted,FLAGS=$(LABS_CFLAGS)) \
	    $(call quoted,BINUTILS=$(LABS_BINUTILS)) $(call quoted,LINK=$(LABS_LINK_FLAGS)) \
	    $(call quoted,READABLE=$(LABS_READABLE)) > $@

# The contract's numbers for NASM and for make: all macros of layout.h, as the preprocessor lists them.
LAYOUT_MACROS = $(CC) -E -dM -undef -nostdinc -x c include/layout.h | LC_ALL=C sort | sed -n

$(BUILD)/include/layout.inc: include/layout.h Makefile | $(BUILD)/toolchain
	@mkdir -p $(@D)
	$(call say,CONVERT,$@)
	$(Q)$(LAYOUT_MACROS) 's/^#define \([A-Z]\)/%define \1/p' > $@

$(BUILD)/include/layout.mk: include/layout.h Makefile | $(BUILD)/toolchain
	@mkdir -p $(@D)
	$(call say,CONVERT,$@)
	$(Q)$(LAYOUT_MACROS) 's/^#define \([A-Z][A-Z0-9_]*\)/\1 :=/p' > $@

$(BUILD)/include/errors.inc: include/errors.def tools/build/errors_for_nasm.h Makefile | $(BUILD)/toolchain
	@mkdir -p $(@D)
	$(call say,CONVERT,$@)
	$(Q)$(CC) -E -P -undef -nostdinc -Iinclude -x c tools/build/errors_for_nasm.h | tr '\n' ' ' | \
	    sed 's/NEXT /\n%define /g; s/" *"//g' > $@ && echo >> $@

NASM_PATHS := -I$(BUILD)/include/ -I./

# $(call objects,NAME,NASM-FORMAT,C-FLAGS): the rules for the objects in NAME.d
define objects
$(BUILD)/$(1).d/%.asm.o: %.asm $(BUILD)/toolchain $(BUILD)/tools/forget_folder | $(BUILD)/include/layout.inc $(BUILD)/include/errors.inc
	@mkdir -p $$(@D)
	$$(call say,NASM,$$<)
	$$(Q)$(NASM) -f $(2) -g -F dwarf $(NASM_WARNINGS) $(NASM_PATHS) -o $$@ $$<
	$$(Q)$(BUILD)/tools/forget_folder $$@ $$<
	$$(Q)$(NASM) -M -MP -MT $$@ $(NASM_PATHS) $$< > $$(@:.o=.d) # -MD of NASM 2.16 forgets %include

$(BUILD)/$(1).d/%.c.o: %.c $(BUILD)/toolchain
	@mkdir -p $$(@D)
	$$(call say,CC,$$<)
	$$(Q)$(CC) $(3) $$(FREESTANDING) $(C_WARNINGS) -MMD -MP -c -o $$@ $$<
endef
$(eval $(call objects,stage1,elf32,))
$(eval $(call objects,stage2,elf32,$(STAGE2_CFLAGS)))
$(eval $(call objects,kernel,elf64,$(KERNEL_CFLAGS)))

$(BUILD)/%.ld: linker/%.ld $(BUILD)/toolchain
	$(Q)$(CC) -E -P -x c -nostdinc -Iinclude -Ilinker -MMD -MT $@ -MF $@.d -o $@ $<

# $(call link,SCRIPT,ELF,OBJECTS): one link
link = $(LINK_$(1)) $(LINK_FLAGS) -T $(BUILD)/$(1).ld -Map=$(2:.elf=.map) -o $(2) $(3)

$(BUILD)/stage1.elf: $(BUILD)/stage1.ld $(STAGE1_OBJECTS)
	$(call say,LD,$@)
	$(Q)$(call link,stage1,$@,$(STAGE1_OBJECTS))

# $(call link_with_symbols,SCRIPT,NAME,NASM-FORMAT,OBJECTS,SYMBOLS-FLAGS): NAME.elf, which carries
# the names and lines of its own code.  The first link gives their addresses, the second one
# adds the table, and the check fails if that moved any code.  With SYMBOLS=no there is only the first.
define link_with_symbols
$(2).first.elf: $(BUILD)/$(1).ld $(4)
	@mkdir -p $$(@D)
	$$(call say,LD,$$@)
	$$(Q)$$(call link,$(1),$$@,$(4))

ifeq ($(SYMBOLS),no)
$(2).elf: $(2).first.elf
	$$(Q): > $(2).symbols
	$$(Q)cp $(2).first.map $(2).map && cp $$< $$@
else
$(2).symbols: $(2).first.elf tools/build/symbols.py tools/build/dwarf_lines.py tools/build/elf_file.py
	$$(call say,SYMBOLS,$$@)
	$$(Q)python3 -B tools/build/symbols.py $$< $$@ $(5)

$(2).symbols.o: $(2).symbols linker/symbols.asm
	$$(Q)$(NASM) -f $(3) -DTABLE='"$$<"' -o $$@ linker/symbols.asm

$(2).elf: $(2).first.elf $(2).symbols.o
	$$(call say,LD,$$@)
	$$(Q)$$(call link,$(1),$$@,$(4) $(2).symbols.o)
	$$(Q)python3 -B tools/build/symbols.py $$@ $(2).symbols --check $(5)
endif
endef
$(eval $(call link_with_symbols,stage2,$(BUILD)/stage2,elf32,$(STAGE2_OBJECTS),--functions-only))
$(eval $(call link_with_symbols,kernel,$(BUILD)/kernel,elf64,$(KERNEL_OBJECTS)))

$(BUILD)/%.bin: $(BUILD)/%.elf
	$(call say,OBJCOPY,$@)
	$(Q)$(OBJCOPY) -O binary $< $@

# A function that copies memory must not be compiled into a call of itself.
$(foreach d,stage2 kernel tests/kernel,$(BUILD)/$(d).d/lib/string.c.o): FREESTANDING += $(NO_LOOP_PATTERNS)

include disk.img.mk
include tests/kernel/kernel.mk
include tests/protocol/protocol.mk

# ---- programs for this machine ----------------------------------------------

IMAGE_TOOL_PARTS := $(addprefix tools/image/,plan.c headers.c file.c) stage2/header_check.c lib/xxh32.c

$(BUILD)/tools/mkheader: tools/build/mkheader.c $(IMAGE_TOOL_PARTS) $(wildcard tools/image/*.h) Makefile
	@mkdir -p $(@D)
	$(call say,HOSTCC,$@)
	$(Q)$(HOSTCC) $(HOST_CFLAGS) -MMD -MP -Itools -MF $@.d -o $@ tools/build/mkheader.c $(IMAGE_TOOL_PARTS)

$(BUILD)/tools/forget_folder: tools/build/forget_folder.c tools/image/file.c tools/image/file.h Makefile
	@mkdir -p $(@D)
	$(call say,HOSTCC,$@)
	$(Q)$(HOSTCC) $(HOST_CFLAGS) -Itools -o $@ tools/build/forget_folder.c tools/image/file.c

# makes, explains and compares images; stage 1 and stage 2 are inside it
IMAGE_TOOL_SOURCES := $(filter-out %/stages.S,$(wildcard tools/image/*.c)) stage2/header_check.c lib/xxh32.c

$(BUILD)/tools/firstlight-image: $(IMAGE_TOOL_SOURCES) $(wildcard tools/image/*.h) tools/image/stages.S $(BUILD)/stage1.bin $(BUILD)/stage2.bin Makefile
	@mkdir -p $(@D)
	$(call say,HOSTCC,$@)
	$(Q)$(HOSTCC) $(HOST_CFLAGS) -Itools -DSTAGE1='"$(BUILD)/stage1.bin"' -DSTAGE2='"$(BUILD)/stage2.bin"' \
	    -MMD -MP -MF $@.d -o $@ $(IMAGE_TOOL_SOURCES) tools/image/stages.S

# QEMU's plugin that counts instructions, for coverage and bench
$(BUILD)/tools/count.so: tools/bench/count.c Makefile
	@mkdir -p $(@D)
	$(call say,HOSTCC,$@)
	$(Q)$(HOSTCC) $(HOST_CFLAGS) -fPIC -shared -fvisibility=hidden -MMD -MP -MF $@.d -o $@ $<

# a boot disk that reports what a BIOS does (tests/hostile/report.py reads it)
$(BUILD)/biosprobe.img: $(wildcard tools/biosprobe/*) Makefile
	@mkdir -p $(@D)
	$(call say,NASM,$@)
	$(Q)$(NASM) -f bin $(NASM_WARNINGS) -Itools/biosprobe/ -o $@.tmp tools/biosprobe/probe.asm
	$(Q)truncate -s $$(($(FLOPPY_SECTORS) * $(SECTOR_SIZE))) $@.tmp && mv $@.tmp $@

include tools/labs/mine/mine.mk
include tools/bench/bench.mk
include tools/guide/guide.mk
include tests/unit/unit.mk
include tests/fuzz/fuzz.mk

# ---- daily use ----------------------------------------------------------------

IMAGE ?= $(BUILD)/disk.img
# any other image is not made, but has to exist
BUILT_IMAGE = $(if $(call is_path,IMAGE,$(BUILD)/disk.img),$(BUILD)/disk.img)

.PHONY: setup doctor new run debug release compile-commands hashes toolchain live test test-full image inspect usb unit-tests page-tests kernel-tests fuzz-tests fuzz sizes coverage bench performance biosprobe scoreboard live-engine labs-nasm labs lab check hint solution mine live-picture screenshot why messages bare clean help
setup: ## install what is missing for a command: make setup run, make setup debug; or for all: make setup
	$(Q)sh tools/build/setup.sh

run: $(or $(STEP_IMAGE),$(BUILT_IMAGE)) ## boot the image in QEMU: a window, the screen in this terminal, or the serial console; STEP=NN/name
	$(Q)sh tools/run/run.sh $(or $(STEP_IMAGE),$(call path,IMAGE))

debug: $(BUILD)/disk.img $(STEP_IMAGE) ## the same, halted at the reset vector with GDB attached: IMAGE=my.img uses the symbols of my.elf
	$(Q)$(PYTHON) tools/debug/debug.py $(BUILD) $(if $(STEP_IMAGE),--image=$(STEP_IMAGE),$(if \
	    $(BUILT_IMAGE),,$(call option,--image=,IMAGE))) $(call option,--elf=,ELF)

live: $(BUILT_IMAGE) ## the PC in a page: make live [IMAGE=file] [ELF=a.elf,b.elf] [AT=place] [OUT=page.html]
	$(Q)$(PYTHON) -B tools/live/live.py $(call path,IMAGE) --build $(BUILD) $(call option,--elf=,ELF) \
	    $(call option,--at=,AT) $(call option,--out=,OUT)

# labs whose sources are C: Firstlight's loader boots them, so it is built first
LABS_IN_C := 7 8 9 10
LABS_TOOL = $(PYTHON) -B tools/labs/labs.py $@ $(call option,--lab=,N) $(call option,--labs=,LABS)

labs: ## list the labs and how far you are: you write a link of the chain, the machine's state is graded
	$(Q)$(LABS_TOOL)

lab: ## prepare a lab in my-labs/: make lab N=1 [LABS=folder] [UPDATE=1]
	$(Q)$(LABS_TOOL) $(if $(filter 1,$(UPDATE)),--update)

check: ## grade a lab by what the machine does: make check N=1 [SEED=2] [FORMAT=json] [WATCH=1]
	$(if $(filter $(LABS_IN_C),$(N)),$(Q)$(MAKE) -s $(BUILD)/tools/firstlight-image $(BUILD)/labs.toolchain >&2)
	$(Q)$(LABS_TOOL) --build=$(BUILD) $(call option,--seed=,SEED) $(call option,--format=,FORMAT) $(if $(filter 1,$(WATCH)),--watch)

hint: ## the next of three hints about what failed last: make hint N=1
	$(Q)$(LABS_TOOL)

solution: ## show a lab's reference solution, after a question: make solution N=1
	$(Q)$(LABS_TOOL)

mine: $(MINE_PARTS) ## boot an image of every link that you have solved, and ours for the rest: make mine [LABS=folder]
	$(Q)$(PYTHON) -B tools/labs/mine.py --build $(BUILD) $(call option,--labs=,LABS)
	$(Q)sh tools/run/run.sh $(BUILD)/mine/disk.img

test: all unit-tests fuzz-tests kernel-tests steps $(BENCH_IMAGES) $(BUILD)/biosprobe.img $(MINE_PARTS) ## run every test; the last line says "N passed, N failed"
	$(Q)$(PYTHON) tests/run.py

test-full: all unit-tests fuzz-tests kernel-tests steps $(BENCH_IMAGES) $(BUILD)/biosprobe.img $(MINE_PARTS) ## run every test and the sweeps that take longer
	$(Q)FIRSTLIGHT_FULL=1 $(PYTHON) tests/run.py

unit-tests: $(UNIT_TESTS) ## build the host's unit tests without running them

fuzz-tests: $(FUZZ_TESTS) ## build the fuzzers without running them

fuzz: $(FUZZ_TESTS) ## search for inputs that break pure code: FUZZ_SECONDS=30 for each fuzzer
	$(Q)for fuzzer in $(FUZZ_TESTS); do \
	    found=$(BUILD)/fuzz/$${fuzzer##*/}; mkdir -p $$found && \
	    $$fuzzer -max_total_time=$(FUZZ_SECONDS) -artifact_prefix=$$found- $$found || exit 1; done

page-tests: live tests/node_modules/.package-lock.json ## test the live page in Chromium and Firefox, its modules and its engine (needs Node.js, npm)
	$(Q)node --test $(sort $(wildcard tests/live/*.test.mjs tests/live/*.full.mjs))

# Without npm the page's tests report it; everything else can still be tested.
tests/node_modules/.package-lock.json: tests/package-lock.json
	$(call say,NPM,tests/node_modules)
	$(Q)if command -v npm >/dev/null; then cd tests && npm ci --no-audit --no-fund --loglevel=error; fi

kernel-tests: $(KERNEL_TESTS) $(PROTOCOL_KERNEL) ## build the tests that run inside the guest, without running them

sizes: $(BUILD)/disk.img ## show the free bytes in the MBR, and the size of each stage and the space left for it
	$(Q)sh tools/build/sizes.sh $(BUILD) $(NM)

image: $(BUILD)/tools/firstlight-image $(if $(call outside,KERNEL),,$(BUILT_IMAGE)) ## make an image from your kernel: make image KERNEL=my.bin OUT=my.img; CD=my.iso makes a CD
	$(if $(if $(call outside,KERNEL),$(call outside,OUT),$(call outside,CD)),,@echo 'usage: make image KERNEL=FILE OUT=FILE [LOAD=N] [ENTRY=N] [MEMSZ=N] [COPIES=1|2] [CD=FILE]'; \
	    echo '       make image CD=FILE [IMAGE=FILE]'; exit 2)
	$(if $(call outside,KERNEL),$(Q)$< make --kernel $(call path,KERNEL) --out $(call path,OUT) --copies $(COPIES) \
	    $(call option,--load$(blank),LOAD) $(call option,--entry$(blank),ENTRY) $(call option,--memory$(blank),MEMSZ))
	$(if $(call outside,CD),$(Q)sh tools/image/cd.sh $(call path,$(if $(call outside,KERNEL),OUT,IMAGE)) $(call path,CD))

inspect: $(BUILD)/tools/firstlight-image $(BUILT_IMAGE) ## explain every byte of an image: make inspect IMAGE=file
	$(Q)$< inspect $(if $(filter 1,$(JSON)),--json) $(call path,IMAGE)

doctor: ## check this system's tools: versions, what each is for, what is wrong and what helps
	$(Q)$(PYTHON) -B tools/build/doctor.py

new: ## start your own kernel as a separate project: make new DIR=~/my-kernel
	$(if $(call outside,DIR),,@echo 'usage: make new DIR=FOLDER'; exit 2)
	$(Q)$(PYTHON) -B tools/build/new.py $(call path,DIR)

usb: $(BUILD)/tools/firstlight-image $(BUILT_IMAGE) ## write the image to a stick and verify it: make usb DISK=/dev/sdX
	$(Q)bash tools/image/usb.sh $(call path,IMAGE) $(call path,DISK) $< $(call quoted,$(FORCE))

release: all guide ## leave in dist/ what can be given away: image, .elf files, live page, guide, index, SHA256SUMS
	$(Q)$(PYTHON) -B tools/release/release.py $(BUILD) dist "$$($(CC) --version | head -n 1)"

compile-commands: ## write compile_commands.json for clangd
	$(Q)$(PYTHON) -B tools/build/compile_commands.py \
	    $(call quoted,$(CC) $(STAGE2_CFLAGS) $(FREESTANDING) $(C_WARNINGS)) $(filter %.c,$(STAGE2_SOURCES) $(MINE_SOURCES)) -- \
	    $(call quoted,$(CC) $(KERNEL_CFLAGS) $(FREESTANDING) $(C_WARNINGS)) $(filter %.c,$(KERNEL_SOURCES) $(MINE_KERNEL_SOURCES)) \
	    $(wildcard kernel/test/*.c) -- $(call quoted,$(HOSTCC) $(HOST_CFLAGS) -Itools) $(wildcard tools/*/*.c)

hashes: ## print the image's SHA-256 for each compiler that is installed
	$(Q)sh tools/release/hashes.sh $(MAKE) $(BUILD) $(OWN_PREFIX)

toolchain: ## build x86_64-elf binutils and GCC from Debian's sources, which every later build takes
	$(if $(OWN_TOOLCHAIN),,@echo 'The home folder has a name that no build can take: set XDG_CACHE_HOME to another one'; exit 2)
	$(Q)sh tools/build/toolchain.sh $(OWN_TOOLCHAIN)

coverage: $(BUILD)/disk.img $(BUILD)/tools/count.so ## show which lines of the stages run in two dozen boots
	$(Q)$(PYTHON) -B tools/bench/coverage.py --build $(BUILD) $(if $(filter 1,$(V)),--verbose)

bench: all $(BENCH_IMAGES) $(BUILD)/tools/heap_bench $(BUILD)/bench/scroll.bin ## measure what everything costs: WHAT=counts|boot|console|heap|peers for a part of it
	$(Q)$(PYTHON) -B tools/bench/bench.py --build $(BUILD) --nm $(NM) --nasm $(NASM) $(if $(WHAT),$(call quoted,$(call outside,WHAT)))

performance: all ## measure everything and write docs/performance.md again (make setup performance)
	$(Q)$(PYTHON) -B tools/bench/performance_page.py --tools
	$(Q)$(MAKE) --no-print-directory bench WHAT=
	$(Q)$(PYTHON) -B tools/bench/performance_page.py $(BUILD)/bench/results.json

biosprobe: $(BUILD)/biosprobe.img ## an image that reports what a BIOS really does: boot it and send the output
	@echo "Write $< to a stick or floppy and boot it; docs/robustness.md says what its report is for."

scoreboard: $(BUILD)/disk.img ## compare GRUB, SYSLINUX and Firstlight on BIOSes that misbehave (docs/robustness.md)
	$(Q)$(PYTHON) -B tests/hostile/others/scoreboard.py

live-engine: $(BUILD)/toolchain ## build the engine of the live page in a bare Debian 13 and compare it with the one kept here (root)
	$(Q)sh tools/live/engine/build.sh $(BUILD)/live-engine
	$(Q)cd $(BUILD)/live-engine && sha256sum -c $(call quoted,$(CURDIR)/tools/live/engine/built/SHA256SUMS)

labs-nasm: $(BUILD)/toolchain ## build the labs' assembler (NASM as WebAssembly) in a bare Debian 13 and compare it with the one kept here (root)
	$(Q)sh tools/labs/nasm/build.sh $(BUILD)/labs-nasm
	$(Q)cd $(BUILD)/labs-nasm && sha256sum -c $(call quoted,$(CURDIR)/tools/labs/nasm/built/SHA256SUMS)

live-picture: live tests/node_modules/.package-lock.json ## take the README's picture of the live page again
	$(Q)node tests/live/picture.mjs docs/images/live.png

screenshot: $(BUILD)/disk.img ## take the README's picture again
	$(Q)$(PYTHON) -B tools/run/screenshot.py $< docs/images/prompt.png

why: $(BUILD)/tools/firstlight-image $(BUILT_IMAGE) ## run any image and explain why it does not boot: make why IMAGE=file
	$(Q)$(PYTHON) -B tools/why/why.py $(if $(filter 1,$(JSON)),--json) $(call path,IMAGE) --tool $<

messages: ## list every message, old and new: make messages BASE=revision
	$(Q)$(PYTHON) -B tools/english/messages.py --base $(call quoted,$(or $(call outside,BASE),HEAD))

bare: ## test all of it in a bare Debian, as root: make bare SUITE=bookworm, trixie or forky
	$(if $(SUITE),,@echo 'usage: make bare SUITE=bookworm|trixie|forky [SHORT=1]'; exit 2)
	$(Q)python3 -B tests/bare/bare.py $(call quoted,$(SUITE)) $(if $(filter 1,$(SHORT)),--short)

clean: ## remove everything generated
	$(Q)sh tools/build/clean.sh $(BUILD) $(call quoted,$(BUILD_MARK))

help: ## print this list
	@sed -n 's/^\([a-z-]*\):.*## /\1 /p' Makefile tools/guide/guide.mk | while read -r name text; do \
	    printf '  make %-13s %s\n' "$$name" "$$text"; done
	@echo
	@printf '%s\n' 'V=1 full commands, WERROR=1 warnings are errors, LLVM=1 Clang and LLD,' \
	    'CROSS_COMPILE=PREFIX- another tool chain, BUILD=DIR another output folder,' \
	    'SYMBOLS=no a build without Python, whose panics give addresses instead of names' \
    'run, debug: MACHINE=pc|q35|... MEDIUM=ide|ahci|virtio|scsi|nvme|usb|floppy|cd MEMORY=128M CPUS=1,' \
    'WINDOW=no|gtk|sdl|curses'

-include $(shell find $(BUILD) -name '*.d' -type f 2>/dev/null)

endif # AFTER_SETUP
