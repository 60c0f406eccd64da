/* 15-ata.c - reads the first sector of the disk by ATA PIO */
#include "io.h"

#ifdef MENDED
#define DRIVE 0xe0
#else
#define DRIVE 0xf0
#endif

static uint16_t sector[256];

static uint16_t inw(uint16_t port)
{
    uint16_t value;

    __asm__ volatile("inw %w1, %w0" : "=a"(value) : "Nd"(port));
    return value;
}

static void ata_read(uint32_t lba, uint16_t *words)
{
    outb(0x1f6, (uint8_t)(DRIVE | (lba >> 24 & 15)));
    outb(0x1f2, 1);
    outb(0x1f3, (uint8_t)lba);
    outb(0x1f4, (uint8_t)(lba >> 8));
    outb(0x1f5, (uint8_t)(lba >> 16));
    outb(0x1f7, 0x20); /* read */
    while (inb(0x1f7) & 0x80)
        ; /* busy */
    while (!(inb(0x1f7) & 8))
        ; /* no data yet */
    for (int i = 0; i < 256; i++)
        words[i] = inw(0x1f0);
}

void kernel(void)
{
    print("reading the MBR ... ");
    ata_read(0, sector);
    print(sector[255] == 0xaa55 ? "its signature is right" : "no signature");
}
