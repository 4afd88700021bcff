import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { ApiError } from '../api/api-error.js';
import type { PeopleApi } from '../api/people-api.js';
import type { Person, PersonInput, RoleName, Visitor } from '../api/people-types.js';
import { Saving } from '../base/saving.js';
import { SharedRow } from '../base/shared-row.js';
import { Unsaved } from '../base/unsaved.js';
import { choiceField, conflictNotice, editorStyles, refusalNotice, textField, tick } from '../design/editor.js';
import { base, buttons, fields } from '../design/shared.js';
import { changesWords, codeOf, inputOf, languageWords, roles, roleWords } from './people-words.js';

/** Adds somebody, or changes them in their place. It tells by the events `saved` and `cancel`. */
@localized()
@customElement('cmw-person-form')
export class PersonForm extends LitElement {
  @property({ attribute: false }) api!: Pick<PeopleApi, 'add' | 'save' | 'person'>;
  /** The person as they are stored; undefined for a new one. */
  @property({ attribute: false }) person: Person | undefined;
  /** Who came by the directory and is to be added. */
  @property({ attribute: false }) visitor: Visitor | undefined;
  @property({ attribute: false }) teams: readonly string[] = [];
  /** True for one's own row: the admin role stays. */
  @property({ attribute: false }) isSelf = false;
  /** True where the office's directory signs in. */
  @property({ attribute: false }) byDirectory = false;

  @state() private agentId = '';
  @state() private input: PersonInput = { name: '', signInName: '', roles: ['agent'], team: '', language: 'es' };
  /** True where the code of somebody who was deleted is to be used. */
  @state() private reuse = false;
  readonly #saving = new Saving(this);
  readonly #row = new SharedRow<Person>(this, this.#saving, () => this.person && this.api.person(this.person.agentId));

  /** True once somebody has written the code, which follows from the name until then. */
  #coded = false;

  /** What stood in the fields at first. */
  #first = '';

  constructor() {
    super();
    new Unsaved(this, () => this.#typed !== this.#first);
  }

  get #typed(): string {
    return JSON.stringify([this.agentId, this.input]);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.hasUpdated) return;
    if (changed.has('person') && this.person) {
      this.input = inputOf(this.person);
    } else if (changed.has('visitor') && this.visitor) {
      const { name, signInName } = this.visitor;
      this.input = { ...this.input, name: name ?? '', signInName };
      this.agentId = codeOf(name ?? signInName.split('@')[0] ?? '');
    }

