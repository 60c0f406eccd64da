# names.mk - what comes from outside: variables, and the names of files and folders in them
#
# A name may hold blanks, quotes, $, %, commas, and may begin with a dash.  Three rules keep it
# whole: make never expands it (outside), no shell sees it unquoted (path), and no
# name becomes a target or a prerequisite.  BUILD alone is one, so it has to be plain.

empty :=
blank := $(empty) $(empty)

# $(call outside,NAME): the value of a variable, $ and all, if it was given from outside
outside = $(if $(filter command environment,$(firstword $(origin $(1)))),$(value $(1)),$($(1)))

# $(call quoted,VALUE): one word for the shell, whatever is in it
quoted = '$(subst ','\'',$(1))'

# $(call path,NAME): the same for a variable that holds a file's name: no name is an option
path = $(call quoted,$(if $(filter -%,$(firstword $(call outside,$(1)))),./)$(call outside,$(1)))

# $(call option,--word=,NAME): --word=VALUE if the variable has one
option = $(if $(call outside,$(2)),$(1)$(call quoted,$(call outside,$(2))))

# $(call is_path,NAME,VALUE): "yes" if the variable holds exactly that
is_path = $(if $(subst x$(2),,x$(call outside,$(1))),,yes)

# ---- which command takes which variable --------------------------------------

TAKES_EVERYWHERE := BUILD V WERROR LLVM CROSS_COMPILE CC LD NASM HOSTCC PYTHON COPIES SYMBOLS

TAKES_run       := IMAGE STEP MACHINE MEDIUM MEMORY CPUS WINDOW SERIAL QEMU_ACCEL
TAKES_debug     := IMAGE STEP ELF MACHINE MEDIUM MEMORY CPUS WINDOW QEMU_ACCEL
TAKES_new       := DIR
TAKES_why       := IMAGE JSON
TAKES_inspect   := IMAGE JSON
TAKES_usb       := IMAGE DISK FORCE
TAKES_image     := KERNEL OUT LOAD ENTRY MEMSZ CD IMAGE
TAKES_fuzz      := FUZZ_SECONDS
TAKES_live      := IMAGE ELF AT OUT
TAKES_messages  := BASE
TAKES_bench     := WHAT
TAKES_labs      := LABS
TAKES_lab       := N LABS UPDATE
TAKES_check     := N LABS SEED FORMAT WATCH
TAKES_hint      := N LABS
TAKES_solution  := N LABS
TAKES_mine      := LABS MACHINE MEDIUM MEMORY CPUS WINDOW SERIAL QEMU_ACCEL
TAKES_guide-update := CHAPTER
TAKES_guide-check  := CHAPTER
TAKES_guide-read   := CHAPTER
TAKES_bare      := SUITE SHORT

# commands that need no compiler must work without one: so does `make live` with a given image
NO_COMPILER := setup doctor toolchain new help bare clean labs lab check hint solution $(if $(call outside,IMAGE),live)

TAKEN := $(TAKES_EVERYWHERE) $(foreach goal,$(MAKECMDGOALS),$(TAKES_$(goal)))
GIVEN := $(foreach name,$(filter-out -*-%,$(.VARIABLES)),$(if $(filter command,$(firstword \
    $(origin $(name)))),$(name)))
KNOWN := $(TAKES_EVERYWHERE) $(foreach name,$(filter TAKES_%,$(.VARIABLES)),$($(name)))

$(foreach name,$(filter-out $(KNOWN),$(GIVEN)),$(error There is no variable $(name): `make help` \
    lists the variables of each command))
$(foreach name,$(filter-out $(TAKEN),$(GIVEN)),$(error $(name)= has no meaning for `make$(if \
    $(MAKECMDGOALS),$(blank)$(MAKECMDGOALS))`))

# The disk that `make usb` overwrites is named by a person, never by a forgotten export.
ifneq ($(origin DISK),command line)
  override DISK :=
endif

# ---- the folder of what is built ----------------------------------------------

# BUILD stands in rules and recipes, and `make clean` removes it with all that is in it.
BUILD_GIVEN := $(call outside,BUILD)
ifneq ($(shell printf %s $(call quoted,$(BUILD_GIVEN)) | LC_ALL=C tr -d 'A-Za-z0-9_./+\200-\377-')$(filter \
    -%,$(BUILD_GIVEN))$(if $(BUILD_GIVEN),,none),)
  $(error BUILD='$(BUILD_GIVEN)' cannot be used: only letters, digits and . _ / + - are allowed, and no dash at the start)
endif

# Every build begins by leaving this line in $(BUILD)/toolchain: a folder that has it is ours.
BUILD_MARK := A build folder of Firstlight; `make clean` removes it.
ifneq ($(filter-out $(NO_COMPILER),$(or $(MAKECMDGOALS),all)),)
  ifneq ($(if $(wildcard $(BUILD)/toolchain),,$(wildcard $(BUILD)/* $(BUILD)/.[!.]*)),)
    $(error The folder $(BUILD) contains files that Firstlight did not build. Choose a new or empty folder: BUILD=folder)
  endif
endif
