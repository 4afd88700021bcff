import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { AddedHoliday, CallingHours, ContactGuard, ContactGuardApi, Holiday } from '../api/contact-guard-api.js';
import { isAdmin, type Me } from '../api/types.js';
import { Saving } from '../base/saving.js';
import { SharedRules } from '../base/shared-rules.js';
import { Unsaved } from '../base/unsaved.js';
import { differences } from '../design/differences.js';
import { editorStyles, formSkeleton, refusalNotice, textField, tick, tickStyles } from '../design/editor.js';
import * as icons from '../design/icons.js';
import { pageFrame } from '../design/page-frame.js';
import { base, buttons, fields } from '../design/shared.js';
import { shortDayWords } from '../i18n/days.js';
import { zonedTime } from '../i18n/format.js';
import { defaultZone } from '../i18n/times.js';
import { type GuardTexts, guardOf, guardTexts, type Limit, newSpan, week } from './guard-texts.js';
import { entriesOf, guardWords, spanWords, weekdayName } from './guard-words.js';
import { lawSection } from './law.js';

/** When and how often a person may be called: hours, holidays and limits. */
@localized()
@customElement('cmw-contact-guard-page')
export class ContactGuardPage extends LitElement {
  @property({ attribute: false }) api!: ContactGuardApi;
  @property({ attribute: false }) me: Me | undefined;

