/*
 * disk_source.c - pread() from a file or a block device.
 */
#include "image/disk_source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "image/file.h"
#include "image/stages.h"

static bool read_sector(const struct image_source *source, uint64_t lba, void *sector)
{
    int fd = (int)(intptr_t)source->context;

    return pread(fd, sector, SECTOR_SIZE, (off_t)(lba * SECTOR_SIZE)) == SECTOR_SIZE;
}

__attribute__((noreturn)) static void give_up(const char *path, const char *why)
{
    fprintf(stderr, "%s: %s: %s\n", program_name, path, why);
    exit(2);
}

uint64_t disk_open(const char *path, struct image_source *source)
{
    struct stat status;
    off_t end;
    int fd;

    if (stat(path, &status) != 0)
        give_up(path, strerror(errno));
    if (S_ISDIR(status.st_mode))
        give_up(path, strerror(EISDIR));
    if (!S_ISREG(status.st_mode) && !S_ISBLK(status.st_mode)) /* opening a pipe would block */
        give_up(path, "this is neither a file nor a disk");
    fd = open(path, O_RDONLY | O_CLOEXEC);
    end = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
    if (end < 0)
        give_up(path, strerror(errno));
    *source = (struct image_source){
        .read = read_sector,
        .context = (void *)(intptr_t)fd,
        .sectors = (uint64_t)end / SECTOR_SIZE,
        .stage1 = embedded_stage1,
    };
    return (uint64_t)end;
}
