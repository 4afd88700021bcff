import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ApiKey, ApplicationsApi, EmbedOrigins, KeyScope } from '../api/applications-api.js';
import { isAdmin, type Me } from '../api/types.js';
import { Reading } from '../base/reading.js';
import { Saving } from '../base/saving.js';
import { refusalNotice } from '../design/editor.js';
import { pageFrame, readingBody } from '../design/page-frame.js';
import '../design/secret-panel.js';
import { base, buttons } from '../design/shared.js';
import { defaultZone, timeWords } from '../i18n/times.js';
import './key-form.js';
import './origins-form.js';
import { scopeWords } from './scope-words.js';

/** Other applications: the keys of their servers, and the pages in which agents may work. */
@localized()
@customElement('cmw-applications-page')
export class ApplicationsPage extends LitElement {
  @property({ attribute: false }) api!: ApplicationsApi;
  @property({ attribute: false }) me: Me | undefined;

  @state() private adding = false;
  /** The key that was just made: it is shown this once. */
  @state() private made: { readonly name: string; readonly key: string } | undefined;
  /** The key that is asked about. */
  @state() private asked: string | undefined;
  /** What was done last. */
  @state() private said = '';

  readonly #keys = new Reading<readonly ApiKey[]>(this, () => this.api.keys());
  readonly #origins = new Reading<EmbedOrigins>(this, () => this.api.origins());
  readonly #removal = new Saving(this);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('me') || !this.#isAllowed || this.#keys.value) return;
    void this.#keys.read();
    void this.#origins.read();
  }

  protected override render(): TemplateResult {
    return html`
      <h1 tabindex="-1">${msg('Claves y páginas de otros sistemas')}</h1>
      ${this.me && !this.#isAllowed ? html`<p>${msg('Esta página es de un administrador.')}</p>` : nothing}
      ${this.#isAllowed ? this.#body() : nothing}
    `;
  }

  #body(): TemplateResult {
    return html`
      <section aria-labelledby="keys">
        <div class="bar title">
          <h2 id="keys" tabindex="-1">${msg('Claves de la API')}</h2>
          <button class="primary" aria-expanded=${this.adding} @click=${this.#add}>${msg('Hacer una clave')}</button>
        </div>
        <p class="quiet about">
          ${msg('Con una clave, el servidor de su CRM lee y envía datos. Guárdela como una contraseña: quien la tenga puede lo mismo.')}
        </p>
        <p class="said" role="status">${this.said}</p>
        ${
          this.adding
            ? html`<div class="panel">
                <cmw-key-form
                  .send=${this.#create}
                  @closed=${this.#closed}
                ></cmw-key-form>
              </div>`
            : nothing
        }
        ${
          this.made
            ? html`<cmw-secret-panel
                .secret=${this.made.key}
                .heading=${msg(str`La clave de ${this.made.name}`)}
                .about=${msg('Cópiela ahora en su sistema. No se vuelve a mostrar.')}
                @done=${() => {
                  this.made = undefined;
                  void this.#focus('#keys');
                }}
              ></cmw-secret-panel>`
            : nothing
        }
        ${readingBody(this.#keys, msg('No se pudieron leer las claves.'), (found) =>
          found.length === 0
            ? html`<p class="quiet">${msg('Todavía no hay ninguna.')}</p>`
            : html`<ul class="rows">${repeat(found, ({ keyId }) => keyId, this.#row)}</ul>`,
        )}
        ${refusalNotice(this.#removal, { again: () => this.#remove() })}
      </section>
      <section aria-labelledby="pages">
        <h2 id="pages">${msg('Páginas que muestran el teléfono')}</h2>
        <p class="quiet about">
          ${msg('Un agente puede trabajar dentro de estas páginas. Las de otras direcciones se rechazan.')}
        </p>
        ${readingBody(
          this.#origins,
          msg('No se pudieron leer las páginas.'),
          (origins) => html`<cmw-origins-form
            .origins=${origins}
            .send=${this.#saveOrigins}
            .read=${() => this.api.origins()}
          ></cmw-origins-form>`,
        )}
      </section>
    `;
  }

  readonly #row = (key: ApiKey): TemplateResult => html`
    <li>
      <div class="bar">
        <h3>${key.name}</h3>
        <button
          aria-expanded=${this.asked === key.keyId}
          @click=${() => {
            this.asked = this.asked === key.keyId ? undefined : key.keyId;
            this.said = '';
          }}
        >
          ${msg('Eliminar')}<span class="visually-hidden"> ${key.name}</span>
        </button>
      </div>
      <p>${key.scopes.map(scopeWords).join(' · ')}</p>
      <p class="quiet small">
        ${msg(str`Hecha: ${this.#time(key.createdAt)}`)} ·
        ${key.usedAt ? msg(str`Último uso: ${this.#time(key.usedAt)}`) : msg('No se ha usado')}
      </p>
      ${
        this.asked === key.keyId
          ? html`<div class="notice" role="group" aria-label=${msg('Confirmar')}>
              <p>${msg('El sistema que la usa deja de entrar, y los teléfonos en sus páginas se cierran.')}</p>
              <button
                @click=${() => {
                  this.asked = undefined;
                  void this.#focus('#keys');
                }}
              >
                ${msg('Cancelar')}
              </button>
              <button class="danger" aria-disabled=${this.#removal.busy} @click=${this.#remove}>
                ${msg('Eliminar esta clave')}
              </button>
            </div>`
          : nothing
      }
    </li>
  `;

  readonly #add = async (): Promise<void> => {
    this.adding = !this.adding;
    this.said = '';
    await this.#focus('cmw-key-form');
  };

  /** A key that was made has the focus already. */
  readonly #closed = (): void => {
    const isLeft = this.shadowRoot?.activeElement?.localName === 'cmw-key-form';
    this.adding = false;
    if (isLeft) void this.#focus('#keys');
  };

  async #focus(what: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(what)?.focus();
  }

  readonly #create = async (name: string, scopes: readonly KeyScope[]): Promise<void> => {
    const { key } = await this.api.create(name, scopes);
    this.made = { name, key };
    await this.#keys.read();
  };

  readonly #remove = async (): Promise<void> => {
    const { asked } = this;
    if (asked === undefined) return;
    await this.#removal.save(() => this.api.remove(asked));
    if (!this.#removal.saved) return;
    this.asked = undefined;
    this.said = msg('Se eliminó la clave.');
    await this.#keys.read();
    await this.#focus('#keys');
  };

  readonly #saveOrigins = async (origins: readonly string[], etag: string | undefined): Promise<void> => {
    await this.api.saveOrigins(origins, etag);
    await this.#origins.read();
  };

  #time(at: string): string {
    return timeWords(at, this.api.now(), this.me?.timeZone ?? defaultZone);
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
      }

      .said {
        color: var(--cmw-live);
      }

      .about {
        max-inline-size: 44rem;
      }

      .rows {
        display: grid;
        gap: var(--cmw-space-3);
        margin: 0;
        padding: 0;
        list-style: none;
      }

      .rows > li {
        display: grid;
        gap: var(--cmw-space-1);
        padding-block: var(--cmw-space-3);
        border-block-start: 1px solid var(--cmw-line);
      }

      .rows .bar {
        justify-content: space-between;
      }

      h3 {
        font: var(--cmw-type-strong);
        overflow-wrap: anywhere;
      }
    `,
  ];
}
