import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { WrapUpField } from '../api/types.js';
import { currentLocale } from '../i18n/locale.js';
import type { OutcomesStore } from '../outcomes/outcomes-store.js';
import type { WrapUpDraft } from './wrap-up-draft.js';
import { errorLine, valueOf } from './wrap-up-parts.js';
import { errorWords } from './wrap-up-words.js';

/**
 * The inputs for the office's own fields of the chosen outcome. Below them stand, to read only, the stored values of
 * fields that an administrator has removed since.
 */
export function ownFields(draft: WrapUpDraft, outcomes: OutcomesStore): TemplateResult | typeof nothing {
  const { fields, outcome } = draft.text;
  const shown = outcomes.fieldsOf(outcome);
  const former = Object.entries(fields).filter(
    ([key, value]) => value.trim() !== '' && !outcomes.fields.some((field) => field.key === key),
  );
  if (shown.length === 0 && former.length === 0) return nothing;
  return html`
    ${shown.length > 0 ? html`<div class="row">${shown.map((field) => ownField(draft, field))}</div>` : nothing}
    ${former.map(([key, value]) => html`<p class="hint">${key}: ${value}</p>`)}
  `;
}

function ownField(draft: WrapUpDraft, field: WrapUpField): TemplateResult {
  const name = `fields.${field.key}`;
  const words = field.required ? field[currentLocale()] : `${field[currentLocale()]} (${msg('opcional')})`;
  return html`
    <div class="field">
      <label for=${name}>${words}</label>
      ${field.kind === 'choice' ? choice(draft, field, name) : input(draft, field, name)} ${errorLine(draft, name)}
    </div>
  `;
}

function input(draft: WrapUpDraft, field: WrapUpField, name: string): TemplateResult {
  const value = draft.text.fields[field.key] ?? '';
  // A date field would not show what is no date.
  const isDay = field.kind === 'date' && /^(\d{4}-\d{2}-\d{2})?$/.test(value);
  return html`<input
    id=${name}
    type=${isDay ? 'date' : 'text'}
    inputmode=${field.kind === 'number' ? 'decimal' : nothing}
    maxlength="300"
    autocomplete="off"
    .value=${live(value)}
    aria-required=${field.required}
    aria-invalid=${errorWords(draft, name) !== ''}
    aria-describedby=${`${name}-error`}
    @input=${(event: InputEvent) => change(draft, field, valueOf(event))}
  />`;
}

function choice(draft: WrapUpDraft, field: WrapUpField, name: string): TemplateResult {
  const value = draft.text.fields[field.key] ?? '';
  // What was chosen before the choices changed stays.
  const choices = value === '' || field.choices.includes(value) ? field.choices : [...field.choices, value];
  return html`<select
    id=${name}
    aria-required=${field.required}
    aria-invalid=${errorWords(draft, name) !== ''}
    aria-describedby=${`${name}-error`}
    @change=${(event: Event) => change(draft, field, valueOf(event))}
  >
    <option value="" ?selected=${value === ''}>${msg('Elija…')}</option>
    ${choices.map((one) => html`<option value=${one} ?selected=${one === value}>${one}</option>`)}
  </select>`;
}

const change = (draft: WrapUpDraft, { key }: WrapUpField, value: string): void =>
  draft.change({ fields: { ...draft.text.fields, [key]: value } });
