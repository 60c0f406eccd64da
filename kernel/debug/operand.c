/*
 * operand.c - decodes just enough of an instruction to find its memory operand.
 */
#include "kernel/debug/operand.h"

#include "kernel/debug/canonical.h"

#define REX_B 1
#define REX_X 2

#define RSP_NUMBER 4 /* in ModRM.rm: a SIB byte follows; in SIB.index: no index */
#define RBP_NUMBER 5 /* with mod 0: no base, a displacement of 32 bits */

struct decoder {
    const uint8_t *at;
    const uint8_t *end;
    const struct interrupt_frame *registers;
    unsigned rex;
    bool cut; /* the code ended inside the instruction */
};

static uint8_t next(struct decoder *d)
{
    if (d->at < d->end)
        return *d->at++;
    d->cut = true;
    return 0;
}

static uint64_t register_value(const struct interrupt_frame *r, unsigned number)
{
    const uint64_t values[16] = {r->rax, r->rcx, r->rdx, r->rbx, r->rsp, r->rbp, r->rsi, r->rdi,
                                 r->r8,  r->r9,  r->r10, r->r11, r->r12, r->r13, r->r14, r->r15};

    return values[number];
}

static uint64_t displacement(struct decoder *d, unsigned bytes)
{
    uint32_t value = 0;

    for (unsigned i = 0; i < bytes; i++)
        value |= (uint32_t)next(d) << 8 * i;
    return bytes == 1 ? (uint64_t)(int8_t)value : (uint64_t)(int32_t)value;
}

static bool is_prefix(uint8_t byte)
{
    switch (byte) {
    case 0x26: /* ES, and the other segments */
    case 0x2e:
    case 0x36:
    case 0x3e:
    case 0x64:
    case 0x65:
    case 0x66:              /* operand size */
    case 0x67:              /* address size */
    case 0xf0:              /* LOCK */
    case 0xf2:              /* REPNE */
    case 0xf3: return true; /* REP */
    default: return false;
    }
}

/* One-byte opcodes that a ModRM byte follows. */
static bool has_modrm(uint8_t opcode)
{
    if (opcode < 0x40)
        return (opcode & 7) < 4; /* the arithmetic ones */
    return opcode == 0x63 || opcode == 0x69 || opcode == 0x6b ||
           (opcode >= 0x80 && opcode <= 0x8f) || opcode == 0xc0 || opcode == 0xc1 ||
           opcode == 0xc6 || opcode == 0xc7 || (opcode >= 0xd0 && opcode <= 0xd3) ||
           (opcode >= 0xd8 && opcode <= 0xdf) || opcode == 0xf6 || opcode == 0xf7 || opcode >= 0xfe;
}

/* Opcodes after 0Fh that have no ModRM byte. */
static bool has_no_modrm_0f(uint8_t opcode)
{
    return (opcode >= 0x04 && opcode <= 0x0c) || (opcode >= 0x30 && opcode <= 0x37) ||
           opcode == 0x77 || (opcode >= 0x80 && opcode <= 0x8f) ||
           (opcode >= 0xa0 && opcode <= 0xa2) || (opcode >= 0xa8 && opcode <= 0xaa) ||
           (opcode >= 0xc8 && opcode <= 0xcf);
}

static uint64_t sib_address(struct decoder *d, unsigned mod)
{
    uint8_t sib = next(d);
    unsigned base = sib & 7, index = (sib >> 3 & 7) | (d->rex & REX_X ? 8 : 0);
    uint64_t address = 0;

    if (index != RSP_NUMBER)
        address += register_value(d->registers, index) << (sib >> 6);
    if (base == RBP_NUMBER && mod == 0)
        return address + displacement(d, 4);
    return address + register_value(d->registers, base | (d->rex & REX_B ? 8 : 0));
}

static bool modrm_address(struct decoder *d, uint64_t *address)
{
    uint8_t modrm = next(d);
    unsigned mod = modrm >> 6, rm = modrm & 7;

    if (mod == 3 || (mod == 0 && rm == RBP_NUMBER))
        return false; /* a register, or RIP-relative */
    if (rm == RSP_NUMBER)
        *address = sib_address(d, mod);
    else
        *address = register_value(d->registers, rm | (d->rex & REX_B ? 8 : 0));
    if (mod != 0)
        *address += displacement(d, mod == 1 ? 1 : 4);
    return !d->cut;
}

/* MOVS, CMPS and LODS read at RSI, STOS and SCAS use RDI; MOVS may also fail at RDI. */
static bool string_address(uint8_t opcode, const struct interrupt_frame *r, uint64_t *address)
{
    if (opcode >= 0xa4 && opcode <= 0xa7) {
        *address = is_canonical(r->rsi) ? r->rdi : r->rsi;
        return true;
    }
    *address = opcode == 0xac || opcode == 0xad ? r->rsi : r->rdi;
    return opcode >= 0xaa && opcode <= 0xaf;
}

bool operand_address(const uint8_t *code, size_t bytes, const struct interrupt_frame *registers,
                     uint64_t *address)
{
    struct decoder d = {code, code + bytes, registers, 0, false};
    uint8_t opcode = next(&d);

    while (is_prefix(opcode) && !d.cut)
        opcode = next(&d);
    if ((opcode & 0xf0) == 0x40) {
        d.rex = opcode & 0xf;
        opcode = next(&d);
    }
    if (opcode == 0x0f) {
        opcode = next(&d);
        if (opcode == 0x38 || opcode == 0x3a)
            next(&d);
        else if (has_no_modrm_0f(opcode))
            return false;
        return modrm_address(&d, address);
    }
    if (has_modrm(opcode))
        return modrm_address(&d, address);
    return string_address(opcode, registers, address);
}
