import { msg, str } from '@lit/localize';
import type { PopUp } from '../api/types.js';
import { memory } from '../base/memory.js';
import { Observable } from '../base/observable.js';
import { directionWords, tiedName } from '../calls/call-words.js';

const resumeMs = 300;

type Alert = 'sound' | 'notification';

/**
 * How the agent is told of a new call beside the card itself: what they turned on, on this machine. Both are off at
 * first.
 */
export class Alerts extends Observable {
  #audio: AudioContext | undefined;
  // Chrome on Android has the permission, and then takes them from a service worker only.
  #refused = false;

  has(alert: Alert): boolean {
    return memory.get(alert) === 'on' && (alert === 'sound' || (permission() === 'granted' && !this.#refused));
  }

  /** False where the browser was told not to ask any more, or has no notifications. */
  get canNotify(): boolean {
    return permission() !== undefined && permission() !== 'denied' && !this.#refused;
  }

  async turn(alert: Alert, on: boolean): Promise<void> {
    // A browser asks the person, and plays sounds, only upon a click: this is one.
    if (on && alert === 'notification' && permission() === 'default') await Notification.requestPermission();
    if (on && alert === 'sound') void this.#beep().catch(() => {});
    memory.set(alert, on ? 'on' : null);
    this.changed();
  }

  /** A new call. Never fails: it is on the screen all the same. */
  ring(popUp: PopUp): void {
    if (popUp.state === 'ended' || popUp.dialId !== undefined) return;
    if (this.has('sound')) void this.#beep().catch(() => {});
    if (!this.has('notification') || !document.hidden) return;
    try {
      notify(popUp);
    } catch {
      this.#refused = true;
      this.changed();
    }
  }

  /** Two short tones, soft enough for a desk among others. */
  async #beep(): Promise<void> {
    this.#audio ??= new AudioContext();
    const audio = this.#audio;
    // Before the first click in a page nothing may sound, and all that was begun till then would sound at the click.
    await Promise.race([audio.resume(), new Promise((done) => setTimeout(done, resumeMs))]);
    if (audio.state !== 'running') return;
    for (const [tone, after] of [
      [660, 0],
      [880, 0.18],
    ] as const) {
      const at = audio.currentTime + after;
      const oscillator = audio.createOscillator();
      const gain = audio.createGain();
      oscillator.frequency.value = tone;
      gain.gain.setValueAtTime(0.0001, at);
      gain.gain.exponentialRampToValueAtTime(0.12, at + 0.02);
      gain.gain.exponentialRampToValueAtTime(0.0001, at + 0.16);
      oscillator.connect(gain).connect(audio.destination);
      oscillator.start(at);
      oscillator.stop(at + 0.17);
    }
  }
}

const permission = (): NotificationPermission | undefined =>
  typeof Notification === 'undefined' ? undefined : Notification.permission;

// The system keeps and shows notifications to whoever looks at the machine: the contact's name, never a number.
function notify(popUp: PopUp): void {
  const name = tiedName(popUp);
  const notification = new Notification(directionWords(popUp.direction), {
    body: name ? msg(str`Con ${name}`) : msg('Abra CallMyWay para ver quién es.'),
    tag: popUp.callId,
  });
  notification.onclick = () => {
    window.focus();
    notification.close();
  };
}
