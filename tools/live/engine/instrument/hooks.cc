// What Bochs's CPU and devices report: stores, ports, interrupts, exceptions, modes.  From it come
// the conditions that end a run, the log of an interval, and the index by which the page finds
// the interval in which a byte was written.
//
// An instant is a number of instructions since the machine was switched on.  What happens on the
// way from instant n to n+1 is logged with n+1, so that going there shows it done.

#include "live.h"
#include "cpu/decoder/ia_opcodes.h"



bool live_stopped;
Bit64u live_base;
Bit32u live_death;
Bit8u *live_memory;
struct observer *observer;

static bool delivering;         // the CPU pushes the frame of an interrupt or an exception
static Bit8u serial_line;       // COM1's line control: bit 7 turns its data port into a divisor
static Bit32u waited;           // rounds of the present halt
static Bit32u bios_vector;      // of the BIOS call that is being served, + 1
static Bit8u *system_opcodes;   // [opcode]: can change segments, control registers or the mode

enum { COM1 = 0x3f8, COM1_LINE = 0x3fb, WAIT_ROUNDS = 100000 /* of 10 ticks: 20 ms of guest time */ };

enum { OWNER_OTHER = 5 };

static inline Bit64u next_count(void) { return live_count() + 1; }

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
    event->count = (double)next_count();
    event->kind = kind;
    event->a = a;
    event->b = b;
    event->c = c;
    event->d = d;
    event->e = e;
}

// ---- memory --------------------------------------------------------------------------------

void live_mark_store(bx_phy_address address, unsigned length)
{
    if (address / PAGE >= observer->memory_pages)
        return;
    observer->dirty[address / PAGE] = 1;
    Bit8u *bits = observer->written + address / 8;
    if (length <= 32)
        *(Bit64u *)bits |= ((Bit64u(1) << length) - 1) << (address & 7);
    else
        for (unsigned i = 0; i < length; i++)
            observer->written[(address + i) / 8] |= 1 << ((address + i) & 7);
}

static void log_access(bx_phy_address address, unsigned length, access_kind kind)
{
    if (!observer->log_accesses || observer->access_count == ACCESS_ROOM)
        return;
    struct access *access = &observer->accesses[observer->access_count++];
    access->count = (double)next_count();
    access->address = (Bit32u)address;
    access->length = (Bit16u)length;
    access->kind = (Bit16u)kind;
}

static inline void store(bx_phy_address address, unsigned length, access_kind kind)
{
    live_mark_store(address, length);
    if (address < observer->store_to && address + length > observer->store_from)
        observer->hit = observer->hit || (observer->watch & WATCH_STORE);
    if ((address & ~bx_phy_address(0x7fff)) == 0xb8000)
        observer->screen_touched = true;
    log_access(address, length, kind);
}

void live_linear_access(bx_phy_address address, unsigned length, unsigned kind)
{
    if (kind == BX_READ || kind == BX_RW)
        log_access(address, length, ACCESS_READ);
    if (kind & 1) // BX_WRITE, BX_RW
        store(address, length, delivering ? ACCESS_CPU : ACCESS_INSTRUCTION);
}

// Walks of the page tables (Accessed and Dirty bits), and what system management mode saves
void live_physical_access(bx_phy_address address, unsigned length, unsigned kind)
{
    if (kind & 1)
        store(address, length, ACCESS_CPU);
}

void live_dma_write(bx_phy_address address, unsigned length)
{
    store(address, length, ACCESS_DEVICE);
}

// ---- instants ------------------------------------------------------------------------------

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

// The conditions on where the CPU stands; all that are asked for must hold.
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

// Segments, control registers and the mode: looked at after the few instructions that set them
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

// A place with a name for the page, such as a milestone: with what its function was called with
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
        observer->last_hit = (double)next_count();
        if (observer->stop_on_hit && observer->hits > observer->skip)
            live_stopped = true;
    }
    observer->hit = observer->screen_touched = false;
}

// The CPU stands at the next instant (icount still counts up to it).
static void finish(bool system)
{
    delivering = false;
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
    if (next_count() >= observer->stop_at)
        live_stopped = true;
    stop_if_full();
}

void live_after(bxInstruction_c *instruction)
{
    finish(system_opcodes[instruction->getIaOpcode()]);
}

// An iteration of REP is an instant of its own.  Ending the trace makes it one for finish(), too.
void live_repeat(bxInstruction_c *)
{
    if (observer->watch || next_count() >= observer->stop_at)
        BX_CPU(0)->async_event |= BX_ASYNC_EVENT_STOP_TRACE;
}

void live_delivered(void) { finish(true); }

// ---- interrupts, exceptions, halts ---------------------------------------------------------

void live_hardware_interrupt(unsigned vector)
{
    delivering = true;
    live_event(EVENT_INTERRUPT, vector, 1);
}

void live_exception(unsigned vector, unsigned error_code)
{
    delivering = true;
    bool pushes = !BX_CPU(0)->real_mode() && BX_CPU(0)->exception_push_error(vector);
    live_event(EVENT_EXCEPTION, vector, error_code, pushes, (Bit32u)BX_CPU(0)->prev_rip, BX_CPU(0)->prev_rip >> 32);
}

