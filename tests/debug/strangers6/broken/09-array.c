/* Reads a "file" into a buffer.  The buffer is local because it is needed only here. */
#include "kit.h"

BEGIN_WITH(kmain);

#ifdef MENDED
#define BUFFER 1024
#else
#define BUFFER (1024 * 1024)
#endif

static __attribute__((noinline)) void read_file(char *to, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        ((volatile char *)to)[i] = (char)('a' + i % 26);
}

void kmain(void)
{
    char str[BUFFER];

    say("reading\n");
    read_file(str, BUFFER);
    say("the file begins with ");
    for (int i = 0; i < 6; i++)
        put(str[i]);
    say("\n");
    for (;;)
        __asm__ volatile("hlt");
}
