import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { SettingsApi } from '../api/settings-api.js';
import type { DeskRules } from '../api/types.js';
import { Saving } from '../base/saving.js';
import { editorStyles, refusalNotice, type SettingsEditor } from '../design/editor.js';
import { base, buttons } from '../design/shared.js';

/** Whether a call that was talked needs an outcome. The switch saves at once. */
@localized()
@customElement('cmw-desk-rules')
export class DeskRulesEditor extends LitElement implements SettingsEditor {
  @property({ attribute: false }) api!: Pick<SettingsApi, 'deskRules' | 'setDeskRules'>;

  @state() private rules: DeskRules | undefined;

  readonly isDirty = false;
  readonly #saving = new Saving(this);

  protected override firstUpdated(): void {
    void this.#read();
  }

  protected override render(): TemplateResult {
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
      section {
        gap: var(--cmw-space-2);
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
    `,
  ];
}
