import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { SettingsApi } from '../api/settings-api.js';
import type { DialCheck, DialRules } from '../api/settings-types.js';
import { Saving } from '../base/saving.js';
import { SharedRules } from '../base/shared-rules.js';
import { differences, type Entry } from '../design/differences.js';
import {
  editorStyles,
  formSkeleton,
  refusalNotice,
  type SettingsEditor,
  savedWords,
  textField,
  tick,
} from '../design/editor.js';
import { base, buttons, fields } from '../design/shared.js';
import { formatLocale } from '../i18n/locale.js';
import { type DialRuleTexts, dialRulesOf, dialRuleTexts, everyDay, type Limit, prefixesOf } from './dial-rule-texts.js';
import { rowStyles } from './row-tools.js';

/** Which numbers a click may dial, how often and when; and a try-out of what is typed. */
@localized()
@customElement('cmw-dial-rules')
export class DialRulesEditor extends LitElement implements SettingsEditor {
  @property({ attribute: false }) api!: Pick<SettingsApi, 'dialRules' | 'setDialRules' | 'checkDial'>;

  @state() private number = '';
  @state() private check: DialCheck | undefined;

  readonly #saving = new Saving(this);
  readonly #trying = new Saving(this);
  readonly #rules = new SharedRules<DialRules, DialRuleTexts>(this.#saving, {
    read: () => this.api.dialRules(),
    write: (texts, etag) => this.api.setDialRules({ ...dialRulesOf(texts), ...(etag ? { etag } : {}) }),
    typedOf: dialRuleTexts,
  });

  get isDirty(): boolean {
    return this.#rules.isDirty;
  }

  protected override firstUpdated(): void {
    void this.#rules.read();
  }

  protected override render(): TemplateResult {
    const { stands, theirs } = this.#rules;
    return html`
      <section aria-label=${msg('Reglas de marcado')}>
        <p class="quiet">
          ${msg('Qué números se pueden llamar con un clic, cuántas veces y a qué horas: protegen contra cargos que nadie quiso.')}
        </p>
        ${stands ? this.#form(this.#rules.typed) : this.#saving.error ? nothing : formSkeleton()}
        ${refusalNotice(this.#saving, {
          again: stands ? this.#rules.save : this.#rules.read,
          keepMine: this.#rules.keepMine,
          useOther: this.#rules.useTheirs,
          changes: theirs && stands ? differences(entriesOf(stands), entriesOf(theirs)) : [],
        })}
      </section>
      ${stands ? this.#tryOut() : nothing}
    `;
  }

  #form(texts: DialRuleTexts): TemplateResult {
    return html`
      <form novalidate @submit=${this.#submit}>
        <div>
          ${tick(msg('Se puede llamar con un clic'), texts.enabled, (enabled) => this.#change({ enabled }))}
          <p class="quiet">${msg('Sin marcar, nadie puede: sirve para detener todo de una vez. Las llamadas que entran no cambian.')}</p>
        </div>
        <div class="row">
          ${this.#prefixes('allowed', msg('Números permitidos: empiezan con'), texts.allowed, msg('Uno por línea, como +506. Vacío: todos.'))}
          ${this.#prefixes('denied', msg('Números no permitidos: empiezan con'), texts.denied, msg('Uno por línea, como +506900. Cuentan más que los permitidos.'))}
        </div>
        <fieldset>
          <legend>${msg('Cuántas llamadas')}</legend>
          <p class="quiet note">${msg('Vacío es sin límite.')}</p>
          <div class="row">
            ${this.#limit('perAgentHour', msg('De cada agente, por hora'))}
            ${this.#limit('perAgentDay', msg('De cada agente, por día'))}
            ${this.#limit('totalHour', msg('De todos, por hora'))}
            ${this.#limit('totalDay', msg('De todos, por día'))}
          </div>
        </fieldset>
        <fieldset>
          <legend>${msg('A qué horas')}</legend>
          <div class="note">${tick(msg('Solo en un horario'), texts.hasHours, (hasHours) => this.#change({ hasHours }))}</div>
          ${texts.hasHours ? this.#hours(texts) : nothing}
        </fieldset>
        <div class="actions">
          <button class="primary" aria-disabled=${this.#saving.busy}>${msg('Guardar')}</button>
          ${savedWords(this.#saving, this.isDirty)}
        </div>
      </form>
    `;
  }

  #prefixes(id: 'allowed' | 'denied', label: string, value: string, hint: string): TemplateResult {
    const name = `${id}Prefixes`;
    const lines = prefixesOf(value);
    // Each line has a name of its own, and they are drawn in one field.
    const wrong = lines
      .map((line, place) => [line, this.#saving.fault(`${name}[${place}]`)] as const)
      .filter(([, fault]) => fault !== '')
      .map(([line, fault]) => `${line}: ${fault}`);
    const fault = [this.#saving.fault(name), ...wrong].filter(Boolean).join(' ');
    return html`
      <div class="field">
        <label for=${id}>${label}</label>
        <textarea
          id=${id}
          rows="4"
          spellcheck="false"
          .value=${live(value)}
          aria-invalid=${fault !== ''}
          aria-describedby=${`${id}-error`}
          @input=${(event: InputEvent) => this.#change({ [id]: (event.target as HTMLTextAreaElement).value })}
        ></textarea>
        <span class=${fault ? 'field-error' : 'hint'} id=${`${id}-error`}>${fault || hint}</span>
      </div>
    `;
  }

  #limit(id: Limit, label: string): TemplateResult {
    return textField({
      id,
      label,
      value: this.#rules.typed[id],
      maxLength: 9,
      inputMode: 'numeric',
      fault: this.#saving.fault(id),
      change: (text) => this.#change({ [id]: text }),
    });
  }

  #hours(texts: DialRuleTexts): TemplateResult {
    const fault = this.#saving.fault('hours.days');
    return html`
      <div class="row">
        ${this.#time('from', msg('Desde las'), texts.from)} ${this.#time('to', msg('Hasta las (00:00 es la medianoche)'), texts.to)}
      </div>
      <div class="checks" role="group" aria-label=${msg('Días en que se puede llamar')}>
        ${everyDay.map((day) =>
          tick(dayName(day), texts.days.includes(day), (on) =>
            this.#change({ days: everyDay.filter((other) => (other === day ? on : texts.days.includes(other))) }),
          ),
        )}
      </div>
      ${fault ? html`<span class="field-error">${fault}</span>` : nothing}
    `;
  }

  #time(id: 'from' | 'to', label: string, value: string): TemplateResult {
    const fault = this.#saving.fault(`hours.${id}`);
    return html`
      <div class="field">
        <label for=${id}>${label}</label>
        <input
          id=${id}
          type="time"
          .value=${live(value)}
          aria-invalid=${fault !== ''}
          aria-describedby=${`${id}-error`}
          @input=${(event: InputEvent) => this.#change({ [id]: (event.target as HTMLInputElement).value })}
        />
        <span class="field-error" id=${`${id}-error`}>${fault}</span>
      </div>
    `;
  }

  #tryOut(): TemplateResult {
    const fault = this.#trying.fault('number');
    // All that isn't about the number is about the rules.
    const faults = this.#trying.otherFaults;
    return html`
      <section aria-labelledby="try">
        <h2 id="try">${msg('¿Se llamaría a este número, y como qué?')}</h2>
        <p class="quiet">${msg('Se prueba con las reglas como están escritas arriba, aunque no estén guardadas. No se llama a nadie.')}</p>
        <form novalidate class="try" @submit=${this.#try}>
          ${textField({
            id: 'number',
            label: msg('Número, como lo escribiría un agente'),
            value: this.number,
            maxLength: 64,
            fault,
            change: (number) => {
              this.number = number;
              this.check = undefined;
              this.#trying.typed();
            },
          })}
          <button aria-disabled=${this.#trying.busy}>${msg('Probar')}</button>
        </form>
        <div role="status">${this.check ? verdict(this.check) : nothing}</div>
        ${
          faults && faults.length > 0
            ? html`<p class="problem" role="alert">${msg('Primero corrija las reglas de arriba:')} ${faults.join(' ')}</p>`
            : refusalNotice(this.#trying, { again: this.#ask })
        }
      </section>
    `;
  }

  #change(changes: Partial<DialRuleTexts>): void {
    this.check = undefined;
    this.#rules.change({ ...this.#rules.typed, ...changes });
  }

  #submit(event: Event): void {
    event.preventDefault();
    void this.#rules.save();
  }

  #try(event: Event): void {
    event.preventDefault();
    void this.#ask();
  }

  readonly #ask = async (): Promise<void> => {
    this.check = undefined;
    await this.#trying.save(async () => {
      this.check = await this.api.checkDial(this.number, dialRulesOf(this.#rules.typed));
    });
  };

  static override styles = [
    base,
    buttons,
    fields,
    editorStyles,
    rowStyles,
    css`
      :host {
        display: grid;
        gap: var(--cmw-space-4);
      }

      .row {
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr));
        row-gap: var(--cmw-space-3);
      }

      fieldset {
        gap: var(--cmw-space-2);
      }

      .note {
        clear: both;
      }

      .try {
        grid-template-columns: minmax(0, 20rem) auto;
        align-items: start;
        justify-content: start;
      }

      .try button {
        margin-block-start: 1.5rem;
      }

      .verdict {
        display: grid;
        gap: var(--cmw-space-1);
        padding: var(--cmw-space-3) var(--cmw-space-4);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-bad-ground);
        color: var(--cmw-bad);
      }

      .verdict.yes {
        background: var(--cmw-live-ground);
        color: var(--cmw-live);
      }
    `,
  ];
}

