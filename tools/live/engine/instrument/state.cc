// What the page reads from the machine at an instant, and the little that it may change: registers
// with the hidden parts of the segments, memory, the text screen, one instruction in words, keys.

#include "live.h"
#include "gui/gui.h"
#include "iodev/iodev.h"
#include "iodev/display/vgacore.h"

#define EXPORT extern "C" EMSCRIPTEN_KEEPALIVE

// ---- registers -----------------------------------------------------------------------------

// The attributes of a descriptor as its bits 40-55 hold them, those of the limit left out
static Bit32u attributes(const bx_descriptor_t &d)
{
    return d.type | d.segment << 4 | d.dpl << 5 | d.p << 7 | d.u.segment.avl << 12
        | d.u.segment.l << 13 | d.u.segment.d_b << 14 | d.u.segment.g << 15;
}

static void put_segment(Bit64u *to, const bx_segment_reg_t &segment)
{
    to[0] = segment.selector.value;
    to[1] = segment.cache.u.segment.base;
    to[2] = segment.cache.u.segment.limit_scaled;
    to[3] = attributes(segment.cache) | (segment.cache.valid ? 1u << 16 : 0);
}

void live_read_system_registers(Bit64u *r)
{
    BX_CPU_C *cpu = BX_CPU(0);
    r[REG_CR0] = cpu->cr0.get32();
    r[REG_CR2] = cpu->cr2;
    r[REG_CR3] = cpu->cr3;
    r[REG_CR4] = cpu->cr4.get32();
    r[REG_CR8] = cpu->get_cr8();
    r[REG_EFER] = cpu->efer.get32();
    r[REG_GDTR_BASE] = cpu->gdtr.base;
    r[REG_GDTR_LIMIT] = cpu->gdtr.limit;
    r[REG_IDTR_BASE] = cpu->idtr.base;
    r[REG_IDTR_LIMIT] = cpu->idtr.limit;
    for (unsigned i = 0; i < 6; i++)
        put_segment(r + REG_SEGMENTS + 4 * i, cpu->sregs[i]);
    put_segment(r + REG_SEGMENTS + 24, cpu->ldtr);
    put_segment(r + REG_SEGMENTS + 28, cpu->tr);
}

// 0 real16, 1 prot16, 2 prot32, 3 long32, 4 long64
Bit32u live_mode(void)
{
    BX_CPU_C *cpu = BX_CPU(0);
    const bx_descriptor_t &cs = cpu->sregs[BX_SEG_REG_CS].cache;
    if (!cpu->cr0.get_PE())
        return 0;
    if (cpu->efer.get_LMA())
        return cs.u.segment.l ? 4 : 3;
    return cs.u.segment.d_b && !cpu->get_VM() ? 2 : 1;
}

void live_sync(void)
{
    BX_CPU_C *cpu = BX_CPU(0);
    for (unsigned i = 0; i < 16; i++)
        observer->registers[i] = cpu->gen_reg[i].rrx;
    live_read_system_registers(observer->registers);
    observer->mode = live_mode();
    observer->smm = cpu->smm_mode();
    observer->code_page = ~Bit64u(0);
    observer->hit = observer->screen_touched = false;
}

EXPORT Bit64u *live_state(void)
{
    static Bit64u *r = observer->registers_read;
    BX_CPU_C *cpu = BX_CPU(0);
    for (unsigned i = 0; i < 16; i++)
        r[i] = cpu->gen_reg[i].rrx;
    r[REG_RIP] = cpu->gen_reg[BX_64BIT_REG_RIP].rrx;
    r[REG_RFLAGS] = cpu->read_eflags();
    live_read_system_registers(r);
    for (unsigned i = 0; i < 4; i++)
        r[REG_DR0 + i] = cpu->dr[i];
    r[REG_DR6] = cpu->dr6.get32();
    r[REG_DR7] = cpu->dr7.get32();
    r[REG_A20] = BX_GET_ENABLE_A20();
    r[REG_ACTIVITY] = cpu->activity_state;
    r[REG_TICKS] = bx_pc_system.time_ticks();
    return r;
}

EXPORT Bit32u live_get_mode(void) { return live_mode(); }
EXPORT double live_get_count(void) { return (double)live_count(); }
EXPORT double live_get_ticks(void) { return (double)bx_pc_system.time_ticks(); }
EXPORT Bit32u live_get_death(void) { return live_death; }

EXPORT void live_set_register(unsigned number, Bit32u low, Bit32u high)
{
    BX_CPU_C *cpu = BX_CPU(0);
    Bit64u value = Bit64u(high) << 32 | low;
    if (number < 16)
        cpu->set_reg64(number, value);
    else if (number == REG_RIP) {
        cpu->gen_reg[BX_64BIT_REG_RIP].rrx = value;
        cpu->prev_rip = value;
        cpu->invalidate_prefetch_q();
    } else if (number == REG_RFLAGS)
        cpu->setEFlags(low);
    else if (number == REG_CR2)
        cpu->cr2 = value;
    live_sync();
}

EXPORT void live_set_a20(int on) { BX_SET_ENABLE_A20(on); }

// ---- memory --------------------------------------------------------------------------------

// A class derived from the VGA's may name its protected members: no patch of Bochs is needed.
struct open_vga : bx_vgacore_c {
    static auto state(void)
    {
        bx_vgacore_c *vga = static_cast<bx_vgacore_c *>(bx_devices.pluginVgaDevice);
        return &(vga->*(&open_vga::s));
    }
};

