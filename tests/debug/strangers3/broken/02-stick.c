/* A program for UEFI that says hello; without the mistake, it is a kernel on a stick that a BIOS boots. */
#ifdef MENDED
#include "pc.h"

__asm__(".section .text.start\n start: call kernel\n .text");

void kernel(void)
{
    print("Hello from the stick!\n");
    for (;;)
        __asm__ volatile("hlt");
}
#else
typedef unsigned short char16;

struct text_output {
    void *reset;
    unsigned long (*output_string)(struct text_output *self, const char16 *text)
        __attribute__((ms_abi));
};

struct system_table {
    char header[24];
    const char16 *vendor;
    unsigned revision;
    void *handles[3];
    struct text_output *output;
};

__attribute__((ms_abi)) unsigned long efi_main(void *image, struct system_table *system);

__attribute__((ms_abi)) unsigned long efi_main(void *image, struct system_table *system)
{
    (void)image;
    system->output->output_string(system->output, u"Hello from the stick!\r\n");
    for (;;)
        __asm__ volatile("hlt");
}
#endif
