import { msg } from '@lit/localize';
import { css, html, nothing, type TemplateResult } from 'lit';
import { ApiError } from '../api/api-error.js';
import type { CampaignDefaults, CampaignPhone, CampaignSettings } from '../api/campaign-types.js';
import type { Saving } from '../base/saving.js';
import { textField, tick } from '../design/editor.js';
import { soundAmount } from '../wrap-up/wrap-up-text.js';
import { dayWords, weekDays } from './words.js';

/** What is typed of a campaign's settings. */
export interface TypedSettings {
  readonly name: string;
  /** The phones' codes, with commas between. */
  readonly phones: string;
  readonly hasHours: boolean;
  readonly from: string;
  readonly to: string;
  readonly days: readonly number[];
  readonly attempts: string;
  readonly gapMinutes: string;
  readonly perMinute: string;
  readonly budget: string;
}

export const newSettings: TypedSettings = {
  name: '',
  phones: '',
  hasHours: false,
  from: '08:00',
  to: '18:00',
  days: [1, 2, 3, 4, 5],
  attempts: '',
  gapMinutes: '',
  perMinute: '',
  budget: '',
};

/** What the API takes where nothing is asked for, in the fields where nothing was typed. */
export const withDefaults = (
  typed: TypedSettings,
  { attempts, gapMinutes, perMinute }: CampaignDefaults,
): TypedSettings => ({
  ...typed,
  attempts: typed.attempts || String(attempts),
  gapMinutes: typed.gapMinutes || String(gapMinutes),
  perMinute: typed.perMinute || String(perMinute),
});

export const typedOf = (settings: CampaignSettings): TypedSettings => ({
  name: settings.name,
  phones: (settings.endpointIds ?? []).join(', '),
  hasHours: settings.hours !== undefined,
  from: timeOf(settings.hours?.from) ?? newSettings.from,
  to: timeOf(settings.hours?.to) ?? newSettings.to,
  days: daysOf(settings),
  attempts: String(settings.attempts),
  gapMinutes: String(settings.gapMinutes),
  perMinute: String(settings.perMinute),
  // More decimals than two would read as thousands.
  budget: settings.budget === undefined ? '' : String(Math.round(settings.budget * 100) / 100),
});

/** Without days they are all. */
const daysOf = ({ hours }: CampaignSettings): readonly number[] =>
  !hours ? newSettings.days : hours.days && hours.days.length > 0 ? hours.days : [...weekDays].sort();

/** A time as its field has it: without seconds. */
const timeOf = (time: string | undefined): string | undefined => time?.slice(0, 5);

/** The codes of phones in a text. */
export const codesOf = (text: string): readonly string[] => [...new Set(text.split(/[\s,;]+/).filter(Boolean))];

/** What was typed as it is sent. Throws an {@link ApiError} where a number is none. */
export function settingsOf(typed: TypedSettings): CampaignSettings {
  const errors: Record<string, readonly string[]> = {};
  const number = (field: 'attempts' | 'gapMinutes' | 'perMinute' | 'budget'): number => {
    const value = field === 'budget' ? budgetIn(typed.budget) : numberIn(typed[field]);
    if (value === undefined) errors[field] = [msg('Escriba un número.')];
    return value ?? 0;
  };
  const endpointIds = codesOf(typed.phones);
  if (typed.hasHours && typed.days.length === 0) errors['hours.days'] = [msg('Elija al menos un día.')];
  const settings = {
    name: typed.name.trim(),
    attempts: number('attempts'),
    gapMinutes: number('gapMinutes'),
    perMinute: number('perMinute'),
    ...(typed.budget.trim() ? { budget: number('budget') } : {}),
    ...(endpointIds.length > 0 ? { endpointIds } : {}),
    ...(typed.hasHours ? { hours: { from: typed.from, to: typed.to, days: [...typed.days].sort() } } : {}),
  };
  if (Object.keys(errors).length > 0) throw new ApiError(400, { errors });
  return settings;
}

