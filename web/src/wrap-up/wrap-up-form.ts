import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { Watching } from '../api/observable.js';
import type { Outcome, WrapUp } from '../api/types.js';
import { base, buttons, fields } from '../design/shared.js';
import { dayAndTime, money, shortDay, zonedTime } from '../i18n/format.js';
import { currentLocale } from '../i18n/locale.js';
import { plainWords } from '../i18n/plain-words.js';
import type { OutcomesStore } from './outcomes-store.js';
import type { WrapUpDraft } from './wrap-up-draft.js';
import { type Part, parts, soundAmount, type WrapUpText } from './wrap-up-text.js';

const mostChips = 12;
const hour = 3_600_000;

/** What came of the call: the outcome, notes, and what the outcome asks for. */
@localized()
@customElement('cmw-wrap-up-form')
export class WrapUpForm extends LitElement {
  @property({ attribute: false }) draft!: WrapUpDraft;
  @property({ attribute: false }) outcomes!: OutcomesStore;
  @property({ attribute: false }) timeZone = 'America/Costa_Rica';
  @property({ attribute: false }) now: () => number = Date.now;
  /** The signed-in agent, to say who else wrote. */
  @property({ attribute: false }) agentId: string | undefined;

  constructor() {
    super();
    new Watching(this, () => this.draft);
    new Watching(this, () => this.outcomes);
  }

  protected override firstUpdated(): void {
    void this.outcomes.read();
    void this.draft.load();
  }

  protected override render(): TemplateResult {
    const { draft } = this;
    const { text } = draft;
    const shown = draft.shown;
    const missing = parts.filter((part) => !shown.includes(part));
    return html`
      <form novalidate @submit=${this.#submit} @keydown=${this.#key}>
        <h4>${msg('Resultado de la llamada')}</h4>
        ${this.#outcomeField()}
        <div class="field">
          <label for="notes">${msg('Notas')}</label>
          <textarea
            id="notes"
            rows="3"
            maxlength="4000"
            .value=${text.notes}
            aria-invalid=${this.#errorOf('notes') !== ''}
            aria-describedby="notes-error"
            @input=${(event: InputEvent) => this.#type({ notes: valueOf(event) })}
          ></textarea>
          ${this.#error('notes')}
        </div>
        ${shown.map((part) => this.#part(part))}
        ${
          missing.length > 0
            ? html`<div class="add" role="group" aria-label=${msg('Agregar al resultado')}>
                ${missing.map(
                  (part) =>
                    html`<button type="button" class="bare" @click=${() => this.#add(part)}>+ ${partWords(part)}</button>`,
                )}
              </div>`
            : nothing
        }
        ${draft.error && draft.state === 'refused' && !this.#beside() ? html`<p class="alert" role="alert">${plainWords(draft.error)}</p>` : nothing}
        ${draft.theirs ? this.#conflict(draft.theirs) : nothing}
        <div class="end">
          <p class=${`state ${draft.state}`} role="status">${this.#stateWords()}</p>
          <button
            class="primary"
            type="submit"
            aria-keyshortcuts="Control+Enter"
            aria-disabled=${draft.state === 'sending' || draft.state === 'conflict'}
            title=${msg('Ctrl + Enter')}
          >
            ${draft.wasSent ? msg('Enviar corrección') : msg('Enviar resultado')}
          </button>
        </div>
      </form>
    `;
  }

  #outcomeField(): TemplateResult {
    const { active } = this.outcomes;
    const { outcome } = this.draft.text;
    const locale = currentLocale();
    if (active.length === 0)
      return html`<div class="chips skeleton" role="status" aria-label=${msg('Cargando')}></div>`;
    const invalid = this.#errorOf('outcome') !== '';
    if (active.length > mostChips) {
      return html`
        <div class="field">
          <label for="outcome">${msg('Resultado')}</label>
          <select id="outcome" aria-invalid=${invalid} aria-describedby="outcome-error" @change=${(event: Event) => this.#type({ outcome: valueOf(event) })}>
            <option value="" ?selected=${outcome === ''}>${msg('Elija…')}</option>
            ${active.map((item) => html`<option value=${item.code} ?selected=${item.code === outcome}>${item[locale]}</option>`)}
          </select>
          ${this.#error('outcome')}
        </div>
      `;
    }