  readonly #saving = new Saving(this);
  readonly #rules = new SharedRules<ContactGuard, GuardTexts>(this.#saving, {
    read: () => this.api.read(),
    write: (texts, etag) => this.api.save(guardOf(texts), etag),
    typedOf: guardTexts,
  });
  #isRead = false;

  constructor() {
    super();
    new Unsaved(this, () => this.#rules.isDirty);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('me') || !this.#isAllowed || this.#isRead) return;
    this.#isRead = true;
    void this.#rules.read();
  }

  protected override render(): TemplateResult {
    return html`
      <h1 tabindex="-1">${msg('Horarios y límites de contacto')}</h1>
      ${this.me && !this.#isAllowed ? html`<p>${msg('Esta página es de un administrador.')}</p>` : nothing}
      ${this.#isAllowed ? this.#body() : nothing}
    `;
  }

  #body(): TemplateResult {
    const { stands, theirs } = this.#rules;
    return html`
      <p class="quiet about">
        ${msg('Cuándo y cuántas veces se puede llamar a una persona, con un clic o en una campaña. Lo que un agente marca en su propio teléfono no pasa por aquí.')}
        <a href="/do-not-call">${msg('Números a los que no se llama')}</a>
      </p>
      ${
        stands
          ? html`<section aria-labelledby="force">
                <h2 id="force">${msg('Lo que rige ahora')}</h2>
                <ul class="force">
                  ${guardWords(stands).map((sentence) => html`<li>${sentence}</li>`)}
                </ul>
              </section>
              ${this.#form(this.#rules.typed, stands)}`
          : this.#saving.error
            ? nothing
            : formSkeleton()
      }
      <div class="end">
        ${refusalNotice(this.#saving, {
          again: stands ? this.#rules.save : this.#rules.read,
          keepMine: this.#rules.keepMine,
          useOther: this.#rules.useTheirs,
          changes: theirs && stands ? differences(entriesOf(stands), entriesOf(theirs)) : [],
        })}
      </div>
      ${lawSection()}
    `;
  }

  #form(texts: GuardTexts, stands: ContactGuard): TemplateResult {
    return html`
      <form novalidate @submit=${this.#submit}>
        <section aria-labelledby="hours">
          <h2 id="hours">${msg('A qué horas')}</h2>
          <p class="quiet">${msg('Cuenta la hora de donde está la persona, según su número.')}</p>
          <div role="radiogroup" aria-labelledby="hours" class="checks">
            ${this.#choice(msg('A cualquier hora'), !texts.hasHours, () => this.#change({ hasHours: false }))}
            ${this.#choice(msg('Solo en estos horarios'), texts.hasHours, () => this.#change({ hasHours: true }))}
          </div>
          ${texts.hasHours ? this.#spans(texts) : nothing}
        </section>
        <section aria-labelledby="holidays">
          <h2 id="holidays">${msg('Feriados y otros días')}</h2>
          ${tick(msg('No llamar en los feriados de Costa Rica'), texts.observed, (observed) => this.#change({ observed }))}
          ${texts.observed ? this.#holidays(texts, stands) : nothing} ${this.#added(texts)}
        </section>
        <section aria-labelledby="limits">
          <h2 id="limits">${msg('Cuántas veces')}</h2>
          <p class="quiet">
            ${msg('De todos los agentes y campañas juntos, a la misma persona. Vacío es sin límite.')}
          </p>
          <div class="row">
            ${this.#limit('perDay', msg('Llamadas por día'))} ${this.#limit('perWeek', msg('Llamadas en 7 días'))}
            ${this.#limit('gapMinutes', msg('Minutos entre dos llamadas'))}
          </div>
        </section>
        <div class="actions">
          <button class="primary" aria-disabled=${this.#saving.busy || !this.#rules.isDirty}>${msg('Guardar')}</button>
          <span class="done" role="status">${this.#saving.saved && !this.#rules.isDirty ? msg('Guardado') : nothing}</span>
        </div>
      </form>
    `;
  }

  #choice(words: string, checked: boolean, choose: () => void): TemplateResult {
    return html`<label class="check">
      <input type="radio" name="hours" .checked=${live(checked)} @change=${choose} />
      ${words}
    </label>`;
  }

  #spans({ spans }: GuardTexts): TemplateResult {
    const wrong = this.#saving.fault('hours');
    return html`
      ${spans.map((span, place) => this.#span(span, place))}
      ${spans.length === 0 ? html`<p class="notice">${msg('Sin ningún horario no se llama a nadie.')}</p>` : nothing}
      ${wrong ? html`<span class="field-error">${wrong}</span>` : nothing}
      <div class="actions">
        <button type="button" class="add-span" @click=${this.#addSpan}>${msg('Agregar un horario')}</button>
      </div>
    `;
  }

  #span(span: CallingHours, place: number): TemplateResult {
    const fault = this.#saving.fault(`hours[${place}].days`);
    const name = span.days.length > 0 ? spanWords(span) : msg('Sin días');
    return html`
      <fieldset class="box">
        <legend class="visually-hidden">${name}</legend>
        <div class="times">
          ${this.#time(place, 'from', msg('Desde las'), span.from)}
          ${this.#time(place, 'to', msg('Hasta las (00:00 es la medianoche)'), span.to)}
          <button
            type="button"
            class="bare icon"
            id=${`remove-${place}`}
            aria-label=${msg(str`Quitar: ${name}`)}
            title=${msg(str`Quitar: ${name}`)}
            @click=${() => this.#removeSpan(place)}
          >
            ${icons.close(16)}
          </button>
        </div>
        <div class="checks" role="group" aria-label=${msg('Días')} aria-describedby=${`days-${place}`}>
          ${week.map((day) =>
            tick(weekdayName(day), span.days.includes(day), (on) =>
              this.#changeSpan(place, {
                days: week.filter((other) => (other === day ? on : span.days.includes(other))),
              }),
            ),
          )}
        </div>
        <span class="field-error" id=${`days-${place}`}>${fault}</span>
      </fieldset>
    `;
  }

  #time(place: number, field: 'from' | 'to', label: string, value: string): TemplateResult {
    const id = `${field}-${place}`;
    const fault = this.#saving.fault(`hours[${place}].${field}`);
    return html`
      <div class="field">
        <label for=${id}>${label}</label>
        <input
          id=${id}
          type="time"
          .value=${live(value)}
          aria-invalid=${fault !== ''}
          aria-describedby=${`${id}-error`}
          @input=${(event: InputEvent) => this.#changeSpan(place, { [field]: (event.target as HTMLInputElement).value })}
        />
        <span class="field-error" id=${`${id}-error`}>${fault}</span>
      </div>
    `;
  }

  #holidays({ worked }: GuardTexts, { upcoming }: ContactGuard): TemplateResult {
    const today = zonedTime(this.api.now(), this.me?.timeZone ?? defaultZone).slice(0, 10);
    const computed = upcoming.filter(({ from, date }) => from === 'computed' && date >= today);
    const years = [...new Set(computed.map(({ date }) => date.slice(0, 4)))];
    return html`
      <p class="quiet">${msg('Marque los feriados en que la oficina trabaja y sí llama.')}</p>
      ${years.map(
        (year) => html`
          <fieldset>
            <legend>${year}</legend>
            <ul class="days">
              ${computed.filter(({ date }) => date.startsWith(year)).map((holiday) => this.#holiday(holiday, worked))}
            </ul>
          </fieldset>
        `,
      )}
    `;
  }

  #holiday({ date, name }: Holiday, worked: readonly string[]): TemplateResult {
    const isWorked = worked.includes(date);
    return html`
      <li class=${isWorked ? 'works' : ''}>
        <span class="day"><strong>${name}</strong> <span class="quiet">${shortDayWords(date)}</span></span>
        <label class="check">
          <input
            type="checkbox"
            aria-label=${msg(str`Se trabaja: ${name}, ${shortDayWords(date)}`)}
            .checked=${live(isWorked)}
            @change=${(event: Event) =>
              this.#change({
                worked: (event.target as HTMLInputElement).checked
                  ? [...worked, date].sort()
                  : worked.filter((other) => other !== date),
              })}
          />
          ${msg('Se trabaja')}
        </label>
      </li>
    `;
  }

  #added({ added }: GuardTexts): TemplateResult {
    const wrong = this.#saving.fault('holidays.added');
    return html`
      <fieldset>
        <legend>${msg('Días de la oficina en que no se llama')}</legend>
        ${added.map((day, place) => this.#addedDay(day, place))}
        ${wrong ? html`<span class="field-error">${wrong}</span>` : nothing}
        <div class="actions">
          <button type="button" class="add-day" @click=${this.#addDay}>${msg('Agregar un día')}</button>
        </div>
      </fieldset>
    `;
  }

  #addedDay({ date, name }: AddedHoliday, place: number): TemplateResult {
    const [dateFault, nameFault] = [
      this.#saving.fault(`holidays.added[${place}].date`),
      this.#saving.fault(`holidays.added[${place}].name`),
    ];
    return html`
      <div class="times">
        <div class="field">
          <label for=${`date-${place}`}>${msg('Fecha')}</label>
          <input
            id=${`date-${place}`}
            type="date"
            .value=${live(date)}
            aria-invalid=${dateFault !== ''}
            aria-describedby=${`date-${place}-error`}
            @input=${(event: InputEvent) => this.#changeDay(place, { date: (event.target as HTMLInputElement).value })}
          />
          <span class="field-error" id=${`date-${place}-error`}>${dateFault}</span>
        </div>
        ${textField({
          id: `name-${place}`,
          label: msg('Motivo'),
          value: name,
          maxLength: 100,
          fault: nameFault,
          change: (text) => this.#changeDay(place, { name: text }),
        })}
        <button
          type="button"
          class="bare icon"
          id=${`remove-day-${place}`}
          aria-label=${msg(str`Quitar: ${name || date || msg('día sin fecha')}`)}
          title=${msg(str`Quitar: ${name || date || msg('día sin fecha')}`)}
          @click=${() => this.#removeDay(place)}
        >
          ${icons.close(16)}
        </button>
      </div>
    `;
  }

  #limit(id: Limit, label: string): TemplateResult {
    return textField({
      id,
      label,
      value: this.#rules.typed[id],
      maxLength: 6,
      inputMode: 'numeric',
      fault: this.#saving.fault(id),
      change: (text) => this.#change({ [id]: text }),
    });
  }

  #change(changes: Partial<GuardTexts>): void {
    this.#rules.change({ ...this.#rules.typed, ...changes });
  }

  #changeSpan(place: number, changes: Partial<CallingHours>): void {
    this.#change({
      spans: this.#rules.typed.spans.map((span, other) => (other === place ? { ...span, ...changes } : span)),
    });
  }

  #changeDay(place: number, changes: Partial<AddedHoliday>): void {
    this.#change({
      added: this.#rules.typed.added.map((day, other) => (other === place ? { ...day, ...changes } : day)),
    });
  }

  readonly #addSpan = (): void => {
    const { spans } = this.#rules.typed;
    // The working days that no other hours have.
    const days = week.filter((day) => day !== 0 && !spans.some((span) => span.days.includes(day)));
    this.#change({ spans: [...spans, { ...newSpan, days }] });
    void this.#focus(`#from-${spans.length}`);
  };

  readonly #addDay = (): void => {
    const { added } = this.#rules.typed;
    this.#change({ added: [...added, { date: '', name: '' }] });
    void this.#focus(`#date-${added.length}`);
  };

  #removeSpan(place: number): void {
    const { typed } = this.#rules;
    const spans = typed.spans.filter((_, other) => other !== place);
    this.#rules.rearrange({ ...typed, spans });
    void this.#focus(spans.length > 0 ? `#remove-${Math.min(place, spans.length - 1)}` : '.add-span');
  }

  #removeDay(place: number): void {
    const { typed } = this.#rules;
    const added = typed.added.filter((_, other) => other !== place);
    this.#rules.rearrange({ ...typed, added });
    void this.#focus(added.length > 0 ? `#remove-day-${Math.min(place, added.length - 1)}` : '.add-day');
  }

  async #focus(what: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(what)?.focus();
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    if (this.#rules.isDirty) void this.#rules.save();
  };

  get #isAllowed(): boolean {
    return this.me !== undefined && isAdmin(this.me);
  }

  static override styles = [
    base,
    buttons,
    fields,
    editorStyles,
    tickStyles,
    pageFrame,
    css`
      :host {
        max-inline-size: 56rem;
      }

      form {
        display: grid;
        gap: var(--cmw-space-4);
      }

      .about {
        max-inline-size: 44rem;
      }

      .force,
      .laws {
        display: grid;
        gap: var(--cmw-space-2);
      }

      .force {
        padding-inline-start: var(--cmw-space-4);
        list-style: disc;
      }

      .laws li {
        display: grid;
        gap: var(--cmw-space-1);
        justify-items: start;
      }

      .box {
        padding: var(--cmw-space-3);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-sunken);
      }

      .box > .field-error:empty {
        display: none;
      }

      fieldset + fieldset {
        margin-block-start: var(--cmw-space-3);
      }

      legend {
        padding-block-end: var(--cmw-space-2);
      }

      .checks {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--cmw-space-4);
      }

      .times {
        display: grid;
        grid-template-columns: minmax(0, 11rem) minmax(0, 1fr) var(--cmw-control);
        align-items: start;
        gap: var(--cmw-space-2) var(--cmw-space-3);
      }

      .times > button {
        margin-block-start: 1.5rem;
      }

      .box .times {
        grid-template-columns: minmax(0, 11rem) minmax(0, 17rem) 1fr;
      }

      .box .times > button {
        justify-self: end;
      }

      .box .times input {
        max-inline-size: 11rem;
      }

      .days {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr));
        gap: 0 var(--cmw-space-5);
      }

      .days li {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--cmw-space-3);
        padding-block: var(--cmw-space-1);
        border-block-end: 1px solid var(--cmw-line);
      }

      .day {
        display: grid;
      }

      .day strong {
        font: var(--cmw-type-strong);
      }

      .day .quiet {
        font: var(--cmw-type-small);
      }

      .works strong {
        font-weight: 400;
        text-decoration: line-through;
      }

      .days .check {
        flex: none;
      }

      .actions {
        align-items: center;
      }

      .end:not(:has(*)) {
        display: none;
      }

      @media (width < 40rem) {
        .times,
        .box .times {
          grid-template-columns: minmax(0, 1fr) var(--cmw-control);
        }

        .times > .field {
          grid-column: 1;
        }

        .times > button {
          grid-area: 1 / 2;
        }
      }
    `,
  ];
}
