// The guide as a book: every page at 360 and 1280 pixels, in light and dark, has nothing that sticks
// out, no picture missing, no error on the console, and nothing that axe-core objects to; terms, the
// search and the live page beside the text work from the disk.

import test from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { BUILD, open, setSize, skipWithout, strangers } from '../live/browser.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const BOOK = `${BUILD}/guide`;
const PAGES = existsSync(BOOK) ? readdirSync(BOOK).filter((name) => name.endsWith('.html')) : [];
const SIZES = [[360, 740], [1280, 800]], THEMES = ['light', 'dark'];
const FULL = Boolean(process.env.FIRSTLIGHT_FULL);      // make test-full
const skip = skipWithout('chrome');

test('the book is there', () => assert.ok(PAGES.length > 5, '`make guide` makes it'));

const axe = async (page) => {
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => window.axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'], preload: false }));
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 140)).slice(0, 3).join(' | ')}`);
};

const look = (page) => page.evaluate(() => {
    const found = [];
    if (document.documentElement.scrollWidth > innerWidth)
        found.push(`the page is ${document.documentElement.scrollWidth} pixels wide`);
    for (const image of document.images)
        if (!image.complete || !image.naturalWidth)
            found.push(`no picture: ${image.getAttribute('src')}`);
        else if (!image.alt)
            found.push(`no text for the picture ${image.getAttribute('src')}`);
    return found;
});

// A page is seen in both sizes and both themes, and in a full run in each pair of them.  Without that,
// neighbouring pages take different pairs, so that one run still sees all four.
const looks = (index) => SIZES.flatMap((size, row) =>
    THEMES.filter((_, column) => FULL || (index + row + column) % 2 === 0).map((theme) => [...size, theme]));

test('every page', { skip }, async (t) => {
    const { page, errors, requests, close } = await open('chrome', { file: `${BOOK}/index.html`, ready: false });
    t.after(close);
    for (const [index, name] of PAGES.entries())
        await t.test(name, async () => {
            await page.goto(pathToFileURL(`${BOOK}/${name}`).href);
            await page.evaluate(() => document.querySelectorAll('details').forEach((part) => { part.open = true; }));
            for (const [width, height, theme] of looks(index)) {
                await setSize(page, { width, height });
                await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
                await page.evaluate(() => new Promise(requestAnimationFrame));      // it has heard of the new size
                assert.deepEqual(await look(page), [], `at ${width} pixels, ${theme}`);
                assert.deepEqual(await axe(page), [], `at ${width} pixels, ${theme}`);
            }
            assert.deepEqual(errors.splice(0), []);
        });
    assert.deepEqual(strangers(requests), []);
});

const chapter = () => PAGES.find((name) => name.startsWith('02-'));
const openChapter = (options) => open('chrome', { file: `${BOOK}/${chapter()}`, ready: false, ...options });

test('every link inside the book leads to a page and a place in it', { skip }, async (t) => {
    const { page, close } = await openChapter();
    t.after(close);
    const missing = [], ids = {};
    for (const name of PAGES) {
        await page.goto(pathToFileURL(`${BOOK}/${name}`).href);
        ids[name] = new Set(await page.$$eval('[id]', (elements) => elements.map(({ id }) => id)));
    }
    for (const name of PAGES) {
        await page.goto(pathToFileURL(`${BOOK}/${name}`).href);
        for (const href of await page.$$eval('a[href]', (links) => links.map((link) => link.getAttribute('href')))) {
            const [file, anchor] = href.split('#');
            if (/^\.\.\/live\.html/.test(href))
                continue;
            const target = file || name;
            if (!ids[target])
                missing.push(`${name}: ${href}`);
            else if (anchor && !ids[target].has(decodeURIComponent(anchor)))
                missing.push(`${name}: ${href}`);
        }
    }
    assert.deepEqual([...new Set(missing)], []);
});

test('a term is explained by hover and by focus, and leads to the glossary', { skip }, async (t) => {
    const { page, close } = await openChapter();
    t.after(close);
    const term = await page.$('a.term');
    const meaning = await term.evaluate((link) => link.dataset.meaning);
    const tip = () => page.$eval('#tip', (box) => box.hidden ? '' : box.textContent);
    assert.equal(await tip(), '');
    await term.hover();
    assert.equal(await tip(), meaning);
    await page.keyboard.press('Escape');
    assert.equal(await tip(), '');
    await term.focus();
    assert.equal(await tip(), meaning);
    await Promise.all([page.waitForNavigation(), term.evaluate((link) => link.click())]);
    assert.match(page.url(), /glossary\.html#term-/);
    assert.ok(await page.$(`[id="${page.url().split('#')[1]}"]`));
});

test('the search finds a chapter without a network', { skip }, async (t) => {
    const { page, errors, requests, close } = await openChapter();
    t.after(close);
    await page.type('#q', 'checksum');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    await page.waitForSelector('#search-results li a');
    const found = await page.$$eval('#search-results li a', (links) => links.map((link) => link.getAttribute('href')));
    assert.ok(found.some((href) => href.startsWith('02-')), found.join());
    assert.deepEqual(errors, []);
    assert.deepEqual(strangers(requests), []);
});

test('the index leads to the place where a term is explained', { skip }, async (t) => {
    const { page, close } = await openChapter();
    t.after(close);
    await page.goto(pathToFileURL(`${BOOK}/genindex.html`).href);
    const href = await page.$$eval('.indextable a, main a', (links) =>
        links.map((link) => link.getAttribute('href')).find((target) => target.endsWith('#explains-checksum')));
    await page.goto(new URL(href, page.url()).href);
    assert.equal(await page.$eval('#explains-checksum', (element) => element.textContent), 'checksum');
});

test('the live page opens beside the text, at the instant that the text names', { skip }, async (t) => {
    const { page, close } = await openChapter({ width: 1600 });
    t.after(close);
    const link = await page.$('a[data-live]');
    const name = (await link.evaluate((element) => element.href)).split('#')[1];
    await link.evaluate((element) => element.click());
    const frame = await (await page.waitForSelector('#beside iframe')).contentFrame();
    await frame.waitForFunction(() => window.machine && !document.getElementById('app').hidden && !document.body.dataset.busy);
    assert.match(frame.url(), new RegExp(`#${name}$`));
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    await (await page.$('#beside button')).click();
    assert.equal(await page.$('#beside'), null);
});
