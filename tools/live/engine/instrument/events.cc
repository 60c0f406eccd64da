// What Bochs's CPU and devices report besides stores: interrupts, exceptions, BIOS calls, halts,
// the end of the machine, and the use of ports.

#include "live.h"

bool live_delivering;

static Bit8u serial_line;       // COM1's line control: bit 7 turns its data port into the divisor's
static Bit8u serial_modem;      // its modem control: bit 4 loops the line back, to test the chip
static Bit32u waited;           // ticks of the current halt, or of its last instant
static Bit32u bios_vector;      // of the BIOS call in progress, + 1

enum { COM1 = 0x3f8, COM1_LINE = 0x3fb, COM1_MODEM = 0x3fc, WAIT_TICKS = 1000000 /* 20 ms of guest time */ };

void live_hardware_interrupt(unsigned vector)
{
    live_delivering = true;
    live_event(EVENT_INTERRUPT, vector, 1);
}

void live_exception(unsigned vector, unsigned error_code)
{
    live_delivering = true;
    bool pushes = !BX_CPU(0)->real_mode() && BX_CPU(0)->exception_push_error(vector);
    live_event(EVENT_EXCEPTION, vector, error_code, pushes, (Bit32u)BX_CPU(0)->prev_rip, BX_CPU(0)->prev_rip >> 32);
}

void live_interrupt(unsigned vector)
{
    if (!live_delivering)
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
    if (bx_pc_system.time_ticks() >= observer->pause_at)
        live_stopped = true;
}

extern "C" EMSCRIPTEN_KEEPALIVE void live_power_off(void) { die(POWERED_OFF); }

// Called in each round of a halt.  A long halt is cut into instants, so that a page whose guest waits
// for an interrupt that never comes can draw, and a key pressed meanwhile has its own instant.
bool live_halted(void)
{
    if (live_death != ALIVE)
        live_stopped = true;
    else if (waited >= WAIT_TICKS) {
        waited = 0;
        live_event(EVENT_WAIT);
        BX_CPU(0)->icount++;
        if (bx_pc_system.time_ticks() >= observer->pause_at || live_count() >= observer->stop_at)
            live_stopped = true;
    }
    return live_stopped;
}

// Ticks to pass in one round: up to the next event of a device, as nothing happens before it; few
// while a DMA controller asks for the bus, which it gets once in a round.
unsigned live_wait(void)
{
    Bit32u event = bx_pc_system.getNumCpuTicksLeftNextEvent(), left = WAIT_TICKS - waited;
    Bit32u ticks = BX_HRQ ? 10 : event < left ? event : left;
    waited += ticks;
    return ticks;
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
    if (out && port == COM1 && !(serial_line & 0x80) && !(serial_modem & 0x10))
        live_event(EVENT_SERIAL, value & (0xff >> (3 - (serial_line & 3))));
    if (out && port == COM1_LINE)
        serial_line = (Bit8u)value;
    if (out && port == COM1_MODEM)
        serial_modem = (Bit8u)value;
}
