// Running, and what the page needs for its snapshots: which pages of the engine's own memory have
// changed.  Stores show what changed in the guest's RAM; everything else of the engine is compared
// with its last content.  The cache of decoded instructions is left out; it is flushed instead.

#include "live.h"
#include <emscripten/stack.h>
#include <unistd.h>

#define EXPORT extern "C" EMSCRIPTEN_KEEPALIVE

extern void live_find_system_opcodes(void);

// ---- setting up ----------------------------------------------------------------------------

static void *whole_pages(size_t bytes)
{
    size_t rounded = (bytes + PAGE - 1) / PAGE * PAGE;
    return memset(aligned_alloc(PAGE, rounded), 0, rounded);
}

static void make_observer(void)
{
    Bit64u memory = BX_MEM(0)->get_memory_len();
    observer = (struct observer *)whole_pages(sizeof *observer);
    observer->memory_pages = (Bit32u)(memory / PAGE);
    observer->written = (Bit8u *)whole_pages(memory / 8 + 8);
    observer->stop_at = observer->pause_at = ~Bit64u(0);
}

// Bochs hands out RAM in blocks by first use; requesting all of them in order makes it contiguous.
static void allocate_memory(void)
{
    enum { BLOCK = 128 << 10 };
    live_memory = BX_MEM(0)->get_vector(0);
    for (Bit64u at = 0; at < BX_MEM(0)->get_memory_len(); at += BLOCK)
        if (BX_MEM(0)->get_vector(at) != live_memory + at)
            abort();
}

struct range { size_t from, to; };

static struct range of(const void *from, size_t bytes)
{
    return { (size_t)from, (size_t)from + bytes };
}

static const struct range *inside(size_t page, const struct range *ranges, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        if (page >= ranges[i].from && page + PAGE <= ranges[i].to)
            return &ranges[i];
    return NULL;
}

// Lists the pages that are neither RAM nor what snapshots leave out.
static void find_pages(void)
{
    enum { MOST = 65536, STAMPS = 1 << 22 };
    const bxICache_c &cache = BX_CPU(0)->iCache;
    size_t memory = BX_MEM(0)->get_memory_len();
    observer->rest = (Bit32u *)whole_pages(MOST * sizeof(Bit32u));
    observer->list = (Bit32u *)whole_pages(MOST * sizeof(Bit32u) + memory / PAGE * sizeof(Bit32u));
    free(malloc(1 << 20)); // room for what Bochs may still allocate while it runs
    size_t end = (size_t)sbrk(0) / PAGE * PAGE;
    const struct range left_out[] = {
        of(observer, sizeof *observer), of(observer->written, memory / 8 + 8),
        of(observer->rest, MOST * sizeof(Bit32u)), of(observer->list, MOST * sizeof(Bit32u) + memory / PAGE * 4),
        of(live_memory, memory), of(live_memory + memory, BIOSROMSZ + EXROMSIZE),
        of(&cache, sizeof cache), of(pageWriteStampTable.stamps(), STAMPS),
        of((void *)emscripten_stack_get_end(), emscripten_stack_get_base() - emscripten_stack_get_end()),
    };
    for (size_t page = PAGE; page < end && observer->rest_count < MOST; page += PAGE) {
        const struct range *skipped = inside(page, left_out, sizeof left_out / sizeof *left_out);
        if (skipped)
            page = skipped->to / PAGE * PAGE - PAGE;
        else
            observer->rest[observer->rest_count++] = page;
    }
    observer->shadow = (Bit8u *)whole_pages(observer->rest_count * PAGE);
}

// The machine is built and is at the reset vector.  The page runs it from here.
void live_ready(void)
{
    live_find_system_opcodes();
    allocate_memory();
    make_observer();
    find_pages();
    live_sync();
    emscripten_exit_with_live_runtime();
}

// ---- running -------------------------------------------------------------------------------

EXPORT struct observer *live_observer(void) { return observer; }
EXPORT Bit8u *live_ram(void) { return live_memory; }
EXPORT Bit32u live_ram_pages(void) { return observer->memory_pages; }

// Runs until the count is stop, or a condition holds, a log is full, or the machine is dead.
EXPORT double live_run(double stop)
{
    observer->stop_at = (Bit64u)stop;
    observer->full = 0;
    live_stopped = false;
    while (live_count() < observer->stop_at && !live_stopped)
        BX_CPU(0)->cpu_loop();
    return (double)live_count();
}

EXPORT void live_watch(Bit32u what, int stop_on_hit, Bit32u skip)
{
    observer->watch = what;
    observer->skip = skip;
    observer->stop_on_hit = stop_on_hit;
    observer->hits = 0;
    observer->last_hit = -1;
    observer->hit = observer->screen_touched = false;
}

static void empty(struct address_set *set) { memset(set, 0, sizeof *set); }

static void add(struct address_set *set, Bit64u linear)
{
    if (set->count == SET_SLOTS / 2)
        return;
    Bit32u i = live_hash(linear);
    while (set->slots[i] && set->slots[i] != linear + 1)
        i = (i + 1) % SET_SLOTS;
    set->count += !set->slots[i];
    set->slots[i] = linear + 1;
    set->filter[(linear & 4095) / 32] |= 1u << linear % 32;
}

