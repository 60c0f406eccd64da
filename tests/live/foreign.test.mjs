// Images that are not this project's run in the page's PC; foreign.full.mjs has all of them.

import test, { after } from 'node:test';
import { holds, make } from './foreign.mjs';
import { ENDS } from './foreign_ends.mjs';

const NAMES = ['plain', 'example', 'mode/lme_missing', 'sector/no_end'];

const { images, remove } = make(...NAMES);
after(remove);

for (const name of NAMES)
    test(`${name} ends as it should, goes backwards, and its writers are found`, () => holds(images[name], ENDS[name]));
