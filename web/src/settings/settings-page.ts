import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { ApiClient } from '../api/api-client.js';
import { type DeskRules, isAdmin, type Me } from '../api/types.js';
import { Saving } from '../base/saving.js';
import { editorStyles, refusalNotice } from '../design/editor.js';
import { base, buttons } from '../design/shared.js';
import './pause-reasons-editor.js';
import './retention-editor.js';
import './wrap-up-fields-editor.js';

/** The office's settings: what is asked of everybody at a desk. */
@localized()
@customElement('cmw-settings-page')
export class SettingsPage extends LitElement {
  @property({ attribute: false }) api!: ApiClient;
  @property({ attribute: false }) me: Me | undefined;

  @state() private rules: DeskRules | undefined;

  readonly #saving = new Saving(this);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('me') && this.me && !this.rules) void this.#read();
  }

  protected override render(): TemplateResult {
    return html`
      <h1 tabindex="-1">${msg('Ajustes')}</h1>
      ${this.me ? (isAdmin(this.me) ? html`${this.#switch()}<cmw-wrap-up-fields .api=${this.api}></cmw-wrap-up-fields><cmw-pause-reasons .api=${this.api}></cmw-pause-reasons><cmw-retention .api=${this.api}></cmw-retention>` : html`<p>${msg('Los ajustes son de un administrador.')}</p>`) : nothing}
      <a href="/">${msg('Ir al escritorio')}</a>
    `;
  }

  #switch(): TemplateResult {
    return html`
      <section>
        <label>
          <input
            type="checkbox"
            role="switch"
            aria-describedby="about"
            .checked=${live(this.rules?.outcomeRequired === true)}
            ?disabled=${!this.rules}
            @change=${this.#turn}
          />
          ${msg('Pedir un resultado para cerrar una llamada')}
        </label>
        <p id="about" class="quiet">
          ${msg('Una llamada en la que el agente habló se cierra solo cuando tiene un resultado. Las perdidas se pueden cerrar siempre. Vale en todos los escritorios antes de un minuto.')}
        </p>
        <p role="status" class="done">${this.#saving.saved ? msg('Guardado') : nothing}</p>
        ${refusalNotice(this.#saving, { again: this.#read })}
      </section>
    `;
  }

  readonly #read = async (): Promise<void> => {
    if (!this.me || !isAdmin(this.me)) return;
    await this.#saving.ask(async () => {
      this.rules = await this.api.deskRules();
    });
  };

  async #turn(event: Event): Promise<void> {
    const { rules } = this;
    if (!rules) return;
    const outcomeRequired = (event.target as HTMLInputElement).checked;
    this.rules = { ...rules, outcomeRequired };
    // Not `save`: the focus stays at the switch where it is refused.
    const done = await this.#saving.ask(async () => {
      this.rules = await this.api.setDeskRules({ ...rules, outcomeRequired });
    });
    this.#saving.saved = done;
    this.requestUpdate();
    if (!done) this.rules = rules;
  }

  static override styles = [
    base,
    buttons,
    editorStyles,
    css`
      :host {
        display: grid;
        justify-items: start;
        gap: var(--cmw-space-4);
        max-inline-size: 44rem;
        margin-inline: auto;
        padding: var(--cmw-space-6) var(--cmw-space-5);
      }

      cmw-wrap-up-fields,
      cmw-pause-reasons,
      cmw-retention {
        inline-size: 100%;
      }

      h1 {
        font: var(--cmw-type-hero);
      }

      h1:focus-visible {
        outline: none;
      }

      section {
        gap: var(--cmw-space-2);
        inline-size: 100%;
      }

      label {
        display: flex;
        align-items: center;
        gap: var(--cmw-space-3);
        min-block-size: var(--cmw-control);
        font: var(--cmw-type-strong);
      }

      input {
        inline-size: 1.25rem;
        block-size: 1.25rem;
        flex: none;
        margin: 0;
        accent-color: var(--cmw-accent);
      }

      a {
        color: var(--cmw-accent);
        font: var(--cmw-type-strong);
      }
    `,
  ];
}
