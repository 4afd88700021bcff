import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { WorkEntry } from '../api/types.js';
import { contactAddress } from '../base/addresses.js';
import { Watching } from '../base/observable.js';
import { Ticking } from '../base/ticking.js';
import { dueRows, dueWith, goneNotice } from '../design/due-rows.js';
import * as icons from '../design/icons.js';
import { pagedBody, pagedList } from '../design/paged-list.js';
import { moveInRows, rowKeysHint } from '../design/row-keys.js';
import { base, buttons, fields } from '../design/shared.js';
import { callButton } from '../dial/call-button.js';
import { clockTime, currencySign, dayAndTime, daysBetween, money, overdueWords, startOfDay } from '../i18n/format.js';
import { soundAmount } from '../wrap-up/wrap-up-text.js';
import { decidedWords } from './decided-words.js';
import { entryKey, type WorkListStore } from './work-list-store.js';

type Group = 'promise' | 'followUp' | 'missed' | 'undocumented';

/** What is to be done today. Fires `open-work` with the entry of a call that the agent wants to write about. */
@localized()
@customElement('cmw-work-list')
export class WorkList extends LitElement {
  @property({ attribute: false }) store!: WorkListStore;
  @property({ attribute: false }) timeZone = 'America/Costa_Rica';
  @property({ attribute: false }) now: () => number = Date.now;
  /** True if the agent has a phone to call from. */
  @property({ type: Boolean }) dials = false;

  /** The promise of which a part was paid, while the agent writes how much. */
  @state() private partly: string | undefined;
  @state() private wrongAmount = false;

  constructor() {
    super();
    new Watching(this, () => this.store);
    // An entry falls due by itself.
    new Ticking(this, 20_000);
  }

