import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ContactLookup, LookupApi, LookupFailure, LookupInput, LookupTest } from '../api/lookup-api.js';
import { isAdmin, type Me } from '../api/types.js';
import { Reading, Repeating } from '../base/reading.js';
import { Saving } from '../base/saving.js';
import { refusalNotice } from '../design/editor.js';
import { pageFrame, readingBody } from '../design/page-frame.js';
import '../design/secret-panel.js';
import { base, buttons } from '../design/shared.js';
import { beforeStop } from '../i18n/format.js';
import { defaultZone, timeWords } from '../i18n/times.js';
import './lookup-form.js';
import './lookup-test.js';
import { lookupBadge, lookupStateWords } from './words.js';

/** While it is on, how the CRM answers is read again so often. */
const rereadMs = 15_000;

/** Where a CRM is asked at each call who calls: the address, how it answers, and a test. */
@localized()
@customElement('cmw-contact-lookup-page')
export class LookupPage extends LitElement {
  @property({ attribute: false }) api!: LookupApi;
  @property({ attribute: false }) me: Me | undefined;

  /** A secret that was just made: it is shown this once. */
  @state() private made: { readonly secret: string; readonly previousUntil?: string } | undefined;

  readonly #lookup = new Reading<ContactLookup>(this, () => this.api.lookup());
  readonly #renewal = new Saving(this);

  constructor() {
    super();
    new Repeating(
      this,
      rereadMs,
      () => this.#lookup.value?.enabled === true,
      () => this.#lookup.read(),
    );
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('me') && this.#isAllowed && !this.#lookup.value) void this.#lookup.read();
  }

  protected override render(): TemplateResult {
    return html`
      <h1 tabindex="-1">${msg('Consulta al CRM en cada llamada')}</h1>
      ${this.me && !this.#isAllowed ? html`<p>${msg('Esta página es de un administrador.')}</p>` : nothing}
      ${
        this.#isAllowed
          ? html`
              <p class="quiet about">
                ${msg('En cada llamada se pregunta a su CRM de quién es el número. La llamada aparece de inmediato con los contactos de aquí, y muestra lo que diga el CRM en cuanto contesta.')}
              </p>
              ${readingBody(this.#lookup, msg('No se pudo leer cómo está la consulta.'), this.#body)}
            `
          : nothing
      }
    `;
  }

  readonly #body = (lookup: ContactLookup): TemplateResult => html`
    <section aria-labelledby="where">
      <div class="bar">
        <h2 id="where" tabindex="-1">${msg('A dónde se pregunta')}</h2>
        ${
          lookup.url
            ? html`<span class=${`badge ${lookupBadge[lookup.state]}`}>${lookupStateWords(lookup.state)}</span>`
            : html`<span class="badge">${msg('Sin dirección todavía')}</span>`
        }
      </div>
      ${lookup.lastFailure ? this.#failure(lookup.lastFailure, lookup.state) : nothing}
      ${
        lookup.lastLeftOut
          ? html`<p class="quiet small">
              ${msg(str`Último valor que no se tomó: ${beforeStop(this.#time(lookup.lastLeftOut.at))}. ${lookup.lastLeftOut.why}`)}
            </p>`
          : nothing
      }
      <cmw-lookup-form .lookup=${lookup} .send=${this.#save} .read=${() => this.api.lookup()}></cmw-lookup-form>
      ${
        this.made
          ? html`<cmw-secret-panel
              .secret=${this.made.secret}
              .heading=${msg('El secreto de la consulta')}
              .about=${this.#aboutSecret(this.made.previousUntil)}
              @done=${this.#copied}
            ></cmw-secret-panel>`
          : nothing
      }
      ${
        lookup.url && !this.made
          ? html`<div class="bar">
              <button aria-disabled=${this.#renewal.busy} @click=${this.#renew}>${msg('Hacer otro secreto')}</button>
              ${
                lookup.previousSecretUntil
                  ? html`<span class="quiet small">
                      ${msg(str`El anterior sigue valiendo hasta ${beforeStop(this.#time(lookup.previousSecretUntil))}.`)}
                    </span>`
                  : nothing
              }
            </div>`
          : nothing
      }
      ${refusalNotice(this.#renewal, { again: this.#renew })}
    </section>
    ${
      lookup.url
        ? html`<section aria-labelledby="try">
            <h2 id="try">${msg('Probar la consulta')}</h2>
            <p class="quiet about">${msg('Pregunta ahora mismo, también si está apagada, y no guarda nada.')}</p>
            <cmw-lookup-test .send=${this.#test}></cmw-lookup-test>
          </section>`
        : nothing
    }
  `;

  #failure({ at, why, since, pausedUntil }: LookupFailure, state: ContactLookup['state']): TemplateResult {
    if (!since || state === 'off') {
      return html`<p class="quiet small">${msg(str`Último fallo: ${beforeStop(this.#time(at))}. ${why}`)}</p>`;
    }
    return html`<div class="notice">
      <p>
        ${why}<br />
        ${msg(str`Desde: ${this.#time(since)}`)} · ${msg(str`Último fallo: ${this.#time(at)}`)}
        ${pausedUntil ? html`<br />${msg('Falló varias veces seguidas: no se le pregunta durante un minuto.')}` : nothing}
      </p>
    </div>`;
  }

  #aboutSecret(previousUntil: string | undefined): string {
    return [
      msg('Cópielo ahora en su CRM: con él comprueba que la consulta viene de aquí. No se vuelve a mostrar.'),
      ...(previousUntil ? [msg(str`El anterior sigue valiendo hasta ${beforeStop(this.#time(previousUntil))}.`)] : []),
    ].join(' ');
  }

  readonly #save = async (input: LookupInput, etag: string | undefined): Promise<void> => {
    const { secret, ...lookup } = await this.api.save(input, etag);
    if (secret) this.made = { secret };
    this.#lookup.take(lookup);
  };

  readonly #renew = (): Promise<void> =>
    this.#renewal.save(async () => {
      const { secret, previousSecretUntil } = await this.api.newSecret();
      this.made = { secret, ...(previousSecretUntil ? { previousUntil: previousSecretUntil } : {}) };
      await this.#lookup.read();
    });

  readonly #copied = async (): Promise<void> => {
    this.made = undefined;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#where')?.focus();
  };

  readonly #test = async (number: string): Promise<LookupTest> => {
    const tested = await this.api.test(number);
    this.#lookup.take(tested.lookup);
    return tested;
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
      .about {
        max-inline-size: 44rem;
      }
    `,
  ];
}
