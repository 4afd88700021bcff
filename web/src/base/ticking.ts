import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Redraws a component regularly while its content depends on the time; not in a hidden tab. */
export class Ticking implements ReactiveController {
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly everyMs: number,
    private readonly needed: () => boolean = () => true,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#decide);
    this.#decide();
  }

  hostUpdated(): void {
    this.#decide();
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#decide);
    this.#stop();
  }

  readonly #decide = (): void => {
    if (document.hidden || !this.needed()) {
      this.#stop();
    } else if (this.#timer === undefined) {
      this.#timer = setInterval(() => this.host.requestUpdate(), this.everyMs);
    }
  };

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
