// The odd BIOS of the tests (tests/hostile/shim) as a floppy that boots first and then starts the disk.

import { readFileSync, readdirSync } from 'node:fs';
import { assemble } from './assemble.mjs';

const SHIM = new URL('../../tests/hostile/shim/', import.meta.url);
const SECTOR = 512, FLOPPY = 2880 * SECTOR;
const DEFAULTS = { target: 0x80, shown_as: 0x80, entry_dl: 0x80 };

const sources = () => Object.fromEntries(readdirSync(SHIM).map((name) => [name, readFileSync(new URL(name, SHIM))]));

// { name: [offset, bytes] }, from the table that NASM reads as well
function places(text) {
    let offset = 0;
    return Object.fromEntries([...text.matchAll(/^ +setting (\w+), (\d)/gm)].map(([, name, bytes]) => {
        offset += Number(bytes);
        return [name, [offset - Number(bytes), Number(bytes)]];
    }));
}

async function part(files, main) {
    const { bytes, messages } = await assemble({ sources: files, main });
    if (!bytes)
        throw new Error(`the odd BIOS cannot be assembled: ${messages[0]}`);
    return bytes;
}

let parts;      // assembled once for all boots of a lab

// The floppy's bytes: settings are those of tests/hostile/shim/settings.inc
export async function oddBios(settings) {
    const files = sources();
    parts ??= Promise.all([part(files, 'boot.asm'), part(files, 'shim.asm')]);
    const [boot, shim] = await parts;
    const floppy = new Uint8Array(FLOPPY);
    floppy.set(boot);
    floppy.set(shim, SECTOR);
    const known = places(files['settings.inc'].toString());
    for (const [name, value] of Object.entries({ ...DEFAULTS, ...settings })) {
        if (!known[name])
            throw new Error(`the odd BIOS has no setting "${name}"`);
        const [offset, bytes] = known[name];
        for (let i = 0; i < bytes; i++)
            floppy[SECTOR + offset + i] = value >>> 8 * i;
    }
    return floppy;
}
