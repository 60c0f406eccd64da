/*
 * milestone.c - the only writer of stamps; tools/debug/ stops at milestone_stamp().
 */
#include "lib/milestone.h"

#include <stddef.h>

#include "lib/cpu.h"

static struct recorder *recorder;
static bool has_tsc;

void milestone_use_recorder(struct recorder *new_recorder, bool tsc_is_there)
{
    recorder = new_recorder;
    has_tsc = tsc_is_there;
}

void milestone_stamp(enum milestone milestone, uint32_t data)
{
    if (recorder == NULL || recorder->count >= RECORDER_MAX)
        return;
    recorder->entries[recorder->count++] = (struct recorder_entry){
        .milestone = milestone,
        .data = data,
        .tsc = has_tsc ? rdtsc() : 0,
    };
}
