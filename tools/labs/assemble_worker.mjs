// Interim: runs the host's NASM, which could read other files of the host, in a folder of its own.
// NASM as WebAssembly (nasm/) will replace it; assemble.mjs says why.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

const { sources, main } = workerData;
const folder = mkdtempSync(join(tmpdir(), 'firstlight-lab-'));
const text = (name) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '');
try {
    for (const [name, bytes] of Object.entries(sources))
        writeFileSync(join(folder, name), bytes);
    const { status, stderr } = spawnSync('nasm', ['-Wall', '-w-unknown-warning', '-w-reloc', '--before', '[map symbols out.map]', '-l', 'out.lst',
        '-f', 'bin', '-o', 'out.bin', main], { cwd: folder, encoding: 'utf8', timeout: 20000 });
    parentPort.postMessage({ bytes: status === 0 ? new Uint8Array(readFileSync(join(folder, 'out.bin'))) : null,
        listing: text('out.lst'), map: text('out.map'), messages: (stderr ?? 'NASM is not installed: `make setup run`').split('\n').filter(Boolean) });
} finally {
    rmSync(folder, { recursive: true });
}
