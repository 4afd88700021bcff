import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { HistoryEntry } from '../api/history-types.js';
import { callAddress } from '../base/addresses.js';
import { base } from '../design/shared.js';
import { secondsTime, shortDay } from '../i18n/format.js';
import type { OutcomesStore } from '../outcomes/outcomes-store.js';
import { entryWords, otherCall, rawFields, sinceStart } from './timeline-words.js';

/** What was heard of a call, decided about it and done with it, the oldest first. */
@localized()
@customElement('cmw-timeline')
export class Timeline extends LitElement {
  @property({ attribute: false }) entries: readonly HistoryEntry[] = [];
  @property({ attribute: false }) account = '';
  @property({ attribute: false }) startedAt = '';
  @property({ attribute: false }) timeZone = '';
  @property({ attribute: false }) outcomes!: OutcomesStore;

  protected override render(): TemplateResult {
    const day = shortDay(Date.parse(this.startedAt), this.timeZone);
    let shown = day;
    return html`<ol>
      ${this.entries.map((entry) => {
        const own = shortDay(Date.parse(entry.at), this.timeZone);
        const isNew = own !== shown;
        shown = own;
        return html`${isNew ? html`<li class="day">${own}</li>` : nothing}${this.#entry(entry)}`;
      })}
    </ol>`;
  }

  #entry(entry: HistoryEntry): TemplateResult {
    const at = Date.parse(entry.at);
    const { title, lines, tone } = entryWords(entry, (code) => this.outcomes.label(code));
    const fields = rawFields(entry);
    const callId = otherCall(entry);
    return html`
      <li class=${tone}>
        <span class="when">
          <time datetime=${entry.at}>${secondsTime(at, this.timeZone)}</time>
          <span class="since">${sinceStart(at, Date.parse(this.startedAt))}</span>
        </span>
        <div class="what">
          <p class="title">${title}</p>
          ${lines.map((line) => html`<p class="line">${line}</p>`)}
          ${callId ? html`<p><a href=${callAddress({ account: this.account, callId })}>${msg('Ver esa llamada')}</a></p>` : nothing}
          ${
            fields.length > 0
              ? html`<details>
                  <summary>${msg('Datos')}<span class="visually-hidden">: ${title}</span></summary>
                  <dl>${fields.map(([key, value]) => html`<div><dt>${key}</dt><dd>${value}</dd></div>`)}</dl>
                </details>`
              : nothing
          }
        </div>
      </li>
    `;
  }

  static override styles = [
    base,
    css`
      li {
        display: grid;
        grid-template-columns: 7rem minmax(0, 1fr);
        gap: 0 var(--cmw-space-5);
      }

      .day {
        display: block;
        padding-block: var(--cmw-space-2);
        color: var(--cmw-quiet);
        font: var(--cmw-type-label);
      }

      .when {
        display: grid;
        align-content: start;
        justify-items: end;
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }

      .since {
        color: var(--cmw-quiet);
        font: var(--cmw-type-small);
      }

      /* The line from entry to entry, and a point on it for each. */
      .what {
        position: relative;
        padding-block-end: var(--cmw-space-4);
      }

      .what::before {
        content: '';
        position: absolute;
        inset-block: 0.75rem -0.75rem;
        inset-inline-start: calc(-1 * var(--cmw-space-5) / 2 - 1px);
        border-inline-start: 2px solid var(--cmw-line);
      }

      li:last-child .what::before {
        display: none;
      }

      .what::after {
        content: '';
        position: absolute;
        inset-block-start: 0.4rem;
        inset-inline-start: calc(-1 * var(--cmw-space-5) / 2 - 0.375rem);
        inline-size: 0.75rem;
        block-size: 0.75rem;
        border: 2px solid var(--cmw-raised);
        border-radius: var(--cmw-radius-full);
        background: var(--cmw-quiet);
      }

      .call .what::after {
        background: var(--cmw-live);
      }

      .desk .what::after {
        background: var(--cmw-accent);
      }

      .title {
        font: var(--cmw-type-strong);
      }

      .line {
        color: var(--cmw-quiet);
        font: var(--cmw-type-small);
        white-space: pre-line;
      }

      a {
        color: var(--cmw-accent);
        font: var(--cmw-type-small);
      }

      p {
        overflow-wrap: anywhere;
      }

      details {
        font: var(--cmw-type-small);
      }

      summary {
        inline-size: fit-content;
        padding-block: var(--cmw-space-1);
        color: var(--cmw-accent);
        cursor: pointer;
      }

      dl {
        display: grid;
        gap: var(--cmw-space-1);
        margin: 0;
        padding: var(--cmw-space-3);
        border-radius: var(--cmw-radius-s);
        background: var(--cmw-sunken);
      }

      dl div {
        display: grid;
        grid-template-columns: minmax(6rem, 9rem) minmax(0, 1fr);
        gap: var(--cmw-space-2);
      }

      dt {
        color: var(--cmw-quiet);
        overflow-wrap: anywhere;
      }

      dd {
        margin: 0;
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }

      @media (width < 40rem) {
        li {
          grid-template-columns: 5.75rem minmax(0, 1fr);
        }

        time {
          font: var(--cmw-type-small);
        }
      }
    `,
  ];
}
