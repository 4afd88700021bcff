import { localized, msg } from '@lit/localize';
import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../design/shared.js';
import type { Session } from './session.js';
import './sign-in-form.js';
import { sheet } from './sheet.js';

/** The page of who is not signed in. */
@localized()
@customElement('cmw-sign-in-page')
export class SignInPage extends LitElement {
  @property({ attribute: false }) session!: Session;
  /** Said above the form: what has just been done, and why the sign-in comes now. */
  @property() notice = '';

  protected override render(): TemplateResult {
    return html`
      <div class="sheet">
        <h1>${msg('Iniciar sesión')}</h1>
        <p class="lead">${this.notice || msg('Para ver quién le llama y sus llamadas de hoy.')}</p>
        <cmw-sign-in-form .session=${this.session}></cmw-sign-in-form>
      </div>
    `;
  }

  static override styles = [base, sheet];
}
