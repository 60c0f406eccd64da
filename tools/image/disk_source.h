/*
 * disk_source.h - an image file or a device as a source of sectors.
 */
#ifndef FIRSTLIGHT_TOOLS_IMAGE_DISK_SOURCE_H
#define FIRSTLIGHT_TOOLS_IMAGE_DISK_SOURCE_H

#include "image/inspect.h"

/* Opens `path` for reading; ends the program with status 2 if that fails. */
void disk_open(const char *path, struct image_source *source);

#endif
