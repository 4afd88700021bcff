import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What tells its watchers that it changed. */
export interface Watchable {
  /** Ends with what it returns. */
  watch(watcher: () => void): () => void;
}

/** State that components draw. It tells its watchers that it changed, and they read it again. */
export abstract class Observable implements Watchable {
  readonly #watchers = new Set<() => void>();

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  protected changed(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }
}

/** Redraws a component when what it shows changes; `source` may be given to the component later, or exchanged. */
export class Watching implements ReactiveController {
  #watched: Watchable | undefined;
  #stop: () => void = () => {};

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly source: () => Watchable | undefined,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.hostUpdate();
  }

  hostUpdate(): void {
    const source = this.source();
    if (source === this.#watched) return;
    this.#stop();
    this.#watched = source;
    this.#stop = source?.watch(() => this.host.requestUpdate()) ?? (() => {});
  }

  hostDisconnected(): void {
    this.#stop();
    this.#stop = () => {};
    this.#watched = undefined;
  }
}
