import { msg, str } from '@lit/localize';
import type { PopUp } from '../api/types.js';
import { memory } from '../base/memory.js';
import { Observable } from '../base/observable.js';
import { directionWords, tiedName } from '../calls/call-words.js';

const resumeMs = 300;

type Alert = 'sound' | 'notification';

/**
 * How the agent is told of a new call besides its card: by sound or notification, if turned on for this machine. Both
 * are off by default.
 */
export class Alerts extends Observable {
  #audio: AudioContext | undefined;
  // Chrome on Android grants the permission, but then shows notifications only from a service worker.
  #refused = false;

  has(alert: Alert): boolean {
    return memory.get(alert) === 'on' && (alert === 'sound' || (permission() === 'granted' && !this.#refused));
  }

  /** False if the browser must not ask again, or has no notifications. */
  get canNotify(): boolean {
    return permission() !== undefined && permission() !== 'denied' && !this.#refused;
  }

  async turn(alert: Alert, on: boolean): Promise<void> {
    // A browser asks for permission, and plays sounds, only in response to a click. This is one.
    if (on && alert === 'notification' && permission() === 'default') await Notification.requestPermission();
    if (on && alert === 'sound') void this.#beep().catch(() => {});
    memory.set(alert, on ? 'on' : null);
    this.changed();
  }

  /** Alerts the agent to a new call. It never throws: the card is shown in any case. */
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

  /** Two short tones, quiet enough for a shared office. */
  async #beep(): Promise<void> {
    this.#audio ??= new AudioContext();
    const audio = this.#audio;
    // Before the first click on a page, sounds are blocked, and all that were started would play at that click.
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

// The system stores notifications and shows them to whoever looks at the machine: so they have the contact's name,
// never a number.
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
