import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { SettingsApi } from '../api/settings-api.js';
import type { WebhookKey } from '../api/settings-types.js';
import { Reading, Repeating } from '../base/reading.js';
import { Saving } from '../base/saving.js';
import { refusalNotice } from '../design/editor.js';
import { pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons, fields } from '../design/shared.js';
import { timeWords } from '../i18n/times.js';
import { operatorStyles, whereWords } from './where.js';

const everyMs = 10_000;

/** The keys of the webhook: when each was used last, and the address to give to the operator. */
@localized()
@customElement('cmw-webhook-keys')
export class WebhookKeys extends LitElement {
  @property({ attribute: false }) api!: Pick<SettingsApi, 'webhookKeys' | 'webhookAddress' | 'now'>;
  @property({ attribute: false }) timeZone = '';
  /** How people sign in: it tells where the settings are. */
  @property({ attribute: false }) signIn = 'password';

  @state() private addresses: ReadonlyMap<number, string> = new Map();
  @state() private copied = 0;

  readonly #keys = new Reading(this, () => this.api.webhookKeys());
  readonly #saving = new Saving(this);

  #again: () => unknown = () => {};
  /** A key to begin with, drawn once. */
  #suggested = '';

  constructor() {
    super();
    new Repeating(
      this,
      everyMs,
      () => this.#keys.value !== undefined,
      () => this.#keys.read(),
    );
  }

  protected override firstUpdated(): void {
    void this.#keys.read();
  }

  protected override render(): TemplateResult {
    return html`
      ${readingBody(this.#keys, msg('No se pudieron leer las claves.'), (keys) =>
        keys.length > 0
          ? html`<ul class="rows">${keys.map((key) => this.#key(key, lastOf(keys) === key && keys.length > 1))}</ul>`
          : this.#none(),
      )}
      ${refusalNotice(this.#saving, { again: () => this.#again() })}
      <p class="quiet small">
        ${msg('Para cambiar la clave sin cortes, agregue la nueva como segunda, dé su dirección al operador y quite la vieja cuando deje de usarse.')}
        ${whereWords(this.signIn)}
      </p>
    `;
  }

  #key({ keyNumber, lastUsedAt }: WebhookKey, isNewest: boolean): TemplateResult {
    const address = this.addresses.get(keyNumber);
    const id = `address-${keyNumber}`;
    return html`
      <li>
        <div class="bar">
          <strong>${msg(str`Clave ${keyNumber}`)}</strong>
          <span role="status">
            ${
              lastUsedAt
                ? msg(str`Último aviso: ${timeWords(lastUsedAt, this.api.now(), this.timeZone)}`)
                : msg('Último aviso: ninguno todavía')
            }
          </span>
          ${isNewest ? html`<span class="badge good">${msg('La usada de última')}</span>` : nothing}
          <button aria-label=${this.copied === keyNumber ? msg(str`Copiada: clave ${keyNumber}`) : msg(str`Copiar la dirección de la clave ${keyNumber}`)} @click=${() => this.#copy(keyNumber)}>
            ${this.copied === keyNumber ? msg('Copiada') : msg('Copiar la dirección')}
          </button>
        </div>
        ${
          address
            ? html`<div class="field">
                  <label for=${id}>${msg('Dirección para el operador: es un secreto')}</label>
                  <input id=${id} readonly .value=${address} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
                </div>
                ${
                  isPrivate(address)
                    ? html`<p class="warn">
                        ${msg('El operador no llega a esta dirección: es de esta red. Ponga delante un proxy con nombre público y HTTPS, y copie la dirección desde ahí.')}
                      </p>`
                    : nothing
                }`
            : nothing
        }
      </li>
    `;
  }

  #none(): TemplateResult {
    this.#suggested ||= randomKey();
    return html`
      <p>${msg('No hay ninguna clave en la configuración. Esta se acaba de generar al azar; puede usarla:')}</p>
      <pre tabindex="0">Webhook__Keys__0=${this.#suggested}</pre>
    `;
  }

  async #copy(keyNumber: number): Promise<void> {
    this.#again = () => this.#copy(keyNumber);
    this.copied = 0;
    await this.#saving.ask(async () => {
      const known = this.addresses.get(keyNumber) ?? (await this.api.webhookAddress(keyNumber)).address;
      this.addresses = new Map([...this.addresses, [keyNumber, known]]);
    });
    const address = this.addresses.get(keyNumber);
    if (!address) return;
    // Where the browser does not let the page copy, the address stands in the field, selected.
    const done = await navigator.clipboard?.writeText(address).then(
      () => true,
      () => false,
    );
    if (done) this.copied = keyNumber;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>(`#address-${keyNumber}`)?.select();
  }

  static override styles = [
    base,
    buttons,
    fields,
    pageFrame,
    operatorStyles,
    css`
      .bar button {
        margin-inline-start: auto;
      }

      input {
        font: 400 0.875rem / 1.5 ui-monospace, monospace;
      }

      .warn {
        color: var(--cmw-warn);
      }
    `,
  ];
}

/** The key that was used last. */
function lastOf(keys: readonly WebhookKey[]): WebhookKey | undefined {
  const used = keys.filter(({ lastUsedAt }) => lastUsedAt);
  return used.sort((a, b) => Date.parse(b.lastUsedAt ?? '') - Date.parse(a.lastUsedAt ?? ''))[0];
}

function isPrivate(address: string): boolean {
  const { hostname } = new URL(address);
  return /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[::1\])/.test(hostname);
}

/** 192 bits of chance. */
const randomKey = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24))))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
