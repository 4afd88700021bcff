import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { asApiError } from '../api/api-error.js';
import type { SettingsApi } from '../api/settings-api.js';
import type { Retention, RetentionRun } from '../api/types.js';
import { Saving } from '../base/saving.js';
import { differences, type Entry } from '../design/differences.js';
import { editorStyles, formSkeleton, refusalNotice, type SettingsEditor, textField } from '../design/editor.js';
import { base, buttons, fields } from '../design/shared.js';

const notANumber = -1;

/** How long calls are kept: an administrator says so. What is to be deleted is asked twice. */
@localized()
@customElement('cmw-retention')
export class RetentionEditor extends LitElement implements SettingsEditor {
  @property({ attribute: false }) api!: Pick<SettingsApi, 'retention' | 'setRetention'>;

  @state() private stands: Retention | undefined;
  @state() private callDays = '';
  @state() private callAction: 'remove' | 'anonymize' = 'anonymize';
  @state() private eventDays = '';
  @state() private asks = false;
  /** What another has stored; set where a change was refused for it. */
  @state() private theirs: Retention | undefined;

  /** The warnings that were answered with yes: what is saved again is not asked again. */
  #agreed: readonly string[] = [];

  readonly #saving = new Saving(this);

  get isDirty(): boolean {
    const { stands } = this;
    return (
      stands !== undefined &&
      (this.callDays !== textOf(stands.callDays) ||
        this.callAction !== (stands.callAction ?? 'anonymize') ||
        this.eventDays !== textOf(stands.eventDays))
    );
  }

  protected override firstUpdated(): void {
    void this.#read();
  }

  protected override render(): TemplateResult {
    return html`
      <section aria-labelledby="title">
        <h2 id="title">${msg('Cuánto tiempo se guardan las llamadas')}</h2>
        <p class="quiet">
          ${msg('Vacío es para siempre. Lo que pase de la fecha se procesa cada noche desde las 2 a. m.; los totales de los reportes y de las facturas se conservan.')}
        </p>
        ${this.stands ? this.#form() : this.#saving.error ? nothing : formSkeleton()}
        <p class="done" aria-live="polite">${this.#saving.saved ? msg('Guardado') : nothing}</p>
        ${this.stands?.lastRun ? html`<p class="quiet">${runWords(this.stands.lastRun)}</p>` : nothing}
        ${
          this.asks
            ? nothing
            : refusalNotice(this.#saving, {
                again: this.stands ? this.#submit : this.#read,
                keepMine: this.#keepMine,
                useOther: this.#read,
                changes: this.theirs && this.stands ? differences(entriesOf(this.stands), entriesOf(this.theirs)) : [],
              })
        }
      </section>
    `;
  }

  #form(): TemplateResult {
    const actionFault = this.#saving.fault('callAction');
    return html`
      <form novalidate @submit=${this.#submit}>
        <div class="row">
          ${this.#days('callDays', msg('Llamadas, en días'), this.callDays)}
          <div class="field">
            <label for="callAction">${msg('Después')}</label>
            <select
              id="callAction"
              ?disabled=${this.callDays.trim() === ''}
              aria-invalid=${actionFault !== ''}
              aria-describedby="callAction-error"
              @change=${this.#choose}
            >
              <option value="anonymize" ?selected=${this.callAction === 'anonymize'}>
                ${msg('Quitar los datos de la persona')}
              </option>
              <option value="remove" ?selected=${this.callAction === 'remove'}>${msg('Borrar la llamada')}</option>
            </select>
            <span class="field-error" id="callAction-error">${actionFault}</span>
          </div>
          ${this.#days('eventDays', msg('Avisos del operador, en días'), this.eventDays)}
        </div>
        ${
          this.asks
            ? html`<div class="problem" role="alert">
                ${this.#warnings().map((warning) => html`<p>${warning}</p>`)}
                <div class="actions">
                  <button class="primary" @click=${this.#agree} type="button">${msg('Guardar de todos modos')}</button>
                  <button type="button" @click=${this.#withdraw}>${msg('Cancelar')}</button>
                </div>
              </div>`
            : html`<div class="actions">
                <button class="primary" aria-disabled=${this.#saving.busy}>${msg('Guardar')}</button>
              </div>`
        }
      </form>
    `;
  }

  #days(id: 'callDays' | 'eventDays', label: string, value: string): TemplateResult {
    return textField({
      id,
      label,
      value,
      maxLength: 5,
      inputMode: 'numeric',
      fault: this.#saving.fault(id),
      change: (text) => {
        this.#typed();
        this[id] = text;
      },
    });
  }

  #typed(): void {
    this.#saving.typed();
    this.asks = false;
    this.#agreed = [];
  }

  #choose(event: Event): void {
    this.#typed();
    this.callAction = (event.target as HTMLSelectElement).value === 'remove' ? 'remove' : 'anonymize';
  }

