/* disk.c - a RAM disk is checked through a buffer of one track */
#include "io.h"

#define TRACK (63 * 512)

void kernel(void);

static void fill(volatile uint8_t *buffer, unsigned seed)
{
    for (unsigned i = 0; i < TRACK; i++)
        buffer[i] = (uint8_t)(i + seed);
}

static unsigned sum(volatile uint8_t *buffer, unsigned seed)
{
    unsigned wrong = 0;

    for (unsigned i = 0; i < TRACK; i++)
        wrong += buffer[i] != (uint8_t)(i + seed);
    return wrong;
}

static void (*volatile fill_track)(volatile uint8_t *, unsigned) = fill;
static unsigned (*volatile check_track)(volatile uint8_t *, unsigned) = sum;

void kernel(void)
{
#ifdef MENDED
    static
#endif
        volatile uint8_t buffer[TRACK];

    fill_track(buffer, 3);
    if (check_track(buffer, 3) == 0)
        print("track buffer: no errors");
}
