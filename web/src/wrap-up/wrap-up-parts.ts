import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { money, zonedTime } from '../i18n/format.js';
import type { WrapUpDraft } from './wrap-up-draft.js';
import { type Part, soundAmount, type WrapUpText } from './wrap-up-text.js';
import { errorWords, partWords } from './wrap-up-words.js';

const hour = 3_600_000;

/** What the form's parts are drawn from. */
export interface PartsContext {
  readonly draft: WrapUpDraft;
  readonly timeZone: string;
  readonly now: number;
  /** The currencies for amounts. */
  readonly currencies: readonly string[];
  change(changes: Partial<WrapUpText>): void;
  remove(part: Part): void;
}

/** The fields of each part. The first one gets the focus. */
export const fieldsOf: Record<Part, readonly [string, ...string[]]> = {
  promise: ['promise.amount', 'promise.currency', 'promise.dueAt'],
  followUp: ['followUp.dueAt', 'followUp.note'],
  charge: ['charge.amount', 'charge.currency', 'charge.concept'],
};

export const emptied: Record<Part, Partial<WrapUpText>> = {
  promise: { promiseAmount: '', promiseDay: '' },
  followUp: { followUpAt: '', followUpNote: '' },
  charge: { chargeAmount: '', chargeConcept: '' },
};

export const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;

/** Draws a promise to pay, a follow-up or a charge. */
export function partField(context: PartsContext, part: Part, required: boolean): TemplateResult {
  const inside = { promise: promiseFields, followUp: followUpFields, charge: chargeFields }[part];
  return html`
    <fieldset class="part">
      <legend>${partWords(part)}</legend>
      ${
        required
          ? nothing
          : html`<button type="button" class="bare remove" aria-label=${msg(str`Quitar ${partWords(part)}`)} @click=${() => context.remove(part)}>
              ${msg('Quitar')}
            </button>`
      }
      ${inside(context)} ${errorLine(context.draft, part)}
    </fieldset>
  `;
}

/** The line below a field: an error, or a hint. It is always there, so that nothing moves. */
export function errorLine(draft: WrapUpDraft, name: string, hint = ''): TemplateResult {
  const words = errorWords(draft, name);
  return html`<span class=${words ? 'field-error' : 'hint'} id=${`${name}-error`}>${words || hint}</span>`;
}

function promiseFields(context: PartsContext): TemplateResult {
  const { text } = context.draft;
  return html`
    <div class="row">
      ${amountField(context, 'promise', text.promiseAmount, text.promiseCurrency)}
      ${input(context, 'promise.dueAt', msg('Para el día'), 'date', text.promiseDay, (promiseDay) => ({ promiseDay }), zonedTime(context.now, context.timeZone).slice(0, 10))}
    </div>
  `;
}

function chargeFields(context: PartsContext): TemplateResult {
  const { text } = context.draft;
  return html`
    <div class="row">
      ${amountField(context, 'charge', text.chargeAmount, text.chargeCurrency)}
      ${input(context, 'charge.concept', msg('Concepto'), 'text', text.chargeConcept, (chargeConcept) => ({ chargeConcept }))}
    </div>
  `;
}

function followUpFields(context: PartsContext): TemplateResult {
  const { now, timeZone, draft } = context;
  const day = (days: number) => `${zonedTime(now + days * 24 * hour, timeZone).slice(0, 10)}T09:00`;
  const soon: readonly (readonly [string, string])[] = [
    [msg('En una hora'), zonedTime(now + hour, timeZone)],
    [msg('Mañana'), day(1)],
    [msg('En una semana'), day(7)],
  ];
  return html`
    <div class="row">
      <div class="field">
        ${input(context, 'followUp.dueAt', msg('Cuándo'), 'datetime-local', draft.text.followUpAt, (followUpAt) => ({ followUpAt }), zonedTime(now, timeZone))}
        <div class="soon">
          ${soon.map(
            ([words, at]) =>
              html`<button type="button" class="bare" @click=${() => context.change({ followUpAt: at })}>${words}</button>`,
          )}
        </div>
      </div>
      ${input(context, 'followUp.note', msg('Qué hay que hacer'), 'text', draft.text.followUpNote, (followUpNote) => ({ followUpNote }))}
    </div>
  `;
}

function amountField(
  context: PartsContext,
  part: 'promise' | 'charge',
  amount: string,
  currency: string,
): TemplateResult {
  const { draft } = context;
  const chosen = currency || draft.currency;
  const currencies = [...new Set([...context.currencies, chosen])];
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
          aria-invalid=${errorWords(draft, name) !== ''}
          aria-describedby=${`${name}-error`}
          @input=${(event: InputEvent) => context.change(part === 'promise' ? { promiseAmount: valueOf(event) } : { chargeAmount: valueOf(event) })}
        />
        <select
          aria-label=${msg('Moneda')}
          @change=${(event: Event) => context.change(part === 'promise' ? { promiseCurrency: valueOf(event) } : { chargeCurrency: valueOf(event) })}
        >
          ${currencies.map((code) => html`<option value=${code} ?selected=${code === chosen}>${code}</option>`)}
        </select>
      </div>
      ${errorLine(draft, name, value === null ? '' : money(value, chosen))}
      ${errorWords(draft, `${part}.currency`) ? errorLine(draft, `${part}.currency`) : nothing}
    </div>
  `;
}

function input(
  context: PartsContext,
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
        aria-invalid=${errorWords(context.draft, name) !== ''}
        aria-describedby=${`${name}-error`}
        @input=${(event: InputEvent) => context.change(change(valueOf(event)))}
      />
      ${errorLine(context.draft, name)}
    </div>
  `;
}
