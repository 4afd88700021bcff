import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ImportPreview, PreviewRow } from '../api/import-types.js';
import { base, buttons, fields } from '../design/shared.js';
import { fieldWords, outcomeTones, outcomeWords } from './import-words.js';
import { newFieldOf, ownField } from './preview-file.js';

/** So many cells are drawn at most: of a wide table fewer rows are. */
const mostCells = 1_000;
/** And so many columns: each has a select of all fields. */
const mostColumns = 60;

/** The first rows of a file with what would become of each, and for each column which field it fills. */
@localized()
@customElement('cmw-preview-table')
export class PreviewTable extends LitElement {
  @property({ attribute: false }) preview!: ImportPreview;
  /** The field of each column; empty where it is left out. */
  @property({ attribute: false }) fields: readonly string[] = [];

  protected override render(): TemplateResult {
    const { sample, problems } = this.preview;
    const columns = this.#columns;
    const hidden = this.preview.columns.length - columns.length;
    const shown = sample.slice(0, Math.max(5, Math.floor(mostCells / (columns.length + 1))));
    const later = problems.filter(({ row }) => row !== undefined && !shown.some((each) => each.row === row));
    return html`
      <div class="scroll" role="region" tabindex="0" aria-label=${msg('Las primeras filas del archivo')}>
        <table>
          <thead>
            <tr>
              <th scope="col">${msg('Fila')}</th>
              ${columns.map(({ name }, index) => this.#head(name, index))}
            </tr>
          </thead>
          <tbody>
            ${shown.map((row) => this.#row(row))}
          </tbody>
        </table>
      </div>
      ${
        hidden > 0
          ? html`<p class="hint">
              ${hidden === 1 ? msg('Y 1 columna más, que se importa por su título.') : msg(str`Y ${hidden} columnas más, que se importan por su título.`)}
            </p>`
          : nothing
      }
      ${
        later.length > 0
          ? html`<div class="later">
              <p>${msg('Más adelante también hay filas con problemas:')}</p>
              <ul>
                ${later.slice(0, 10).map(({ row, reason }) => html`<li>${msg(str`Fila ${row}`)}: ${reason}</li>`)}
              </ul>
              ${later.length > 10 ? html`<p>${msg(str`Y ${later.length - 10} más.`)}</p>` : nothing}
            </div>`
          : nothing
      }
    `;
  }

  /** A select that somebody has used does not follow its options. */
  protected override updated(): void {
    for (const [index, select] of this.renderRoot.querySelectorAll('select').entries()) {
      select.value = this.fields[index] ?? '';
    }
  }

  get #columns(): ImportPreview['columns'] {
    return this.preview.columns.slice(0, mostColumns);
  }

  #head(name: string, index: number): TemplateResult {
    const chosen = this.fields[index] ?? '';
    const options = this.preview.fields.map(({ field, label }) => ({
      value: label === undefined ? field : ownField(field),
      words: label ?? fieldWords(field),
    }));
    const isKnown = options.some(({ value }) => value === chosen);
    const fresh = newFieldOf(name);
    return html`
      <th scope="col">
        <span class="name">${name || '—'}</span>
        <select aria-label=${msg(str`Campo de la columna ${name}`)} @change=${(event: Event) => this.#map(index, event)}>
          <option value="">${msg('No importar')}</option>
          ${options.map(({ value, words }) => html`<option value=${value}>${words}</option>`)}
          ${chosen !== '' && !isKnown ? html`<option value=${chosen}>${msg(str`Campo «${chosen.slice(6)}»`)}</option>` : nothing}
          ${fresh && fresh !== chosen && !options.some(({ value }) => value === fresh) ? html`<option value=${fresh}>${msg(str`Campo nuevo «${fresh.slice(6)}»`)}</option>` : nothing}
        </select>
      </th>
    `;
  }

  #row({ row, cells, outcome, reason, note }: PreviewRow): TemplateResult {
    return html`
      <tr class=${outcome}>
        <th scope="row">
          ${row}
          <span class=${`badge ${outcomeTones[outcome]}`}>${outcomeWords[outcome]()}</span>
          ${reason ? html`<span class="reason">${reason}</span>` : nothing}
          ${note ? html`<span class="note">${note}</span>` : nothing}
        </th>
        ${this.#columns.map((_, index) => html`<td class=${this.fields[index] ? '' : 'out'}>${cells[index] ?? ''}</td>`)}
      </tr>
    `;
  }

  #map(index: number, event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    // A column that several can be, such as the number, may be chosen twice; of the others the latest choice counts.
    const isShared = value === 'name' || value === 'phone' || value === '';
    const mapped = this.preview.columns.map((_, at) => {
      const now = at === index ? value : (this.fields[at] ?? '');
      return at !== index && !isShared && now === value ? '' : now;
    });
    this.dispatchEvent(new CustomEvent('mapped', { detail: mapped }));
  }

  static override styles = [
    base,
    buttons,
    fields,
    css`
      :host {
        display: grid;
        gap: var(--cmw-space-3);
        min-inline-size: 0;
      }

      .scroll {
        max-block-size: 26rem;
        overflow: auto;
        border: 1px solid var(--cmw-line);
        border-radius: var(--cmw-radius-m);
      }

      table {
        border-collapse: collapse;
        font: var(--cmw-type-small);
      }

      thead th {
        position: sticky;
        inset-block-start: 0;
        z-index: 1;
        min-inline-size: 12rem;
        background: var(--cmw-sunken);
      }

      thead th:first-child {
        min-inline-size: 9rem;
      }

      th,
      td {
        padding: var(--cmw-space-2) var(--cmw-space-3);
        border-block-end: 1px solid var(--cmw-line);
        text-align: start;
        vertical-align: top;
      }

      td {
        max-inline-size: 20rem;
        overflow-wrap: anywhere;
        white-space: pre-line;
      }

      tr:last-child > * {
        border-block-end: 0;
      }

      select {
        padding-inline: var(--cmw-space-2);
      }

      .name {
        display: block;
        margin-block-end: var(--cmw-space-1);
      }

      .out {
        color: var(--cmw-quiet);
      }

      tbody th {
        font: var(--cmw-type-small);
        color: var(--cmw-quiet);
      }

      .badge {
        display: inline-block;
        margin-inline-start: var(--cmw-space-1);
        padding: 0.125rem var(--cmw-space-2);
        border-radius: var(--cmw-radius-full);
        background: var(--cmw-sunken);
        color: var(--cmw-quiet);
        font: var(--cmw-type-label);
        white-space: nowrap;
      }

      .badge.good {
        background: var(--cmw-live-ground);
        color: var(--cmw-live);
      }

      .badge.mended {
        background: var(--cmw-accent-ground);
        color: var(--cmw-accent);
      }

      .badge.bad {
        background: var(--cmw-bad-ground);
        color: var(--cmw-bad);
      }

      .note {
        display: block;
        min-inline-size: 12rem;
        color: var(--cmw-warn);
      }

      .reason {
        display: block;
        min-inline-size: 12rem;
        color: var(--cmw-bad);
      }

      .later {
        color: var(--cmw-bad);
        font: var(--cmw-type-small);
      }
    `,
  ];
}
