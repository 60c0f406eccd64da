/*
 * stages.h - stage 1 and stage 2 of the build that made the tool (stages.S).
 */
#ifndef FIRSTLIGHT_TOOLS_IMAGE_STAGES_H
#define FIRSTLIGHT_TOOLS_IMAGE_STAGES_H

#include <stdint.h>

#include "layout.h"

extern const uint8_t embedded_stage1[SECTOR_SIZE];
extern const uint8_t embedded_stage2[], embedded_stage2_end[];

#endif
