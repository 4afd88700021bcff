import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { Watching } from '../base/observable.js';
import { base, buttons, fields } from '../design/shared.js';
import type { Session } from './session.js';
import type { Refusal } from './work-account.js';

/** The button for the work account's sign-in, and why it failed the last time. */
@localized()
@customElement('cmw-work-sign-in')
export class WorkSignIn extends LitElement {
  @property({ attribute: false }) session!: Session;

  @state() private busy = false;
  @state() private failed = false;

  @query('button') private button!: HTMLButtonElement;

  constructor() {
    super();
    new Watching(this, () => this.session);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('pageshow', this.#backAgain);
  }

  override disconnectedCallback(): void {
    window.removeEventListener('pageshow', this.#backAgain);
    super.disconnectedCallback();
  }

  override focus(): void {
    this.button.focus();
  }

  protected override firstUpdated(): void {
    this.focus();
  }

  protected override render(): TemplateResult {
    const refusal = this.session.account?.refusal;
    const problem = this.failed
      ? msg('No se pudo abrir el inicio de sesión. Revise su red e intente de nuevo.')
      : refusal && !this.busy
        ? refusalWords(refusal)
        : '';
    return html`
      ${problem ? html`<p class="alert" role="alert">${problem}</p>` : nothing}
      <button class="primary" aria-disabled=${this.busy} @click=${this.#signIn}>
        ${this.busy ? msg('Abriendo…') : msg('Entrar con la cuenta de la oficina')}
      </button>
    `;
  }

  async #signIn(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failed = false;
    try {
      await this.session.account?.signIn();
    } catch {
      this.failed = true;
      this.busy = false;
    }
  }

  /** The browser's Back shows this page as it was left, in the middle of leaving. Then it is reloaded. */
  readonly #backAgain = (event: PageTransitionEvent): void => {
    if (event.persisted && this.busy) location.reload();
  };

  static override styles = [
    base,
    buttons,
    fields,
    css`
      :host {
        display: grid;
        gap: var(--cmw-space-3);
      }

      button {
        padding-block: var(--cmw-space-2);
      }
    `,
  ];
}

function refusalWords({ kind, code }: Refusal): string {
  switch (kind) {
    case 'cancelled':
      return msg('No se terminó de iniciar sesión. Intente de nuevo.');
    case 'notAssigned':
      return msg(
        'Esa cuenta no tiene permiso para usar CallMyWay. Pídalo a quien administra las cuentas de su oficina.',
      );
    default:
      return msg(
        str`No se pudo iniciar sesión. Intente de nuevo; si sigue igual, dé este código a quien administra las cuentas de su oficina: ${code ?? ''}`,
      );
  }
}
