// A machine with this build's image, as the page makes it, for tests under Node.js.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { newMachine as machineOf, parts } from '../../tools/live/node.mjs';
import { Pc } from '../../tools/live/page/pc.js';

export { parts };

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const BUILD = process.env.BUILD ?? `${ROOT}build`;
export const disk = () => new Uint8Array(readFileSync(`${BUILD}/disk.img`));

export const newMachine = (options = {}) => machineOf({ image: disk(), ...options });

// The names, lines and tables of this build's image, as they are in the page
export function names() {
    const [, packed] = readFileSync(`${BUILD}/live.html`, 'latin1').match(/data-part="data"[^>]*>([^<]*)</);
    return JSON.parse(gunzipSync(Buffer.from(packed, 'base64')));
}

// A PC without a model: the result of a fresh run to an instant
export async function freshPc(options = {}) {
    const engine = { create: parts.create, module: await WebAssembly.compile(parts.wasm) };
    return Pc.powerOn({ engine, roms: parts.roms, image: disk(), ...options });
}

export function runTo(pc, count) {
    while (pc.count < count && !pc.dead) {
        pc.run(count);
        pc.clearLogs();
    }
}

// A small generator of pseudo-random numbers, the same in each run of the tests
export function numbers(seed) {
    let state = seed;
    return (below) => {
        state = Math.imul(state ^ state >>> 15, 0x2c1b3c6d) + 0x9e3779b9 | 0;
        return (state >>> 0) % below;
    };
}

export const text = (value) => JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part.toString(16)}h` : part));
