import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApiClient } from '../api/api-client.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import { Reading } from '../base/reading.js';
import { base, buttons, fields } from '../design/shared.js';
import { plainWords } from '../i18n/plain-words.js';
import { sheet } from './sheet.js';

interface Invited {
  readonly name: string;
  readonly signInName: string;
}

/** Sets the password of a person who was invited by a link, whose fragment has the token. Fires `set-up`. */
@localized()
@customElement('cmw-invite-page')
export class InvitePage extends LitElement {
  @property({ attribute: false }) api!: Pick<ApiClient, 'change'>;
  @property() token = '';

  @state() private error: ApiError | undefined;
  @state() private wrong: Readonly<Record<string, string>> = {};
  @state() private busy = false;

  readonly #invited = new Reading<Invited>(this, () =>
    this.api.change('/api/invited', { method: 'POST', body: { token: this.token }, anonymous: true }),
  );

  protected override firstUpdated(): void {
    if (this.token) void this.#invited.read();
  }

  protected override render(): TemplateResult {
    const { value, error } = this.#invited;
    return html`
      <div class="sheet">
        <h1>${value ? msg(str`Hola, ${value.name}`) : msg('Su invitación')}</h1>
        ${
          !this.token
            ? html`<p class="lead">${msg('Abra el enlace completo que le enviaron: a este le falta la clave.')}</p>`
            : value
              ? this.#form(value)
              : error
                ? html`<p class="alert" role="alert">${plainWords(error)}</p>
                    ${
                      error.status === 403
                        ? html`<a href="/">${msg('Iniciar sesión')}</a>`
                        : html`<button @click=${() => this.#invited.read()}>${msg('Intentar de nuevo')}</button>`
                    }`
                : html`<div class="skeleton" role="status" aria-label=${msg('Cargando')}></div>`
        }
      </div>
    `;
  }

  #form({ signInName }: Invited): TemplateResult {
    const general = this.error && !this.error.problem.errors ? this.error : undefined;
    return html`
      <p class="lead">${msg(str`Elija su contraseña. Después entra con el usuario «${signInName}».`)}</p>
      <form @submit=${this.#submit} novalidate>
        ${general ? html`<p class="alert" role="alert">${plainWords(general)}</p>` : nothing}
        <input type="hidden" autocomplete="username" .value=${signInName} />
        ${this.#field('password', msg('Contraseña'), msg('Al menos 10 caracteres.'))}
        ${this.#field('repeated', msg('Repita la contraseña'))}
        <button class="primary" type="submit" aria-disabled=${this.busy}>${msg('Entrar')}</button>
      </form>
    `;
  }

  #field(name: 'password' | 'repeated', label: string, hint = ''): TemplateResult {
    const wrong = this.wrong[name] ?? this.error?.fieldError(name);
    return html`
      <div class="field">
        <label for=${name}>${label}</label>
        <input
          id=${name}
          name=${name}
          type="password"
          autocomplete="new-password"
          aria-invalid=${wrong !== undefined}
          aria-describedby=${`${name}-hint ${name}-error`}
        />
        <span class="hint" id=${`${name}-hint`}>${hint}</span>
        <span class="field-error" id=${`${name}-error`}>${wrong ?? nothing}</span>
      </div>
    `;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const form = event.target as HTMLFormElement;
    const typed = (name: string) => form.querySelector<HTMLInputElement>(`#${name}`)?.value ?? '';
    this.error = undefined;
    this.wrong =
      typed('repeated') === typed('password') ? {} : { repeated: msg('Las dos contraseñas no son iguales.') };
    if (!this.wrong.repeated) {
      this.busy = true;
      try {
        const body = { token: this.token, password: typed('password') };
        await this.api.change('/api/invited/password', { method: 'POST', body, anonymous: true });
        this.dispatchEvent(new CustomEvent('set-up', { bubbles: true, composed: true }));
      } catch (error) {
        this.error = asApiError(error);
      }
      this.busy = false;
    }

    await this.updateComplete;
    form.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus();
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

      .skeleton {
        min-block-size: 12rem;
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-sunken);
      }

      .hint:empty {
        display: none;
      }

      .alert {
        margin-block-end: var(--cmw-space-3);
      }
    `,
  ];
}
