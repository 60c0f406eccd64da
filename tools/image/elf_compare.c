/*
 * elf_compare.c - whether a flat kernel, and what its header requests, is what its ELF file says.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "image/elf_kernel.h"
#include "image/elf_sections.h"

#define PAGE 4096u

/* Whether the flat file has a section's bytes where they belong. */
static bool is_in(const struct file *elf, const Elf64_Shdr *s, const struct file *flat, uint64_t at)
{
    if (s->sh_offset > elf->size || s->sh_size > elf->size - s->sh_offset)
        return true; /* the ELF file is cut off: nothing to compare */
    return at <= flat->size && s->sh_size <= flat->size - at &&
           memcmp(flat->data + at, elf->data + s->sh_offset, s->sh_size) == 0;
}

static bool lacks_section(const struct file *elf, const struct file *flat, uint64_t low,
                          bool is_code, struct problem *p)
{
    Elf64_Ehdr head = elf_head(elf);
    Elf64_Shdr s;

    for (size_t i = 0; elf_section(elf, &head, i, &s); i++) {
        if (!elf_is_loaded(&s) || s.sh_type == SHT_NOBITS ||
            ((s.sh_flags & SHF_EXECINSTR) != 0) != is_code ||
            is_in(elf, &s, flat, elf_load_address(elf, &head, &s) - low))
            continue;
        return elf_report(p,
                          "objcopy -O binary without -j and -R takes every section; so does "
                          "make image KERNEL=my.elf",
                          "section %s (%" PRIu64 " bytes at %" PRIX64
                          "h) was left out: it is not in the flat kernel",
                          elf_section_name(elf, &head, &s), (uint64_t)s.sh_size,
                          (uint64_t)s.sh_addr);
    }
    return false;
}

/* `low` is the link address of the flat file's first byte. */
static bool wrong_place(const struct file *elf, uint64_t low, const struct kernel_wishes *w,
                        struct problem *p)
{
    Elf64_Ehdr head = elf_head(elf);
    uint64_t moved = elf_runs_anywhere(elf) ? w->load - low : 0;
    char advice[sizeof p->advice];

    if (low + moved != w->load) {
        snprintf(advice, sizeof advice, "LOAD=0x%" PRIx64 ", or link it for 0x%" PRIx64, low,
                 w->load);
        return elf_report(p, advice,
                          "the kernel is linked for %" PRIX64 "h and is loaded at %" PRIX64
                          "h: its absolute addresses are wrong",
                          low, w->load);
    }
    if (head.e_entry != 0 && elf_physical(head.e_entry) + moved != elf_physical(w->entry)) {
        snprintf(advice, sizeof advice,
                 "ENTRY=0x%" PRIx64 ", or put the entry first in the linker script",
                 head.e_entry + moved);
        return elf_report(p, advice,
                          "the kernel's entry is %s at %" PRIX64
                          "h, and the image is entered at %" PRIX64
                          "h: another function comes first",
                          elf_symbol_at(elf, &head, head.e_entry), head.e_entry + moved, w->entry);
    }
    return false;
}

enum elf_match elf_compare(const struct file *elf, const struct file *flat,
                           const struct kernel_wishes *w, struct problem *p)
{
    Elf64_Ehdr head = elf_head(elf);
    struct extent e = elf_extent(elf, &head);
    uint64_t low = e.low, needed;
    char advice[sizeof p->advice];

    if (lacks_section(elf, flat, low, true, p)) {
        low = e.low / PAGE * PAGE; /* as elf_flatten() makes it */
        if (lacks_section(elf, flat, low, true, p))
            return ELF_OTHER_BUILD;
    }
    if (wrong_place(elf, low, w, p) || lacks_section(elf, flat, low, false, p))
        return ELF_DIFFERS;
    needed = e.memory_end - low;
    if (e.memory_end <= low || needed <= w->memory_bytes)
        return ELF_MATCHES;
    snprintf(advice, sizeof advice, "MEMSZ=%" PRIu64 "; make image KERNEL=my.elf knows it", needed);
    elf_report(p, advice,
               "the kernel needs %" PRIu64
               " bytes in memory, with its .bss, and the image's header says %" PRIu64
               ": the rest is neither zeroed nor reserved",
               needed, w->memory_bytes);
    return ELF_DIFFERS;
}
