/*
 * elf_kernel.h - a kernel as the linker left it: flattened, and compared with a flat one.
 *
 * `make` uses it for KERNEL=my.elf and for a my.elf beside my.bin; `match` compares an image's
 * kernel with its ELF file, for tools/why.
 */
#ifndef FIRSTLIGHT_TOOLS_IMAGE_ELF_KERNEL_H
#define FIRSTLIGHT_TOOLS_IMAGE_ELF_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "image/file.h"
#include "image/headers.h"

struct problem {
    char cause[320], advice[240]; /* sentences, without the last full stop */
};

bool elf_is(const struct file *file);

/* Writes both sentences; true, so that a check can return it. */
__attribute__((format(printf, 3, 4))) bool elf_report(struct problem *problem, const char *advice,
                                                      const char *format, ...);

/* What keeps any loader from entering it; false if nothing does. */
bool elf_problem(const struct file *elf, struct problem *problem);

/*
 * Whether it is not linked for one address: position-independent without relocations, or linked for
 * address 0, where no kernel can be loaded.  After elf_problem().
 */
bool elf_runs_anywhere(const struct file *elf);

/* Whether that is only what its link address says: absolute addresses in its code would be wrong. */
bool elf_is_linked_for_0(const struct file *elf);

/* The flat binary as objcopy would make it, and what its header has to request; after elf_problem(). */
struct file elf_flatten(const struct file *elf, struct kernel_wishes *wishes);

enum elf_match {
    ELF_MATCHES,
    ELF_DIFFERS,     /* `problem` says how */
    ELF_OTHER_BUILD, /* the code itself is not the same */
};

/* Compares it with a flat kernel that is loaded as `wishes` say; after elf_problem(). */
enum elf_match elf_compare(const struct file *elf, const struct file *flat,
                           const struct kernel_wishes *wishes, struct problem *problem);

#endif
