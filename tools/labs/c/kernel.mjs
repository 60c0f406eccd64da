// A lab in C -> the image of a kernel that Firstlight's loader boots, with its names and lines.

import { readFileSync } from 'node:fs';
import { kernelData } from '../names.mjs';
import { assembleAll, layout, Refused, warnings } from '../submission.mjs';
import { compile } from './compile.mjs';
import { kernelImage } from './kernel_image.mjs';

const ROOT = new URL('../../../', import.meta.url);
const { KERNEL_BASE, KERNEL_LOAD_ADDRESS } = layout();
export const NUMBERS = { KERNEL_BASE, KERNEL_LOAD_ADDRESS };       // for linker scripts
export const LOAD = BigInt(KERNEL_LOAD_ADDRESS), FIRST = BigInt(KERNEL_BASE) + LOAD;

export const ofProject = (names) => Object.fromEntries(names.map((name) => [name, readFileSync(new URL(name, ROOT))]));

export async function objects(sources, mains, ours) {
    const parts = await assembleAll(sources, mains, { ours, format: 'elf64' });
    return { files: Object.fromEntries(mains.map((name) => [`${name}.o`, parts[name].bytes])),
        messages: mains.flatMap((name) => warnings(parts[name].messages)) };
}

// settings: lab.json; sources: { name: bytes }; messages: a list that gets what the compiler said, whatever happens.
// { image, data, elf }; image is a sentence if there is none
export async function kernelOf({ link, ours = [], shared = [] }, sources, { build, own, sandbox, messages }) {
    const assembled = await objects(sources, Object.keys(sources).filter((name) => name.endsWith('.asm')), ours);
    const program = await compile({
        sources: { ...ofProject(shared), ...ofProject(link in sources ? [] : [link]), ...sources, ...assembled.files },
        units: [...[...Object.keys(sources), ...shared].filter((name) => name.endsWith('.c')), ...Object.keys(assembled.files)],
        script: link, raw: link in sources, numbers: NUMBERS, base: FIRST, build, own, only: sandbox,
    });
    messages.push(...program.note ? [program.note] : [], ...assembled.messages, ...program.messages);
    if ([...ours, ...shared].includes(program.step))
        throw new Error(`the lab's own ${program.step} cannot be compiled: ${program.refused}`);
    if (program.refused)
        throw new Refused(program.refused);
    const memory = program.addresses.kernel_memory_bytes ?? BigInt(program.bytes.length);
    return { image: kernelImage({ bytes: program.bytes, load: LOAD, entry: FIRST, memory, build }), data: kernelData(program, FIRST), elf: program.elf };
}
