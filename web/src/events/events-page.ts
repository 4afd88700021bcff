import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { EndpointInput, EventEndpoint } from '../api/event-types.js';
import type { EventsApi } from '../api/events-api.js';
import { isAdmin, type Me } from '../api/types.js';
import { Reading } from '../base/reading.js';
import { pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';
import { defaultZone } from '../i18n/times.js';
import './endpoint-card.js';
import './endpoint-form.js';
import type { EndpointForm } from './endpoint-form.js';

/** The applications that are told of events. */
@localized()
@customElement('cmw-events-page')
export class EventsPage extends LitElement {
  @property({ attribute: false }) api!: EventsApi;
  @property({ attribute: false }) me: Me | undefined;

  @state() private adding = false;
  /** The secret of the endpoint that was just added. */
  @state() private created: { readonly endpointId: string; readonly secret: string } | undefined;

  readonly #endpoints = new Reading<readonly EventEndpoint[]>(this, () => this.api.endpoints());

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('me') && this.#isAllowed && !this.#endpoints.value) void this.#endpoints.read();
  }

  protected override render(): TemplateResult {
    return html`
      <div class="bar title">
        <h1 tabindex="-1">${msg('Eventos hacia su sistema')}</h1>
        ${
          this.#isAllowed
            ? html`<button class="primary" aria-expanded=${this.adding} @click=${this.#add}>
                ${msg('Agregar un receptor')}
              </button>`
            : nothing
        }
      </div>
      ${this.me && !this.#isAllowed ? html`<p>${msg('Esta página es de un administrador.')}</p>` : nothing}
      ${this.#isAllowed ? this.#body() : nothing}
    `;
  }

  #body(): TemplateResult {
    return html`
      <p class="quiet about">
        ${msg('Su CRM u otro sistema se entera de cada llamada: se le envía un mensaje firmado, y si no lo recibe se intenta otra vez durante tres días.')}
      </p>
      ${
        this.adding
          ? html`<section aria-labelledby="new">
              <h2 id="new">${msg('Otro receptor')}</h2>
              <cmw-event-endpoint-form
                .send=${this.#create}
                @closed=${() => {
                  this.adding = false;
                }}
              ></cmw-event-endpoint-form>
            </section>`
          : nothing
      }
      ${readingBody(this.#endpoints, msg('No se pudieron leer los receptores.'), (found) =>
        found.length === 0 && !this.adding
          ? html`<div class="panel empty">
              <p>${msg('Todavía no se avisa a ningún sistema.')}</p>
              <p>${msg('Agregue la dirección en la que su sistema recibe los eventos.')}</p>
            </div>`
          : repeat(
              found,
              ({ endpointId }) => endpointId,
              (endpoint) =>
                html`<cmw-event-endpoint
                  .api=${this.api}
                  .endpoint=${endpoint}
                  .timeZone=${this.me?.timeZone ?? defaultZone}
                  .secret=${this.created?.endpointId === endpoint.endpointId ? this.created.secret : ''}
                  @changed=${() => this.#changed(endpoint)}
                ></cmw-event-endpoint>`,
            ),
      )}
    `;
  }

  readonly #add = async (): Promise<void> => {
    this.adding = !this.adding;
    await this.updateComplete;
    this.renderRoot.querySelector<EndpointForm>('cmw-event-endpoint-form')?.focus();
  };

  readonly #create = async (input: EndpointInput): Promise<undefined> => {
    const { endpointId, secret } = await this.api.create(input);
    this.created = { endpointId, secret };
    await this.#endpoints.read();
  };

  async #changed({ endpointId }: EventEndpoint): Promise<void> {
    await this.#endpoints.read();
    if (this.#endpoints.value?.some((one) => one.endpointId === endpointId)) return;
    // Its card goes, and with it the button that was pressed.
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('h1')?.focus();
  }

  get #isAllowed(): boolean {
    return this.me !== undefined && isAdmin(this.me);
  }

  static override styles = [
    base,
    buttons,
    pageFrame,
    css`
      .title {
        justify-content: space-between;
        min-block-size: var(--cmw-control);
      }

      .about {
        max-inline-size: 44rem;
      }
    `,
  ];
}
