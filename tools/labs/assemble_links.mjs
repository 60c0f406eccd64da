// Assembles links of the chain for `make mine`.
//
//   node tools/labs/assemble_links.mjs < JOBS
//
// JOBS is a JSON list of { folder, files, main, address, room, out }: `main`, one of the `files` in `folder`,
// is assembled for `address` and written to `out`, if it has at most `room` bytes.  On stdout comes a
// list with, for each of them, null or a sentence: why there is no such link.

import { readFileSync, writeFileSync } from 'node:fs';
import { assembleAll, Refused, sourcesOf } from './submission.mjs';

async function link({ folder, files, main, address, room, out }) {
    const { [main]: { bytes } } = await assembleAll(sourcesOf(folder, files), [main], { defines: { LINK_ADDRESS: address } });
    if (bytes.length > room)
        throw new Refused(`${main} has ${bytes.length} bytes; there is room for ${room}.`);
    writeFileSync(out, bytes);
}

async function whyNot(job) {
    try {
        await link(job);
        return null;
    } catch (error) {
        if (!(error instanceof Refused))
            throw error;
        return error.message;
    }
}

const answers = [];
for (const job of JSON.parse(readFileSync(0)))
    answers.push(await whyNot(job));
console.log(JSON.stringify(answers));
