import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { asApiError } from '../api/api-error.js';
import { type EndpointInput, type EventEndpoint, eventTypes, type TestResult } from '../api/event-types.js';
import type { EventsApi } from '../api/events-api.js';
import { Saving } from '../base/saving.js';
import { editorStyles, refusalNotice } from '../design/editor.js';
import { pageFrame, pagePart } from '../design/page-frame.js';
import '../design/secret-panel.js';
import { base, buttons } from '../design/shared.js';
import { beforeStop } from '../i18n/format.js';
import { numberWords, timeWords } from '../i18n/times.js';
import './endpoint-form.js';
import { endpointBadge, endpointStateWords, eventList } from './words.js';

/** One endpoint: how it is, and what can be done with it. It tells `changed` when something was. */
@localized()
@customElement('cmw-event-endpoint')
export class EndpointCard extends LitElement {
  @property({ attribute: false }) api!: EventsApi;
  @property({ attribute: false }) endpoint!: EventEndpoint;
  @property() timeZone = '';
  /** A secret that was just made, to be shown once. */
  @property() secret = '';

  @state() private opened: 'form' | 'removal' | undefined;
  @state() private tested: TestResult | undefined;
  @state() private secretUntil: string | undefined;

  readonly #saving = new Saving(this);

  protected override render(): TemplateResult {
    const { endpointId, url, description, state: its, since, why, events, waiting = 0 } = this.endpoint;
    return html`
      <section aria-labelledby="name">
        <div class="bar">
          <h2 id="name" tabindex="-1">${description ?? new URL(url).host}</h2>
          <span class=${`badge ${endpointBadge[its]}`}>${endpointStateWords(its)}</span>
        </div>
        <p class="quiet">${url}</p>
        <p>${eventList(events, eventTypes.length)}</p>
        ${
          why
            ? html`<div class="notice">
                <p>${why}${since ? html`<br />${msg(str`Desde: ${this.#time(since)}`)}` : nothing}</p>
                ${its === 'paused' ? html`<button @click=${this.#test}>${msg('Probar y reanudar')}</button>` : nothing}
              </div>`
            : nothing
        }
        ${waiting > 0 ? html`<p class="quiet">${msg(str`Por enviar: ${waiting < 1000 ? numberWords(waiting) : '1000+'}`)}</p>` : nothing}
        ${this.#secretPanel()}
        <div class="tools">
          <a class="step" href=${`/events/${encodeURIComponent(endpointId)}`}>${msg('Ver envíos')}</a>
          <button aria-disabled=${this.#saving.busy} @click=${this.#test}>${msg('Probar')}</button>
          <button aria-expanded=${this.opened === 'form'} @click=${() => this.#open('form')}>${msg('Cambiar')}</button>
          <button aria-disabled=${this.#saving.busy} @click=${this.#renew}>${msg('Hacer otro secreto')}</button>
          <button class="removal" aria-expanded=${this.opened === 'removal'} @click=${() => this.#open('removal')}>${msg('Quitar')}</button>
        </div>
        <div role="status">${this.#answer()}</div>
        ${refusalNotice(this.#saving, { again: this.#test })}
        ${
          this.opened === 'form'
            ? html`<cmw-event-endpoint-form
                .endpoint=${this.endpoint}
                .send=${this.#send}
                @closed=${() => this.#open(undefined)}
              ></cmw-event-endpoint-form>`
            : nothing
        }
        ${
          this.opened === 'removal'
            ? html`<div class="notice" role="group" aria-label=${msg('Quitar')}>
                <p>${msg('Deja de recibir eventos, y lo que estaba por enviar no se envía.')}</p>
                <button @click=${() => this.#open(undefined)}>${msg('Cancelar')}</button>
                <button class="danger" @click=${this.#remove}>${msg('Quitar este receptor')}</button>
              </div>`
            : nothing
        }
      </section>
    `;
  }

  #secretPanel(): TemplateResult | typeof nothing {
    if (!this.secret) return nothing;
    const about = [
      msg('Cópielo ahora en su sistema: con él comprueba que los eventos vienen de aquí. No se vuelve a mostrar.'),
      ...(this.secretUntil
        ? [msg(str`El anterior sigue valiendo hasta ${beforeStop(this.#time(this.secretUntil))}.`)]
        : []),
    ];
    return html`<cmw-secret-panel
      .secret=${this.secret}
      .heading=${msg('El secreto de este receptor')}
      .about=${about.join(' ')}
      @done=${() => {
        this.secret = '';
        void this.#focus('h2');
      }}
    ></cmw-secret-panel>`;
  }

  #answer(): TemplateResult | typeof nothing {
    const { tested } = this;
    if (this.#saving.busy) return html`<p class="quiet">${msg('Esperando la respuesta…')}</p>`;
    if (!tested) return nothing;
    const { status, milliseconds, why, answer } = tested.try;
    return html`
      <div class="answer">
        <p class=${tested.delivered ? 'good' : 'bad'}>
          ${tested.delivered ? msg(str`Su sistema recibió la prueba (${status}, ${numberWords(milliseconds)} ms).`) : why}
        </p>
        <details>
          <summary>${msg('Lo que se envió y lo que contestó')}</summary>
          <pre tabindex="0">${tested.request.body}</pre>
          <pre tabindex="0">${answer ?? msg('Sin contenido')}</pre>
        </details>
      </div>
    `;
  }

  #open(part: 'form' | 'removal' | undefined): void {
    const before = this.opened;
    this.opened = part === before ? undefined : part;
    if (this.opened === 'form') void this.#focus('cmw-event-endpoint-form');
    else if (this.opened === 'removal') void this.#focus('.danger');
    else void this.#focus(before === 'removal' ? '.removal' : 'h2');
  }

  async #focus(what: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(what)?.focus();
  }

  readonly #send = async (input: EndpointInput, etag: string | undefined): Promise<EventEndpoint> => {
    try {
      this.endpoint = await this.api.save(this.endpoint.endpointId, input, etag);
    } catch (error) {
      // What another has stored is read, to choose between the two.
      if (asApiError(error).status === 412) this.#tell();
      throw error;
    }

    this.#tell();
    return this.endpoint;
  };

  readonly #test = (): Promise<void> =>
    this.#saving.save(async () => {
      this.tested = undefined;
      this.tested = await this.api.test(this.endpoint.endpointId);
      this.#tell();
    });

  readonly #renew = (): Promise<void> =>
    this.#saving.save(async () => {
      const { secret, previousSecretUntil } = await this.api.newSecret(this.endpoint.endpointId);
      this.secretUntil = previousSecretUntil;
      this.secret = secret;
      this.#tell();
    });

  readonly #remove = (): Promise<void> =>
    this.#saving.save(async () => {
      await this.api.remove(this.endpoint.endpointId);
      this.#tell();
    });

  #tell(): void {
    this.dispatchEvent(new Event('changed'));
  }

  #time(at: string): string {
    return timeWords(at, this.api.now(), this.timeZone);
  }

  static override styles = [
    base,
    buttons,
    pageFrame,
    pagePart,
    editorStyles,
    css`
      h2:focus-visible {
        outline: none;
      }

      .tools {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cmw-space-2);
      }

      .answer {
        display: grid;
        gap: var(--cmw-space-2);
      }

      pre {
        margin-block-start: var(--cmw-space-2);
      }

      .good {
        color: var(--cmw-live);
      }

      .bad,
      .danger {
        color: var(--cmw-bad);
      }

      .badge.bad {
        background: var(--cmw-bad-ground);
      }
    `,
  ];
}
