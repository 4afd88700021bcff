import { localized, msg } from '@lit/localize';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { focused } from '../base/focused.js';
import { showModal } from '../base/modal.js';
import { base, buttons } from '../design/shared.js';
import type { Session } from './session.js';
import './sign-in-form.js';

/** The sign-in over a page whose session has ended. The page behind stays as it was. */
@localized()
@customElement('cmw-session-ended')
export class SessionEnded extends LitElement {
  @property({ attribute: false }) session!: Session;

  @query('dialog') private dialog!: HTMLDialogElement;
  @query('cmw-sign-in-form, cmw-work-sign-in') private form!: HTMLElement;
  #before: Element | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#before = focused();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // The focus returns to where the user was typing.
    if (this.#before instanceof HTMLElement && this.#before.isConnected) this.#before.focus();
  }

  protected override firstUpdated(): void {
    showModal(this.dialog);
  }

  protected override render(): TemplateResult {
    return html`
      <dialog
        aria-labelledby="title"
        closedby="none"
        @cancel=${(event: Event) => event.preventDefault()}
        @close=${this.#reopen}
      >
        <h2 id="title">${msg('Su sesión terminó')}</h2>
        ${this.session.account ? this.#workAccount() : this.#password()}
      </dialog>
    `;
  }

  /** In a browser without `closedby`, a second Escape closes the dialog. It is opened again. */
  #reopen(): void {
    if (!this.isConnected) return;
    showModal(this.dialog);
    this.form.focus();
  }

  #password(): TemplateResult {
    return html`
      <p>${msg('Inicie sesión de nuevo para seguir. Lo que tenía en la página sigue aquí.')}</p>
      <cmw-sign-in-form .session=${this.session} .agent=${this.session.me?.id ?? ''}></cmw-sign-in-form>
    `;
  }

  /** This sign-in leaves the page. Drafts keep what was typed. */
  #workAccount(): TemplateResult {
    return html`
      <p>${msg('Inicie sesión de nuevo para seguir. Lo que escribió sobre sus llamadas está guardado y seguirá aquí.')}</p>
      <cmw-work-sign-in .session=${this.session}></cmw-work-sign-in>
    `;
  }

  static override styles = [
    base,
    buttons,
    css`
      dialog {
        inline-size: min(25rem, calc(100vw - 2rem));
        padding: var(--cmw-space-5);
        border: 1px solid var(--cmw-line);
        border-radius: var(--cmw-radius-l);
        background: var(--cmw-raised);
        color: inherit;
        box-shadow: var(--cmw-shadow-menu);
      }

      dialog::backdrop {
        background: rgb(14 19 24 / 55%);
      }

      h2 {
        font: var(--cmw-type-title);
      }

      p {
        margin-block: var(--cmw-space-1) var(--cmw-space-4);
        color: var(--cmw-quiet);
      }
    `,
  ];
}
