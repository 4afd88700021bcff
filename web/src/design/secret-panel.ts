import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { base, buttons, fields } from './shared.js';

/**
 * A secret that is shown once, to be copied into the other application. It takes the focus, as the button that was
 * pressed for it may go. It tells `done` once it was copied.
 */
@localized()
@customElement('cmw-secret-panel')
export class SecretPanel extends LitElement {
  @property() secret = '';
  /** What it is. */
  @property() heading = '';
  /** What it is for, and what else is to be known. */
  @property() about = '';

  @state() private copied = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('secret')) this.copied = false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('secret')) this.renderRoot.querySelector<HTMLElement>('#words')?.focus();
  }

  protected override render(): TemplateResult {
    return html`
      <div class="secret" role="group" aria-labelledby="words">
        <h3 id="words" tabindex="-1">${this.heading}</h3>
        <p>${this.about}</p>
        <div class="copy">
          <input
            readonly
            aria-label=${msg('Secreto')}
            .value=${this.secret}
            @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
          />
          <button type="button" class="primary" @click=${this.#copy}>${msg('Copiar')}</button>
          <button type="button" @click=${() => this.dispatchEvent(new Event('done'))}>${msg('Ya lo copié')}</button>
        </div>
        <p class="quiet said" role="status">${this.copied ? msg('Copiado.') : nothing}</p>
      </div>
    `;
  }

  readonly #copy = async (): Promise<void> => {
    // Without leave for the clipboard it is copied by hand.
    this.copied = await (navigator.clipboard?.writeText(this.secret) ?? Promise.reject()).then(
      () => true,
      () => false,
    );
    if (!this.copied) this.renderRoot.querySelector('input')?.focus();
  };

  static override styles = [
    base,
    buttons,
    fields,
    css`
      .secret {
        display: grid;
        gap: var(--cmw-space-2);
        padding: var(--cmw-space-4);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-accent-ground);
      }

      h3 {
        font: var(--cmw-type-strong);
      }

      .copy {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cmw-space-2);
      }

      input {
        flex: 1 1 16rem;
        inline-size: auto;
        font-family: ui-monospace, monospace;
      }
    `,
  ];
}
