import { localized, msg } from '@lit/localize';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type KeyScope, keyScopes } from '../api/applications-api.js';
import { Saving } from '../base/saving.js';
import { Unsaved } from '../base/unsaved.js';
import { editorStyles, refusalNotice, textField, tick, tickStyles } from '../design/editor.js';
import { base, buttons, fields } from '../design/shared.js';
import { scopeWords } from './scope-words.js';

/** The form of a new key. It tells `closed` when it is done with. */
@localized()
@customElement('cmw-key-form')
export class KeyForm extends LitElement {
  /** Sends what was typed. */
  @property({ attribute: false }) send!: (name: string, scopes: readonly KeyScope[]) => Promise<void>;

  @state() private name = '';
  @state() private scopes: readonly KeyScope[] = [];

  readonly #saving = new Saving(this);

  constructor() {
    super();
    new Unsaved(this, () => this.name !== '' || this.scopes.length > 0);
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('input')?.focus();
  }

  protected override render(): TemplateResult {
    return html`
      <form novalidate @submit=${this.#submit}>
        ${textField({
          id: 'name',
          label: msg('Para qué sistema es'),
          value: this.name,
          maxLength: 100,
          fault: this.#saving.fault('name'),
          change: (name) => {
            this.name = name;
            this.#saving.typed();
          },
        })}
        <fieldset aria-describedby="scopes-error">
          <legend>${msg('Qué puede hacer')}</legend>
          ${keyScopes.map((scope) => tick(scopeWords(scope), this.scopes.includes(scope), (on) => this.#choose(scope, on)))}
          <span class="field-error" id="scopes-error">${this.#saving.fault('scopes')}</span>
        </fieldset>
        ${refusalNotice(this.#saving, { again: () => this.#save() })}
        <div class="actions">
          <button type="button" @click=${this.#close}>${msg('Cancelar')}</button>
          <button class="primary" aria-disabled=${this.#saving.busy}>${msg('Hacer la clave')}</button>
        </div>
      </form>
    `;
  }

  #choose(scope: KeyScope, on: boolean): void {
    this.scopes = keyScopes.filter((each) => (each === scope ? on : this.scopes.includes(each)));
    this.#saving.typed();
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    void this.#save();
  };

  async #save(): Promise<void> {
    await this.#saving.save(() => this.send(this.name.trim(), this.scopes));
    if (this.#saving.saved) this.#close();
  }

  readonly #close = (): void => {
    [this.name, this.scopes] = ['', []];
    this.dispatchEvent(new Event('closed'));
  };

  static override styles = [
    base,
    buttons,
    fields,
    editorStyles,
    tickStyles,
    css`
      form {
        display: grid;
        gap: var(--cmw-space-3);
      }
    `,
  ];
}
