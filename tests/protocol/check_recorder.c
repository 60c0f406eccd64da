/*
 * check_recorder.c - "The flight recorder": what the loader has written to it.
 */
#include "recorder.h"
#include "tests/protocol/checks.h"
#include "tests/protocol/entry_state.h"
#include "tests/protocol/report.h"

static bool has(const struct recorder *recorder, uint32_t milestone)
{
    for (uint32_t i = 0; i < recorder->count; i++)
        if (recorder->entries[i].milestone == milestone)
            return true;
    return false;
}

void check_recorder(const struct boot_info *info)
{
    const struct recorder *recorder = (const struct recorder *)info->recorder;
    bool has_tsc = info->cpu_features & CPU_FEATURE_TSC;

    statement("recorder-magic");
    equal("magic", recorder->magic, RECORDER_MAGIC);
    holds("it has at most 31 entries", recorder->count <= RECORDER_MAX);
    if (recorder->magic != RECORDER_MAGIC || recorder->count > RECORDER_MAX)
        return;
    statement("recorder-milestones");
    for (uint32_t m = MILESTONE_STAGE2; m <= MILESTONE_LONG_MODE; m++)
        holds("every milestone of the loader is there", has(recorder, m));
    for (uint32_t i = 1; i < recorder->count; i++)
        holds("they are in order",
              recorder->entries[i - 1].milestone <= recorder->entries[i].milestone);
    equal("the last one", recorder->entries[recorder->count - 1].milestone, MILESTONE_LONG_MODE);
    equal("its word of data, the entry",
          recorder->entries[recorder->count - 1].data, (uint32_t)entry_state.rip);
    statement("recorder-times");
    for (uint32_t i = 1; has_tsc && i < recorder->count; i++)
        holds("time goes on", recorder->entries[i - 1].tsc < recorder->entries[i].tsc);
}
