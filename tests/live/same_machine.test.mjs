// An instant is the same machine whatever the host does: nothing of the engine follows the host's
// clock, and no run is changed by where it was cut, what was logged or what was looked for.

import assert from 'node:assert/strict';
import test from 'node:test';
import { disk, freshPc, numbers, parts, runTo, text } from './live_machine.mjs';
import { Pc } from '../../tools/live/page/pc.js';

const PROMPT = 8.85e6;  // instructions: there it types, and mostly waits
const END = 9.6e6;
const KEYS = ['KeyM', 'KeyE', 'Enter'];
const CLOCKS = ['emscripten_date_now', 'emscripten_get_now', 'clock_time_get'];

const module = await WebAssembly.compile(parts.wasm);

// A PC whose host has this clock, in milliseconds; files get their dates from Date.now()
async function pcWithClock(t, now) {
    const asked = [];
    t.mock.method(Date, 'now', now);
    const create = (options) => parts.create({ ...options, instantiateWasm(imports, done) {
        for (const part of Object.values(imports))
            for (const name of CLOCKS.filter((clock) => part[clock]))
                part[name] = () => asked.push(name) && now();
        return options.instantiateWasm(imports, done);
    } });
    return { pc: await Pc.powerOn({ engine: { create, module }, roms: parts.roms, image: disk() }), asked };
}

const page = (pc, at) => Buffer.from(pc.m.HEAPU8.buffer, at, 4096);

test('the engine does not see the host\'s clock: all its memory is the same', async (t) => {
    let fast = 1e12;
    const a = await pcWithClock(t, () => 1.7e12), b = await pcWithClock(t, () => fast += 5);
    for (let count = 0; count <= END; count += 400000) {
        for (const { pc } of [a, b])
            runTo(pc, count);
        assert.equal(Buffer.compare(a.pc.ram, b.pc.ram), 0, `RAM at ${count}`);
        const different = [...a.pc.rest].filter((at) => page(a.pc, at).compare(page(b.pc, at)));
        assert.deepEqual(different, [], `the engine's own memory at ${count}`);
    }
    assert.deepEqual([...a.asked, ...b.asked], []);
});

// Conditions that hold now and then, to be looked for without stopping
const WATCHES = [null, { address: [0x7c00n] }, { register: 'cr3' }, { text: Uint8Array.of(0x3e, 0x20) }, { events: ['mode', 'interrupt'] },
    { store: [0x500, 0x600] }, { port: 0x60 }];

function runInPieces(pc, count, random) {
    while (pc.count < count) {
        pc.pauseHalted(random(3) ? undefined : pc.ticks + random(300000));
        pc.log(random(4) === 0, random(4) === 0);
        pc.watch(WATCHES[random(WATCHES.length)], false);
        pc.run(Math.min(count, pc.count + 1 + random(count < PROMPT ? 60000 : 900)));
        pc.clearLogs();
    }
}

test('a run cut anywhere, with logs, searches and pauses, comes to the same machine', async () => {
    const random = numbers(30), whole = await freshPc(), cut = await freshPc();
    for (let count = 0; count < END;) {
        count += 1 + random(count < PROMPT ? 200000 : 9000);
        runTo(whole, count);
        runInPieces(cut, count, random);
        assert.equal(text(cut.state()), text(whole.state()));
        assert.equal(Buffer.compare(cut.ram, whole.ram), 0, `RAM at ${count}`);
        const [code, down] = [KEYS[random(KEYS.length)], random(2) === 1];
        if (count > PROMPT && random(4) === 0)
            [whole, cut].forEach((pc) => pc.key(code, down));
    }
    assert.equal(cut.screen().join(), whole.screen().join());
});