    this.#first = this.#typed;
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('#name')?.focus();
  }

  protected override render(): TemplateResult {
    return html`
      <form novalidate @submit=${this.#submit} @keydown=${this.#row.key}>
        <div class="row">
          ${this.#text('name', msg('Nombre'), 200)}
          ${
            this.person
              ? nothing
              : textField({
                  id: 'agentId',
                  label: msg('Código'),
                  value: this.agentId,
                  maxLength: 64,
                  fault: this.#saving.fault('agentId'),
                  change: (agentId) => {
                    this.#saving.typed();
                    this.#coded = true;
                    this.#code(agentId);
                  },
                })
          }
          ${this.#text('signInName', this.byDirectory ? msg('Cuenta de trabajo (correo)') : msg('Usuario con el que entra'), 254)}
          ${this.#team()} ${this.#language()}
        </div>
        ${this.#reuse()} ${this.#roles()} ${this.#conflict()}
        <div class="actions">
          <button class="primary" aria-disabled=${this.#saving.busy}>${msg('Guardar')}</button>
          <button type="button" @click=${this.#row.cancel}>${msg('Cancelar')}</button>
        </div>
        ${refusalNotice(this.#saving, { again: this.#save, keepMine: this.#keepMine, useOther: this.#row.useOther })}
      </form>
    `;
  }

  #text(name: 'name' | 'signInName', label: string, maxLength: number): TemplateResult {
    return textField({
      id: name,
      label,
      value: this.input[name],
      maxLength,
      fault: this.#saving.fault(name),
      change: (text) => {
        this.#change({ [name]: text });
        if (name === 'name' && !this.#coded && !this.person) this.#code(codeOf(text));
      },
    });
  }

  #code(agentId: string): void {
    this.agentId = agentId;
    this.reuse = false;
  }

  /** Is offered where the code was somebody's who left; any other fault of a code is to be mended. */
  #reuse(): TemplateResult | typeof nothing {
    const { error } = this.#saving;
    const wasAnothers = error?.status === 409 && error.problem.errors?.agentId !== undefined;
    if (this.person || !(this.reuse || wasAnothers)) return nothing;
    const words = msg('Usar ese código: es la misma persona que vuelve, o puede ver lo de la anterior');
    return tick(words, this.reuse, (on) => {
      this.#saving.typed();
      this.reuse = on;
    });
  }

  #team(): TemplateResult {
    const fault = this.#saving.fault('team');
    return html`
      <div class="field">
        <label for="team">${msg('Equipo')}</label>
        <input
          id="team"
          list="teams"
          maxlength="100"
          autocomplete="off"
          .value=${live(this.input.team)}
          aria-invalid=${fault !== ''}
          aria-describedby="team-error"
          @input=${(event: Event) => this.#change({ team: (event.target as HTMLInputElement).value })}
        />
        <datalist id="teams">${this.teams.map((team) => html`<option value=${team}></option>`)}</datalist>
        <span class="field-error" id="team-error">${fault}</span>
        ${this.#teamLeft()}
      </div>
    `;
  }

  /** A call is the team's of its time, by the team's name. */
  #teamLeft(): TemplateResult {
    const was = this.person?.team ?? '';
    const isLeft = was !== '' && this.input.team.trim() !== was;
    return html`<span class="hint said" role="status">${
      isLeft
        ? msg(
            str`Sus llamadas hasta hoy siguen siendo del equipo «${was}», también si solo le cambia el nombre al equipo: quien supervisa otro equipo ya no las ve.`,
          )
        : ''
    }</span>`;
  }

  #language(): TemplateResult {
    return choiceField({
      id: 'language',
      label: msg('Idioma'),
      value: this.input.language,
      choices: ['es', 'en'].map((one) => [one, languageWords(one)] as const),
      change: (language) => this.#change({ language }),
    });
  }

  #roles(): TemplateResult {
    const fault = this.#saving.fault('roles');
    return html`
      <fieldset aria-describedby="roles-error">
        <legend>${msg('Roles')}</legend>
        ${roles.map(
          (role) => html`
            <label>
              <input
                type="checkbox"
                value=${role}
                .checked=${live(this.input.roles.includes(role))}
                ?disabled=${this.isSelf && role === 'admin'}
                @change=${(event: Event) => this.#turn(role, (event.target as HTMLInputElement).checked)}
              />
              ${roleWords(role)}
            </label>
          `,
        )}
        ${this.isSelf ? html`<span class="hint">${msg('Su propio rol de administrador se lo puede quitar solo otra persona.')}</span>` : nothing}
        <span class="field-error" id="roles-error">${fault}</span>
      </fieldset>
    `;
  }

  #conflict(): TemplateResult | typeof nothing {
    const { person } = this;
    const { theirs, isConflict } = this.#row;
    if (!isConflict || !person) return nothing;
    return conflictNotice(
      msg('Otra persona lo quitó mientras usted lo cambiaba.'),
      theirs ? changesWords(person, theirs) : undefined,
    );
  }

  #turn(role: RoleName, on: boolean): void {
    this.#change({ roles: roles.filter((one) => (one === role ? on : this.input.roles.includes(one))) });
  }

  #change(changes: Partial<PersonInput>): void {
    this.#saving.typed();
    this.input = { ...this.input, ...changes };
  }

  #submit(event: Event): void {
    event.preventDefault();
    void this.#save();
  }

  readonly #save = async (): Promise<void> => {
    const { person, input } = this;
    const agentId = this.agentId.trim();
    await this.#row.store(async () => {
      if (person) return this.api.save(person.agentId, input, person.etag);
      if (agentId) return this.api.add(agentId, input, this.reuse);
      throw new ApiError(400, { errors: { agentId: [msg('Escriba un código.')] } });
    });
  };

  /** Stores what was typed in the place of what the other has stored. */
  readonly #keepMine = async (): Promise<void> => {
    const { person, input } = this;
    if (!person) return;
    const version = this.#row.versionAfter(person);
    await this.#row.store(() => this.api.save(person.agentId, input, version));
  };

  static override styles = [
    base,
    buttons,
    fields,
    editorStyles,
    css`
      fieldset {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cmw-space-2) var(--cmw-space-5);
        margin: 0;
        padding: 0;
        border: 0;
      }

      legend {
        padding: 0 0 var(--cmw-space-1);
        font: var(--cmw-type-label);
      }

      fieldset label,
      .check {
        display: flex;
        align-items: center;
        gap: var(--cmw-space-2);
        font: var(--cmw-type-body);
      }

      fieldset input,
      .check input {
        inline-size: 1.25rem;
        min-block-size: 1.25rem;
        margin: 0;
        accent-color: var(--cmw-accent);
      }

      fieldset .hint,
      fieldset .field-error {
        flex-basis: 100%;
      }

      fieldset .field-error:empty {
        display: none;
      }
    `,
  ];
}
