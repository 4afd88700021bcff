import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { AgentName, Shift } from '../api/phone-types.js';
import * as icons from '../design/icons.js';
import { base, buttons, fields } from '../design/shared.js';
import { dayName, shortTime, weekdays } from './phone-words.js';

const most = 50;

/** The shifts in which several agents share a phone. It tells of each change by the event `shifts`. */
@localized()
@customElement('cmw-shifts-editor')
export class ShiftsEditor extends LitElement {
  @property({ attribute: false }) shifts: readonly Shift[] = [];
  @property({ attribute: false }) agents: readonly AgentName[] = [];
  /** What is wrong with a field, such as `shifts[0].from`; empty where nothing is. */
  @property({ attribute: false }) fault: (name: string) => string = () => '';

  protected override render(): TemplateResult {
    return html`
      <fieldset>
        <legend>${msg('Turnos')}</legend>
        <p class="hint">
          ${msg('En un turno el teléfono es de otra persona. Fuera de los turnos es del agente de arriba. Una hora final que no sea posterior a la inicial es del día siguiente.')}
        </p>
        <ol>
          ${this.shifts.map((shift, place) => this.#row(shift, place))}
        </ol>
        ${
          this.shifts.length < most
            ? html`<button type="button" class="add" @click=${this.#add}>${msg('Agregar un turno')}</button>`
            : nothing
        }
      </fieldset>
    `;
  }

  #row(shift: Shift, place: number): TemplateResult {
    const name = msg(str`Turno ${place + 1}`);
    const remove = msg(str`Quitar el turno ${place + 1}`);
    const fault = ['agentId', 'days', 'from', 'to'].map((field) => this.fault(`shifts[${place}].${field}`));
    const words = fault.filter((one) => one).join(' ');
    return html`
      <li><div class="shift" role="group" aria-label=${name}>
        <select
          id=${`shift-${place}`}
          aria-label=${msg(str`Agente del turno ${place + 1}`)}
          aria-invalid=${fault[0] !== ''}
          @change=${(event: Event) => this.#change(place, { agentId: (event.target as HTMLSelectElement).value })}
        >
          <option value="" ?selected=${shift.agentId === ''}>${msg('Elija el agente')}</option>
          ${this.agents.map(
            ({ agentId, name }) =>
              html`<option value=${agentId} ?selected=${agentId === shift.agentId}>${name}</option>`,
          )}
        </select>
        <div class="days" role="group" aria-label=${msg('Días')}>
          ${weekdays.map((day) => this.#day(shift, place, day))}
        </div>
        ${this.#time(shift, place, 'from', msg(str`Desde, turno ${place + 1}`), fault[2])}
        ${this.#time(shift, place, 'to', msg(str`Hasta, turno ${place + 1}`), fault[3])}
        <button type="button" class="bare icon" aria-label=${remove} title=${remove} @click=${() => this.#remove(place)}>
          ${icons.close(16)}
        </button>
        ${words ? html`<span class="field-error" role="alert">${words}</span>` : nothing}
      </div></li>
    `;
  }

  #day(shift: Shift, place: number, day: number): TemplateResult {
    const isOn = shift.days.includes(day);
    return html`<button
      type="button"
      class="day"
      aria-pressed=${isOn}
      title=${dayName(day, 'long')}
      @click=${() =>
        this.#change(place, { days: isOn ? shift.days.filter((one) => one !== day) : [...shift.days, day].sort() })}
    >
      <span aria-hidden="true">${dayName(day).slice(0, 2)}</span
      ><span class="visually-hidden">${dayName(day, 'long')}</span>
    </button>`;
  }

  #time(shift: Shift, place: number, field: 'from' | 'to', words: string, fault = ''): TemplateResult {
    return html`<input
      type="time"
      aria-label=${words}
      aria-invalid=${fault !== ''}
      .value=${live(shortTime(shift[field]))}
      @change=${(event: Event) => this.#change(place, { [field]: (event.target as HTMLInputElement).value })}
    />`;
  }

  #change(place: number, changes: Partial<Shift>): void {
    this.#tell(this.shifts.map((shift, other) => (other === place ? { ...shift, ...changes } : shift)));
  }

  async #add(): Promise<void> {
    this.#tell([...this.shifts, { agentId: '', days: [1, 2, 3, 4, 5], from: '14:00', to: '22:00' }]);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`#shift-${this.shifts.length - 1}`)?.focus();
  }

  async #remove(place: number): Promise<void> {
    this.#tell(this.shifts.filter((_, other) => other !== place));
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.add')?.focus();
  }

  #tell(shifts: readonly Shift[]): void {
    this.shifts = shifts;
    this.dispatchEvent(new CustomEvent('shifts', { detail: shifts }));
  }

  static override styles = [
    base,
    buttons,
    fields,
    css`
      fieldset {
        display: grid;
        justify-items: start;
        gap: var(--cmw-space-2);
        min-inline-size: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }

      legend {
        padding: 0;
        font: var(--cmw-type-label);
      }

      ol {
        display: grid;
        gap: var(--cmw-space-2);
        inline-size: 100%;
      }

      ol:empty {
        display: none;
      }

      .shift {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--cmw-space-2);
      }

      select {
        flex: 1 1 12rem;
        inline-size: auto;
      }

      input {
        inline-size: auto;
      }

      .days {
        display: flex;
      }

      .day {
        min-inline-size: 2.25rem;
        padding: 0 var(--cmw-space-1);
        border-radius: 0;
      }

      .day + .day {
        border-inline-start: 0;
      }

      .day:first-child {
        border-start-start-radius: var(--cmw-radius-s);
        border-end-start-radius: var(--cmw-radius-s);
      }

      .day:last-child {
        border-start-end-radius: var(--cmw-radius-s);
        border-end-end-radius: var(--cmw-radius-s);
      }

      .day[aria-pressed='true'] {
        background: var(--cmw-accent);
        color: var(--cmw-on-accent);
      }

      .field-error {
        flex-basis: 100%;
      }
    `,
  ];
}
