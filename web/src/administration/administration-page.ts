import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { isAdmin, type Me } from '../api/types.js';
import { pageFrame } from '../design/page-frame.js';
import { base } from '../design/shared.js';
import { groups, type LinkedPage } from './groups.js';

/** The pages of an administrator, by what they are for. */
@localized()
@customElement('cmw-administration-page')
export class AdministrationPage extends LitElement {
  @property({ attribute: false }) me: Me | undefined;

  protected override render(): TemplateResult {
    const { me } = this;
    return html`
      <h1 tabindex="-1">${msg('Administración')}</h1>
      ${me && !isAdmin(me) ? html`<p>${msg('Esta página es de un administrador.')}</p>` : nothing}
      ${me && isAdmin(me) ? html`<div class="groups">${groups.map((group) => this.#group(group.words(), group.pages))}</div>` : nothing}
    `;
  }

  #group(words: string, pages: readonly LinkedPage[]): TemplateResult {
    return html`
      <section aria-label=${words}>
        <h2>${words}</h2>
        <ul>
          ${pages.map(
            ({ path, words, about }) => html`
              <li>
                <a href=${path}>${words()}</a>
                <p class="quiet">${about()}</p>
              </li>
            `,
          )}
        </ul>
      </section>
    `;
  }

  static override styles = [
    base,
    pageFrame,
    css`
      .groups {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr));
        gap: var(--cmw-space-4);
      }

      ul {
        display: grid;
        gap: var(--cmw-space-3);
      }

      li a {
        display: inline-block;
        padding-block: var(--cmw-space-1);
        font: var(--cmw-type-strong);
      }
    `,
  ];
}
