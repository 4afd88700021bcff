// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Alerts } from '../../src/pop-ups/alerts.js';
import { aPopUp, settle } from '../builders.js';

let tones: number;
let allowed: boolean;
let alerts: Alerts;

/** Like a browser: no sound plays before the first click, and then all sounds that were started play. */
class Audio {
  currentTime = 0;
  destination = {};
  state = 'suspended';

  resume(): Promise<void> {
    if (!allowed) return new Promise(() => {});
    this.state = 'running';
    return Promise.resolve();
  }

  createOscillator() {
    return { frequency: {}, connect: (next: unknown) => next, start: () => tones++, stop: () => {} };
  }

  createGain() {
    const ramp = () => {};
    return { gain: { setValueAtTime: ramp, exponentialRampToValueAtTime: ramp }, connect: (next: unknown) => next };
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  localStorage.clear();
  tones = 0;
  allowed = true;
  vi.stubGlobal('AudioContext', Audio);
  alerts = new Alerts();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

async function ring(): Promise<void> {
  alerts.ring(aPopUp());
  await settle();
  vi.advanceTimersByTime(1_000);
  await settle();
}

test('a new call makes a sound if sounds are on', async () => {
  await ring();
  expect(tones).toBe(0);
  await alerts.turn('sound', true);
  await settle();
  tones = 0;
  await ring();
  expect(tones).toBe(2);
});

test('a blocked sound is not played later at the first click', async () => {
  localStorage.setItem('cmw.sound', 'on');
  allowed = false;
  await ring();
  await ring();
  expect(tones).toBe(0);
  allowed = true;
  await ring();
  expect(tones).toBe(2);
});

test('a refused notification causes no error, and is not tried again', async () => {
  let tries = 0;
  class Illegal {
    static permission = 'granted';
    constructor() {
      tries++;
      throw new TypeError('Illegal constructor');
    }
  }
  vi.stubGlobal('Notification', Illegal);
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  localStorage.setItem('cmw.notification', 'on');
  expect(alerts.canNotify).toBe(true);
  await ring();
  await ring();

  expect(tries).toBe(1);
  expect(alerts.canNotify).toBe(false);
  expect(alerts.has('notification')).toBe(false);
});

test.each([
  ['has ended', { state: 'ended' }],
  ['the agent clicked', { dialId: 'd1' }],
] as const)('a call that %s does not sound', async (_, changes) => {
  await alerts.turn('sound', true);
  await settle();
  tones = 0;
  alerts.ring(aPopUp(changes));
  await settle();
  expect(tones).toBe(0);
});

/** What the system shows, which stores it for whoever looks at the machine. */
function notified(): string[] {
  const shown: string[] = [];
  class Shown {
    static permission = 'granted';
    constructor(title: string, { body, tag }: { body: string; tag: string }) {
      shown.push(`${title} | ${body} | ${tag}`);
    }
  }
  vi.stubGlobal('Notification', Shown);
  return shown;
}

test('a notification has the contact’s name, and never a number', async () => {
  const shown = notified();
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  await alerts.turn('notification', true);
  alerts.ring(aPopUp());
  alerts.ring(aPopUp({ callId: 'unknown', contactId: undefined, candidates: [] }));
  const hint = aPopUp().candidates;
  alerts.ring(aPopUp({ callId: 'possible', contactId: undefined, candidates: hint }));
  expect(shown).toEqual([
    'Llamada entrante | Con María Rojas | 1001',
    'Llamada entrante | Abra CallMyWay para ver quién es. | unknown',
    'Llamada entrante | Abra CallMyWay para ver quién es. | possible',
  ]);

  hidden.mockReturnValue(false);
  alerts.ring(aPopUp({ callId: 'seen' }));
  expect(shown).toHaveLength(3);
});

test.each([
  ['that is over', { state: 'ended' as const }],
  ['that the agent has clicked', { direction: 'out' as const, dialId: 'd1' }],
])('a call %s alerts nobody', async (_, changes) => {
  const shown = notified();
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  await alerts.turn('notification', true);
  await alerts.turn('sound', true);
  await settle();
  tones = 0;
  alerts.ring(aPopUp(changes));
  await settle();
  expect([shown, tones]).toEqual([[], 0]);
});
