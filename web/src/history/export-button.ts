import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { HistoryApi } from '../api/history-api.js';
import type { CallQuery } from '../api/history-types.js';
import { Watching } from '../base/observable.js';
import { saveFile } from '../base/save-file.js';
import { base, buttons } from '../design/shared.js';
import { type Days, monthWords, shortDayWords } from '../i18n/days.js';
import { numberWords } from '../i18n/times.js';
import { CallExport } from './call-export.js';
import { refusalWords } from './filter-words.js';

/** The button that stores the calls of the filter as a file, and how that goes. */
@localized()
@customElement('cmw-history-export')
export class ExportButton extends LitElement {
  @property({ attribute: false }) api!: Pick<HistoryApi, 'export'>;
  @property({ attribute: false }) query: CallQuery = {};
  @property({ attribute: false }) days!: Days;
  /** How many days a request may have; none where it may have any. */
  @property({ attribute: false }) most: number | null | undefined;
  /** Stores the file. */
  @property({ attribute: false }) save: (file: Blob, name: string) => void = saveFile;

  @state() private running: CallExport | undefined;

  constructor() {
    super();
    new Watching(this, () => this.running);
  }

  override disconnectedCallback(): void {
    this.running?.cancel();
    this.running = undefined;
    super.disconnectedCallback();
  }

  protected override render(): TemplateResult {
    const { running } = this;
    return html`
      <button class="begin" aria-disabled=${running?.state === 'running'} @click=${this.#begin}>${msg('Exportar CSV')}</button>
      <div role="status">${running ? this.#outcome(running) : nothing}</div>
      ${running?.state === 'running' ? this.#progress(running) : nothing}
    `;
  }

  #progress(running: CallExport): TemplateResult {
    const percent = Math.floor(running.fraction * 100);
    return html`
      <div class="panel">
        <progress max="1" .value=${running.fraction} aria-label=${msg('Exportación')}></progress>
        <p>${msg(str`${numberWords(running.rows)} llamadas · ${percent} %`)}</p>
        <button @click=${() => this.#cancel(running)}>${msg('Cancelar')}</button>
      </div>
    `;
  }

  #outcome(running: CallExport): TemplateResult | typeof nothing {
    const { state: now, rows, error } = running;
    switch (now) {
      case 'done':
        return html`<p class="panel">
          ${rows === 1 ? msg(str`Se exportó 1 llamada: ${nameOf(running.days)}`) : msg(str`Se exportaron ${numberWords(rows)} llamadas: ${nameOf(running.days)}`)}
        </p>`;
      case 'failed':
        return html`<div class="panel failed">
          <p>${error ? refusalWords(error, this.#failure(running)) : this.#failure(running)}</p>
          <button @click=${() => this.#run(running)}>${msg('Seguir donde se cortó')}</button>
          <button @click=${() => this.#cancel(running)}>${msg('Cancelar')}</button>
        </div>`;
      case 'cancelled':
        return html`<p class="panel">${msg('Se canceló la exportación.')}</p>`;
      default:
        return html`<p class="visually-hidden">${msg('Exportando…')}</p>`;
    }
  }

  /** Which part it was, where there are several. */
  #failure({ parts, part }: CallExport): string {
    if (!part || parts.length < 2) return msg('La exportación se cortó.');
    return msg(
      str`La exportación se cortó en ${monthWords(part.from.slice(0, 7))} (${shortDayWords(part.from)} – ${shortDayWords(part.to)}).`,
    );
  }

  #begin(): void {
    if (this.running?.state === 'running') return;
    this.running?.cancel();
    this.running = new CallExport(this.api, this.query, this.days, this.most);
    void this.#run(this.running);
  }

  #cancel(running: CallExport): void {
    running.cancel();
    // The button that had the focus goes.
    this.renderRoot.querySelector<HTMLElement>('.begin')?.focus();
  }

  async #run(running: CallExport): Promise<void> {
    await running.run();
    if (running.state === 'done') this.save(running.file, nameOf(running.days));
  }

  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--cmw-space-2) var(--cmw-space-3);
      }

      .panel {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--cmw-space-2) var(--cmw-space-3);
        font: var(--cmw-type-small);
        font-variant-numeric: tabular-nums;
        overflow-wrap: anywhere;
      }

      /* Beside the button, which stays where it is. */
      .panel,
      [role='status'] {
        order: -1;
      }

      .failed {
        padding: var(--cmw-space-2) var(--cmw-space-3);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-warn-ground);
        color: var(--cmw-warn);
      }

      progress {
        inline-size: 8rem;
        accent-color: var(--cmw-accent);
      }
    `,
  ];
}

const nameOf = ({ from, to }: Days): string => `${msg('llamadas')}-${from}-${to}.csv`;
