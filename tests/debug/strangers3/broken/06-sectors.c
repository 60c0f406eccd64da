/* A kernel that has grown a font. */
#include "pc.h"

__asm__(".section .text.start\n start: call kernel_main\n ret\n .text");

#define GLYPH(n) \
    { \
        (n), (n) ^ 24, (n) ^ 36, (n) ^ 66, (n) ^ 126, (n) ^ 66, (n) ^ 66, 1 \
    }
#define GLYPHS(n) GLYPH(n), GLYPH((n) + 1), GLYPH((n) + 2), GLYPH((n) + 3)
#define GLYPHS16(n) GLYPHS(n), GLYPHS((n) + 4), GLYPHS((n) + 8), GLYPHS((n) + 12)
#define GLYPHS64(n) GLYPHS16(n), GLYPHS16((n) + 16), GLYPHS16((n) + 32), GLYPHS16((n) + 48)

static const uint16_t font[][8] = {GLYPHS64(0),   GLYPHS64(64),  GLYPHS64(128), GLYPHS64(192),
                                   GLYPHS64(256), GLYPHS64(320), GLYPHS64(384), GLYPHS64(448)};

struct driver {
    const char *name;
    unsigned (*start)(void);
};

static unsigned font_start(void)
{
    unsigned sum = 0;

    for (unsigned i = 0; i < sizeof font / sizeof font[0]; i++)
        sum += ((const volatile uint16_t *)font[i])[7];
    return sum;
}

static unsigned keyboard_start(void)
{
    return inb(0x64);
}

extern struct driver drivers[];
struct driver drivers[] = {{"font\n", font_start}, {"keyboard\n", keyboard_start}};
static volatile unsigned count = 2;

void kernel_main(void);

void kernel_main(void)
{
    unsigned last = 0;

    print("kernel, starting drivers\n");
    do {
        print(drivers[last].name);
        drivers[last].start();
    } while (++last < count);
    print("all drivers are up\n");
}