// A byte of the text window, read without changing the VGA's latches as the CPU would: the
// planes of characters and attributes are interleaved
static Bit8u text_byte(Bit32u offset)
{
    auto vga = open_vga::state();
    return vga->memory[(offset & 0x7ffe) * 4 + (offset & 1)];
}

// What memory holds, without any effect; 0 where it is not RAM or the text screen
Bit64u live_peek(bx_phy_address address, unsigned length)
{
    Bit64u value = 0;
    if (address >= 0xb8000 && address < 0xc0000)
        for (unsigned i = 0; i < length; i++)
            value |= Bit64u(text_byte((Bit32u)address + i - 0xb8000)) << 8 * i;
    else if (address + length <= Bit64u(observer->memory_pages) * PAGE)
        memcpy(&value, live_memory + address, length);
    return value;
}

EXPORT Bit8u *live_read(double address, unsigned length)
{
    for (unsigned i = 0; i < length && i < PAGE; i++) {
        Bit64u at = (Bit64u)address + i;
        if (at >= 0xa0000 && at < 0xc0000)
            observer->bytes[i] = at >= 0xb8000 ? text_byte((Bit32u)at - 0xb8000) : 0xff;
        else
            BX_MEM(0)->dbg_fetch_mem(BX_CPU(0), at, 1, &observer->bytes[i]);
    }
    return observer->bytes;
}

EXPORT void live_write(double address, unsigned value)
{
    Bit32u at = (Bit32u)address;
    Bit8u byte = (Bit8u)value;
    if (at >= 0xb8000 && at < 0xc0000)
        open_vga::state()->memory[(at & 0x7ffe) * 4 + (at & 1)] = byte;
    else {
        live_mark_store(at, 1);
        BX_MEM(0)->writePhysicalPage(NULL, at, 1, &byte);
    }
}

// The physical address of a linear one, or -1
EXPORT double live_translate(Bit32u low, Bit32u high)
{
    bx_phy_address physical;
    bool valid = BX_CPU(0)->dbg_xlate_linear2phy(Bit64u(high) << 32 | low, &physical);
    return valid ? (double)physical : -1;
}

// ---- one instruction in words --------------------------------------------------------------

static unsigned fetch(Bit64u linear, Bit8u *bytes, unsigned length)
{
    for (unsigned i = 0; i < length; i++) {
        bx_phy_address physical;
        if (!BX_CPU(0)->dbg_xlate_linear2phy(linear + i, &physical)
                || !BX_MEM(0)->dbg_fetch_mem(BX_CPU(0), A20ADDR(physical), 1, &bytes[i]))
            return i;
    }
    return length;
}

// The length; its bytes are in live_bytes(), its words in live_text(); 0: no memory is mapped there
EXPORT unsigned live_disassemble(Bit32u low, Bit32u high)
{
    BX_CPU_C *cpu = BX_CPU(0);
    Bit64u linear = Bit64u(high) << 32 | low, base = cpu->get_segment_base(BX_SEG_REG_CS);
    const bx_descriptor_t &cs = cpu->sregs[BX_SEG_REG_CS].cache;
    bool is_64 = cpu->long64_mode();
    memset(observer->bytes, 0, 16);
    unsigned known = fetch(linear, observer->bytes, 16);
    if (!known)
        return 0;
    unsigned length = bx_disasm_wrapper(cs.u.segment.d_b, is_64, is_64 ? 0 : base,
                                        is_64 ? linear : linear - base, observer->bytes, observer->text_buffer);
    return length < known ? length : known;
}

EXPORT Bit8u *live_bytes(void) { return observer->bytes; }
EXPORT char *live_text(void) { return observer->text_buffer; }

// ---- screen and keys -----------------------------------------------------------------------

// 25 rows of 80 cells from the CRTC's start address; the return value is 0 outside of text modes
EXPORT int live_cells(Bit16u *cells)
{
    auto vga = open_vga::state();
    for (unsigned i = 0; i < 2000; i++) {
        Bit32u offset = (vga->CRTC.start_addr + i) * 2;
        cells[i] = text_byte(offset) | text_byte(offset + 1) << 8;
    }
    return !vga->graphics_ctrl.graphics_alpha;
}

EXPORT Bit16u *live_screen(void)
{
    live_cells((Bit16u *)observer->bytes);
    return (Bit16u *)observer->bytes;
}

EXPORT int live_text_mode(void) { return !open_vga::state()->graphics_ctrl.graphics_alpha; }
EXPORT int live_screen_start(void) { return open_vga::state()->CRTC.start_addr; }
EXPORT int live_crtc(int number) { return open_vga::state()->CRTC.reg[number]; }

bool live_text_on_screen(const Bit8u *text, unsigned length)
{
    Bit32u start = open_vga::state()->CRTC.start_addr * 2;
    for (unsigned i = 0; i + length <= 2000; i++) {
        unsigned n = 0;
        while (n < length && text_byte(start + 2 * (i + n)) == text[n])
            n++;
        if (n == length)
            return true;
    }
    return false;
}

EXPORT void live_key(unsigned key, int down)
{
    DEV_kbd_gen_scancode(key | (down ? BX_KEY_PRESSED : BX_KEY_RELEASED));
}
