# guide.mk - the guide: its small programs, its pages, the book made from them
#
#   STEP=NN/name    names one of the programs in docs/guide/steps/ for `make run` and `make debug`
#   CHAPTER="NN .." the chapters that a command is about; without it, all

STEP_SOURCES := $(wildcard docs/guide/steps/*/*.asm docs/guide/steps/*/*.c)
STEPS := $(basename $(STEP_SOURCES:docs/guide/steps/%=%))
STEP_IMAGES := $(STEPS:%=$(BUILD)/steps/%.img)
GUIDE_PAGES := $(wildcard docs/guide/*.md docs/guide/*.txt)

GIVEN_STEP := $(if $(filter command,$(firstword $(origin STEP))),$(value STEP))
ifneq ($(GIVEN_STEP),)
  ifneq ($(filter-out $(STEPS),$(GIVEN_STEP))$(word 2,$(GIVEN_STEP)),)
    $(error There is no program STEP=$(GIVEN_STEP) in docs/guide/steps/; there are: $(STEPS))
  endif
  STEP_IMAGE := $(BUILD)/steps/$(GIVEN_STEP).img
endif

# the .elf beside an image holds the labels, for the debugger
$(BUILD)/steps/%.img: docs/guide/steps/%.asm tools/guide/step_labels.py $(BUILD)/toolchain
	@mkdir -p $(@D)
	$(call say,STEP,$@)
	$(Q)$(NASM) -f bin $(NASM_WARNINGS) --before '[map symbols $(@:.img=.map)]' -o $@ $<
	$(Q)python3 -B tools/guide/step_labels.py $@ $(@:.img=.map) $(@:.img=.elf)

# a kernel in one file: no flag of our own kernel's that the text does not name.  The flat binary is
# named so that the image tool does not see the ELF file: some programs are wrong on purpose
STEP_CFLAGS := $(CC_FOR_64) -std=gnu11 -O2 -g -ffreestanding -nostdinc -isystem $(COMPILER_INCLUDE) \
    -Iinclude -fno-pic -fno-pie -fno-stack-protector -fcf-protection=none -mno-red-zone \
    -mgeneral-regs-only -fno-asynchronous-unwind-tables -fno-unwind-tables -U_FORTIFY_SOURCE

$(BUILD)/steps/%.img: docs/guide/steps/%.c docs/example/kernel.ld $(BUILD)/tools/firstlight-image
	@mkdir -p $(@D)
	$(call say,STEP,$@)
	$(Q)$(CC) $(STEP_CFLAGS) $(C_WARNINGS) -c -o $(@:.img=.o) $<
	$(Q)$(LD) -m elf_x86_64 --build-id=none -z noexecstack -e $(KERNEL_LOAD_ADDRESS) $(LD_QUIET) \
	    -T docs/example/kernel.ld \
	    -o $(@:.img=.elf) $(@:.img=.o)
	$(Q)$(OBJCOPY) -O binary $(@:.img=.elf) $(@:.img=.flat.bin)
	$(Q)$(BUILD)/tools/firstlight-image make --kernel $(@:.img=.flat.bin) --out $@ --copies 1 >/dev/null

GIVEN_CHAPTERS := $(foreach number,$(call outside,CHAPTER),$(call quoted,$(number)))
GUIDE := python3 -B tools/guide/guide.py --build $(BUILD)

.PHONY: steps guide guide-update guide-check guide-read guide-pages
steps: $(STEP_IMAGES) ## build the guide's small programs, without running them

guide-update: all $(STEP_IMAGES) ## fill the guide's pages from sources, build and runs: CHAPTER=NN for one
	$(Q)$(GUIDE) update $(GIVEN_CHAPTERS)

guide-check: ## check the guide's rules that need no run: CHAPTER=NN for one chapter
	$(Q)$(GUIDE) check $(GIVEN_CHAPTERS)

guide-read: ## record that the text beside changed excerpts has been read again: CHAPTER=NN
	$(Q)$(GUIDE) read $(GIVEN_CHAPTERS)

guide-pages: ## write the guide's list of chapters, table of points and glossary again
	$(Q)$(GUIDE) pages

# the book: pages for Sphinx in build/guide-pages/, HTML in build/guide/, PDF from one long page

guide: live ## make a book of the guide: build/guide/index.html, and build/guide.pdf with Chromium
	$(Q)sh tools/guide/book/make.sh $(BUILD) $(PYTHON)