  readonly #submit = async (event?: Event): Promise<void> => {
    event?.preventDefault();
    if (this.#warnings().every((warning) => this.#agreed.includes(warning))) {
      await this.#save();
      return;
    }

    this.asks = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.problem button:last-of-type')?.focus();
  };

  async #agree(): Promise<void> {
    this.#agreed = this.#warnings();
    await this.#withdraw();
    await this.#save();
  }

  /** Takes the warnings from the screen, with the button that had the focus. */
  async #withdraw(): Promise<void> {
    this.asks = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.primary')?.focus();
  }

  readonly #read = async (): Promise<void> => {
    await this.#saving.ask(async () => this.#take(await this.api.retention()));
  };

  async #save(): Promise<void> {
    const { stands } = this;
    if (!stands) return;
    await this.#saving.save(async () => {
      try {
        this.#take(await this.api.setRetention(this.#rules(), stands.etag));
      } catch (error) {
        if (asApiError(error).status === 412) this.theirs = await this.api.retention().catch(() => undefined);
        throw error;
      }
    });
  }

  /** Saves one's own rules in the place of those that somebody else has stored meanwhile. */
  readonly #keepMine = async (): Promise<void> => {
    const read = await this.#saving.ask(async () => {
      this.stands = await this.api.retention();
    });
    // More may go than by the rules of the other: that is asked as well.
    if (read) await this.#submit();
  };

  #warnings(): readonly string[] {
    return this.stands ? warningsOf(this.#rules(), this.stands) : [];
  }

  #rules(): Retention {
    const callDays = numberOf(this.callDays);
    return {
      callDays,
      ...(callDays === null ? {} : { callAction: this.callAction }),
      eventDays: numberOf(this.eventDays),
    };
  }

  #take(rules: Retention): void {
    this.stands = rules;
    this.theirs = undefined;
    this.callDays = textOf(rules.callDays);
    this.callAction = rules.callAction ?? 'anonymize';
    this.eventDays = textOf(rules.eventDays);
    this.#agreed = [];
  }

  static override styles = [
    base,
    buttons,
    fields,
    editorStyles,
    css`
      /* The select's longest words need the width. */
      .row {
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr));
      }

      /* A label of two lines leaves the fields at one height. */
      .row .field {
        grid-row: span 3;
        grid-template-rows: subgrid;
      }

      .row label {
        align-self: end;
      }
    `,
  ];
}

const entriesOf = ({ callDays, callAction, eventDays }: Retention): readonly Entry[] => [
  { key: 'calls', name: msg('Llamadas, en días'), content: [callDays, callAction] },
  { key: 'events', name: msg('Avisos del operador, en días'), content: eventDays },
];

/** What is lost for good: only where more goes than by the rules that stand. */
function warningsOf({ callDays, callAction, eventDays }: Retention, stands: Retention): readonly string[] {
  // The server refuses what is no number, so that nothing goes.
  if (callDays === notANumber || eventDays === notANumber) return [];
  const moreCalls =
    callDays !== null && (isFewer(callDays, stands.callDays) || callAction !== (stands.callAction ?? 'anonymize'));
  return [
    ...(moreCalls ? [callWarning(callDays, callAction)] : []),
    ...(eventDays !== null && isFewer(eventDays, stands.eventDays) ? [eventWarning(eventDays)] : []),
  ];
}

/** Without days they are kept for ever. */
const isFewer = (days: number, stands: number | null | undefined): boolean => stands == null || days < stands;

const daysWords = (days: number): string => (days === 1 ? msg('1 día') : msg(str`${days} días`));

const callWarning = (days: number, action: Retention['callAction']): string =>
  action === 'remove'
    ? msg(
        str`Desde esta noche se borran las llamadas de más de ${daysWords(days)}, con sus notas y promesas. No se pueden recuperar.`,
      )
    : msg(
        str`Desde esta noche las llamadas de más de ${daysWords(days)} pierden el número, el contacto y las notas. No se pueden recuperar.`,
      );

const eventWarning = (days: number): string =>
  msg(str`Desde esta noche se borran los avisos del operador de más de ${daysWords(days)}. No se pueden recuperar.`);

/** What is no number goes to the server as it can't be, and comes back as an error beside the field. */
function numberOf(text: string): number | null {
  const trimmed = text.trim();
  return trimmed === '' ? null : /^\d+$/.test(trimmed) ? Number(trimmed) : notANumber;
}

function textOf(days: number | null | undefined): string {
  return days == null ? '' : String(days);
}

const callsWords = (calls: number): string => (calls === 1 ? msg('1 llamada') : msg(str`${calls} llamadas`));

function runWords(run: RetentionRun): string {
  return run.state === 'done'
    ? msg(str`Revisadas la última vez: ${callsWords(run.calls)}. Cambiadas: ${run.changed}.`)
    : run.state === 'failed'
      ? msg('La última vez no se pudo terminar. La bitácora del sistema dice por qué.')
      : msg(str`Ahora se procesan. Hasta ahora: ${callsWords(run.calls)}.`);
}
