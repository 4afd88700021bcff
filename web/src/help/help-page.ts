import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { Me } from '../api/types.js';
import { Later, later } from '../base/later.js';
import type { PageElement } from '../base/page.js';
import { base, buttons } from '../design/shared.js';
import { currentLocale } from '../i18n/locale.js';
import { guideStyles } from './guide-styles.js';
import { type Guide, guides } from './guides.js';
import { helpFor, nameIn } from './help-address.js';

/** A guide with its table of contents, and the way to the other guides. A heading of it has an address: `#its-name`. */
@localized()
@customElement('cmw-help-page')
export class HelpPage extends LitElement implements PageElement {
  /** The guide's name in the address; empty for the one that explains the page from which somebody came. */
  @property() name = '';
  @property({ attribute: false }) me: Me | undefined;

  @state() private guide: Guide | undefined;

  /** The name of the guide that was asked for last. */
  #read = '';

  readonly #code = new Later(this, () => this.#load());

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.#toHeading);
  }

  override disconnectedCallback(): void {
    window.removeEventListener('hashchange', this.#toHeading);
    super.disconnectedCallback();
  }

  protected override willUpdate(): void {
    if (this.name === '' && this.me) {
      const address = helpFor(new URLSearchParams(location.search).get('from') ?? '/', this.me);
      // Not a step of its own: Back leads to the page from which somebody came.
      history.replaceState(null, '', address);
      this.name = nameIn(address);
    }
    if (this.name === '' || this.name === this.#read) return;
    this.#read = this.name;
    this.guide = undefined;
    void this.#code.fetch();
  }

  protected override render(): TemplateResult {
    const { guide } = this;
    return html`
      <div class="top">
        <h1 tabindex="-1">${msg('Ayuda')}</h1>
        <nav class="guides" aria-label=${msg('Guías')}>
          ${guides.map(
            ({ name, words }) =>
              html`<a href="/help/${name}" aria-current=${name === this.name ? 'page' : nothing}>${words()}</a>`,
          )}
        </nav>
        <button @click=${() => print()}>${msg('Imprimir')}</button>
      </div>
      ${currentLocale() === 'es' ? nothing : html`<p class="quiet">${msg('Las guías están en español.')}</p>`}
      ${this.#code.notice}
      ${
        guide
          ? html`<div class="guide" lang="es" @click=${this.#follow}>
              <nav class="contents" aria-label=${msg('Contenido')}>
                ${guide.headings.map(
                  ({ id, text, depth }) => html`<a class="depth-${depth}" href="#${id}">${unsafeHTML(text)}</a>`,
                )}
              </nav>
              <article aria-label=${guide.title}>${unsafeHTML(guide.html)}</article>
            </div>`
          : this.#isKnown
            ? html`<div class="skeleton" role="status" aria-label=${msg('Cargando')}></div>`
            : html`<p>${msg('No hay una guía con ese nombre. Elija una de las de arriba.')}</p>`
      }
    `;
  }

  get #isKnown(): boolean {
    return this.name === '' || guides.some(({ name }) => name === this.name);
  }

  async #load(): Promise<void> {
    const { name } = this;
    const guide = await guides.find((each) => each.name === name)?.fetch();
    if (name !== this.name) return;
    this.guide = guide;
    await this.updateComplete;
    this.goToPlace();
  }

  /** The browser looks for the heading of an address in the document, and not in a component. */
  goToPlace(): boolean {
    if (!location.hash) return false;
    const id = decodeURIComponent(location.hash.slice(1));
    const heading = this.renderRoot.querySelector<HTMLElement>(`[id="${CSS.escape(id)}"]`);
    heading?.scrollIntoView();
    heading?.focus({ preventScroll: true });
    return true;
  }

  /** Goes to a heading of this guide, which the list of pages does not know. */
  #follow(event: MouseEvent): void {
    const link = event.composedPath().find((each): each is HTMLAnchorElement => each instanceof HTMLAnchorElement);
    if (!link?.getAttribute('href')?.startsWith('#') || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, '', link.hash);
    this.goToPlace();
  }

  readonly #toHeading = (): void => {
    this.goToPlace();
  };

  static override styles = [base, buttons, later, guideStyles];
}
