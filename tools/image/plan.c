/*
 * plan.c - sizes and positions.  Each partition and the image end with a cylinder.
 *
 * SeaBIOS (for El Torito), QEMU and BIOSes with USB sticks derive a drive's
 * geometry from the last head and sector in the table: only then can CHS reach
 * all of it.
 */
#include "image/plan.h"

#include <string.h>

static const struct plan_geometry geometries[] = {
    {2, 18},   /* the 1.44 MB floppy's */
    {16, 63},  /* IDE: 504 MiB in 1024 cylinders */
    {255, 63}, /* the largest that every BIOS supports */
};

#define GEOMETRIES (sizeof geometries / sizeof geometries[0])

uint64_t plan_sectors(uint64_t bytes)
{
    return bytes / SECTOR_SIZE + (bytes % SECTOR_SIZE != 0);
}

static uint64_t cylinder_end(uint64_t sectors, struct plan_geometry g)
{
    uint64_t cylinder = (uint64_t)g.heads * g.sectors;

    return (sectors + cylinder - 1) / cylinder * cylinder;
}

/* Lays out the partitions for one geometry; returns the end of the last one. */
static uint64_t lay_out(uint64_t kernel_sectors, struct plan *plan)
{
    uint64_t end = KERNEL_LBA;

    for (uint32_t i = 0; i < plan->copies; i++) {
        uint64_t first = end;

        end = cylinder_end(first + kernel_sectors, plan->geometry);
        if (end < FLOPPY_SECTORS && i == plan->copies - 1)
            end = FLOPPY_SECTORS; /* the size of a floppy */
        plan->partitions[i].first = (uint32_t)first;
        plan->partitions[i].sectors = (uint32_t)(end - first);
    }
    return end;
}

static uint64_t room_of(const struct plan_geometry *g)
{
    return g == &geometries[0] ? FLOPPY_SECTORS : (uint64_t)CYLINDERS * g->heads * g->sectors;
}

bool plan_image(uint64_t payload_bytes, uint32_t copies, struct plan *plan)
{
    uint64_t end = UINT64_MAX;

    *plan = (struct plan){.copies = copies};
    if (payload_bytes > KERNEL_BASE_SIZE)
        return false;
    for (uint32_t i = 0; i < GEOMETRIES; i++) {
        plan->geometry = geometries[i];
        end = lay_out(1 + plan_sectors(payload_bytes), plan);
        if (end <= room_of(&geometries[i]))
            break;
    }
    plan->sectors = (uint32_t)end;
    return end <= UINT32_MAX;
}

void plan_chs(uint8_t chs[3], struct plan_geometry g, uint32_t lba)
{
    uint32_t cylinder = lba / (g.heads * g.sectors);
    uint32_t head = lba / g.sectors % g.heads;
    uint32_t sector = lba % g.sectors + 1;

    if (cylinder >= CYLINDERS) {
        cylinder = CYLINDERS - 1;
        head = g.heads - 1;
        sector = g.sectors;
    }
    chs[0] = (uint8_t)head;
    chs[1] = (uint8_t)(sector | (cylinder >> 2 & 0xc0));
    chs[2] = (uint8_t)cylinder;
}

struct mbr_table plan_table(const struct plan *plan, uint32_t signature)
{
    struct mbr_table table = {.signature = signature};

    for (uint32_t i = 0; i < plan->copies; i++) {
        struct partition p = {
            .status = i == 0 ? PARTITION_ACTIVE : 0,
            .type = KERNEL_PARTITION_TYPE,
            .first_lba = plan->partitions[i].first,
            .sectors = plan->partitions[i].sectors,
        };

        plan_chs(p.first_chs, plan->geometry, p.first_lba);
        plan_chs(p.last_chs, plan->geometry, p.first_lba + p.sectors - 1);
        table.partitions[i] = p;
    }
    return table;
}
