import { msg } from '@lit/localize';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { leaving } from './leaving.js';

/** Asks before what was typed on a page is lost: by a link, by Back and Forward, by a reload, and by closing the tab. */
export class Unsaved implements ReactiveController {
  /** True where the loss was agreed to by a link that the frame is about to follow. */
  #agreed = false;

  constructor(
    host: ReactiveControllerHost,
    private readonly isDirty: () => boolean,
    /** What is asked before the loss. */
    private readonly question: () => string = () => msg('Hay cambios sin guardar. ¿Salir y perderlos?'),
  ) {
    host.addController(this);
  }

  hostUpdated(): void {
    this.#agreed = false;
  }

  hostConnected(): void {
    leaving.asks = this.#asks;
    // Before the frame follows a link: then the address has changed already.
    window.addEventListener('click', this.#click, { capture: true });
    window.addEventListener('beforeunload', this.#leave);
  }

  hostDisconnected(): void {
    if (leaving.asks === this.#asks) leaving.asks = undefined;
    window.removeEventListener('click', this.#click, { capture: true });
    window.removeEventListener('beforeunload', this.#leave);
  }

  readonly #asks = (): boolean => {
    this.#agreed ||= !this.isDirty() || window.confirm(this.question());
    const agreed = this.#agreed;
    this.#agreed = false;
    return agreed;
  };

  readonly #click = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
    if (!link || link.target || link.hasAttribute('download') || link.href === location.href) return;
    // What leaves the console asks by itself.
    if (link.origin !== location.origin) return;
    if (this.#asks()) {
      this.#agreed = true;
      return;
    }

    event.preventDefault();
    event.stopImmediatePropagation();
  };

  readonly #leave = (event: BeforeUnloadEvent): void => {
    if (this.isDirty()) event.preventDefault();
  };
}
