// The checks after each instant: which registers have changed, who runs, whether the place
// has a name, and whether a condition holds that ends the run.
//
// An instant is a number of instructions since the machine was switched on.  What happens on the
// way from instant n to n+1 is logged with n+1, so that at n+1 it is shown as done.

#include "live.h"
#include "cpu/decoder/ia_opcodes.h"

bool live_stopped;
Bit64u live_base;
Bit32u live_death;
Bit8u *live_memory;
struct observer *observer;

static Bit8u *system_opcodes;   // [opcode]: can change segments, control registers or the mode

enum { OWNER_OTHER = 5 };

static void stop_if_full(void)
{
    if (observer->event_count > EVENT_ROOM - 256 || observer->access_count > ACCESS_ROOM - 4096) {
        observer->full = 1;
        live_stopped = true;
    }
}

void live_event(event_kind kind, Bit32u a, Bit32u b, Bit32u c, Bit32u d, Bit32u e)
{
    if ((observer->watch & WATCH_EVENT) && (observer->event_mask >> kind & 1))
        observer->hit = true;
    if (observer->event_count == EVENT_ROOM)
        return;
    struct event *event = &observer->events[observer->event_count++];
    event->count = (double)live_next_count();
    event->kind = kind;
    event->a = a;
    event->b = b;
    event->c = c;
    event->d = d;
    event->e = e;
}

static inline bool in_set(const struct address_set *set, Bit64u linear)
{
    unsigned slot = linear & 4095;
    if (!(set->filter[slot / 32] >> slot % 32 & 1))
        return false;
    for (Bit32u i = live_hash(linear); set->slots[i]; i = (i + 1) % SET_SLOTS)
        if (set->slots[i] == linear + 1)
            return true;
    return false;
}

static bool outside(Bit64u linear)
{
    for (unsigned i = 0; i < observer->outside_count; i++)
        if (linear >= observer->outside[i][0] && linear < observer->outside[i][1])
            return false;
    return true;
}

// The conditions on where the CPU is; all that are set must be true.
static bool place_hit(Bit64u linear)
{
    Bit32u watch = observer->watch;
    if (!(watch & (WATCH_ADDRESS | WATCH_STACK | WATCH_OUTSIDE)))
        return false;
    return (!(watch & WATCH_ADDRESS) || in_set(&observer->addresses, linear))
        && (!(watch & WATCH_STACK) || BX_CPU(0)->gen_reg[BX_64BIT_REG_RSP].rrx >= observer->stack_floor)
        && (!(watch & WATCH_OUTSIDE) || outside(linear));
}

static void note_change(unsigned number)
{
    observer->changed |= Bit64u(1) << number;
    if ((observer->watch & WATCH_REGISTER) && observer->watched_register == number)
        observer->hit = true;
}

static inline void general_registers(void)
{
    unsigned count = BX_CPU(0)->efer.get_LMA() ? 16 : 8;
    for (unsigned i = 0; i < count; i++) {
        Bit64u now = BX_CPU(0)->gen_reg[i].rrx;
        if (now != observer->registers[i]) {
            observer->registers[i] = now;
            note_change(i);
        }
    }
}

// Segments, control registers and the mode: checked after the few instructions that set them
static void system_registers(void)
{
    Bit64u now[REG_COUNT];
    live_read_system_registers(now);
    for (unsigned i = REG_CR0; i < REG_DR0; i++) {
        if (now[i] == observer->registers[i])
            continue;
        if (i <= REG_EFER && i != REG_CR2 && i != REG_CR8)
            live_event(EVENT_CONTROL, i, (Bit32u)observer->registers[i], (Bit32u)now[i],
                       (Bit32u)(observer->registers[i] >> 32), (Bit32u)(now[i] >> 32));
        observer->registers[i] = now[i];
        note_change(i);
    }
    Bit32u mode = live_mode();
    if (mode != observer->mode) {
        live_event(EVENT_MODE, observer->mode, mode);
        observer->mode = mode;
    }
}

static inline Bit64u linear_rip(void)
{
    BX_CPU_C *cpu = BX_CPU(0);
    Bit64u rip = cpu->gen_reg[BX_64BIT_REG_RIP].rrx;
    return cpu->long64_mode() ? rip : (Bit32u)(rip + cpu->sregs[BX_SEG_REG_CS].cache.u.segment.base);
}