function verdict({ allowed, number, as, reason }: DialCheck): TemplateResult {
  return html`
    <div class=${allowed ? 'verdict yes' : 'verdict'}>
      <p>
        <strong>
          ${
            allowed && number
              ? msg(str`Sí: se llamaría al ${number.display}.`)
              : number
                ? msg(str`No se llamaría al ${number.display}.`)
                : msg('No se llamaría.')
          }
        </strong>
      </p>
      ${reason ? html`<p>${reason}</p>` : nothing}
      ${as ? html`<p>${msg(str`Al operador se le pide: ${as}`)}</p>` : nothing}
    </div>
  `;
}

// 4 January 1970 was a Sunday.
const dayName = (day: number): string =>
  new Intl.DateTimeFormat(formatLocale(), { weekday: 'long', timeZone: 'UTC' }).format((day + 3) * 86_400_000);

function entriesOf(rules: DialRules): readonly Entry[] {
  const { enabled, allowedPrefixes, deniedPrefixes, perAgentHour, perAgentDay, totalHour, totalDay, hours } = rules;
  return [
    { key: 'enabled', name: msg('Se puede llamar con un clic'), content: enabled },
    { key: 'allowed', name: msg('Números permitidos'), content: allowedPrefixes },
    { key: 'denied', name: msg('Números no permitidos'), content: deniedPrefixes },
    { key: 'limits', name: msg('Cuántas llamadas'), content: [perAgentHour, perAgentDay, totalHour, totalDay] },
    { key: 'hours', name: msg('A qué horas'), content: hours ?? null },
  ];
}
