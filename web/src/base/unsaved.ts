import { msg } from '@lit/localize';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Asks before what was typed on a page is lost: by a link, by Back and Forward, by a reload, and by closing the tab. */
export class Unsaved implements ReactiveController {
  #address = '';

  constructor(
    host: ReactiveControllerHost,
    private readonly isDirty: () => boolean,
  ) {
    host.addController(this);
  }

  hostUpdated(): void {
    this.#address = location.href;
  }

  hostConnected(): void {
    // Before the frame follows a link, or the browser's history.
    window.addEventListener('click', this.#click, { capture: true });
    window.addEventListener('popstate', this.#move, { capture: true });
    window.addEventListener('beforeunload', this.#leave);
  }

  hostDisconnected(): void {
    window.removeEventListener('click', this.#click, { capture: true });
    window.removeEventListener('popstate', this.#move, { capture: true });
    window.removeEventListener('beforeunload', this.#leave);
  }

  readonly #click = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
    if (!link || link.target || link.hasAttribute('download') || link.href === location.href) return;
    // What leaves the console asks by itself.
    if (link.origin !== location.origin || this.#agrees()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  readonly #move = (event: PopStateEvent): void => {
    if (this.#agrees()) return;
    event.stopImmediatePropagation();
    history.pushState(null, '', this.#address);
  };

  readonly #leave = (event: BeforeUnloadEvent): void => {
    if (this.isDirty()) event.preventDefault();
  };

  #agrees(): boolean {
    return !this.isDirty() || window.confirm(msg('Hay cambios sin guardar. ¿Salir y perderlos?'));
  }
}
