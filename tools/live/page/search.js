// The words typed into the box "Run to", as a condition for Machine.find().  Pure.
//
//   a milestone   long_mode, MBR              a function      kernel_main
//   a line        kernel/main.c:80            an address      7C00h, ffffffff80100000
//   screen text   "A20"                       a port          port 3F8
//   a change      rax, cr0, change b8000 2    an event        interrupt, exception, mode, bios, iret

import { parseHex } from './format.js';

const REGISTERS =
    /^(r[abcd]x|r[sd]i|r[bs]p|r(?:[89]|1[0-5])|rflags|cr[0234]|efer|[c-gs]s|gdtr|idtr|tr|ldtr)$/;
const EVENTS = ['interrupt', 'exception', 'mode', 'bios', 'iret'];

// {condition, words, chapter?} or {error}
export function parseSearch(text, symbols, chapterNames) {
    const wanted = text.trim(),
        lower = wanted.toLowerCase();
    if (!wanted)
        return {
            error: 'Type where to run to: a milestone, a function, file:line, an address, "text", port N, a register.',
        };
    const chapter = chapterNames.find((name) => name.toLowerCase() === lower.replaceAll(' ', '_'));
    if (chapter) return { chapter, words: `the milestone ${chapter}` };
    if (/^".+"?$/.test(wanted))
        return {
            condition: { screen: wanted.replace(/^"|"$/g, '') },
            words: `the text ${wanted} on the screen`,
        };
    if (REGISTERS.test(lower))
        return { condition: { register: lower }, words: `a change of ${lower.toUpperCase()}` };
    if (EVENTS.includes(lower))
        return {
            condition: { event: lower },
            words: lower === 'bios' ? 'a BIOS call' : `an event “${lower}”`,
        };
    return (
        parsePort(lower) ?? parseChange(lower) ?? parsePlace(wanted, symbols) ?? parseName(wanted, symbols)
    );
}

function parsePort(text) {
    const match = /^port\s+(\S+)$/.exec(text);
    const port = match && parseHex(match[1]);
    return (
        match &&
        (port === null
            ? { error: `“${match[1]}” is not a port number.` }
            : { condition: { port: Number(port) }, words: `a use of port ${match[1]}` })
    );
}

function parseChange(text) {
    const match = /^change\s+(\S+)(?:\s+(\d+))?$/.exec(text);
    const address = match && parseHex(match[1]);
    return (
        match &&
        (address === null
            ? { error: `“${match[1]}” is not an address.` }
            : {
                  condition: { changes: Number(address), length: Number(match[2] ?? 1) },
                  words: `a change at ${match[1]}`,
              })
    );
}

function parsePlace(text, symbols) {
    const match = /^(.+\.\w+):(\d+)$/.exec(text);
    if (!match) return null;
    const files = symbols.filesNamed(match[1]);
    if (!files.length) return { error: `There is no source file ${match[1]} here.` };
    const rip = files.flatMap((file) => symbols.lineAddresses(file, Number(match[2])));
    return rip.length
        ? { condition: { rip }, words: text }
        : { error: `Line ${match[2]} of ${match[1]} has no code.` };
}

function parseName(text, symbols) {
    const rip = symbols.functionAddresses(text);
    if (rip.length) return { condition: { rip }, words: text };
    const address = parseHex(text);
    return address === null
        ? { error: `There is no milestone, function, register or address “${text}”.` }
        : { condition: { rip: [address] }, words: `address ${text}` };
}
