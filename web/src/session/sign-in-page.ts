import { localized, msg } from '@lit/localize';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { Watching } from '../base/observable.js';
import { base } from '../design/shared.js';
import type { Session } from './session.js';
import './sign-in-form.js';
import { sheet } from './sheet.js';

/** The page for somebody who is not signed in. */
@localized()
@customElement('cmw-sign-in-page')
export class SignInPage extends LitElement {
  @property({ attribute: false }) session!: Session;
  /** The text above the form: what has just been done, and why the user must sign in. */
  @property() notice = '';

  constructor() {
    super();
    new Watching(this, () => this.session);
  }

  protected override render(): TemplateResult {
    const lead = this.session.host?.setUp
      ? msg('Este servidor aún no tiene cuentas. Abra el enlace que mostró al iniciar para crear la primera.')
      : this.notice || msg('Para ver quién le llama y sus llamadas de hoy.');
    return html`
      <div class="sheet">
        <h1>${msg('Iniciar sesión')}</h1>
        <p class="lead">${lead}</p>
        ${
          this.session.account
            ? html`<cmw-work-sign-in .session=${this.session}></cmw-work-sign-in>`
            : html`<cmw-sign-in-form .session=${this.session}></cmw-sign-in-form>`
        }
      </div>
      <p class="licenses"><a href="/licenses.txt" target="_blank">${msg('Licencias de las bibliotecas')}</a></p>
    `;
  }

  static override styles = [
    base,
    sheet,
    css`
      .licenses {
        margin-block-end: var(--cmw-space-5);
        text-align: center;
      }

      .licenses a {
        color: var(--cmw-quiet);
        font: var(--cmw-type-small);
      }
    `,
  ];
}
