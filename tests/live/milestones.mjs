// Prints the PC of the live page at each milestone, as JSON: registers, tables and the pages of its
// memory that are not zero.    milestones.mjs IMAGE NAMES.json MEMORY

import { readFileSync } from 'node:fs';
import { newMachine } from '../../tools/live/node.mjs';
import { Chapters } from '../../tools/live/page/chapters.js';
import { PAGE } from '../../tools/live/page/pc.js';
import { Symbols } from '../../tools/live/page/symbols.js';

const [image, names, memory] = process.argv.slice(2);
const data = JSON.parse(readFileSync(names, 'utf8'));
const symbols = new Symbols(data);
const machine = await newMachine({ image: new Uint8Array(readFileSync(image)), data, config: { memory: Number(memory) } });
const chapters = new Chapters(machine, symbols, data);

const hex = (value) => BigInt(value).toString(16);

// As after the debugger's `milestone`: the function that stamps it has returned
async function runTo(name) {
    await machine.goto(await chapters.find(name));
    const { registers, mode } = machine.state();
    const bytes = machine.read(machine.translate(registers.rsp), mode === 'long64' ? 8 : 4);
    const back = bytes.reduceRight((value, byte) => value << 8n | BigInt(byte), 0n);
    await machine.goto(await machine.find({ rip: back, above: registers.rsp }));
}

function pages() {
    const { ram } = machine.pc, found = {};
    for (let at = 0; at < ram.length; at += PAGE) {
        const page = Buffer.from(ram.buffer, ram.byteOffset + at, PAGE);
        if (page.some((byte) => byte))
            found[at / PAGE] = page.toString('base64');
    }
    return found;
}

function look() {
    const { rip, rflags, cr0, cr2, cr3, cr4, efer, segments, gdtr, idtr } = machine.state();
    return {
        values: Object.fromEntries(Object.entries({ rip, rflags, cr0, cr2, cr3, cr4, efer }).map(([name, value]) => [name, hex(value)])),
        code: { selector: segments.cs.selector, base: hex(segments.cs.base), limit: segments.cs.limit, access: hex(segments.cs.access) },
        gdt: [hex(gdtr.base), gdtr.limit], idt: [hex(idtr.base), idtr.limit], pages: pages(),
    };
}

const seen = {};
for (const { name } of data.milestones) {
    await runTo(name);
    seen[name] = look();
}
process.stdout.write(JSON.stringify(seen));
