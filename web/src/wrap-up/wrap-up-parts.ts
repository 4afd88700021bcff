import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Balance } from '../contacts/contact-facts.js';
import { calendarDay, currencySign, dayAndTime, instantOf, money, zonedTime } from '../i18n/format.js';
import { currentLocale } from '../i18n/locale.js';
import { type DueDay, dueDays } from './due-days.js';
import { type Choice, choiceByKey, choiceRow, choiceWords } from './quick-choices.js';
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
  readonly balance: Balance | undefined;
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
  const { draft, now, timeZone } = context;
  const days = dueDays(now, timeZone);
  const soon = dayChoices().map(([name, words, key]): Choice<string> => {
    const day = days[name];
    return { words, key, result: calendarDay(day), value: day };
  });
  return html`
    <div class="row">
      ${amountField(context, 'promise', draft.text.promiseAmount, draft.text.promiseCurrency)}
      ${input(
        context,
        'promise.dueAt',
        msg('Para el día'),
        'date',
        draft.text.promiseDay,
        (promiseDay) => ({ promiseDay }),
        {
          least: zonedTime(now, timeZone).slice(0, 10),
          choices: choiceRow(msg('Días'), soon, (promiseDay) => context.change({ promiseDay })),
        },
      )}
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
  const days = dueDays(now, timeZone);
  const choice = (words: string, key: string, at: string): Choice<string> => ({
    words,
    key,
    result: dayAndTime(instantOf(at, timeZone)?.getTime() ?? now, timeZone),
    value: at,
  });
  const [hourKey, weekKey] = currentLocale() === 'en' ? ['H', 'W'] : ['H', 'S'];
  const soon = [
    choice(msg('En una hora'), hourKey, zonedTime(now + hour, timeZone)),
    ...dayChoices().map(([name, words, key]) => choice(words, key, `${days[name]}T09:00`)),
    choice(msg('En una semana'), weekKey, `${days.inAWeek}T09:00`),
  ];
  return html`
    <div class="row">
      ${input(
        context,
        'followUp.dueAt',
        msg('Cuándo'),
        'datetime-local',
        draft.text.followUpAt,
        (followUpAt) => ({ followUpAt }),
        {
          least: zonedTime(now, timeZone),
          choices: choiceRow(msg('Días y horas'), soon, (followUpAt) => context.change({ followUpAt })),
        },
      )}
      ${input(context, 'followUp.note', msg('Qué hay que hacer'), 'text', draft.text.followUpNote, (followUpNote) => ({ followUpNote }))}
    </div>
  `;
}

/** The days that calls agree on most often, with their keys. */
const dayChoices = (): readonly (readonly [day: DueDay, words: string, key: string])[] => {
  const keys = currentLocale() === 'en' ? 'TFPM' : 'MVQF';
  const days = [
    ['tomorrow', msg('Mañana')],
    ['friday', msg('Viernes')],
    ['payday', msg('Quincena')],
    ['monthEnd', msg('Fin de mes')],
  ] as const;
  return days.map(([day, words], place) => [day, words, keys.charAt(place)]);
};

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
  const all = part === 'promise' ? wholeBalance(context) : undefined;
  return html`
    <div class="field">
      <span class="label-line">
        <label for=${name}>${msg('Monto')}</label>
        ${all ? wholeBalanceButton(context, all) : nothing}
      </span>
      <div class="amount">
        <input
          id=${name}
          inputmode="decimal"
          autocomplete="off"
          .value=${amount}
          aria-invalid=${errorWords(draft, name) !== ''}
          aria-describedby=${`${name}-error`}
          aria-keyshortcuts=${all?.key ?? nothing}
          @keydown=${(event: KeyboardEvent) => all && choiceByKey(event, [all], context.change)}
          @input=${(event: InputEvent) => context.change(part === 'promise' ? { promiseAmount: valueOf(event) } : { chargeAmount: valueOf(event) })}
        />
        <select
          aria-label=${msg('Moneda')}
          @change=${(event: Event) => context.change(part === 'promise' ? { promiseCurrency: valueOf(event) } : { chargeCurrency: valueOf(event) })}
        >
          ${currencies.map((code) => html`<option value=${code} ?selected=${code === chosen}>${currencySign(code)}</option>`)}
        </select>
      </div>
      ${errorLine(draft, name, value === null ? '' : money(value, chosen))}
      ${errorWords(draft, `${part}.currency`) ? errorLine(draft, `${part}.currency`) : nothing}
    </div>
  `;
}

function wholeBalance({ balance }: PartsContext): Choice<Partial<WrapUpText>> | undefined {
  if (!balance) return undefined;
  const { label, amount, currency } = balance;
  return {
    words: msg('Todo el saldo'),
    key: currentLocale() === 'en' ? 'F' : 'T',
    result: `${label}: ${money(amount, currency)}`,
    value: { promiseAmount: String(amount), promiseCurrency: currency },
  };
}

// Its key works in the field. So it is no tab stop on the way to the date.
function wholeBalanceButton(
  context: PartsContext,
  { words, key, result, value }: Choice<Partial<WrapUpText>>,
): TemplateResult {
  return html`<button
    type="button"
    class="bare"
    tabindex="-1"
    title=${result}
    @click=${() => context.change(value)}
  >
    ${choiceWords(words, key, result)}
  </button>`;
}

function input(
  context: PartsContext,
  name: string,
  words: string,
  type: string,
  value: string,
  change: (value: string) => Partial<WrapUpText>,
  { least, choices }: { readonly least?: string; readonly choices?: TemplateResult } = {},
): TemplateResult {
  return html`
    <div class="field">
      <label for=${name}>${words}</label>
      ${choices ?? nothing}
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
