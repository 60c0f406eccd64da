// NASM, compiled to WebAssembly (nasm/): it sees the files that it is given and nothing of the host.
//
// A source may be hostile.  Its files are in memory, so there is no path to another one; time is
// always the same, so that two runs are; steps, memory and output have limits (nasm/limit.patch).  It
// runs in a thread of its own, which is ended if it takes so long that a limit must be missing.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

let module = null;              // compiled once; each run has an instance of its own
const LAST_RESORT = 300000;     // milliseconds: for a machine that is as busy as can be

// sources: { name: Uint8Array }, defines: { NAME: value }, format: NASM's, bin or elf64.
// { bytes, listing, map, messages }: bytes is null if NASM reported an error
export async function assemble({ sources, main, defines = {}, format = 'bin' }) {
    module ??= new WebAssembly.Module(readFileSync(new URL('nasm/built/nasm.wasm', import.meta.url)));
    return new Promise((resolve, reject) => {
        const worker = new Worker(fileURLToPath(new URL('assemble_worker.mjs', import.meta.url)), {
            workerData: { module, sources, main, defines, format },
            resourceLimits: { maxOldGenerationSizeMb: 256 },
        });
        const timer = setTimeout(() => {
            worker.terminate();
            reject(new Error(`NASM did not end within ${LAST_RESORT / 1000} s on ${main}`));
        }, LAST_RESORT);
        worker.once('message', resolve);
        worker.once('error', reject);
        worker.once('exit', (status) => {
            clearTimeout(timer);
            reject(new Error(`NASM's thread ended with status ${status}`));
        });
    });
}
