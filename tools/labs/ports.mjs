// What a program's use of ports leaves in the interrupt controllers and in counter 0 of the PIT.  `uses` are
// the machine's events of kind 'port', in order.  Follows the data sheets of Intel's 8259A and 8254.

export const PIC1 = 0x20, PIC2 = 0xa0;
const COUNTER_0 = 0x40, CONTROL = 0x43;
const ALL_MASKED = 0xff;        // what the boot protocol promises
const LOW_BYTE = 1, HIGH_BYTE = 2, BOTH = 3;

const writes = (uses, ...ports) => uses.filter(({ port, out }) => out && ports.includes(port));

// Whether a write to a PIC's first port ends an interrupt: OCW2 with its bit EOI
const isEnd = ({ value }) => (value & 0x38) === 0x20;
export const endsOf = (uses) => writes(uses, PIC1, PIC2).filter(isEnd);

// { begun, vector, icw3, icw4, masks, waitsFor: number of the next ICW, or null }
export function picAfter(uses, pic) {
    const state = { begun: false, vector: null, icw3: null, icw4: null, masks: ALL_MASKED, waitsFor: null };
    for (const { port, value } of writes(uses, pic, pic + 1)) {
        if (port === pic && value & 0x10)
            Object.assign(state, { begun: true, vector: null, icw3: null, icw4: null, masks: 0, waitsFor: 2, single: value & 2, needsIcw4: value & 1 });
        else if (port !== pic)
            writeData(state, value);
    }
    return state;
}

function writeData(state, value) {
    const afterIcw3 = state.needsIcw4 ? 4 : null;
    switch (state.waitsFor) {
    case 2: Object.assign(state, { vector: value & 0xf8, waitsFor: state.single ? afterIcw3 : 3 }); break;
    case 3: Object.assign(state, { icw3: value, waitsFor: afterIcw3 }); break;
    case 4: Object.assign(state, { icw4: value, waitsFor: null }); break;
    default: state.masks = value;
    }
}

// { begun, mode, decimal, divisor: null while a byte of it is missing }
export function counterAfter(uses) {
    const state = { begun: false, mode: null, decimal: false, divisor: null };
    for (const { port, value } of writes(uses, CONTROL, COUNTER_0)) {
        if (port === CONTROL && value >> 6 === 0 && value >> 4 & BOTH)
            Object.assign(state, { begun: true, mode: modeOf(value), decimal: Boolean(value & 1), divisor: null, access: value >> 4 & BOTH, low: null });
        else if (port === COUNTER_0 && state.begun)
            writeDivisor(state, value);
    }
    return state;
}

// Of the modes 2 and 3 the chip ignores the highest bit
function modeOf(control) {
    const mode = control >> 1 & 7;
    return mode > 5 ? mode - 4 : mode;
}

function writeDivisor(state, value) {
    if (state.access === LOW_BYTE)
        state.divisor = value;
    else if (state.access === HIGH_BYTE)
        state.divisor = value << 8;
    else if (state.low === null)
        Object.assign(state, { low: value, divisor: null });
    else
        Object.assign(state, { divisor: value << 8 | state.low, low: null });
}
