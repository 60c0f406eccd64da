/*
 * elf_sections.h - what elf_kernel.c and elf_compare.c have to know of an ELF64 file.
 */
#ifndef FIRSTLIGHT_TOOLS_IMAGE_ELF_SECTIONS_H
#define FIRSTLIGHT_TOOLS_IMAGE_ELF_SECTIONS_H

#include <elf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "image/file.h"

/* The part of the kernel's memory that its sections occupy. */
struct extent {
    uint64_t low, file_end, memory_end; /* physical; low > file_end: nothing is in the file */
    Elf64_Shdr before, after;           /* the sections on both sides of the largest gap */
    uint64_t gap;
};

/* Copies a part of the file; false if it ends before. */
bool elf_copy(const struct file *elf, uint64_t at, void *to, size_t bytes);

/* The file's header; zeros if it is cut off. */
Elf64_Ehdr elf_head(const struct file *elf);

bool elf_section(const struct file *elf, const Elf64_Ehdr *head, size_t number, Elf64_Shdr *s);
const char *elf_section_name(const struct file *elf, const Elf64_Ehdr *head, const Elf64_Shdr *s);

/* An address as it is in the identity mapping. */
uint64_t elf_physical(uint64_t address);

uint64_t elf_load_address(const struct file *elf, const Elf64_Ehdr *head, const Elf64_Shdr *s);

/* Whether a section takes part of the kernel's memory. */
bool elf_is_loaded(const Elf64_Shdr *s);

struct extent elf_extent(const struct file *elf, const Elf64_Ehdr *head);

/* The name of the function at an address, or "". */
const char *elf_symbol_at(const struct file *elf, const Elf64_Ehdr *head, uint64_t address);

#endif
