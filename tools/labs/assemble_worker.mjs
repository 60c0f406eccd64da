// One run of NASM, in a thread: assemble.mjs says why.  Each run has a fresh instance.

import { parentPort, workerData } from 'node:worker_threads';
import create from './nasm/built/nasm.js';

const OUTPUT_LIMIT = 1 << 20;   // bytes of all that it writes: image, listing, map
const NO_SPACE = 51;            // the C library's ENOSPC
const NOW = Date.UTC(2026, 0, 1);
const LIMITS = ['lines=200000', 'rep=100000', 'passes=100', 'stalled-passes=50', 'macro-levels=1000', 'macro-tokens=100000',
    'mmacros=1000', 'eval=1000'];
const DEVICES = ['random', 'urandom', 'stdin', 'stdout', 'stderr', 'tty', 'tty1'];

Date.now = () => NOW;           // this thread's: NASM has macros for date and time

function limitOutput(FS) {
    const { write } = FS;
    let written = 0;
    FS.write = (stream, buffer, offset, length, ...rest) => {
        written += length;
        if (written > OUTPUT_LIMIT)
            throw new FS.ErrnoError(NO_SPACE);
        return write(stream, buffer, offset, length, ...rest);
    };
}

function prepare(FS, sources) {
    limitOutput(FS);
    for (const name of DEVICES)
        if (FS.analyzePath(`/dev/${name}`).exists)
            FS.unlink(`/dev/${name}`);
    FS.mkdir('/lab');
    FS.mkdir('/out');
    for (const [name, bytes] of Object.entries(sources)) {
        const folders = name.split('/').slice(0, -1);
        folders.forEach((_, i) => FS.mkdirTree(`/lab/${folders.slice(0, i + 1).join('/')}`));
        FS.writeFile(`/lab/${name}`, bytes);
    }
    FS.chdir('/lab');
}

async function run({ module, sources, main, defines, format }) {
    const messages = [];
    const note = (line) => messages.length < 200 && messages.push(line);
    const nasm = await create({ noInitialRun: true, print: note, printErr: note, stdin: () => null,
        instantiateWasm(imports, done) {
            WebAssembly.instantiate(module, imports).then((instance) => done(instance, module));
            return {};
        } });
    prepare(nasm.FS, sources);
    const options = [...LIMITS.map((limit) => `--limit-${limit}`), '-Wall', '-w-unknown-warning', '-w-reloc',
        ...Object.entries(defines).map(([name, value]) => `-D${name}=${value}`),
        ...format === 'bin' ? ['--before', '[map symbols /out/map]'] : ['-g', '-F', 'dwarf'],
        '-l', '/out/listing', '-f', format, '-o', '/out/bytes', main];
    let status;
    try {
        status = nasm.callMain(options);
    } catch (error) {
        // out of memory, or of stack: an instance that failed in this way can say no more
        messages.push(`${main}: error: NASM gave up: ${String(error?.message ?? error).split('\n')[0]}`);
    }
    const text = (name) => (nasm.FS.analyzePath(name).exists ? nasm.FS.readFile(name, { encoding: 'utf8' }) : '');
    const bytes = status === 0 ? nasm.FS.readFile('/out/bytes') : null;
    return { bytes, listing: text('/out/listing'), map: text('/out/map'), messages };
}

parentPort.postMessage(await run(workerData));
process.exit(0);