static void owner(Bit64u page)
{
    const Bit64u HIGH = BX_CONST64(0xffffffff80000); // the page number of -2 GiB
    Bit32u now = page < OWNED_PAGES ? observer->owners[0][page]
        : page - HIGH < OWNED_PAGES ? observer->owners[1][page - HIGH]
        : page >> 8 == 0xfff ? 1 : OWNER_OTHER;
    observer->code_page = page;
    if (now != observer->owner) {
        live_event(EVENT_OWNER, now);
        observer->owner = now;
    }
}

// A place with a name for the page, such as a milestone, with its function's arguments
static void mark(Bit64u linear)
{
    BX_CPU_C *cpu = BX_CPU(0);
    Bit32u argument = 0;
    bx_phy_address stack;
    if (cpu->dbg_xlate_linear2phy(cpu->get_laddr(BX_SEG_REG_SS, cpu->gen_reg[BX_64BIT_REG_RSP].rrx + 4), &stack))
        BX_MEM(0)->dbg_fetch_mem(cpu, stack, 4, (Bit8u *)&argument);
    live_event(EVENT_MARK, (Bit32u)linear, linear >> 32, cpu->gen_reg[BX_64BIT_REG_RDI].dword.erx, argument);
}

static void conditions(Bit64u linear)
{
    if (place_hit(linear))
        observer->hit = true;
    if ((observer->watch & WATCH_TEXT) && observer->screen_touched
            && live_text_on_screen(observer->text, observer->text_length))
        observer->hit = true;
    if (observer->hit) {
        observer->hits++;
        observer->last_hit = (double)live_next_count();
        if (observer->stop_on_hit && observer->hits > observer->skip)
            live_stopped = true;
    }
    observer->hit = observer->screen_touched = false;
}

// The CPU is at the next instant (icount still counts up to it).
static void finish(bool system)
{
    live_delivering = false;
    general_registers();
    if (BX_CPU(0)->smm_mode() != observer->smm) {
        observer->smm = !observer->smm;
        live_event(EVENT_SMM, observer->smm);
        system = true;
    }
    if (system)
        system_registers();
    Bit64u linear = linear_rip();
    if (linear >> 12 != observer->code_page)
        owner(linear >> 12);
    if (in_set(&observer->marks, linear))
        mark(linear);
    if (observer->watch)
        conditions(linear);
    if (live_next_count() >= observer->stop_at)
        live_stopped = true;
    stop_if_full();
}

void live_after(bxInstruction_c *instruction)
{
    finish(system_opcodes[instruction->getIaOpcode()]);
}

// An iteration of REP is an instant of its own.  Ending the trace makes finish() see it as one.
void live_repeat(bxInstruction_c *)
{
    if (observer->watch || live_next_count() >= observer->stop_at)
        BX_CPU(0)->async_event |= BX_ASYNC_EVENT_STOP_TRACE;
}

void live_delivered(void) { finish(true); }

static bool starts(const char *name, const char *const *list)
{
    for (; *list; list++)
        if (!strncmp(name, *list, strlen(*list)))
            return true;
    return false;
}

// By the decoder's own names, so that no instruction of a newer Bochs is missed silently
void live_find_system_opcodes(void)
{
    static const char *const prefixes[] = {
        "MOV_Sw", "MOV_CR", "POP_Sw", "POP_Op16_Sw", "POP_Op32_Sw", "POP_Op64_Sw", "LDS", "LES",
        "LFS", "LGS", "LSS", "LGDT", "LIDT", "LLDT", "LTR", "LMSW", "CLTS", "CALLF", "JMPF", "RETF",
        "IRET", "INT", "SYSCALL", "SYSRET", "SYSENTER", "SYSEXIT", "WRMSR", "SWAPGS", "RSM", "WRFSBASE",
        "WRGSBASE", "XSETBV", NULL
    };
    system_opcodes = (Bit8u *)calloc(BX_IA_LAST, 1);
    for (unsigned opcode = 0; opcode < BX_IA_LAST; opcode++) {
        const char *name = get_bx_opcode_name((Bit16u)opcode);
        system_opcodes[opcode] = name && starts(name + strlen("BX_IA_"), prefixes);
    }
}
