import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { ApiError } from '../api/api-error.js';
import type { AgentName, Mapping, MappingInput, Shift } from '../api/phone-types.js';
import type { PhonesApi } from '../api/phones-api.js';
import { Saving } from '../base/saving.js';
import { SharedRow } from '../base/shared-row.js';
import { Unsaved } from '../base/unsaved.js';
import { choiceField, conflictNotice, editorStyles, refusalNotice, textField } from '../design/editor.js';
import { base, buttons, fields } from '../design/shared.js';
import { changesWords, inputOf } from './phone-words.js';
import './shifts-editor.js';

const nothingYet: MappingInput = {
  agentId: '',
  shifts: [],
  phone: '',
  label: '',
  callerId: '',
  private: false,
  primary: false,
};

/** Adds a phone, or changes one in its place. It tells by the events `saved` and `cancel`. */
@localized()
@customElement('cmw-phone-form')
export class PhoneForm extends LitElement {
  @property({ attribute: false }) api!: Pick<PhonesApi, 'add' | 'save' | 'mapping'>;
  /** The phone as it is stored; undefined for a new one. */
  @property({ attribute: false }) mapping: Mapping | undefined;
  @property({ attribute: false }) agents: readonly AgentName[] = [];
  /** The operator's accounts of the settings. */
  @property({ attribute: false }) accounts: readonly string[] = [];

  @state() private endpointId = '';
  @state() private input: MappingInput = nothingYet;
  readonly #saving = new Saving(this);
  readonly #row = new SharedRow<Mapping>(
    this,
    this.#saving,
    () => this.mapping && this.api.mapping(this.mapping.endpointId),
  );

  /** What stood in the fields at first. */
  #first = '';

  constructor() {
    super();
    new Unsaved(this, () => this.#typed !== this.#first);
  }

  get #typed(): string {
    return JSON.stringify([this.endpointId, this.input]);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.hasUpdated) return;
    if (changed.has('mapping') && this.mapping) {
      this.endpointId = this.mapping.endpointId;
      this.input = inputOf(this.mapping);
    }
    this.#first = this.#typed;
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>(this.mapping ? '#agentId' : '#endpointId')?.focus();
  }

  protected override render(): TemplateResult {
    const { input, mapping } = this;
    return html`
      <form novalidate @submit=${this.#submit} @keydown=${this.#row.key}>
        <div class="row">
          ${
            mapping
              ? nothing
              : textField({
                  id: 'endpointId',
                  label: msg('Código del teléfono'),
                  value: this.endpointId,
                  maxLength: 128,
                  fault: this.#saving.fault('endpointId'),
                  change: (endpointId) => {
                    this.#saving.typed();
                    this.endpointId = endpointId;
                  },
                })
          }
          ${this.#agent()}
          ${this.#text('phone', msg('Número o usuario'))}
          ${this.#text('label', msg('Etiqueta'))}
          ${this.#text('callerId', msg('Identificador de llamada'))}
          ${this.#account()}
        </div>
        <div class="ticks">
          ${this.#tick('primary', msg('Teléfono principal del agente'))}
          ${this.#tick('private', msg('El contacto no ve el número'))}
        </div>
        <cmw-shifts-editor
          .shifts=${input.shifts}
          .agents=${this.agents}
          .fault=${(name: string) => this.#saving.fault(name)}
          @shifts=${(event: CustomEvent<readonly Shift[]>) => this.#change({ shifts: event.detail })}
        ></cmw-shifts-editor>
        ${this.#conflict()}
        <div class="actions">
          <button class="primary" aria-disabled=${this.#saving.busy}>${msg('Guardar')}</button>
          <button type="button" @click=${this.#row.cancel}>${msg('Cancelar')}</button>
        </div>
        ${refusalNotice(this.#saving, { again: this.#save, keepMine: this.#keepMine, useOther: this.#row.useOther })}
      </form>
    `;
  }

  #agent(): TemplateResult {
    return choiceField({
      id: 'agentId',
      label: msg('Agente'),
      value: this.input.agentId,
      choices: [['', msg('Elija el agente')], ...this.agents.map(({ agentId, name }) => [agentId, name] as const)],
      fault: this.#saving.fault('agentId'),
      change: (agentId) => this.#change({ agentId }),
    });
  }

  #account(): TemplateResult | typeof nothing {
    const { accounts, mapping } = this;
    const fault = this.#saving.fault('account');
    const field = {
      id: 'account',
      label: msg('Cuenta'),
      value: this.input.account ?? '',
      fault,
      change: (account: string) => this.#change({ account }),
    };
    if (accounts.length === 0) return fault ? textField({ ...field, maxLength: 128 }) : nothing;
    // The settings may no longer have the account that the phone is of.
    const all = [...new Set([...accounts, ...(mapping ? [mapping.account] : [])])];
    if (all.length < 2 && !fault) return nothing;
    return choiceField({
      ...field,
      choices: [
        ...(mapping ? [] : [['', msg('Elija la cuenta')] as const]),
        ...all.map((account) => [account, account] as const),
      ],
    });
  }

  #text(name: 'phone' | 'label' | 'callerId', label: string): TemplateResult {
    return textField({
      id: name,
      label,
      value: this.input[name],
      maxLength: 128,
      fault: this.#saving.fault(name),
      change: (text) => this.#change({ [name]: text }),
    });
  }

  #tick(name: 'primary' | 'private', words: string): TemplateResult {
    return html`
      <label>
        <input
          type="checkbox"
          .checked=${live(this.input[name])}
          @change=${(event: Event) => this.#change({ [name]: (event.target as HTMLInputElement).checked })}
        />
        ${words}
      </label>
    `;
  }

  #conflict(): TemplateResult | typeof nothing {
    const { mapping } = this;
    const { theirs, isConflict } = this.#row;
    if (!isConflict || !mapping) return nothing;
    return conflictNotice(
      msg('Otra persona quitó este teléfono mientras usted lo cambiaba.'),
      theirs ? changesWords(mapping, theirs, this.agents) : undefined,
    );
  }

  #change(changes: Partial<MappingInput>): void {
    this.#saving.typed();
    this.input = { ...this.input, ...changes };
  }

  #submit(event: Event): void {
    event.preventDefault();
    void this.#save();
  }

  readonly #save = async (): Promise<void> => {
    const { mapping, input } = this;
    const endpointId = this.endpointId.trim();
    await this.#row.store(async () => {
      if (mapping) return this.api.save(mapping.endpointId, input, mapping.etag);
      const errors = {
        ...(endpointId ? {} : { endpointId: [msg('Escriba el código del teléfono.')] }),
        ...(this.accounts.length > 1 && !input.account ? { account: [msg('Elija la cuenta.')] } : {}),
      };
      if (Object.keys(errors).length > 0) throw new ApiError(400, { errors });
      return this.api.add(endpointId, input);
    });
  };

  /** Stores what was typed in the place of what the other has stored. */
  readonly #keepMine = async (): Promise<void> => {
    const { mapping, input } = this;
    if (!mapping) return;
    const version = this.#row.versionAfter(mapping);
    await this.#row.store(() => this.api.save(mapping.endpointId, input, version));
  };

  static override styles = [
    base,
    buttons,
    fields,
    editorStyles,
    css`
      .ticks {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cmw-space-2) var(--cmw-space-5);
      }

      .ticks label {
        display: flex;
        align-items: center;
        gap: var(--cmw-space-2);
        font: var(--cmw-type-body);
      }

      .ticks input {
        inline-size: 1.25rem;
        min-block-size: 1.25rem;
        margin: 0;
        accent-color: var(--cmw-accent);
      }
    `,
  ];
}