    return html`
      <fieldset aria-describedby="outcome-error" ?data-invalid=${invalid}>
        <legend class="visually-hidden">${msg('Resultado')}</legend>
        <div class="chips">
          ${active.map((item, place) => this.#chip(item, locale, item.code === outcome, place === 0 && invalid))}
        </div>
        ${this.#error('outcome')}
      </fieldset>
    `;
  }

  #chip(item: Outcome, locale: 'es' | 'en', checked: boolean, invalid: boolean): TemplateResult {
    return html`
      <label class="chip">
        <input
          type="radio"
          name="outcome"
          value=${item.code}
          .checked=${checked}
          ?data-first-invalid=${invalid}
          @change=${() => this.#type({ outcome: item.code })}
        />
        <span>${item[locale]}</span>
      </label>
    `;
  }

  #part(part: Part): TemplateResult {
    const required = this.outcomes.find(this.draft.text.outcome)?.requires[part] === true;
    return html`
      <fieldset class="part">
        <legend>${partWords(part)}</legend>
        ${
          required
            ? nothing
            : html`<button type="button" class="bare remove" aria-label=${msg(str`Quitar ${partWords(part)}`)} @click=${() => this.#remove(part)}>
                ${msg('Quitar')}
              </button>`
        }
        ${part === 'promise' ? this.#promise() : part === 'followUp' ? this.#followUp() : this.#charge()}
        ${this.#error(part)}
      </fieldset>
    `;
  }

  #promise(): TemplateResult {
    const { text } = this.draft;
    return html`
      <div class="row">
        ${this.#amount('promise', text.promiseAmount, text.promiseCurrency)}
        ${this.#input('promise.dueAt', msg('Para el día'), 'date', text.promiseDay, (promiseDay) => ({ promiseDay }), zonedTime(this.now(), this.timeZone).slice(0, 10))}
      </div>
    `;
  }

  #charge(): TemplateResult {
    const { text } = this.draft;
    return html`
      <div class="row">
        ${this.#amount('charge', text.chargeAmount, text.chargeCurrency)}
        ${this.#input('charge.concept', msg('Concepto'), 'text', text.chargeConcept, (chargeConcept) => ({ chargeConcept }))}
      </div>
    `;
  }

  #followUp(): TemplateResult {
    const { text } = this.draft;
    const now = this.now();
    const day = (days: number) => `${zonedTime(now + days * 24 * hour, this.timeZone).slice(0, 10)}T09:00`;
    const soon: readonly (readonly [string, string])[] = [
      [msg('En una hora'), zonedTime(now + hour, this.timeZone)],
      [msg('Mañana'), day(1)],
      [msg('En una semana'), day(7)],
    ];
    return html`
      <div class="row">
        <div class="field">
          ${this.#input('followUp.dueAt', msg('Cuándo'), 'datetime-local', text.followUpAt, (followUpAt) => ({ followUpAt }), zonedTime(now, this.timeZone))}
          <div class="soon">
            ${soon.map(
              ([words, at]) =>
                html`<button type="button" class="bare" @click=${() => this.#type({ followUpAt: at })}>${words}</button>`,
            )}
          </div>
        </div>
        ${this.#input('followUp.note', msg('Qué hay que hacer'), 'text', text.followUpNote, (followUpNote) => ({ followUpNote }))}
      </div>
    `;
  }

  #amount(part: 'promise' | 'charge', amount: string, currency: string): TemplateResult {
    const chosen = currency || this.draft.currency;
    const currencies = [...new Set([this.draft.currency, 'CRC', 'USD', chosen])];
    const value = soundAmount(amount);
    const name = `${part}.amount`;
    return html`
      <div class="field">
        <label for=${name}>${msg('Monto')}</label>
        <div class="amount">
          <input
            id=${name}
            inputmode="decimal"
            autocomplete="off"
            .value=${amount}
            aria-invalid=${this.#errorOf(name) !== ''}
            aria-describedby=${`${name}-error`}
            @input=${(event: InputEvent) => this.#type(part === 'promise' ? { promiseAmount: valueOf(event) } : { chargeAmount: valueOf(event) })}
          />
          <select
            aria-label=${msg('Moneda')}
            @change=${(event: Event) => this.#type(part === 'promise' ? { promiseCurrency: valueOf(event) } : { chargeCurrency: valueOf(event) })}
          >
            ${currencies.map((code) => html`<option value=${code} ?selected=${code === chosen}>${code}</option>`)}
          </select>
        </div>
        ${this.#error(name, value === null ? '' : money(value, chosen))} ${this.#errorOf(`${part}.currency`) ? this.#error(`${part}.currency`) : nothing}
      </div>
    `;
  }

  #input(
    name: string,
    words: string,
    type: string,
    value: string,
    change: (value: string) => Partial<WrapUpText>,
    least?: string,
  ): TemplateResult {
    return html`
      <div class="field">
        <label for=${name}>${words}</label>
        <input
          id=${name}
          type=${type}
          min=${least ?? nothing}
          maxlength=${type === 'text' ? (name === 'charge.concept' ? 200 : 500) : nothing}
          autocomplete="off"
          .value=${value}
          aria-invalid=${this.#errorOf(name) !== ''}
          aria-describedby=${`${name}-error`}
          @input=${(event: InputEvent) => this.#type(change(valueOf(event)))}
        />
        ${this.#error(name)}
      </div>
    `;
  }

  #conflict(theirs: WrapUp): TemplateResult {
    const { followUp, promise, charge } = theirs;
    const own = theirs.agentId === this.agentId;
    const lines = [
      theirs.outcome ? this.outcomes.label(theirs.outcome) : msg('Sin resultado'),
      theirs.notes,
      promise?.amount
        ? `${partWords('promise')}: ${money(promise.amount, promise.currency ?? 'CRC')}${promise.dueAt ? `, ${shortDay(Date.parse(promise.dueAt), this.timeZone)}` : ''}`
        : undefined,
      followUp?.dueAt
        ? `${partWords('followUp')}: ${dayAndTime(Date.parse(followUp.dueAt), this.timeZone)}${followUp.note ? `, ${followUp.note}` : ''}`
        : undefined,
      charge?.amount ? `${partWords('charge')}: ${money(charge.amount, charge.currency ?? 'CRC')}` : undefined,
    ].filter((line) => line);
    const time = dayAndTime(Date.parse(theirs.updatedAt), this.timeZone);
    return html`
      <div class="clash" role="alert">
        <p>
          <strong>
            ${own ? msg(str`Usted cambió esto en otra ventana (${time}):`) : msg(str`${theirs.agentId} cambió esto (${time}):`)}
          </strong>
        </p>
        ${lines.map((line) => html`<p class="their">${line}</p>`)}
        <p>${msg('Lo que escribió usted está arriba, y nada se pierde hasta que elija.')}</p>
        <div class="choice">
          <button type="button" @click=${() => this.draft.keepMine()}>${msg('Dejar lo mío')}</button>
          <button type="button" @click=${() => this.draft.takeTheirs()}>${msg('Usar lo otro')}</button>
        </div>
      </div>
    `;
  }

  #stateWords(): string {
    const { state, wasSent, wantsToSend } = this.draft;
    switch (state) {
      case 'typed':
      case 'saving':
        return wasSent ? msg('Cambios sin enviar') : msg('Guardando…');
      case 'kept':
        return msg('Borrador guardado');
      case 'waiting':
        return wantsToSend
          ? msg('Sin conexión. Se enviará apenas vuelva.')
          : msg('Sin conexión. Guardado en este equipo; se reintenta.');
      case 'refused':
        return msg('Falta corregir algo. Guardado en este equipo.');
      case 'conflict':
        return msg('Elija cuál de los dos queda');
      case 'sending':
        return msg('Enviando…');
      case 'sent':
        return msg('Enviado');
      default:
        return msg('Se guarda mientras escribe');
    }
  }

  /** True where what the API refused is said beside a field that is shown. */
  #beside(): boolean {
    const names = Object.keys(this.draft.error?.problem.errors ?? {});
    return names.length > 0 && names.every((name) => name in this.#known());
  }

  #known(): Record<string, true> {
    const names = ['outcome', 'notes', ...this.draft.shown.flatMap((part) => [part, ...fieldsOf[part]])];
    return Object.fromEntries(names.map((name) => [name, true]));
  }

  #errorOf(name: string): string {
    const { faults, error } = this.draft;
    switch (faults[name]) {
      case 'missing':
        return missingWords(name);
      case 'amount':
        return msg('Escriba un monto mayor que cero, con dos decimales a lo sumo.');
      case 'past':
        return name === 'promise.dueAt' ? msg('Elija una fecha de hoy en adelante.') : msg('Elija una hora futura.');
      default:
        return error?.fieldError(name) ?? '';
    }
  }

  /** The line below a field, always there so that nothing moves: what is wrong, or else a hint. */
  #error(name: string, hint = ''): TemplateResult {
    const words = this.#errorOf(name);
    return html`<span class=${words ? 'field-error' : 'hint'} id=${`${name}-error`}>${words || hint}</span>`;
  }

  #type(changes: Partial<WrapUpText>): void {
    this.draft.change(changes);
  }

  async #add(part: Part): Promise<void> {
    this.#type({ parts: [...this.draft.text.parts, part] });
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`[id="${fieldsOf[part][0]}"]`)?.focus();
  }

  async #remove(part: Part): Promise<void> {
    this.#type({ parts: this.draft.text.parts.filter((other) => other !== part), ...emptied[part] });
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#notes')?.focus();
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void this.#send();
    } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement && event.target.type !== 'submit') {
      // Enter in a field would send what is half written.
      event.preventDefault();
    }
  }

  #submit(event: Event): void {
    event.preventDefault();
    void this.#send();
  }

  async #send(): Promise<void> {
    await this.draft.send();
    await this.updateComplete;
    const invalid = this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"], [data-first-invalid]');
    if (this.draft.state !== 'sent') invalid?.focus();
  }

  static override styles = [
    base,
    buttons,
    fields,
    css`
      form {
        display: grid;
        gap: var(--cmw-space-3);
      }

      h4 {
        margin: 0;
        font: var(--cmw-type-strong);
      }

      fieldset {
        min-inline-size: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }

      .chips {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cmw-space-2);
      }

      .chips.skeleton {
        min-block-size: 7rem;
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-sunken);
        opacity: 0.6;
      }

      .chip {
        position: relative;
        font: var(--cmw-type-body);
        cursor: pointer;
      }

      .chip input {
        position: absolute;
        inset: 0;
        margin: 0;
        min-block-size: 0;
        block-size: 100%;
        opacity: 0;
        cursor: pointer;
      }

      .chip span {
        display: grid;
        place-items: center;
        min-block-size: 2.125rem;
        padding: 0 var(--cmw-space-3);
        border: 1px solid var(--cmw-edge);
        border-radius: var(--cmw-radius-full);
        background: var(--cmw-surface);
      }

      .chip:hover span {
        background: var(--cmw-hover);
      }

      .chip input:checked + span {
        border-color: var(--cmw-accent);
        background: var(--cmw-accent);
        color: var(--cmw-on-accent);
      }

      .chip input:focus-visible + span {
        outline: 2px solid var(--cmw-focus);
        outline-offset: 2px;
      }

      [data-invalid] .chip span {
        border-color: var(--cmw-bad);
      }

      .hint,
      .field-error {
        min-block-size: 1.2em;
        overflow-wrap: anywhere;
      }

      .hint:empty {
        min-block-size: 0;
      }

      .part {
        position: relative;
        padding: var(--cmw-space-3) var(--cmw-space-3) var(--cmw-space-2);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-sunken);
      }

      .part legend {
        float: inline-start;
        inline-size: 100%;
        margin-block-end: var(--cmw-space-2);
        padding: 0;
        font: var(--cmw-type-strong);
      }

      .part legend ~ * {
        clear: both;
      }

      .remove {
        position: absolute;
        inset-block-start: var(--cmw-space-2);
        inset-inline-end: var(--cmw-space-2);
      }

      .row {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 12.5rem), 1fr));
        align-items: start;
        gap: var(--cmw-space-3);
      }

      .amount {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 5rem;
        gap: var(--cmw-space-2);
      }

      select {
        padding-inline: var(--cmw-space-2);
      }

      .add,
      .soon,
      .choice {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cmw-space-1) var(--cmw-space-2);
      }

      .add button,
      .soon button,
      .remove {
        min-block-size: 1.875rem;
        padding: 0 var(--cmw-space-2);
        color: var(--cmw-accent);
        font: var(--cmw-type-label);
      }

      .add {
        margin-inline-start: calc(-1 * var(--cmw-space-2));
      }

      .clash {
        display: grid;
        gap: var(--cmw-space-2);
        padding: var(--cmw-space-3) var(--cmw-space-4);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-warn-ground);
      }

      .clash strong {
        color: var(--cmw-warn);
      }

      .their {
        padding-inline-start: var(--cmw-space-3);
        border-inline-start: 3px solid var(--cmw-warn);
        white-space: pre-line;
        overflow-wrap: anywhere;
      }

      .end {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--cmw-space-2) var(--cmw-space-4);
      }

      .state {
        flex: 1 1 9rem;
        color: var(--cmw-quiet);
        font: var(--cmw-type-small);
      }

      .state.waiting,
      .state.refused,
      .state.conflict {
        color: var(--cmw-warn);
      }

      .state.sent {
        color: var(--cmw-live);
      }
    `,
  ];
}

const fieldsOf: Record<Part, readonly [string, ...string[]]> = {
  promise: ['promise.amount', 'promise.currency', 'promise.dueAt'],
  followUp: ['followUp.dueAt', 'followUp.note'],
  charge: ['charge.amount', 'charge.currency', 'charge.concept'],
};

const emptied: Record<Part, Partial<WrapUpText>> = {
  promise: { promiseAmount: '', promiseDay: '' },
  followUp: { followUpAt: '', followUpNote: '' },
  charge: { chargeAmount: '', chargeConcept: '' },
};

const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;

function partWords(part: Part): string {
  switch (part) {
    case 'promise':
      return msg('Promesa de pago');
    case 'followUp':
      return msg('Seguimiento');
    default:
      return msg('Cargo de gestión');
  }
}

function missingWords(name: string): string {
  switch (name) {
    case 'outcome':
      return msg('Elija un resultado.');
    case 'notes':
      return msg('Este resultado necesita una nota.');
    case 'promise.amount':
    case 'charge.amount':
      return msg('Escriba el monto.');
    case 'promise.dueAt':
      return msg('Elija la fecha.');
    case 'followUp.dueAt':
      return msg('Elija cuándo.');
    default:
      return msg('Escriba el concepto del cargo.');
  }
}
