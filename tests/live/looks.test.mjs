// What the page looks like: at 21 instants axe-core finds nothing, nothing sticks out, and no two
// buttons have the same name, at 1280 and at 800 pixels, in light and dark.  The pictures are kept in build/live-pictures/.

import test from 'node:test';
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { BUILD, open, pause, press, runTo, settled, skipWithout, untilPrompt } from './browser.mjs';

const axeSource = () => readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PICTURES = `${BUILD}/live-pictures`;
const SIZES = [[1280, 800, 'light'], [800, 900, 'dark']];

const tab = (id) => (page) => page.click(`#tab-${id}`);
const INSTANTS = [
    ['reset', async (page) => press(page, 'Home')],
    ['mbr', async (page) => { await runTo(page, 'mbr'); await press(page, 'ArrowRight'); }],
    ['bios-call', async (page) => press(page, 'b', 'b')],
    ['bios-code', async (page) => press(page, 'ArrowRight', 'ArrowRight')],
    ['stage2', async (page) => { await runTo(page, 'stage2_entry'); await tab('hex')(page); }],
    ['protected', async (page) => { await runTo(page, 'mode'); await tab('gdt')(page); }],
    ['stage2-main', async (page) => { await runTo(page, 'stage2_main'); await tab('stack')(page); }],
    ['a20', async (page) => { await runTo(page, 'a20'); await tab('idt')(page); }],
    ['memory-map', async (page) => runTo(page, 'memory_map')],
    ['loaded', async (page) => { await runTo(page, 'kernel_loaded'); await tab('map')(page); }],
    ['long-mode', async (page) => runTo(page, 'cr0')],
    ['paging', async (page) => { await runTo(page, 'long_mode'); await tab('pages')(page); }],
    ['kernel', async (page) => { await runTo(page, 'kernel_main'); await tab('serial')(page); }],
    ['variables', async (page) => { await press(page, 'ArrowDown'); await tab('variables')(page); }],
    ['interrupt', async (page) => runTo(page, 'interrupt')],
    ['ready', async (page) => { await runTo(page, 'ready'); await tab('transcript')(page); }],
    ['end', async (page) => { await press(page, 'End'); await tab('map')(page); }],
    ['inspector', async (page) => { await page.click('#registers button'); await page.waitForSelector('#inspector .writer strong, #inspector .writer'); await settled(page); }],
    ['help', async (page) => { await page.keyboard.press('Escape'); await page.click('#help-button'); }],
    ['machine', async (page) => { await page.keyboard.press('Escape'); await page.click('#machine-button'); }],
    ['enlarged', async (page) => { await page.keyboard.press('Escape'); await page.click('#enlarge'); }],
];

// What sticks out of the window to the right, or a text that its button cuts off
const sticksOut = (page) => page.evaluate(() => {
    const found = [];
    if (document.documentElement.scrollWidth > innerWidth)
        found.push(`the page is ${document.documentElement.scrollWidth} pixels wide`);
    for (const element of document.querySelectorAll('button, h1, h2, .mode, .bits li, .clock')) {
        const box = element.getBoundingClientRect();
        const scrolls = element.closest('.scroll, .tab-panels, .instructions, .code, dialog');
        if (box.width && !scrolls && (box.right > innerWidth + 1 || element.scrollWidth > element.clientWidth + 2 && getComputedStyle(element).overflow === 'visible'))
            found.push(`${element.tagName} ${element.id || element.className}: “${element.textContent.trim().slice(0, 30)}”`);
    }
    return found;
});

const axe = async (page) => {
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).slice(0, 3).join(' | ')}`);
};

// The names of buttons that are on the page more than once.  Arrows do not count: a screen reader may not say them.
const sharedNames = async (page) => {
    const flat = (node) => [node, ...(node.children ?? []).flatMap(flat)];
    const names = flat(await page.accessibility.snapshot()).filter(({ role }) => role === 'button')
        .map(({ name }) => name.toLowerCase().replace(/\p{Symbol}/gu, '').trim());
    assert.ok(names.length, 'no button was found');
    return names.filter((name, place) => names.indexOf(name) !== place);
};

for (const [width, height, theme] of SIZES) {
    test(`at ${width} pixels, ${theme}`, { skip: skipWithout('chrome') }, async (t) => {
        mkdirSync(PICTURES, { recursive: true });
        const { page, errors, close } = await open('chrome', { width, height, theme });
        t.after(close);
        await untilPrompt(page);
        await pause(page);
        await page.evaluate(axeSource());
        for (const [name, go] of INSTANTS)
            await t.test(name, async () => {
                await go(page);
                await page.screenshot({ path: `${PICTURES}/${width}-${name}.png` });
                assert.deepEqual(await axe(page), []);
                assert.deepEqual(await sticksOut(page), []);
                assert.deepEqual(await sharedNames(page), []);
            });
        assert.deepEqual(errors, []);
    });
}
