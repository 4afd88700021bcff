import { expect, test } from 'vitest';
import { PaintedCards } from '../../src/pop-ups/painted-cards.js';
import { aPopUp } from '../builders.js';

const start = Date.parse('2026-11-26T20:00:00.000Z');
const at = (ms: number) => new Date(start + ms).toISOString();

/** A page whose clock is 2 s ahead of the server's. */
function aPage({ isSeen = true } = {}) {
  const page = {
    time: start + 2_000,
    isSeen,
    frames: [] as (() => void)[],
    now: () => page.time,
    visible: () => page.isSeen,
    frame: (done: () => void) => void page.frames.push(done),
    paint: (ms: number) => {
      for (let frame = 0; frame < 2; frame++) {
        page.time += ms / 2;
        for (const done of page.frames.splice(0)) done();
      }
    },
  };
  const cards = new PaintedCards(page);
  cards.learn(page.time, page.time + 100, at(50));
  page.time += 1_000;
  return { page, cards };
}

const ringing = { callId: 'c/1', account: 'ñ', startedAt: at(500), notifiedAt: at(900), sentAt: at(950) };

test('a card is measured from the operator to the frame, by the server’s clock', () => {
  const { page, cards } = aPage();
  cards.arrived(aPopUp(ringing));
  page.paint(30);
  page.time += 10_000;
  // Painted 10 s ago; 400 ms by the operator, 50 in the queue, 50 on the way, 30 in the browser.
  expect(cards.take()).toBe(`10000.400.50.50.30.${btoa('c/1').replaceAll('=', '')}.w7E`);
  cards.told();
  expect(cards.take()).toBeUndefined();
});

test('what a reading has brought has no time in the queue, and our time none of the operator’s', () => {
  const { page, cards } = aPage();
  cards.arrived(aPopUp({ ...ringing, sentAt: undefined, isOurTime: true }));
  page.paint(20);
  expect(cards.take()).toMatch(/^0\.\.\.100\.20\./);
});

test.each([
  ['a call from before the page was opened', { ...ringing, notifiedAt: at(-1) }, true],
  ['a call that no notification brought', { ...ringing, notifiedAt: undefined }, true],
  ['a page that nobody looks at', ringing, false],
])('%s is not measured', (_, popUp, isSeen) => {
  const { page, cards } = aPage({ isSeen });
  cards.arrived(aPopUp(popUp));
  page.paint(30);
  expect(cards.take()).toBeUndefined();
});

test('a page that is left before the frame measures nothing, and a call that rings again neither', () => {
  const { page, cards } = aPage();
  cards.arrived(aPopUp(ringing));
  page.isSeen = false;
  page.paint(30);
  page.isSeen = true;
  cards.arrived(aPopUp(ringing));
  page.paint(30);
  expect(cards.take()).toBeUndefined();
});

test('twenty are told at once; those of a reading that failed are told again, unless they were refused', () => {
  const { page, cards } = aPage();
  for (let call = 0; call < 25; call++) cards.arrived(aPopUp({ ...ringing, callId: `c-${call}` }));
  page.paint(10);
  const first = cards.take();
  expect(first?.split('~').length).toBe(20);
  // A second reading at the same time tells nothing twice.
  expect(cards.take()).toBeUndefined();
  cards.failed(false);
  expect(cards.take()).toBe(first);
  cards.told();
  expect(cards.take()?.split('~').length).toBe(5);
  cards.failed(true);
  expect(cards.take()).toBeUndefined();
});

test('the clock of the shortest trip counts', () => {
  const { page, cards } = aPage();
  // It says that the clocks differ by less, but it took ten seconds.
  cards.learn(page.time, page.time + 10_000, at(9_000));
  cards.arrived(aPopUp(ringing));
  page.paint(30);
  expect(cards.take()).toMatch(/^0\.400\.50\.50\.30\./);
});
