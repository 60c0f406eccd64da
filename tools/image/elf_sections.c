/*
 * elf_sections.c - reads an ELF file's sections, segments and symbols; nothing in the file is trusted.
 *
 * System V ABI, chapter 4.
 */
#include "image/elf_sections.h"

#include <string.h>

#include "layout.h"

bool elf_copy(const struct file *elf, uint64_t at, void *to, size_t bytes)
{
    if (at > elf->size || bytes > elf->size - at)
        return false;
    memcpy(to, elf->data + at, bytes);
    return true;
}

Elf64_Ehdr elf_head(const struct file *elf)
{
    Elf64_Ehdr head = {0};

    elf_copy(elf, 0, &head, sizeof head);
    return head;
}

bool elf_section(const struct file *elf, const Elf64_Ehdr *head, size_t number, Elf64_Shdr *s)
{
    return number < head->e_shnum &&
           elf_copy(elf, head->e_shoff + number * sizeof *s, s, sizeof *s);
}

const char *elf_section_name(const struct file *elf, const Elf64_Ehdr *head, const Elf64_Shdr *s)
{
    Elf64_Shdr names;
    uint64_t at;

    if (!elf_section(elf, head, head->e_shstrndx, &names))
        return "?";
    at = names.sh_offset + s->sh_name;
    if (at >= elf->size || memchr(elf->data + at, '\0', elf->size - at) == NULL)
        return "?";
    return (const char *)elf->data + at;
}

uint64_t elf_physical(uint64_t address)
{
    return address >= KERNEL_BASE ? address - KERNEL_BASE : address;
}

/* Where a section is loaded: its segment knows. */
uint64_t elf_load_address(const struct file *elf, const Elf64_Ehdr *head, const Elf64_Shdr *s)
{
    Elf64_Phdr p;

    for (size_t i = 0; i < head->e_phnum; i++)
        if (elf_copy(elf, head->e_phoff + i * sizeof p, &p, sizeof p) && p.p_type == PT_LOAD &&
            s->sh_addr >= p.p_vaddr && s->sh_addr - p.p_vaddr < p.p_memsz)
            return elf_physical(p.p_paddr + (s->sh_addr - p.p_vaddr));
    return elf_physical(s->sh_addr);
}

bool elf_is_loaded(const Elf64_Shdr *s)
{
    return (s->sh_flags & SHF_ALLOC) != 0 && s->sh_size > 0 &&
           !(s->sh_type == SHT_NOBITS && (s->sh_flags & SHF_TLS) != 0);
}

/* The nearest section above `s`, by load address; false if `s` is the last. */
static bool next_section(const struct file *elf, const Elf64_Ehdr *head, const Elf64_Shdr *s,
                         Elf64_Shdr *next)
{
    uint64_t here = elf_load_address(elf, head, s), best = UINT64_MAX;
    Elf64_Shdr other;

    for (size_t i = 0; elf_section(elf, head, i, &other); i++) {
        uint64_t there = elf_load_address(elf, head, &other);

        if (elf_is_loaded(&other) && there > here && there < best) {
            best = there;
            *next = other;
        }
    }
    return best != UINT64_MAX;
}

struct extent elf_extent(const struct file *elf, const Elf64_Ehdr *head)
{
    struct extent e = {.low = UINT64_MAX};
    Elf64_Shdr s, next;

    for (size_t i = 0; elf_section(elf, head, i, &s); i++) {
        uint64_t start = elf_load_address(elf, head, &s), end = start + s.sh_size;

        if (!elf_is_loaded(&s) || end < start)
            continue;
        e.memory_end = end > e.memory_end ? end : e.memory_end;
        if (s.sh_type == SHT_NOBITS)
            continue;
        e.low = start < e.low ? start : e.low;
        e.file_end = end > e.file_end ? end : e.file_end;
        if (next_section(elf, head, &s, &next) && elf_load_address(elf, head, &next) > end &&
            elf_load_address(elf, head, &next) - end > e.gap) {
            e.gap = elf_load_address(elf, head, &next) - end;
            e.before = s;
            e.after = next;
        }
    }
    return e;
}

/* The name of the function at an address, or "". */
const char *elf_symbol_at(const struct file *elf, const Elf64_Ehdr *head, uint64_t address)
{
    Elf64_Shdr table, names;
    Elf64_Sym symbol;

    for (size_t i = 0; elf_section(elf, head, i, &table); i++) {
        if (table.sh_type != SHT_SYMTAB || !elf_section(elf, head, table.sh_link, &names))
            continue;
        for (uint64_t at = 0; at + sizeof symbol <= table.sh_size; at += sizeof symbol) {
            uint64_t name;

            if (!elf_copy(elf, table.sh_offset + at, &symbol, sizeof symbol))
                break;
            name = names.sh_offset + symbol.st_name;
            if (symbol.st_value == address && symbol.st_name != 0 &&
                ELF64_ST_TYPE(symbol.st_info) <= STT_FUNC && name < elf->size &&
                memchr(elf->data + name, '\0', elf->size - name) != NULL)
                return (const char *)elf->data + name;
        }
    }
    return "";
}
