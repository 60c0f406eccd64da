// What a program does that wants points for something other than the lab's task.  It is refused, so that its
// author reads why and nobody is asked to believe it.

import { newText } from './watch.mjs';

// where programs jump to restart a PC: FFFF:0, the first instruction after a reset, and F000:E05B, where
// the BIOS's self-test has begun since the first PC
export const RESTARTS = [0xffff0n, 0xfe05bn];
export const RESTARTED = 'Your program restarted the PC.';
const BOOT_AGAIN = 0x19;                // the BIOS's service that begins the boot anew
const EXITS = [0xf4, 0x501];            // ports by which test devices of emulators end with a status
const MOST_SERIAL = 5000;               // bytes: more than two screens of text
const REPORT = /\b\d+ of \d+ points\b/;

// The machine as it was at the submission's first instruction, for whyRefused()
export const startOf = (machine) => ({ count: machine.count, screen: machine.screen(), serial: machine.serial().length });

// A sentence, or null if there was nothing of the kind from `start` on.  The machine goes to its end
export async function whyRefused(machine, start) {
    await machine.goto(machine.end);
    const events = machine.events(start.count, machine.count);
    const isRestart = events.some(({ kind, address, vector }) => (kind === 'mark' && RESTARTS.includes(address))
        || (kind === 'bios' && vector === BOOT_AGAIN));
    if (isRestart)
        return RESTARTED;
    const sent = machine.serial().slice(start.serial);
    if (sent.length > MOST_SERIAL)
        return `Your program sent more than ${MOST_SERIAL} bytes to the serial port.`;
    if (REPORT.test(sent) || REPORT.test(newText(start.screen, machine.screen()).join(' ')))
        return 'Your program shows words of this report.';
    for (const port of EXITS)
        if (await machine.find({ port }, -1, start.count) !== null)
            return `Your program used port ${port.toString(16).toUpperCase()}h, which tells emulators to end as if a test had passed.`;
    return null;
}
