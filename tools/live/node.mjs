// The machine of the live page without a page, for Node.js: tests and graders boot images with it.
// docs/live.md describes what it offers, which is the page's window.machine.

import { readFileSync } from 'node:fs';
import create from './engine/built/engine.js';
import { Chapters } from './page/chapters.js';
import { createMachine } from './page/machine.js';
import { Symbols } from './page/symbols.js';

const built = (name) => new Uint8Array(readFileSync(new URL(`engine/built/${name}`, import.meta.url)));

export const parts = { create, wasm: built('engine.wasm'), roms: { bios: built('bios.bin'), vgabios: built('vgabios.bin') } };

let module = null;      // compiled once: a second machine begins with code that is optimised already

// image: a Uint8Array; config: as in machine.power(); data: what `live.py --data` wrote, for the names
// of functions, files and lines in writer()
export async function newMachine({ image, data = null, ...options }) {
    module ??= await WebAssembly.compile(parts.wasm);
    const symbols = data && new Symbols(data);
    const names = symbols && { symbols, marks: Chapters.marksOf(symbols), ranges: symbols.ranges() };
    return createMachine({ ...parts, module, image, ...names, ...options });
}
