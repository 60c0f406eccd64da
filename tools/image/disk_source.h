/*
 * disk_source.h - an image file or a device as a source of sectors.
 */
#ifndef FIRSTLIGHT_TOOLS_IMAGE_DISK_SOURCE_H
#define FIRSTLIGHT_TOOLS_IMAGE_DISK_SOURCE_H

#include "image/inspect.h"

/*
 * Opens a file or a block device for reading; ends the program with status 2 if
 * `path` is neither, or on failure.  Returns its size in bytes: an incomplete
 * sector at the end is not part of the source.
 */
uint64_t disk_open(const char *path, struct image_source *source);

#endif
