import { msg, str } from '@lit/localize';
import { Observable } from '../api/observable.js';
import type { PopUp } from '../api/types.js';
import { memory } from '../shell/memory.js';
import { directionWords, tiedName } from './call-words.js';

type Alert = 'sound' | 'notification';

/** How the agent is told of a new call beside the card itself: what they turned on, on this machine. Both are off at first. */
export class Alerts extends Observable {
  #audio: AudioContext | undefined;

  has(alert: Alert): boolean {
    return memory.get(alert) === 'on' && (alert === 'sound' || permission() === 'granted');
  }

  /** False where the browser was told not to ask any more, or has no notifications. */
  get canNotify(): boolean {
    return permission() !== undefined && permission() !== 'denied';
  }

  async turn(alert: Alert, on: boolean): Promise<void> {
    // A browser asks the person, and plays sounds, only upon a click: this is one.
    if (on && alert === 'notification' && permission() === 'default') await Notification.requestPermission();
    if (on && alert === 'sound') this.#beep();
    memory.set(alert, on ? 'on' : null);
    this.changed();
  }

  /** A new call. */
  ring(popUp: PopUp): void {
    if (popUp.state === 'ended' || popUp.dialId !== undefined) return;
    if (this.has('sound')) this.#beep();
    if (this.has('notification') && document.hidden) notify(popUp);
  }

  /** Two short tones, soft enough for a desk among others. */
  #beep(): void {
    this.#audio ??= new AudioContext();
    const audio = this.#audio;
    void audio.resume();
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
