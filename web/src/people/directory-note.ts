import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Visitor } from '../api/people-types.js';
import { pageFrame } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';
import { timeWords } from '../i18n/times.js';

/**
 * How people come in where the office's directory signs in, and who came and is not in the list: the event `add` says
 * who is to be added.
 */
@localized()
@customElement('cmw-directory-note')
export class DirectoryNote extends LitElement {
  @property({ attribute: false }) visitors: readonly Visitor[] = [];
  @property({ attribute: false }) now = 0;
  @property({ attribute: false }) timeZone = '';

  protected override render(): TemplateResult {
    return html`
      <section aria-labelledby="title">
        <h2 id="title">${msg('Cómo entran las personas')}</h2>
        <p>
          ${msg('Entran con su cuenta de trabajo (Microsoft Entra ID): aquí no hay contraseñas ni invitaciones. Agregue a cada persona con el correo de su cuenta; sus roles son los de esta página.')}
        </p>
        <p>
          ${msg('De las funciones de aplicación del directorio cuenta una sola: quien tiene «Admin» es administrador aunque no esté en la lista. Las de los demás no hacen falta. Si el directorio exige asignación, cada persona debe estar asignada a la aplicación.')}
        </p>
        ${
          this.visitors.length > 0
            ? html`<h3>${msg('Entraron y no están en la lista')}</h3>
                <ul class="rows">
                  ${this.visitors.map((visitor) => this.#row(visitor))}
                </ul>`
            : nothing
        }
      </section>
    `;
  }

  #row(visitor: Visitor): TemplateResult {
    const { signInName, name, at } = visitor;
    return html`
      <li>
        <div class="bar">
          <strong>${name ?? signInName}</strong>
          ${name ? html`<span>${signInName}</span>` : nothing}
          <span class="quiet small">${msg(str`Entró: ${timeWords(at, this.now, this.timeZone)}`)}</span>
          <button
            aria-label=${msg(str`Agregar a ${name ?? signInName}`)}
            @click=${() => this.dispatchEvent(new CustomEvent('add', { detail: visitor }))}
          >
            ${msg('Agregar')}
          </button>
        </div>
      </li>
    `;
  }

  static override styles = [base, buttons, pageFrame];
}
