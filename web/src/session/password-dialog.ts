import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApiClient } from '../api/api-client.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import { showModal } from '../base/modal.js';
import { base, buttons, fields } from '../design/shared.js';
import { plainWords } from '../i18n/plain-words.js';

const shortest = 10;

type Field = 'current' | 'password' | 'repeated';

/** Changes one's own password, where the host has passwords. */
@localized()
@customElement('cmw-password-dialog')
export class PasswordDialog extends LitElement {
  @property({ attribute: false }) api!: Pick<ApiClient, 'changePassword' | 'change'>;

  @state() private busy = false;
  @state() private done = false;
  @state() private wrong: Partial<Record<Field, string>> = {};
  @state() private error: ApiError | undefined;

  show(): void {
    this.done = false;
    this.wrong = {};
    this.error = undefined;
    this.renderRoot.querySelector('form')?.reset();
    const dialog = this.renderRoot.querySelector('dialog');
    if (dialog) showModal(dialog);
  }

  protected override render(): TemplateResult {
    return html`
      <dialog aria-labelledby="title">
        <h2 id="title">${msg('Cambiar mi contraseña')}</h2>
        ${this.done ? this.#end() : html`${this.#form()}${this.#everywhere()}`}
      </dialog>
    `;
  }

  #end(): TemplateResult {
    return html`
      <p role="status">${msg('Su contraseña cambió. Donde tenía otra sesión abierta, se cerró.')}</p>
      <button class="primary" autofocus @click=${this.#close}>${msg('Cerrar')}</button>
    `;
  }

  #form(): TemplateResult {
    const beside = this.error?.problem.errors !== undefined;
    return html`
      <form novalidate @submit=${this.#submit}>
        ${this.#field('current', msg('Contraseña actual'), 'current-password')}
        ${this.#field('password', msg('Contraseña nueva'), 'new-password', msg('Al menos 10 caracteres.'))}
        ${this.#field('repeated', msg('La nueva, otra vez'), 'new-password')}
        ${this.error && !beside ? html`<p class="alert" role="alert">${plainWords(this.error)}</p>` : nothing}
        <span class="end">
          <button type="button" @click=${this.#close}>${msg('Cancelar')}</button>
          <button class="primary" type="submit" aria-disabled=${this.busy}>${msg('Cambiar')}</button>
        </span>
      </form>
    `;
  }

  #everywhere(): TemplateResult {
    return html`
      <div class="everywhere">
        <p>${msg('Si dejó su sesión abierta en otro lugar, ciérrela en todas partes. Aquí también se cierra.')}</p>
        <button type="button" aria-disabled=${this.busy} @click=${this.#signOutEverywhere}>
          ${msg('Cerrar mi sesión en todas partes')}
        </button>
      </div>
    `;
  }

  #field(name: Field, label: string, autocomplete: 'current-password' | 'new-password', hint?: string): TemplateResult {
    const wrong = this.wrong[name] ?? this.error?.fieldError(name);
    return html`
      <div class="field">
        <label for=${name}>${label}</label>
        <input
          id=${name}
          name=${name}
          type="password"
          autocomplete=${autocomplete}
          aria-invalid=${wrong !== undefined}
          aria-describedby=${`${name}-hint ${name}-error`}
        />
        ${hint ? html`<span class="hint" id=${`${name}-hint`}>${hint}</span>` : nothing}
        <span class="field-error" id=${`${name}-error`}>${wrong ?? nothing}</span>
      </div>
    `;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const form = event.target as HTMLFormElement;
    const typed = (name: Field) => form.querySelector<HTMLInputElement>(`#${name}`)?.value ?? '';
    this.error = undefined;
    this.wrong = {
      ...(typed('current') ? {} : { current: msg('Escriba su contraseña actual.') }),
      ...(typed('password').length >= shortest ? {} : { password: msg('Use al menos 10 caracteres.') }),
      ...(typed('repeated') === typed('password') ? {} : { repeated: msg('Las dos contraseñas no son iguales.') }),
    };
    if (Object.keys(this.wrong).length === 0) await this.#change(typed('current'), typed('password'));
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"], [autofocus]')?.focus();
  }

  async #change(current: string, password: string): Promise<void> {
    this.busy = true;
    try {
      await this.api.changePassword(current, password);
      this.done = true;
    } catch (error) {
      this.error = asApiError(error);
    } finally {
      this.busy = false;
    }
  }

  async #signOutEverywhere(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.wrong = {};
    try {
      await this.api.change('/api/me/sessions', { method: 'DELETE' });
      location.assign('/');
    } catch (error) {
      this.error = asApiError(error);
    } finally {
      this.busy = false;
    }
  }

  #close(): void {
    this.renderRoot.querySelector('dialog')?.close();
  }

  static override styles = [
    base,
    buttons,
    fields,
    css`
      dialog {
        inline-size: min(24rem, calc(100vw - 2rem));
        padding: var(--cmw-space-5);
        border: 1px solid var(--cmw-line);
        border-radius: var(--cmw-radius-l);
        background: var(--cmw-raised);
        color: var(--cmw-text);
        box-shadow: var(--cmw-shadow-menu);
      }

      dialog::backdrop {
        background: rgb(0 0 0 / 45%);
      }

      h2 {
        margin-block-end: var(--cmw-space-4);
        font: var(--cmw-type-title);
      }

      form {
        display: grid;
        gap: var(--cmw-space-3);
      }

      p {
        margin-block-end: var(--cmw-space-4);
      }

      .everywhere {
        margin-block-start: var(--cmw-space-5);
        padding-block-start: var(--cmw-space-4);
        border-block-start: 1px solid var(--cmw-line);
      }

      .end {
        display: flex;
        justify-content: flex-end;
        gap: var(--cmw-space-2);
      }
    `,
  ];
}
