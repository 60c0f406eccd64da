/* A kernel that runs at any address. */
#include "pc.h"

static const char *const names[] = {"zero", "one", "two", "three"};
static const char *const *table = names;

void kernel(uint64_t base);

void kernel(uint64_t base)
{
    char hex[20] = "loaded at ";

    print("relocated:");
    for (int i = 0; i < 4; i++) {
        print(" ");
        print(((const char *const volatile *)table)[i]);
    }
    for (int i = 0; i < 8; i++)
        hex[10 + i] = "0123456789abcdef"[base >> (28 - 4 * i) & 15];
    print("\n");
    print(hex);
    print("\n");
}
