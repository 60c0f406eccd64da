// A submission's files, read and assembled: what the grader and `make mine` have in common.

import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assemble } from './assemble.mjs';

const SOURCE_LIMIT = 64 << 10;      // bytes of one file

export class Refused extends Error {}      // the submission's fault: the report says it, without points

function readSource(folder, name) {
    const path = join(folder, name);
    let file;
    try {
        file = lstatSync(path);
    } catch {
        throw new Refused(`${name} is missing.`);
    }
    if (!file.isFile())
        throw new Refused(`${name} is not an ordinary file; links are not followed.`);
    if (file.size > SOURCE_LIMIT)
        throw new Refused(`${name} has ${file.size} bytes; a source may have ${SOURCE_LIMIT}.`);
    return readFileSync(path);
}

// { name: bytes } of these files, which lie directly in the folder
export const sourcesOf = (folder, names) => Object.fromEntries(names.map((name) => [name, readSource(folder, name)]));

// "boot.asm:7: warning: ...", "boot.asm:7: error: ..."
const kind = (...kinds) => (line) => kinds.some((name) => line.includes(`: ${name}: `));
export const warnings = (messages) => messages.filter(kind('warning')).slice(0, 5);
const whyRefused = (messages) => messages.find(kind('error', 'fatal', 'panic')) ?? messages.at(-1) ?? 'it gave no reason';

// { NAME: its text }: the numbers of include/layout.h
export const layout = () => Object.fromEntries([...readFileSync(new URL('../../include/layout.h', import.meta.url), 'utf8')
    .matchAll(/^#define (\w+) (\w+)/gm)].map(([, name, value]) => [name, value]));

// What a submission can include: those numbers, and the links' own files
function included() {
    const defines = Object.entries(layout()).map(([name, value]) => `%define ${name} ${value}\n`);
    const text = (name) => [name, readFileSync(new URL(`links/${name}`, import.meta.url))];
    return Object.fromEntries([['layout.inc', new TextEncoder().encode(defines.join(''))], text('link.inc'), text('carrier.inc')]);
}

export async function assembleAll(sources, mains, { ours = [], defines = {}, format } = {}) {
    const parts = {};
    for (const main of mains) {
        const part = await assemble({ sources: { ...sources, ...included() }, main, defines, format });
        if (!part.bytes && ours.includes(main))
            throw new Error(`the lab's own ${main} cannot be assembled: ${part.messages[0]}`);
        if (!part.bytes)
            throw new Refused(`NASM did not accept your source: ${whyRefused(part.messages)}`);
        parts[main] = part;
    }
    return parts;
}
