// The page's help: what the keys do, what can be clicked, what can be run to.

import { el } from './format.js';

const KEYS = [
    ['→ ←', 'forward, back one instruction; with Shift over calls'],
    ['↓ ↑', 'forward, back one source line; with Shift over calls'],
    ['Ctrl+→ Ctrl+←, or B Shift+B', 'the next, the previous BIOS call'],
    ['Page Down, Page Up', 'the next, the previous chapter (milestone); also Ctrl+↓ Ctrl+↑'],
    ['Home, End', 'the reset, the furthest instant'],
    ['Space', 'run or pause'],
    ['Backspace', 'back to where you were before a jump'],
    ['/ or F', 'run to something'],
    ['+ − 0', 'zoom the timeline'],
    ['Z', 'enlarge the screen'],
    ['P', 'predict'],
    ['L', 'copy the link of this instant'],
    ['T', 'the screen, to type; Shift+Esc leaves it'],
    ['?', 'this help'],
];
const TARGETS = [
    ['long_mode', 'a milestone of the boot'],
    ['kernel_main', 'a function'],
    ['kernel/main.c:80', 'a source line'],
    ['7C00', 'an address, in hexadecimal'],
    ['"A20"', 'text on the screen'],
    ['port 3F8', 'a use of a port'],
    ['cr0', 'the next change of a register'],
    ['change b8000 2', 'the next change of these bytes'],
    ['interrupt, exception, mode, bios', 'the next event of that kind'],
];

const list = (rows) =>
    el('dl', {}, ...rows.flatMap(([term, text]) => [el('dt', {}, el('kbd', {}, term)), el('dd', {}, text)]));

export function showHelp() {
    const dialog = document.getElementById('help-dialog');
    dialog.replaceChildren(
        el('button', { class: 'close', title: 'Close (Esc)', onclick: () => dialog.close() }, '×'),
        el('h2', { id: 'help-title' }, 'A whole PC, forwards and backwards'),
        el(
            'p',
            {},
            'This page boots the image from the first instruction after reset. It can be stopped anywhere and stepped on or back; everything shown belongs to the same instant.',
        ),
        el('h3', {}, 'Keys'),
        list(KEYS),
        el('h3', {}, 'Run to'),
        list(TARGETS),
        el('h3', {}, 'Ask who wrote it'),
        el(
            'p',
            {},
            'Click a character of the screen, a byte, a register, a descriptor or a vector: the page says which instruction wrote it last, goes there, and lets you ask “what if it were another value?”. The wheel over the timeline plays it; with Ctrl it zooms.',
        ),
        el(
            'p',
            {},
            'A dot ● marks what the last step changed. In memory, a solid frame is a byte just written, a dashed one a byte just read.',
        ),
    );
    dialog.showModal();
}
