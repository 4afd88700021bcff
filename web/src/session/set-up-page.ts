import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApiClient } from '../api/api-client.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import { base, buttons, fields } from '../design/shared.js';
import { plainWords } from '../i18n/plain-words.js';
import { sheet } from './sheet.js';

/** Creates the first administrator of a new host. The host prints a link whose fragment has the token. */
@localized()
@customElement('cmw-set-up-page')
export class SetUpPage extends LitElement {
  @property({ attribute: false }) api!: ApiClient;
  @property() token = '';

  @state() private error: ApiError | undefined;
  @state() private missing: Readonly<Record<string, string>> = {};
  @state() private busy = false;

  protected override render(): TemplateResult {
    return html`
      <div class="sheet">
        <h1>${msg('Configurar CallMyWay')}</h1>
        ${
          this.token
            ? html`<p class="lead">${msg('Cree la cuenta del primer administrador. Con ella se agregan después las demás personas.')}</p>
                ${this.#form()}`
            : html`<p class="lead">
                ${msg('Abra el enlace completo que el servidor mostró al iniciar por primera vez: a este enlace le falta la clave.')}
              </p>`
        }
      </div>
    `;
  }

  #form(): TemplateResult {
    const general = this.error && !this.error.problem.errors ? this.error : undefined;
    return html`
      <form @submit=${this.#submit} novalidate>
        ${general ? html`<p class="alert" role="alert">${this.#words(general)}</p>` : nothing}
        ${this.#field('name', msg('Su nombre'), 'name')}
        ${this.#field('agentId', msg('Usuario'), 'username', msg('Con él inicia sesión: letras minúsculas, números, puntos o guiones.'))}
        ${this.#field('password', msg('Contraseña'), 'new-password')}
        ${this.#field('repeated', msg('Repita la contraseña'), 'new-password')}
        <button class="primary" type="submit" aria-disabled=${this.busy}>
          ${this.busy ? msg('Creando…') : msg('Crear administrador')}
        </button>
      </form>
    `;
  }

  #field(
    name: string,
    label: string,
    autocomplete: 'name' | 'username' | 'new-password',
    hint?: string,
  ): TemplateResult {
    const wrong = this.missing[name] ?? this.error?.fieldError(name);
    return html`
      <div class="field">
        <label for=${name}>${label}</label>
        <input
          id=${name}
          name=${name}
          type=${autocomplete === 'new-password' ? 'password' : 'text'}
          autocomplete=${autocomplete}
          autocapitalize=${autocomplete === 'name' ? 'words' : 'none'}
          aria-invalid=${wrong !== undefined}
          aria-describedby=${`${name}-hint ${name}-error`}
        />
        ${hint ? html`<span class="hint" id=${`${name}-hint`}>${hint}</span>` : nothing}
        <span class="field-error" id=${`${name}-error`}>${wrong ?? nothing}</span>
      </div>
    `;
  }

  #words(error: ApiError): string {
    return error.status === 401 || error.status === 403 || error.status === 404
      ? (error.problem.detail ?? msg('El enlace ya se usó o no es de este servidor.'))
      : plainWords(error);
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const form = event.target as HTMLFormElement;
    const typed = (name: string) => String(new FormData(form).get(name) ?? '');
    this.error = undefined;
    this.missing = this.#check(typed);
    const first = Object.keys(this.missing)[0];
    if (first) {
      form.querySelector<HTMLInputElement>(`#${first}`)?.focus();
      return;
    }

    this.busy = true;
    try {
      await this.api.setUp({
        token: this.token,
        agentId: typed('agentId').trim(),
        name: typed('name').trim(),
        password: typed('password'),
      });
      this.dispatchEvent(new CustomEvent('set-up', { bubbles: true, composed: true }));
    } catch (error) {
      this.error = asApiError(error);
      await this.updateComplete;
      form.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus();
    } finally {
      this.busy = false;
    }
  }

  #check(typed: (name: string) => string): Record<string, string> {
    const missing: Record<string, string> = {};
    if (!typed('name').trim()) missing.name = msg('Escriba su nombre.');
    if (!typed('agentId').trim()) missing.agentId = msg('Escriba un usuario.');
    if (!typed('password')) missing.password = msg('Escriba una contraseña.');
    else if (typed('repeated') !== typed('password')) missing.repeated = msg('Las dos contraseñas no son iguales.');
    return missing;
  }

  static override styles = [
    base,
    buttons,
    fields,
    sheet,
    css`
      form {
        display: grid;
        gap: var(--cmw-space-3);
      }
    `,
  ];
}
