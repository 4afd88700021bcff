import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { FollowUp } from '../api/types.js';
import { Watching } from '../base/observable.js';
import { Ticking } from '../base/ticking.js';
import { dueRows, dueWith, goneNotice } from '../design/due-rows.js';
import * as icons from '../design/icons.js';
import { pagedBody, pagedList } from '../design/paged-list.js';
import { moveInRows, rowKeysHint } from '../design/row-keys.js';
import { base, buttons } from '../design/shared.js';
import { callButton } from '../dial/call-button.js';
import { clockTime, dayAndTime } from '../i18n/format.js';
import { plainWords } from '../i18n/plain-words.js';
import { type Due, dueOf, type FollowUpsStore } from './follow-ups-store.js';

/** The agent's open follow-ups, the most urgent first. */
@localized()
@customElement('cmw-follow-ups-list')
export class FollowUpsList extends LitElement {
  @property({ attribute: false }) store!: FollowUpsStore;
  @property({ attribute: false }) timeZone = 'America/Costa_Rica';
  @property({ attribute: false }) now: () => number = Date.now;
  /** True if the agent has a phone to call from. */
  @property({ type: Boolean }) dials = false;

  constructor() {
    super();
    new Watching(this, () => this.store);
    new Ticking(this, 20_000);
  }

  /** What was said of the last one is not said again later. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.store.gone = undefined;
  }

  protected override render(): TemplateResult {
    const { open } = this.store;
    const now = this.now();
    const items = (due: Due) => open.filter((item) => dueOf(item, now, this.timeZone) === due);
    const order: readonly (readonly [Due, string])[] = [
      ['overdue', msg('Vencidos')],
      ['today', msg('Hoy')],
      ['later', msg('Más adelante')],
    ];
    return html`
      <h2 class="visually-hidden" id="title" tabindex="-1">${msg('Mis seguimientos')}</h2>
      ${this.dials ? rowKeysHint() : nothing} ${goneNotice(this.store.gone)}
      ${pagedBody(this.store, open.length > 0 ? order.map(([due, words]) => this.#group(due, words, items(due))) : [], {
        failed: msg('No se pudieron cargar los seguimientos.'),
        empty: msg('No tiene seguimientos pendientes.'),
        hint: msg('Los que anote al cerrar una llamada quedarán aquí, con su fecha.'),
      })}
    `;
  }

  #group(due: Due, words: string, items: readonly FollowUp[]): TemplateResult | typeof nothing {
    if (items.length === 0) return nothing;
    return html`
      <h3 id=${due} class=${due}>${words} <span class="count">${items.length}</span></h3>
      <ul aria-labelledby=${due} aria-describedby=${this.dials ? 'row-keys' : nothing} @keydown=${this.#key}>
        ${repeat(
          items,
          (item) => item.followUpId,
          (item) => this.#row(item, due),
        )}
      </ul>
    `;
  }

  #row(item: FollowUp, due: Due): TemplateResult {
    const at = Date.parse(item.dueAt);
    const who = dueWith(item);
    const refusal = this.store.refusal(item);
    return html`
      <li>
        <div class="main">
          <p class="who">${who}</p>
          ${item.note ? html`<p class="note">${item.note}</p>` : nothing}
          <p class="facts">
            <time class=${due} datetime=${item.dueAt}>${due === 'today' ? clockTime(at, this.timeZone) : dayAndTime(at, this.timeZone)}</time
            >${item.contactName && item.number.kind === 'number' ? html` · <span class="number">${item.number.display}</span>` : nothing}
          </p>
          ${refusal ? html`<p class="refusal" role="alert">${plainWords(refusal)}</p>` : nothing}
        </div>
        ${this.dials && item.number.e164 ? callButton(this, { number: item.number.e164, contactId: item.contactId, who }) : nothing}
        <button class="done" aria-label=${msg(str`Hecho: ${who}`)} @click=${() => this.#close(item)}>${icons.check(18)} ${msg('Hecho')}</button>
      </li>
    `;
  }

  #key(event: KeyboardEvent): void {
    if (moveInRows(event)) event.preventDefault();
  }

  /** Closes a follow-up. The focus moves to the next one, as its row disappears. */
  async #close(item: FollowUp): Promise<void> {
    const place = this.store.open.findIndex((other) => other.followUpId === item.followUpId);
    const done = this.store.close(item);
    await this.updateComplete;
    const rest = this.renderRoot.querySelectorAll<HTMLElement>('li > .done');
    (rest[Math.min(place, rest.length - 1)] ?? this.renderRoot.querySelector<HTMLElement>('#title'))?.focus();
    await done;
  }

  static override styles = [base, buttons, pagedList, dueRows];
}
