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

__attribute__((noreturn)) static void give_up(const char *path, int error)
{
    fprintf(stderr, "%s: %s: %s\n", program_name, path, strerror(error));
    exit(2);
}

void disk_open(const char *path, struct image_source *source)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    off_t end = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
    struct stat status;

    if (end < 0 || fstat(fd, &status) != 0)
        give_up(path, errno);
    if (S_ISDIR(status.st_mode)) /* lseek() does not mind */
        give_up(path, EISDIR);
    *source = (struct image_source){
        .read = read_sector,
        .context = (void *)(intptr_t)fd,
        .sectors = (uint64_t)end / SECTOR_SIZE,
        .stage1 = embedded_stage1,
    };
}
