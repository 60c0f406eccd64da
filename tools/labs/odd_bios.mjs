// The odd BIOS of the tests (tests/hostile/shim), put into the memory of a PC that is at 7C00h.

import { readFileSync, readdirSync } from 'node:fs';
import { assemble } from './assemble.mjs';

const SHIM = new URL('../../tests/hostile/shim/', import.meta.url);
const DEFAULTS = { target: 0x80, shown_as: 0x80, entry_dl: 0x80 };
const MBR = 0x7c00, MEMORY_KIB = 0x413;         // the BIOS's word: KiB of conventional memory
const JUMP_FAR = 0xea;

const sources = () => Object.fromEntries(readdirSync(SHIM).map((name) => [name, readFileSync(new URL(name, SHIM))]));

// { name: [offset, bytes] }, from the table that NASM reads as well
function places(text) {
    let offset = 0;
    return Object.fromEntries([...text.matchAll(/^ +setting (\w+), (\d)/gm)].map(([, name, bytes]) => {
        offset += Number(bytes);
        return [name, [offset - Number(bytes), Number(bytes)]];
    }));
}

async function assembled() {
    const files = sources();
    const { bytes, messages } = await assemble({ sources: files, main: 'shim.asm' });
    if (!bytes)
        throw new Error(`the odd BIOS cannot be assembled: ${messages[0]}`);
    const number = (name) => Number(new RegExp(`^%define ${name} (\\w+)`, 'm').exec(files['size.inc'])[1]);
    return { bytes, known: places(files['settings.inc'].toString()), entry: number('SHIM_ENTRY'), kib: number('SHIM_KIB') };
}

let shim;       // assembled once for all boots of a lab

function configured({ bytes, known }, settings) {
    const result = bytes.slice();
    for (const [name, value] of Object.entries({ ...DEFAULTS, ...settings })) {
        if (!known[name])
            throw new Error(`the odd BIOS has no setting "${name}"`);
        const [offset, length] = known[name];
        for (let i = 0; i < length; i++)
            result[offset + i] = value >>> 8 * i;
    }
    return result;
}

const word = (value) => [value & 255, value >> 8];

// Writes the odd BIOS where its own boot sector would load it, the end of conventional memory, and a jump to it
// at 7C00h; from there it hooks the BIOS's services, and loads and starts the disk's first sector.
// settings are those of tests/hostile/shim/settings.inc
export async function goOnWithOddBios(machine, settings) {
    shim ??= assembled();
    const { entry, kib } = await shim;
    const [memory] = new Uint16Array(machine.read(MEMORY_KIB, 2).buffer);
    const segment = (memory - kib) * 64;
    await machine.poke({ address: segment * 16, bytes: configured(await shim, settings) });
    await machine.poke({ address: MEMORY_KIB, bytes: word(memory - kib) });
    await machine.poke({ address: MBR, bytes: [JUMP_FAR, ...word(entry), ...word(segment)] });
}
