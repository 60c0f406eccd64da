// An instruction as Bochs writes it, with names for the targets of jumps and calls.  Pure.
//
//     "call .-298 (0x0000b566)" -> "call line_status"

const TARGET = /\.[+-]\d+ \(0x([0-9a-f]+)\)/;
const ZEROS = /\b0x0+(?=[0-9a-f])/g; // Bochs writes an immediate with all its digits

export function readable(text, symbols) {
    return text.trim().replace(ZEROS, '0x').replace(TARGET, (_, digits) => {
        const target = BigInt(`0x${digits}`);
        const place = symbols.find(target);
        if (!place?.name) return `0x${target.toString(16)}`;
        return place.name + (place.offset ? `+0x${place.offset.toString(16)}` : '');
    });
}
