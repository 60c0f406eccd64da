// The boots of a submission, each of which a lab's observe() looks at.
//
// A PC is switched on once, and runs to where its BIOS jumps to 7C00h.  Every boot begins at that instant: a
// friendly one with the submission, another one with the odd BIOS, which is written into its memory first.

import { newMachine } from '../live/node.mjs';
import { ResetByGuest } from '../live/page/pc.js';
import { RESTARTS, RESTARTED, startOf, whyRefused } from './attacks.mjs';
import { goOnWithOddBios } from './odd_bios.mjs';
import { Refused } from './submission.mjs';
import { REST } from './watch.mjs';

const MBR = 0x7c00;
const START_LIMIT = 60e6;           // instructions to the submission's first one

const generator = (seed) => {
    let state = seed;
    return (below) => {
        state = Math.imul(state ^ state >>> 15, 0x2c1b3c6d) + 0x9e3779b9 | 0;
        return (state >>> 0) % below;
    };
};

// Goes to the next instant at which the CPU is at 7C00h; false: it never gets there
const gotoMbr = (machine) => machine.advance(machine.count + START_LIMIT, { until: { rip: BigInt(MBR) }, seconds: REST });

const attack = (sentence) => new Refused(`${sentence} No lab asks for that, so nothing is graded.`);

class Pc {
    constructor(machine, start) {
        Object.assign(this, { machine, start });
    }

    static async switchedOn(config, { image, data }) {
        const machine = await newMachine({ image, data, config: { ...config, endsAtReset: true }, marks: RESTARTS.map((address) => ({ address })) });
        return new Pc(machine, await gotoMbr(machine) ? machine.count : null);
    }

    async boot(lab, bios, seed) {
        const { machine, start } = this;
        if (start === null)
            return { started: false, lastBytes: [...machine.read(MBR + 510, 2)], at: machine.count };
        await machine.goto(start - 1);          // and out of the other boots' branches
        await machine.goto(start);
        if (bios) {
            await goOnWithOddBios(machine, { ...bios, random: bios.random ? seed : 0 });
            await machine.step();           // off the jump that is at 7C00h now
            if (!await gotoMbr(machine))
                throw new Error('the odd BIOS does not start the submission');
        }
        const begun = startOf(machine);
        const facts = { started: true, start: machine.count, ...await lab.observe(machine, generator(seed)) };
        // an odd PC may have left the program nothing but to start again
        const reason = bios ? null : await whyRefused(machine, begun);
        if (reason)
            throw attack(reason);
        return facts;
    }
}

async function boot(pc, ...rest) {
    try {
        return await pc.boot(...rest);
    } catch (thrown) {
        if (thrown instanceof ResetByGuest)
            throw attack(RESTARTED);
        if (thrown instanceof Error)
            throw thrown;
        // the emulator ends by throwing something else when the guest switches the PC off through a port
        throw new Refused('Your program switched the PC off, or did something else after which the emulator cannot go on.');
    }
}

// Every boot: { facts: { name: what was seen }, executed: instructions that the engine ran for it }
export async function factsOf(lab, { image, data, seed }) {
    const pcs = new Map(), facts = {};
    for (const [name, { bios, ...config }] of Object.entries(lab.boots)) {
        const key = JSON.stringify(config);
        if (!pcs.has(key))
            pcs.set(key, await Pc.switchedOn(config, { image, data }));
        facts[name] = await boot(pcs.get(key), lab, bios, seed);
    }
    return { facts, executed: [...pcs.values()].reduce((sum, { machine }) => sum + machine.executed, 0) };
}