  /** What was said of the last one is not said again later. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.store.gone = undefined;
    this.store.foundNobody = false;
  }

  protected override render(): TemplateResult {
    const { open } = this.store;
    return html`
      <h2 class="visually-hidden" id="title" tabindex="-1">${msg('Para hoy')}</h2>
      ${rowKeysHint()} ${goneNotice(this.store.gone)}
      <p class="nobody said" role="status">${this.#hasNobody ? nobodyWords() : nothing}</p>
      ${pagedBody(
        this.store,
        open.length > 0 ? groups().map(([group, words]) => this.#group(group, words, open)) : [],
        {
          failed: msg('No se pudo cargar la lista de hoy.'),
          empty: msg('No tiene nada pendiente para hoy.'),
          hint: msg('Aquí verá promesas y seguimientos que vencen, llamadas perdidas y las que falta documentar.'),
        },
      )}
    `;
  }

  /** An empty list says by itself that there is nothing to do. */
  get #hasNobody(): boolean {
    const { foundNobody, next, open } = this.store;
    return foundNobody && next === undefined && open.length > 0;
  }

  #group(group: Group, words: string, open: readonly WorkEntry[]): TemplateResult | typeof nothing {
    const entries = open.filter((entry) => groupOf(entry) === group);
    if (entries.length === 0) return nothing;
    return html`
      <h3 id=${group}>${words} <span class="count">${entries.length}</span></h3>
      <ul aria-labelledby=${group} aria-describedby="row-keys" @keydown=${this.#key}>
        ${repeat(entries, entryKey, (entry) => this.#row(entry))}
      </ul>
    `;
  }

  #key(event: KeyboardEvent): void {
    if (moveInRows(event)) event.preventDefault();
  }

  #row(entry: WorkEntry): TemplateResult {
    const who = dueWith(entry);
    const refusal = this.store.refusal(entry);
    return html`
      <li class=${entry.kind}>
        <div class="main">
          <p class="who">
            ${entry.contactId ? html`<a tabindex="-1" href=${contactAddress(entry.contactId)}>${who}</a>` : who}
          </p>
          ${entry.amount && entry.currency ? html`<p class="amount">${money(entry.amount, entry.currency)}</p>` : nothing}
          ${entry.note ? html`<p class="note">${entry.note}</p>` : nothing}
          <p class="facts">
            ${this.#when(entry)}${entry.contactName && entry.number.kind === 'number' ? html` · <span class="number">${entry.number.display}</span>` : nothing}
            ${entry.agentName ? html` · ${entry.agentName}` : nothing}
          </p>
          ${refusal ? html`<p class="refusal" role="alert">${decidedWords(refusal)}</p>` : nothing}
          ${this.partly === entryKey(entry) ? this.#amount(entry, who) : nothing}
        </div>
        <div class="ways">
          ${this.dials && entry.number.e164 ? callButton(this, { number: entry.number.e164, contactId: entry.contactId, who }) : nothing} ${this.#ways(entry, who)}
        </div>
      </li>
    `;
  }

  #when(entry: WorkEntry): TemplateResult {
    const at = Date.parse(entry.at);
    const isToday = at >= startOfDay(this.now(), this.timeZone).getTime();
    const late = entry.kind === 'promise' ? entry.state === 'broken' : entry.kind === 'followUp' && at <= this.now();
    const words =
      entry.kind === 'promise'
        ? dueWords(at, this.now(), this.timeZone)
        : isToday
          ? clockTime(at, this.timeZone)
          : late
            ? overdueWords(daysBetween(at, this.now(), this.timeZone))
            : dayAndTime(at, this.timeZone);
    return html`<time class=${late ? 'overdue' : ''} datetime=${entry.at} title=${dayAndTime(at, this.timeZone)}>${words}</time>`;
  }

  #ways(entry: WorkEntry, who: string): TemplateResult {
    switch (entry.kind) {
      case 'followUp':
        return html`<button class="way" aria-label=${msg(str`Hecho: ${who}`)} @click=${() => this.#take(() => this.store.close(entry))}>
          ${icons.check(18)} ${msg('Hecho')}
        </button>`;
      case 'promise':
        return html`
          <button class="way" aria-label=${msg(str`Pagó: ${who}`)} @click=${() => this.#take(() => this.store.decide(entry, { state: 'kept' }))}>
            ${icons.check(18)} ${msg('Pagó')}
          </button>
          <button
            class="way bare"
            tabindex="-1"
            aria-label=${msg(str`Pagó una parte: ${who}`)}
            aria-expanded=${this.partly === entryKey(entry)}
            @click=${(event: Event) => this.#askAmount(event, entry)}
          >
            ${msg('Una parte')}
          </button>
          <button class="way bare" tabindex="-1" aria-label=${msg(str`No pagó: ${who}`)} @click=${() => this.#take(() => this.store.decide(entry, { state: 'broken' }))}>
            ${msg('No pagó')}
          </button>
        `;
      default:
        return html`<button class="way" aria-label=${msg(str`Documentar la llamada con ${who}`)} @click=${() => this.#open(entry)}>
          ${msg('Documentar')}
        </button>`;
    }
  }

  #amount(entry: WorkEntry, who: string): TemplateResult {
    return html`
      <form novalidate @submit=${(event: Event) => this.#paid(event, entry)}>
        <label for="amount">${msg(str`Cuánto pagó ${who}`)} (${currencySign(entry.currency ?? '')})</label>
        <span class="amount-line">
          <input
            id="amount"
            inputmode="decimal"
            autocomplete="off"
            aria-invalid=${this.wrongAmount}
            aria-describedby="amount-error"
          />
          <button type="submit">${msg('Guardar')}</button>
          <button type="button" class="bare" @click=${(event: Event) => this.#askAmount(event, entry)}>${msg('Cancelar')}</button>
        </span>
        <p id="amount-error" class="refusal" role="alert">
          ${this.wrongAmount ? msg('Escriba un monto mayor que cero y menor que lo prometido.') : nothing}
        </p>
      </form>
    `;
  }

  async #askAmount({ currentTarget }: Event, entry: WorkEntry): Promise<void> {
    const row = (currentTarget as HTMLElement).closest('li');
    this.wrongAmount = false;
    this.partly = this.partly === entryKey(entry) ? undefined : entryKey(entry);
    await this.updateComplete;
    row?.querySelector<HTMLElement>(this.partly ? '#amount' : '[aria-expanded]')?.focus();
  }

  #paid(event: Event, entry: WorkEntry): void {
    event.preventDefault();
    const input = this.renderRoot.querySelector<HTMLInputElement>('#amount');
    const amount = soundAmount(input?.value ?? '');
    if (amount === null || amount >= (entry.amount ?? 0)) {
      this.wrongAmount = true;
      input?.focus();
      return;
    }

    this.partly = undefined;
    this.#take(() => this.store.decide(entry, { state: 'partly', amount }));
  }

  #open(entry: WorkEntry): void {
    this.dispatchEvent(new CustomEvent('open-work', { detail: entry, bubbles: true, composed: true }));
  }

  /** An entry that is done disappears. The focus moves to the next one. */
  async #take(act: () => Promise<void>): Promise<void> {
    const rows = [...this.renderRoot.querySelectorAll('li')];
    const place = rows.findIndex((row) => row.contains((this.renderRoot as ShadowRoot).activeElement));
    const done = act();
    await this.updateComplete;
    const rest = [...this.renderRoot.querySelectorAll('li')];
    const next = rest[Math.min(Math.max(place, 0), rest.length - 1)]?.querySelector<HTMLElement>('.way');
    (next ?? this.renderRoot.querySelector<HTMLElement>('#title'))?.focus();
    await done;
  }

  static override styles = [
    base,
    buttons,
    fields,
    pagedList,
    dueRows,
    css`
      .nobody {
        padding: 0 var(--cmw-space-3) var(--cmw-space-3);
        font: var(--cmw-type-small);
      }

      li {
        flex-wrap: wrap;
      }

      .main {
        flex: 1 1 11rem;
      }

      .who a {
        color: inherit;
        text-decoration: none;
      }

      .who a:hover {
        color: var(--cmw-accent);
        text-decoration: underline;
      }

      .amount {
        font-variant-numeric: tabular-nums;
      }

      .ways {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--cmw-space-1);
      }

      .way {
        padding-inline: var(--cmw-space-3);
        font: var(--cmw-type-label);
      }

      form {
        display: grid;
        gap: var(--cmw-space-1);
        margin-block-start: var(--cmw-space-3);
      }

      .amount-line {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cmw-space-2);
      }

      .amount-line input {
        flex: 1 1 6rem;
        min-inline-size: 0;
      }
    `,
  ];
}

const nobodyWords = (): string =>
  msg('En esta lista no queda nadie a quien llamar. Lo demás se documenta o se marca con sus botones.');

const groups = (): readonly (readonly [Group, string])[] => [
  ['promise', msg('Promesas de pago')],
  ['followUp', msg('Seguimientos')],
  ['missed', msg('Llamadas perdidas')],
  ['undocumented', msg('Por documentar')],
];

/** A promise is for a day. */
function dueWords(at: number, now: number, timeZone: string): string {
  const days = daysBetween(at, now, timeZone);
  return days <= 0 ? msg('Vence hoy') : overdueWords(days);
}

/** A call with a draft is to be documented as one without. */
const groupOf = ({ kind }: WorkEntry): Group => (kind === 'draft' ? 'undocumented' : kind);
