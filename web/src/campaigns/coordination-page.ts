import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { ApiError } from '../api/api-error.js';
import type { Coordination } from '../api/campaign-types.js';
import type { CampaignsApi } from '../api/campaigns-api.js';
import { isAdmin, type Me } from '../api/types.js';
import { Reading } from '../base/reading.js';
import { Saving } from '../base/saving.js';
import { Unsaved } from '../base/unsaved.js';
import { editorStyles, refusalNotice, textField, tick, tickStyles } from '../design/editor.js';
import { pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons, fields } from '../design/shared.js';
import { instantOf, zonedTime } from '../i18n/format.js';
import { defaultZone } from '../i18n/times.js';
import { isConfirmed } from './coordination-line.js';
import { numberIn } from './settings-fields.js';

interface Typed {
  readonly confirmed: boolean;
  readonly perMinute: string;
  /** The last day on which it is valid; empty for no end. */
  readonly day: string;
}

/** What was agreed with the operator: without it no campaign calls. */
@localized()
@customElement('cmw-coordination-page')
export class CoordinationPage extends LitElement {
  @property({ attribute: false }) api!: CampaignsApi;
  @property({ attribute: false }) me: Me | undefined;

  /** What was typed over what is stored. */
  @state() private typed: Typed | undefined;

  readonly #coordination = new Reading<Coordination>(this, () => this.api.coordination());
  readonly #saving = new Saving(this);

  constructor() {
    super();
    new Unsaved(this, () => this.typed !== undefined);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('me') && this.#may && !this.#coordination.value) void this.#coordination.read();
  }

  protected override render(): TemplateResult {
    return html`
      <p><a href="/campaigns">${msg('Todas las campañas')}</a></p>
      <h1 tabindex="-1">${msg('Coordinación con el operador')}</h1>
      ${this.me && !this.#may ? html`<p>${msg('Esta página es de un administrador.')}</p>` : nothing}
      ${
        this.#may
          ? html`<section>
              <p class="quiet">
                ${msg('El operador pide que las campañas se coordinen antes con él. Mientras no esté confirmado aquí, ninguna campaña llama. Lo que se guarda queda en la auditoría.')}
              </p>
              ${readingBody(this.#coordination, msg('No se pudo leer la coordinación con el operador.'), (stored) => this.#form(stored))}
            </section>`
          : nothing
      }
    `;
  }

  #form(stored: Coordination): TemplateResult {
    const typed = this.typed ?? this.#typedOf(stored);
    const until = this.#saving.fault('until');
    return html`
      <p>
        ${
          isConfirmed(stored, this.api.now())
            ? html`<span class="badge good">${msg('Confirmada')}</span>`
            : html`<span class="badge warn">${stored.confirmed ? msg('Vencida') : msg('Sin confirmar')}</span>`
        }
      </p>
      <form novalidate @submit=${this.#submit}>
        ${tick(msg('Las campañas están coordinadas con el operador'), typed.confirmed, (confirmed) => this.#type({ confirmed }))}
        <span class="field-error">${this.#saving.fault('confirmed')}</span>
        <div class="row">
          ${textField({
            id: 'perMinute',
            label: msg('Llamadas por minuto acordadas, entre todas las campañas'),
            value: typed.perMinute,
            maxLength: 5,
            fault: this.#saving.fault('perMinute'),
            inputMode: 'numeric',
            change: (perMinute) => this.#type({ perMinute }),
          })}
          <div class="field">
            <label for="until">${msg('Vale hasta este día, incluido')}</label>
            <input
              id="until"
              type="date"
              .value=${live(typed.day)}
              aria-invalid=${until !== ''}
              aria-describedby="until-error"
              @change=${(event: Event) => this.#type({ day: (event.target as HTMLInputElement).value })}
            />
            <span class="field-error" id="until-error">${until}</span>
          </div>
        </div>
        <div class="actions">
          <button class="primary" aria-disabled=${this.#saving.busy}>${msg('Guardar')}</button>
        </div>
        <p class="done said" role="status">${this.#saving.saved && !this.typed ? msg('Guardado.') : nothing}</p>
        ${refusalNotice(this.#saving, { again: this.#save, keepMine: this.#keepMine, useOther: this.#useOther })}
      </form>
    `;
  }

  #typedOf({ confirmed, perMinute, until }: Coordination): Typed {
    return {
      confirmed,
      perMinute: perMinute ? String(perMinute) : '',
      // The end is the first instant of the next day.
      day: until ? zonedTime(Date.parse(until) - 1, this.#timeZone).slice(0, 10) : '',
    };
  }

  #type(values: Partial<Typed>): void {
    const stored = this.#coordination.value;
    if (!stored) return;
    this.typed = { ...(this.typed ?? this.#typedOf(stored)), ...values };
    this.#saving.typed();
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    void this.#save();
  };

  readonly #save = (): Promise<void> => this.#store(this.#coordination.value?.etag);

  /** Saves what was typed in the place of what another has stored meanwhile. */
  readonly #keepMine = async (): Promise<void> => {
    const { typed, me } = this;
    await this.#coordination.read();
    // Where the session had ended, somebody else may have signed in meanwhile: it is not theirs to save.
    if (this.#coordination.error || this.me?.id !== me?.id) return;
    this.typed = typed;
    await this.#save();
  };

  readonly #useOther = async (): Promise<void> => {
    this.typed = undefined;
    this.#saving.error = undefined;
    await this.#coordination.read();
  };

  async #store(etag: string | undefined): Promise<void> {
    const stored = this.#coordination.value;
    if (!stored) return;
    const sent = this.typed;
    const typed = sent ?? this.#typedOf(stored);
    await this.#saving.save(async () => {
      const perMinute = typed.perMinute.trim() ? numberIn(typed.perMinute) : null;
      if (perMinute === undefined) throw new ApiError(400, { errors: { perMinute: [msg('Escriba un número.')] } });
      const until = typed.day ? endOfDay(typed.day, this.#timeZone) : null;
      this.#coordination.take(await this.api.saveCoordination({ confirmed: typed.confirmed, perMinute, until }, etag));
      // What was typed while it was sent is still to be saved.
      if (this.typed === sent) this.typed = undefined;
    });
  }

  get #may(): boolean {
    return this.me !== undefined && isAdmin(this.me);
  }

  get #timeZone(): string {
    return this.me?.timeZone ?? defaultZone;
  }

  static override styles = [
    base,
    buttons,
    fields,
    pageFrame,
    editorStyles,
    tickStyles,
    css`
      section {
        max-inline-size: 44rem;
      }

      .row {
        align-items: end;
      }
    `,
  ];
}

/** The first instant after a day of the calendar. */
export function endOfDay(day: string, timeZone: string): string | null {
  const next = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(next.getTime())) return null;
  next.setUTCDate(next.getUTCDate() + 1);
  return instantOf(`${next.toISOString().slice(0, 10)}T00:00`, timeZone)?.toISOString() ?? null;
}
