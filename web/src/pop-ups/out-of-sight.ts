import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Whether what is marked in the host's page is out of sight, under the header or below the window's edge. */
export class OutOfSight implements ReactiveController {
  #mark: Element | null = null;
  #away = false;

  readonly #sight = new IntersectionObserver((entries) => this.#turn(entries.at(-1)?.isIntersecting === false), {
    rootMargin: '-60px 0px 0px 0px',
  });

  constructor(
    private readonly host: ReactiveControllerHost & { readonly renderRoot: ParentNode },
    private readonly selector: string,
  ) {
    host.addController(this);
  }

  /** False where nothing is marked. */
  get away(): boolean {
    return this.#away;
  }

  hostUpdated(): void {
    const mark = this.host.renderRoot.querySelector(this.selector);
    if (mark === this.#mark) return;
    this.#sight.disconnect();
    this.#mark = mark;
    if (mark) this.#sight.observe(mark);
    else this.#turn(false);
  }

  hostDisconnected(): void {
    this.#sight.disconnect();
    this.#mark = null;
  }

  #turn(away: boolean): void {
    if (away === this.#away) return;
    this.#away = away;
    this.host.requestUpdate();
  }
}
