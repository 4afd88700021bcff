import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import { Watching } from '../base/observable.js';
import { base, buttons, fields } from '../design/shared.js';
import { signInWords } from '../i18n/plain-words.js';
import type { Session } from './session.js';

/** The form for user and password. In the demo it offers the demo's accounts. */
@localized()
@customElement('cmw-sign-in-form')
export class SignInForm extends LitElement {
  @property({ attribute: false }) session!: Session;
  /** The agent who was signed in before: then only the password is asked for. */
  @property() agent = '';

  @state() private error: ApiError | undefined;
  @state() private empty: 'agent' | 'password' | undefined;
  @state() private busy = false;

  @query('#agent') private agentInput!: HTMLInputElement;
  @query('#password') private passwordInput!: HTMLInputElement;

  constructor() {
    super();
    new Watching(this, () => this.session);
  }

  override focus(): void {
    (this.agent ? this.passwordInput : this.agentInput)?.focus();
  }

  protected override firstUpdated(): void {
    this.focus();
  }

  protected override render(): TemplateResult {
    return html`
      <form @submit=${this.#submit} novalidate>
        ${this.error ? html`<p class="alert" role="alert" id="alert">${signInWords(this.error)}</p>` : nothing}
        <div class="field">
          <label for="agent">${msg('Usuario')}</label>
          <input
            id="agent"
            name="username"
            autocomplete="username"
            autocapitalize="none"
            spellcheck="false"
            required
            .value=${this.agent}
            aria-invalid=${this.empty === 'agent'}
            aria-describedby="agent-error"
          />
          <span class="field-error" id="agent-error">${this.empty === 'agent' ? msg('Escriba su usuario.') : nothing}</span>
        </div>
        <div class="field">
          <label for="password">${msg('Contraseña')}</label>
          <input
            id="password"
            name="password"
            type="password"
            autocomplete="current-password"
            required
            aria-invalid=${this.empty === 'password'}
            aria-describedby="password-error"
          />
          <span class="field-error" id="password-error">
            ${this.empty === 'password' ? msg('Escriba su contraseña.') : nothing}
          </span>
        </div>
        <button class="primary" type="submit" aria-disabled=${this.busy}>
          ${this.busy ? msg('Iniciando sesión…') : msg('Iniciar sesión')}
        </button>
      </form>
      ${this.session.host?.demo ? this.#demo() : nothing}
    `;
  }

  #demo(): TemplateResult {
    const accounts = [
      ['ana', msg('agente')],
      ['luis', msg('agente')],
      ['sofia', msg('supervisora')],
      ['admin', msg('administrador')],
    ] as const;
    return html`
      <section class="demo" aria-labelledby="demo">
        <h2 id="demo">${msg('Es una demostración: elija una cuenta')}</h2>
        <ul>
          ${accounts.map(
            ([agent, role]) => html`
              <li>
                <button type="button" @click=${() => this.#fill(agent)}>
                  <strong>${agent}</strong> <span class="hint">${role}</span>
                </button>
              </li>
            `,
          )}
        </ul>
        <p class="hint">${msg(html`La contraseña de todas es <code>demo</code>.`)}</p>
      </section>
    `;
  }

  #fill(agent: string): void {
    this.agentInput.value = agent;
    this.passwordInput.value = 'demo';
    this.renderRoot.querySelector<HTMLButtonElement>('button.primary')?.focus();
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const agent = this.agentInput.value.trim();
    const password = this.passwordInput.value;
    this.empty = agent === '' ? 'agent' : password === '' ? 'password' : undefined;
    if (this.empty) {
      (this.empty === 'agent' ? this.agentInput : this.passwordInput).focus();
      return;
    }

    this.busy = true;
    this.error = undefined;
    try {
      await this.session.signIn(agent, password);
    } catch (error) {
      this.error = asApiError(error);
      if (this.error.status === 401) this.passwordInput.select();
    } finally {
      this.busy = false;
    }
  }

  static override styles = [
    base,
    buttons,
    fields,
    css`
      form {
        display: grid;
        gap: var(--cmw-space-3);
      }

      .field-error {
        min-block-size: 1.2em;
      }

      .demo {
        display: grid;
        gap: var(--cmw-space-3);
        margin-block-start: var(--cmw-space-5);
        padding-block-start: var(--cmw-space-5);
        border-block-start: 1px solid var(--cmw-line);
      }

      .demo h2 {
        font: var(--cmw-type-label);
      }

      .demo ul {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: var(--cmw-space-2);
      }

      .demo button {
        inline-size: 100%;
        justify-content: flex-start;
        gap: var(--cmw-space-1);
        padding-inline: var(--cmw-space-2);
        white-space: nowrap;
      }

      .demo strong {
        font-weight: 600;
      }

      code {
        padding: 0.1em 0.35em;
        border-radius: var(--cmw-radius-s);
        background: var(--cmw-sunken);
        font-size: 1em;
      }
    `,
  ];
}
