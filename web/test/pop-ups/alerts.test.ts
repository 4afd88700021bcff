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