EXPORT void live_watch_no_address(void)
{
    if (observer->addresses.count)
        empty(&observer->addresses);
    observer->outside_count = 0;
}

EXPORT void live_watch_address(Bit32u low, Bit32u high) { add(&observer->addresses, Bit64u(high) << 32 | low); }
EXPORT void live_no_marks(void) { empty(&observer->marks); }
EXPORT void live_mark(Bit32u low, Bit32u high) { add(&observer->marks, Bit64u(high) << 32 | low); }

EXPORT void live_watch_outside(Bit32u low, Bit32u high, Bit32u end_low, Bit32u end_high)
{
    if (observer->outside_count < 64) {
        Bit64u *range = observer->outside[observer->outside_count++];
        range[0] = Bit64u(high) << 32 | low;
        range[1] = Bit64u(end_high) << 32 | end_low;
    }
}

EXPORT void live_watch_stack(Bit32u low, Bit32u high) { observer->stack_floor = Bit64u(high) << 32 | low; }
EXPORT void live_watch_store(Bit32u from, Bit32u to) { observer->store_from = from; observer->store_to = to; }
EXPORT void live_watch_port(Bit32u port) { observer->port = port; }
EXPORT void live_watch_events(Bit32u mask) { observer->event_mask = mask; }
EXPORT void live_watch_register(Bit32u number) { observer->watched_register = number; }
EXPORT Bit8u *live_watch_text(Bit32u length) { observer->text_length = length; return observer->text; }
EXPORT void live_pause_halted(double ticks) { observer->pause_at = (Bit64u)ticks; }
EXPORT void live_log(int accesses, int ports) { observer->log_accesses = accesses; observer->log_ports = ports; }
EXPORT Bit32u live_hits(void) { return observer->hits; }
EXPORT double live_last_hit(void) { return observer->last_hit; }
EXPORT Bit32u live_full(void) { return observer->full; }

EXPORT Bit32u live_event_count(void) { return observer->event_count; }
EXPORT struct event *live_events(void) { return observer->events; }
EXPORT Bit32u live_access_count(void) { return observer->access_count; }
EXPORT struct access *live_accesses(void) { return observer->accesses; }
EXPORT void live_clear_logs(void) { observer->event_count = observer->access_count = 0; }

// ---- the index of an interval --------------------------------------------------------------

EXPORT Bit8u *live_written(void) { return observer->written; }
EXPORT Bit8u *live_owners(void) { return observer->owners[0]; }
EXPORT Bit32u live_owner(void) { return observer->owner; }
EXPORT void live_set_owner(Bit32u owner) { observer->owner = owner; }
EXPORT Bit32u *live_changed(void) { return (Bit32u *)&observer->changed; }
EXPORT Bit32u live_port_count(void) { return observer->port_count; }
EXPORT Bit32u *live_ports(void) { return observer->port_list; }

// After the page has copied the bits of the listed pages
EXPORT void live_clear_index(Bit32u listed)
{
    for (Bit32u i = 0; i < listed; i++)
        if (observer->list[i] < observer->memory_pages)
            memset(observer->written + observer->list[i] * (PAGE / 8), 0, PAGE / 8);
    observer->changed = 0;
    observer->port_count = 0;
    memset(observer->ports_used, 0, sizeof observer->ports_used);
}

// ---- pages ---------------------------------------------------------------------------------

EXPORT Bit32u live_rest_count(void) { return observer->rest_count; }
EXPORT Bit32u *live_rest(void) { return observer->rest; }
EXPORT Bit8u *live_shadow(void) { return observer->shadow; }
EXPORT Bit32u *live_list(void) { return observer->list; }

static bool differs(const Bit64u *a, const Bit64u *b)
{
    for (unsigned i = 0; i < PAGE / 8; i += 4)
        if ((a[i] ^ b[i]) | (a[i + 1] ^ b[i + 1]) | (a[i + 2] ^ b[i + 2]) | (a[i + 3] ^ b[i + 3]))
            return true;
    return false;
}

// Lists the pages that have changed since the last call: RAM by number, the others after it.
EXPORT Bit32u live_scan(void)
{
    Bit32u count = 0;
    for (Bit32u i = 0; i < observer->memory_pages; i++)
        if (observer->dirty[i]) {
            observer->dirty[i] = 0;
            observer->list[count++] = i;
        }
    for (Bit32u i = 0; i < observer->rest_count; i++) {
        Bit8u *page = (Bit8u *)(size_t)observer->rest[i], *old = observer->shadow + i * PAGE;
        if (differs((Bit64u *)page, (Bit64u *)old)) {
            memcpy(old, page, PAGE);
            observer->list[count++] = observer->memory_pages + i;
        }
    }
    return count;
}

// For the first snapshot: every page of RAM that is not all zero counts as changed.
EXPORT void live_mark_all(void)
{
    static const Bit64u zeros[PAGE / 8] = {};
    for (Bit32u i = 0; i < observer->memory_pages; i++)
        observer->dirty[i] = differs((Bit64u *)(live_memory + i * PAGE), zeros);
}

// After pages have been put back
EXPORT void live_restored(void)
{
    BX_CPU(0)->iCache.flushICacheEntries();
    pageWriteStampTable.resetWriteStamps();
    live_sync();
}
