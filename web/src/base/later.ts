import { msg } from '@lit/localize';
import { css, html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';

const firstWaitMs = 3_000;
const longestWaitMs = 60_000;

/** Loads code that a component needs only sometimes. If it can't be loaded, a notice takes its place. */
export class Later {
  #failed = false;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly load: () => Promise<unknown>,
  ) {}

  async fetch(): Promise<void> {
    const failed = await this.load().then(
      () => false,
      () => true,
    );
    if (failed === this.#failed) return;
    this.#failed = failed;
    this.host.requestUpdate();
  }

  /**
   * Fetches it before it is needed. While it can't be loaded it is tried again, ever less often, for as long as the
   * component is there and somebody looks at it.
   */
  ahead(afterMs = 0): void {
    let waitMs = firstWaitMs;
    let isGone = false;
    const run = async (): Promise<void> => {
      if (!this.#failed || !document.hidden) await this.fetch();
      if (this.#failed && !isGone) timer = setTimeout(run, waitMs);
      waitMs = Math.min(waitMs * 2, longestWaitMs);
    };
    let timer = setTimeout(run, afterMs);
    this.host.addController({
      // Its page has moved it to another place.
      hostConnected: () => {
        if (!isGone) return;
        isGone = false;
        timer = setTimeout(run, afterMs);
      },
      hostDisconnected: () => {
        isGone = true;
        clearTimeout(timer);
      },
    });
  }

  get notice(): TemplateResult | typeof nothing {
    if (!this.#failed) return nothing;
    // The server may have a newer version of the page, without this version's code. Then only a reload helps.
    return html`
      <div class="later" role="alert">
        <p>${msg('Esta parte de la página no se pudo cargar. Revise su red e intente de nuevo. Si sigue igual, recargue la página: lo que escribió está guardado.')}</p>
        <button @click=${() => this.fetch()}>${msg('Intentar de nuevo')}</button>
      </div>
    `;
  }
}

export const later = css`
  .later {
    display: grid;
    justify-items: start;
    gap: var(--cmw-space-3);
    padding: var(--cmw-space-4);
    border-radius: var(--cmw-radius-m);
    background: var(--cmw-warn-ground);
    color: var(--cmw-warn);
    font: var(--cmw-type-small);
  }
`;
