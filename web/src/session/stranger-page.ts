import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { base, buttons, fields } from '../design/shared.js';
import type { Session } from './session.js';
import { sheet } from './sheet.js';

/** The page for somebody with a work account who is no agent. Fires `sign-out`. */
@localized()
@customElement('cmw-stranger-page')
export class StrangerPage extends LitElement {
  @property({ attribute: false }) session!: Session;

  @state() private failed = false;

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('h1')?.focus();
  }

  protected override render(): TemplateResult {
    const name = this.session.account?.name;
    return html`
      <div class="sheet">
        <h1 tabindex="-1">${msg('Su cuenta aún no está en CallMyWay')}</h1>
        ${
          name
            ? html`<p class="lead">${msg('Entró con esta cuenta:')}</p>
                <p class="account">${name}</p>`
            : nothing
        }
        <p class="lead">
          ${msg('Pida a quien administra CallMyWay en su oficina que la agregue y luego intente de nuevo.')}
        </p>
        ${
          this.failed
            ? html`<p class="alert" role="alert">
                ${msg('No se pudo abrir el inicio de sesión. Revise su red e intente de nuevo.')}
              </p>`
            : nothing
        }
        <div class="actions">
          <button class="primary" @click=${() => this.session.open()}>${msg('Intentar de nuevo')}</button>
          <button @click=${this.#chooseAnotherAccount}>${msg('Entrar con otra cuenta')}</button>
          <button class="bare" @click=${() => this.dispatchEvent(new CustomEvent('sign-out', { bubbles: true, composed: true }))}>
            ${msg('Cerrar sesión')}
          </button>
        </div>
      </div>
    `;
  }

  async #chooseAnotherAccount(): Promise<void> {
    this.failed = false;
    try {
      await this.session.account?.signIn(true);
    } catch {
      this.failed = true;
    }
  }

  static override styles = [
    base,
    buttons,
    fields,
    sheet,
    css`
      h1:focus-visible {
        outline: none;
      }

      .lead {
        margin-block: var(--cmw-space-2) 0;
      }

      .account {
        margin-block-start: var(--cmw-space-1);
        font: var(--cmw-type-strong);
        overflow-wrap: anywhere;
      }

      .alert {
        margin-block-start: var(--cmw-space-4);
      }

      .actions {
        display: grid;
        gap: var(--cmw-space-2);
        margin-block-start: var(--cmw-space-5);
      }
    `,
  ];
}
