// All of tests/debug/broken, and two other boot loaders from Debian's packages, in the page's PC.

import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { holds, make } from './foreign.mjs';
import { ENDS } from './foreign_ends.mjs';

const { images, remove } = make('broken', 'others');
after(remove);

test('each end is that of an image', () => {
    const known = Object.keys(ENDS).filter((name) => name.includes('/'));
    assert.deepEqual(known.filter((name) => !images[name]), []);
});

for (const name of ['GRUB', 'SYSLINUX'])
    test(`${name} loads its kernel, goes backwards, and its writers are found`,
        { skip: !images[name] && 'GRUB or SYSLINUX is not installed; make setup performance installs them' },
        () => holds(images[name], ENDS[name]));

for (const [name, path] of Object.entries(images).filter(([broken]) => broken.includes('/')))
    test(`${name} ends as it should, goes backwards, and its writers are found`, () => holds(path, ENDS[name]));
