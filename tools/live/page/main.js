// Puts the page together: the machine with its image, the panes, keys and buttons; then boots, or
// goes to the instant that the link names.

import createEngine from '../engine/built/engine.js';
import { createMachine } from './machine.js';
import { Symbols } from './symbols.js';
import { Chapters } from './chapters.js';
import { Session } from './session.js';
import { Steps } from './steps.js';
import { sentence } from './sentence.js';
import { Inspector } from './inspector.js';
import { Strip } from './strip.js';
import { Source } from './source.js';
import { Screen } from './screen.js';
import { Registers } from './registers.js';
import { Tabs } from './tabs.js';
import { MemoryMap } from './memory_map.js';
import { HexView } from './hex_view.js';
import { GdtPanel, IdtPanel, PagesPanel } from './tables.js';
import { StackPanel } from './stack.js';
import { VariablesPanel } from './variables_panel.js';
import { variableAt } from './variables.js';
import { SerialPanel, TranscriptPanel } from './text_panels.js';
import { Timeline } from './timeline_view.js';
import { Keyboard } from './keyboard.js';
import { FindBox } from './find_box.js';
import { Predict } from './predict.js';
import { MachineDialog } from './machine_dialog.js';
import { Controls } from './controls.js';
import { ImageLoader } from './image_loader.js';
import { linkHere, parseLink, resolveLink } from './links.js';

const decode = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

// parts: name -> bytes, as boot.js unpacked them
export async function start(parts) {
    const data = decode(parts.get('data'));
    const symbols = new Symbols(data);
    const machine = await createMachine({
        create: createEngine,
        wasm: parts.get('engine/engine.wasm'),
        roms: { bios: parts.get('engine/bios.bin'), vgabios: parts.get('engine/vgabios.bin') },
        image: parts.get('image'),
        symbols,
        marks: Chapters.marksOf(symbols),
        ranges: symbols.ranges(),
    });
    const chapters = new Chapters(machine, symbols, data);
    const variable = (address) => variableAt(machine, symbols, address)?.name;
    const describe = (step) => sentence(step, { symbols, bits: data.bits, exceptions: data.exceptions, variable });
    const session = new Session({ machine, symbols, data, chapters, describe });
    machine.sentence = () => session.sentence();
    window.machine = machine;
    window.session = session; // for the page's own tests
    document.getElementById('app').hidden = false;
    build(session);
    session.draw();
    await open(session);
}

function build(session) {
    const inspector = new Inspector(session);
    const screen = new Screen(session, inspector);
    const hex = new HexView(session, inspector);
    const transcript = new TranscriptPanel(session);
    const showMemory = (address) => {
        hex.show(address);
        tabs.select('hex');
    };
    const tabs = new Tabs(session, [
        new MemoryMap(session, showMemory),
        hex,
        new GdtPanel(session, inspector),
        new IdtPanel(session, inspector),
        new PagesPanel(session, inspector),
        new StackPanel(session, inspector),
        new VariablesPanel(session, inspector),
        new SerialPanel(session),
        transcript,
    ]);
    session.on('show-memory', showMemory);
    const timeline = new Timeline(session);
    for (const pane of [
        new Strip(session),
        new Source(session),
        screen,
        new Registers(session, inspector),
        tabs,
        timeline,
        { draw: (view) => transcript.note(view) },
    ])
        session.add(pane);
    const predict = new Predict(session);
    const loader = new ImageLoader(session);
    const controls = new Controls(session, {
        steps: new Steps(session),
        predict,
        timeline,
        find: new FindBox(session),
        screen,
        options: new MachineDialog(session, loader),
        copyLink: () => copyLink(session),
    });
    session.commands = controls;
    new Keyboard(session, screen, controls);
}

async function copyLink(session) {
    const link = await session.operate(() => linkHere(session.machine, session.symbols, session.chapters));
    history.replaceState(null, '', link);
    let copied = true;
    try {
        await navigator.clipboard.writeText(location.href);
    } catch {
        copied = false; // not every browser lets a page opened from a disk use the clipboard
    }
    session.emit(
        'status',
        `The link of this instant is ${link}${copied ? ', and copied' : '; it stands in the address bar'}.`,
    );
}

// Boots visibly, or goes to the instant of the link.
async function open(session) {
    const place = location.hash || (session.data.at ? `#${session.data.at}` : '');
    addEventListener('hashchange', () => goToLink(session, location.hash));
    if (place.length > 1) await goToLink(session, place);
    else session.start();
}

async function goToLink(session, text) {
    const link = parseLink(text, session.symbols, session.chapters.names);
    if (!link) {
        session.emit('status', `“${text}” is not a milestone, function or line of this image.`);
        return;
    }
    await session.operate(async () => {
        const count = await resolveLink(link, session.machine, session.chapters);
        if (count === null) session.emit('status', `This boot does not reach ${text}.`);
        else await session.machine.goto(count);
    });
}
