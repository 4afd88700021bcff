import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApiClient } from '../api/api-client.js';
import { isAdmin, type Me } from '../api/types.js';
import { Later, later } from '../base/later.js';
import { Unsaved } from '../base/unsaved.js';
import type { SettingsEditor } from '../design/editor.js';
import { pageFrame } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';
import { parts, type SettingsPart } from './parts.js';

/** The office's settings: an index, or one part of them. */
@localized()
@customElement('cmw-settings-page')
export class SettingsPage extends LitElement {
  @property({ attribute: false }) api!: ApiClient;
  @property({ attribute: false }) me: Me | undefined;
  /** The last part of the address; empty for the index. */
  @property({ attribute: false }) path = '';

  /** The parts whose code is here. */
  @state() private loaded: ReadonlySet<string> = new Set();

  readonly #codes = new Map(parts.map((part) => [part.path, new Later(this, () => this.#load(part))]));

  constructor() {
    super();
    new Unsaved(this, () => this.#editor?.isDirty === true);
  }

  get #editor(): SettingsEditor | null {
    return this.renderRoot.querySelector<SettingsEditor>('.editor');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('path')) void this.#codes.get(this.path)?.fetch();
  }

  protected override render(): TemplateResult {
    const part = parts.find(({ path }) => path === this.path);
    const mayRead = this.me !== undefined && isAdmin(this.me);
    return html`
      ${part ? this.#links(part) : nothing}
      <h1 tabindex="-1">${part?.words() ?? msg('Ajustes')}</h1>
      ${this.me && !mayRead ? html`<p>${msg('Los ajustes son de un administrador.')}</p>` : nothing}
      ${mayRead ? (part ? this.#drawn(part) : index()) : nothing}
    `;
  }

  /** The other parts, and above all of them. */
  #links(part: SettingsPart): TemplateResult {
    return html`
      <nav aria-label=${msg('Ajustes')}>
        <a href="/settings">${msg('Ajustes')}</a>
        ${parts.map(
          ({ path, words }) =>
            html`<a href=${`/settings/${path}`} aria-current=${path === part.path ? 'page' : nothing}>${words()}</a>`,
        )}
      </nav>
    `;
  }

  #drawn(part: SettingsPart): unknown {
    if (this.loaded.has(part.path)) return part.draw(this.api, this.me);
    return this.#codes.get(part.path)?.notice === nothing
      ? html`<div class="skeleton" role="status" aria-label=${msg('Cargando')}></div>`
      : this.#codes.get(part.path)?.notice;
  }

  async #load(part: SettingsPart): Promise<void> {
    await part.fetch();
    this.loaded = new Set([...this.loaded, part.path]);
  }

  static override styles = [
    base,
    buttons,
    later,
    pageFrame,
    css`
      :host {
        max-inline-size: 56rem;
      }

      nav a {
        font: var(--cmw-type-label);
      }

      ul.index {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 18rem), 1fr));
        gap: var(--cmw-space-3) var(--cmw-space-5);
      }

      .index a {
        display: inline-block;
        padding-block: var(--cmw-space-1);
        font: var(--cmw-type-strong);
      }
    `,
  ];
}

const index = (): TemplateResult => html`
  <section aria-label=${msg('Ajustes')}>
    <ul class="index">
      ${parts.map(
        ({ path, words, about }) => html`
          <li>
            <a href=${`/settings/${path}`}>${words()}</a>
            <p class="quiet">${about()}</p>
          </li>
        `,
      )}
    </ul>
  </section>
`;