void live_interrupt(unsigned vector)
{
    if (!delivering)
        live_event(EVENT_INTERRUPT, vector, 0);
}

static void bios_event(event_kind kind, unsigned vector, Bit32u flags)
{
    BX_CPU_C *cpu = BX_CPU(0);
    auto two = [cpu](unsigned low, unsigned high) {
        return cpu->gen_reg[low].word.rx | (Bit32u)cpu->gen_reg[high].word.rx << 16;
    };
    live_event(kind, vector | flags << 8 | (Bit32u)cpu->gen_reg[BX_16BIT_REG_BP].word.rx << 16,
               two(BX_16BIT_REG_AX, BX_16BIT_REG_BX), two(BX_16BIT_REG_CX, BX_16BIT_REG_DX),
               two(BX_16BIT_REG_SI, BX_16BIT_REG_DI),
               cpu->sregs[BX_SEG_REG_ES].selector.value | (Bit32u)cpu->sregs[BX_SEG_REG_DS].selector.value << 16);
}

// A BIOS call is any far transfer in real mode, INT or CALL FAR, from outside the ROMs to where a
// vector points in them; it ends when a far return leaves them.
void live_far_branch(unsigned what, Bit16u from_cs, bx_address from, Bit16u to_cs, bx_address to)
{
    if (what == BX_INSTR_IS_IRET)
        live_event(EVENT_IRET);
    if (BX_CPU(0)->cr0.get_PE() || observer->smm)
        return;
    auto in_rom = [](Bit32u linear) { return linear >= 0xc0000 && linear < 0x100000; };
    Bit32u source = from_cs * 16 + (Bit16u)from, target = to_cs * 16 + (Bit16u)to;
    if (in_rom(source) == in_rom(target))
        return;
    if (in_rom(source)) {
        if (bios_vector)
            bios_event(EVENT_BIOS_RETURN, bios_vector - 1, BX_CPU(0)->get_CF() != 0);
        bios_vector = 0;
        return;
    }
    const Bit16u *vectors = (const Bit16u *)live_memory;
    for (unsigned vector = 0; vector < 256; vector++)
        if (vectors[2 * vector] == (Bit16u)to && vectors[2 * vector + 1] == to_cs) {
            bios_vector = vector + 1;
            return bios_event(EVENT_BIOS, vector, 0);
        }
}

static void die(death reason)
{
    if (live_death == ALIVE) {
        live_death = reason;
        live_event(EVENT_DEAD, reason);
    }
    live_stopped = true;
}

void live_halt(void)
{
    waited = 0;
    if (BX_CPU(0)->activity_state == BX_CPU_C::BX_ACTIVITY_STATE_SHUTDOWN)
        return die(TRIPLE_FAULT);
    if (!BX_CPU(0)->get_IF())
        return die(HALTED_FOR_GOOD);
    live_event(EVENT_HALT);
    if (observer->pause_on_halt)
        live_stopped = true;
}

extern "C" EMSCRIPTEN_KEEPALIVE void live_power_off(void) { die(POWERED_OFF); }

// In each round of a halt.  A long one is cut into instants, so that a page whose guest waits
// for an interrupt that never comes gets its turn, and a key pressed meanwhile has its instant.
bool live_halted(void)
{
    if (live_death != ALIVE)
        live_stopped = true;
    else if (++waited >= WAIT_ROUNDS) {
        waited = 0;
        live_event(EVENT_WAIT);
        BX_CPU(0)->icount++;
        if (observer->pause_on_halt || live_count() >= observer->stop_at)
            live_stopped = true;
    }
    return live_stopped;
}

void live_reset(unsigned type)
{
    if (!observer)
        return; // the first one, before the machine is set up
    if (type == BX_RESET_HARDWARE)
        live_base += BX_CPU(0)->icount;
    live_event(EVENT_RESET, type);
}

// ---- ports ---------------------------------------------------------------------------------

void live_port(Bit16u port, unsigned length, unsigned value, bool out)
{
    if (!(observer->ports_used[port / 8] >> port % 8 & 1) && observer->port_count < 1024) {
        observer->ports_used[port / 8] |= 1 << port % 8;
        observer->port_list[observer->port_count++] = port;
    }
    if ((observer->watch & WATCH_PORT) && observer->port == port)
        observer->hit = true;
    if (observer->log_ports)
        live_event(EVENT_PORT, port, length, value, out, 0);
    if (out && port == COM1 && !(serial_line & 0x80))
        live_event(EVENT_SERIAL, value & (0xff >> (3 - (serial_line & 3))));
    if (out && port == COM1_LINE)
        serial_line = (Bit8u)value;
}

// ---- at the start --------------------------------------------------------------------------

static bool starts(const char *name, const char *const *list)
{
    for (; *list; list++)
        if (!strncmp(name, *list, strlen(*list)))
            return true;
    return false;
}

// By the decoder's own names, so that no instruction of a newer Bochs is forgotten silently
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
