// The three moments in Firefox, over WebDriver BiDi: node three_moments.js walk|replay '{"firefox": …, "address": …}'.
// What was seen is printed as JSON; tests/browser/test_three_moments.py looks at that, and at what was kept.

import {argv, stdout} from 'node:process';
import puppeteer from 'puppeteer-core';

const PATIENCE = 120_000;
const LINE = '.mv-composer:not([hidden]) textarea';
const RESTING = '[data-testid=stApp][data-test-script-state=notRunning]';

/** The first of them that says these words, once it is there. */
async function saying(page, selector, words) {
  const handle = await page.waitForFunction(
    (wanted, said) => [...document.querySelectorAll(wanted)].find((node) => node.textContent.includes(said)),
    {timeout: PATIENCE},
    selector,
    words,
  );
  return handle.asElement();
}

/** Where it is, once it stays there. */
async function placeOf(element) {
  await element.scrollIntoView();
  let before;
  for (;;) {
    const box = JSON.stringify(await element.boundingBox());
    if (box === before) return JSON.parse(box);
    before = box;
    await new Promise((done) => setTimeout(done, 200));
  }
}

async function press(page, element) {
  const {x, y, width, height} = await placeOf(element);
  await page.mouse.click(x + width / 2, y + height / 2);
}

async function toStop(page, name) {
  await press(page, await saying(page, '.st-key-rail button', name));
  await saying(page, '[class*=st-key-rail-here]', name);
  await page.waitForSelector(RESTING);
}

/** One line at what was marked, and Enter; it hangs in the margin then. */
async function write(page, text) {
  await page.waitForSelector(LINE);
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await saying(page, '.st-key-margin', text);
}

async function mark(page, text) {
  await page.waitForSelector('.mv-drawn .xtick text');
  const {x, y, width, height} = await placeOf(await page.waitForSelector('.mv-target'));
  await page.mouse.move(x + width * 0.5, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.65, y + height / 2);
  await page.mouse.move(x + width * 0.8, y + height / 2);
  await page.mouse.up();
  await write(page, text);
}

/** Start and look, mark and save; the vista's id. */
async function walk(page, {address, stretch, row, title}) {
  await page.goto(address);
  await press(page, await page.waitForSelector('.st-key-start button'));
  await page.waitForSelector('[class*=st-key-rail-here]');
  await toStop(page, stretch.stop);
  await mark(page, stretch.text);
  await toStop(page, row.stop);
  await press(page, await page.waitForSelector('tbody tr th, tbody tr td'));
  await write(page, row.text);
  const vista = new URL(page.url()).searchParams.get('vista');
  await page.goto(`${address}/wrap-up?vista=${vista}`);
  await saying(page, '[data-testid=stMain]', stretch.text);
  const name = await page.waitForSelector('[class*=st-key-title-] input');
  await name.click({count: 3});
  await name.type(title);
  await press(page, await page.waitForSelector('.st-key-save button'));
  await page.waitForSelector('.st-key-to-replay');
  return {vista};
}

/** What somebody sees of it afterwards, at both stops. */
async function replay(page, {address, vista, stretch, row}) {
  await page.goto(`${address}/replay?vista=${vista}`);
  await toStop(page, stretch.stop);
  await saying(page, '.st-key-margin', stretch.text);
  await page.waitForSelector('.mv-stretch');
  const stretches = (await page.$$('.mv-stretch')).length;
  await toStop(page, row.stop);
  await saying(page, '.st-key-margin', row.text);
  const dot = await page.waitForSelector('tbody tr .mv-dot');
  const heading = await page.waitForSelector('.st-key-replaying');
  const said = (node) => node.textContent;
  return {stretches, dot: await dot.evaluate(said), heading: await heading.evaluate(said)};
}

const [moment, told] = argv.slice(2);
const {firefox, ...what} = JSON.parse(told);
const browser = await puppeteer.launch({
  browser: 'firefox',
  executablePath: firefox,
  headless: true,
  timeout: PATIENCE,
});
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.setViewport({width: 1440, height: 900});
  await browser.setCookie({name: 'morning-vistas-name', value: 'Maya', domain: '127.0.0.1', path: '/'});
  const seen = await {walk, replay}[moment](page, what);
  stdout.write(JSON.stringify({...seen, agent: await browser.version()}));
} finally {
  await browser.close();
}
