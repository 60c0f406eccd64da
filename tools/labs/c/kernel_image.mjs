// A flat kernel -> the image that Firstlight's own loader boots, by the project's tool for images.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NO_MORE_THAN = 1n << 53n;         // what a number of JavaScript holds

// bytes: the flat binary; load and entry: its addresses; memory: bytes with .bss; copies: of it and the loader.  The
// image's bytes, or a sentence: why the header cannot be made
export function kernelImage({ bytes, load, entry, memory, copies = 1, build }) {
    if (memory >= NO_MORE_THAN)
        return `kernel_memory_bytes is ${memory.toString(16).toUpperCase()}h, more memory than there is.`;
    const folder = mkdtempSync(join(tmpdir(), 'firstlight-lab-'));
    const kernel = join(folder, 'flat'), out = join(folder, 'image');
    try {
        writeFileSync(kernel, bytes);
        execFileSync(join(build, 'tools/firstlight-image'), ['make', '--kernel', kernel, '--out', out, '--copies', String(copies),
            '--load', String(load), '--entry', String(entry), '--memory', String(memory)], { stdio: ['ignore', 'ignore', 'pipe'] });
        return new Uint8Array(readFileSync(out));
    } catch (error) {
        if (error.code === 'ENOENT')
            throw new Error(`${build}/tools/firstlight-image is missing: \`make\` builds it`);
        return `There is no image: ${error.stderr.toString().split('\n')[0].replace(`firstlight-image: ${folder}/`, '')}.`;
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
