import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** An object that notifies watchers when it changes. */
export interface Watchable {
  /** Returns a function that stops watching. */
  watch(watcher: () => void): () => void;
}

/** State that components show. It notifies its watchers of changes, and they read it again. */
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

/** Redraws a component when `source` changes. `source` can be set later, or replaced. */
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
