import { expect, test } from 'vitest';
import type { Channel, ChannelEvents } from '../../src/pop-ups/live-connection.js';
import { RenewingChannel } from '../../src/pop-ups/renewing-channel.js';
import { aPopUp, Pending, settle } from '../builders.js';

function channels() {
  const opening = new Pending<Channel>();
  const events: ChannelEvents[] = [];
  const closed: number[] = [];
  const heard: string[] = [];
  const renewing = new RenewingChannel((told) => {
    events.push(told);
    return opening.ask();
  });
  const one = (place: number): Channel => ({ close: async () => void closed.push(place) });
  const opened = renewing.opened({
    message: (kind) => heard.push(kind),
    calls: () => {},
    wallboard: () => {},
    rest: () => {},
    presence: () => {},
    lost: () => heard.push('lost'),
  });
  return { renewing, opening, opened, events, closed, heard, one };
}

test('the old connection serves until the new one is open, and its end is no loss', async () => {
  const { renewing, opening, events, closed, heard, one } = channels();
  await opening.answer(one(0));

  renewing.renew();
  await settle();
  events[0]?.message('popUp', aPopUp());
  expect(closed).toEqual([]);
  await opening.answer(one(1));
  events[0]?.lost();
  events[1]?.message('popUp', aPopUp());

  expect(closed).toEqual([0]);
  expect(heard).toEqual(['popUp', 'popUp']);
  events[1]?.lost();
  expect(heard.at(-1)).toBe('lost');
});

test('the old connection stays where no new one opens', async () => {
  const { renewing, opening, events, closed, heard, one } = channels();
  await opening.answer(one(0));

  renewing.renew();
  await opening.fail(new Error('no network'));

  expect([closed, heard]).toEqual([[], []]);
  events[0]?.lost();
  expect(heard).toEqual(['lost']);
});

test('a loss of the old one is told once no new one opens', async () => {
  const { renewing, opening, events, heard, one } = channels();
  await opening.answer(one(0));

  renewing.renew();
  events[0]?.lost();
  expect(heard).toEqual([]);
  await opening.fail(new Error('no network'));

  expect(heard).toEqual(['lost']);
});

test('what still opens when all is closed is closed too', async () => {
  const { renewing, opening, opened, closed, heard, one } = channels();
  await opening.answer(one(0));
  const channel = await opened;

  renewing.renew();
  await channel.close();
  await opening.answer(one(1));

  expect(closed.sort()).toEqual([0, 0, 1]);
  expect(heard).toEqual([]);
});

test('a loss of the old one is told also where the new one opens: what came between is to be read', async () => {
  const { renewing, opening, events, closed, heard, one } = channels();
  await opening.answer(one(0));

  const renewed = renewing.renew();
  events[0]?.lost();
  await opening.answer(one(1));

  expect(await renewed).toBe(false);
  expect([heard, closed]).toEqual([['lost'], [1]]);
});