/** A number as it is written here: `1500`, `1 500,50`. */
export function numberIn(text: string): number | undefined {
  const plain = text.replace(/\s/g, '').replace(',', '.');
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

/** A budget, where `1.500` is written for one thousand five hundred. */
const budgetIn = (text: string): number | undefined => soundAmount(text) ?? (numberIn(text) === 0 ? 0 : undefined);

export interface SettingsFields {
  readonly typed: TypedSettings;
  readonly saving: Saving;
  readonly currency: string;
  /** The phones to choose from; none until they are read. */
  readonly phones: readonly CampaignPhone[] | undefined;
  readonly change: (values: Partial<TypedSettings>) => void;
}

export function nameField({ typed, saving, change }: SettingsFields): TemplateResult {
  return textField({
    id: 'name',
    label: msg('Nombre de la campaña'),
    value: typed.name,
    maxLength: 100,
    fault: saving.fault('name'),
    change: (name) => change({ name }),
  });
}

/** How often, how fast and for how much is called. */
export function paceFields({ typed, saving, currency, change }: SettingsFields): TemplateResult {
  return html`
    <div class="row">
      ${textField({
        id: 'attempts',
        label: msg('Intentos por contacto'),
        value: typed.attempts,
        maxLength: 3,
        fault: saving.fault('attempts'),
        inputMode: 'numeric',
        change: (attempts) => change({ attempts }),
      })}
      ${textField({
        id: 'gapMinutes',
        label: msg('Minutos entre intentos'),
        value: typed.gapMinutes,
        maxLength: 6,
        fault: saving.fault('gapMinutes'),
        inputMode: 'numeric',
        change: (gapMinutes) => change({ gapMinutes }),
      })}
      ${textField({
        id: 'perMinute',
        label: msg('Llamadas por minuto, como máximo'),
        value: typed.perMinute,
        maxLength: 4,
        fault: saving.fault('perMinute'),
        inputMode: 'numeric',
        change: (perMinute) => change({ perMinute }),
      })}
      ${textField({
        id: 'budget',
        label: `${msg('Presupuesto (opcional)')}, ${currency}`,
        value: typed.budget,
        maxLength: 15,
        fault: saving.fault('budget'),
        inputMode: 'numeric',
        change: (budget) => change({ budget }),
      })}
    </div>
    <p class="hint">
      ${msg('Cuando se gasta el presupuesto, la campaña se pausa sola. El ritmo nunca pasa de lo acordado con el operador.')}
    </p>
  `;
}

/** When is called. */
export function hoursFields({ typed, saving, change }: SettingsFields): TemplateResult {
  const fault = saving.fault('hours', 'hours.from', 'hours.to', 'hours.days');
  return html`
    <fieldset aria-describedby="hours-error">
      <legend>${msg('Horario de la campaña')}</legend>
      ${tick(msg('Llamar solo en este horario'), typed.hasHours, (hasHours) => change({ hasHours }))}
      ${
        typed.hasHours
          ? html`
              <div class="row times">
                ${timeField('from', msg('Desde'), typed.from, (from) => change({ from }))}
                ${timeField('to', msg('Hasta'), typed.to, (to) => change({ to }))}
              </div>
              <div class="ticks" role="group" aria-label=${msg('Días')}>
                ${weekDays.map((day) =>
                  tick(dayWords[day]?.() ?? '', typed.days.includes(day), (on) =>
                    change({ days: on ? [...typed.days, day] : typed.days.filter((one) => one !== day) }),
                  ),
                )}
              </div>
            `
          : nothing
      }
      <p class="hint">${msg('Además valen siempre las horas permitidas, los feriados y los topes por persona de la oficina.')}</p>
      <span class="field-error" id="hours-error">${fault}</span>
    </fieldset>
  `;
}

const timeField = (id: string, label: string, value: string, change: (time: string) => void): TemplateResult => html`
  <div class="field">
    <label for=${id}>${label}</label>
    <input
      id=${id}
      type="time"
      required
      .value=${value}
      @change=${(event: Event) => change((event.target as HTMLInputElement).value)}
    />
  </div>
`;

/** With which phones is called. */
export function phoneFields({ typed, saving, phones, change }: SettingsFields): TemplateResult {
  const codes = codesOf(typed.phones);
  return html`
    ${textField({
      id: 'endpointIds',
      label: msg('Teléfonos que participan (códigos separados por comas; vacío: todos los que puede elegir)'),
      value: typed.phones,
      maxLength: 2000,
      fault: saving.fault('endpointIds'),
      change: (text) => change({ phones: text }),
    })}
    ${
      phones && phones.length > 0
        ? html`<details>
            <summary>${msg('Elegirlos de la lista')}</summary>
            <div class="ticks">
              ${phones.map(({ endpointId, agentId, agentName, label }) =>
                tick(
                  [agentName ?? agentId, label, endpointId].filter(Boolean).join(' · '),
                  codes.includes(endpointId),
                  (on) =>
                    change({
                      phones: (on ? [...codes, endpointId] : codes.filter((code) => code !== endpointId)).join(', '),
                    }),
                ),
              )}
            </div>
          </details>`
        : nothing
    }
  `;
}

export const settingsStyles = css`
  .times {
    max-inline-size: 24rem;
  }

  .ticks {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 11rem), 1fr));
    gap: 0 var(--cmw-space-3);
    max-block-size: 20rem;
    overflow-y: auto;
  }
`;
