import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ApiError } from '../api/api-error.js';
import type { FirstStep, FirstSteps, FirstStepsApi } from '../api/first-steps-api.js';
import type { AgentName, Mapping, UnmappedPhone } from '../api/phone-types.js';
import type { SettingsApi } from '../api/settings-api.js';
import type { OperatorAccount } from '../api/settings-types.js';
import { type Contact, isAdmin, type Me } from '../api/types.js';
import { contactAddress } from '../base/addresses.js';
import { Watching } from '../base/observable.js';
import { Reading, Repeating } from '../base/reading.js';
import { Saving } from '../base/saving.js';
import { isUnread } from '../contacts/unread-number.js';
import * as icons from '../design/icons.js';
import { pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons, fields } from '../design/shared.js';
import type { Desk } from '../desk/desk.js';
import { askToDial } from '../dial/dial-event.js';
import { defaultZone } from '../i18n/times.js';
import '../operator/operator-accounts.js';
import '../operator/unmapped-phones.js';
import '../operator/webhook-keys.js';
import { quickForm } from './quick-form.js';

const everyMs = 8_000;

interface Phones {
  readonly mappings: readonly Mapping[];
  readonly unmapped: readonly UnmappedPhone[];
  readonly agents: readonly AgentName[];
  readonly accounts: readonly OperatorAccount[];
}

/** A list that leads from the set-up link to the first call on a screen. Each step can be done here. */
@localized()
@customElement('cmw-first-steps-page')
export class FirstStepsPage extends LitElement {
  @property({ attribute: false }) api!: FirstStepsApi;
  @property({ attribute: false }) settings!: SettingsApi;
  @property({ attribute: false }) desk!: Desk;
  @property({ attribute: false }) me: Me | undefined;

  @state() private person = { name: '', account: '', agentId: '' };
  @state() private contact = { name: '', number: '' };
  @state() private dialled = '';
  @state() private added = '';
  @state() private addedContact: Contact | undefined;

  readonly #steps = new Reading<FirstSteps>(this, () => this.api.steps());
  readonly #phones = new Reading<Phones>(this, async () => {
    const { phones } = this.api;
    const [mappings, unmapped, agents, accounts] = await Promise.all([
      phones.mappings(),
      phones.unmapped(),
      phones.agents(),
      phones.accounts(),
    ]);
    return { mappings, unmapped, agents, accounts };
  });
  readonly #deciding = new Saving(this);
  readonly #addingPerson = new Saving(this);
  readonly #addingContact = new Saving(this);
  /** The steps that were open while this page was: their results stay in sight. */
  readonly #unfolded = new Set<FirstStep>();
  #callsSeen = '';

  constructor() {
    super();
    new Watching(this, () => this.desk?.popUps);
    new Watching(this, () => this.desk?.live);
    new Repeating(
      this,
      everyMs,
      () => this.#steps.value?.done === false,
      () => this.#read(),
    );
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('me') && this.me && isAdmin(this.me) && !this.#steps.value) void this.#read();
    // The channel tells of calls: then a step may be done.
    const calls = [...this.desk.popUps.open, ...this.desk.live.calls]
      .map(({ callId, state: now }) => callId + now)
      .join();
    if (calls !== this.#callsSeen) {
      this.#callsSeen = calls;
      if (this.#steps.value) void this.#read();
    }
  }

  protected override render(): TemplateResult {
    const mayRead = this.me !== undefined && isAdmin(this.me);
    return html`
      <h1 tabindex="-1">${msg('Primeros pasos')}</h1>
      ${this.me && !mayRead ? html`<p>${msg('Esta página es de un administrador.')}</p>` : nothing}
      ${mayRead ? readingBody(this.#steps, msg('No se pudieron leer los pasos.'), (steps) => this.#list(steps)) : nothing}
    `;
  }

  #list(steps: FirstSteps): TemplateResult {
    const left = steps.steps.filter(({ state: now }) => now === 'open').length;
    for (const { step, state: now } of steps.steps) if (now === 'open') this.#unfolded.add(step);
    return html`
      <div class="bar">
        <p role="status">${leftWords(left, steps)}</p>
        ${
          steps.done
            ? html`<a class="step" href="/">${msg('Ir al escritorio')}</a>`
            : steps.hidden
              ? html`<span id="hidden" class="quiet" tabindex="-1">${msg('Ya no se muestra al entrar.')}</span>`
              : html`<button class="bare" @click=${() => this.#decide({ hidden: true }, '#hidden')}>${msg('No mostrar al entrar')}</button>`
        }
      </div>
      <ol class="steps">
        ${steps.steps.map(({ step, state: now }, place) => this.#step(steps, step, now, place + 1))}
      </ol>
    `;
  }

  #step(steps: FirstSteps, step: FirstStep, now: 'open' | 'done' | 'skipped', number: number): TemplateResult {
    const { title, about } = stepWords(step);
    const skipped = steps.steps.filter((one) => one.state === 'skipped').map((one) => one.step);
    const heading = `#${step} h2`;
    return html`
      <li class="panel" id=${step} data-state=${now}>
        <div class="bar head">
          <h2 tabindex="-1"><span class="number" aria-hidden="true">${number}</span> ${title}</h2>
          ${badge(now)}
        </div>
        <p class="quiet">${about}</p>
        ${this.#unfolded.has(step) && now !== 'skipped' ? this.#content(step) : nothing}
        ${
          now === 'open'
            ? html`<button
                class="bare skip"
                aria-label=${msg(str`Omitir este paso: ${title}`)}
                @click=${() => this.#decide({ skipped: [...skipped, step] }, heading)}
              >
                ${msg('Omitir este paso')}
              </button>`
            : now === 'skipped'
              ? html`<button
                  class="bare skip"
                  aria-label=${msg(str`Hacerlo después de todo: ${title}`)}
                  @click=${() => this.#decide({ skipped: skipped.filter((one) => one !== step) }, heading)}
                >
                  ${msg('Hacerlo después de todo')}
                </button>`
              : nothing
        }
      </li>
    `;
  }

  #content(step: FirstStep): TemplateResult | typeof nothing {
    const timeZone = this.me?.timeZone ?? defaultZone;
    const signIn = this.#signIn;
    switch (step) {
      case 'account':
        return html`<cmw-operator-accounts
          .api=${this.settings}
          .timeZone=${timeZone}
          .signIn=${signIn}
          @tested=${this.#read}
        ></cmw-operator-accounts>`;
      case 'webhook':
        return html`<cmw-webhook-keys .api=${this.settings} .timeZone=${timeZone} .signIn=${signIn}></cmw-webhook-keys>`;
      case 'people':
        return this.#people();
      case 'phones':
        return readingBody(this.#phones, msg('No se pudieron leer los teléfonos.'), (phones) => this.#phone(phones));
      case 'contacts':
        return this.#contacts();
      default:
        return readingBody(this.#phones, msg('No se pudieron leer los teléfonos.'), (phones) => this.#call(phones));
    }
  }

  get #signIn(): string {
    return this.me?.host?.signIn ?? 'password';
  }

  /** True where the office's directory signs in: somebody is found there by their account. */
  get #byDirectory(): boolean {
    return this.#signIn === 'entra';
  }

  #people(): TemplateResult {
    const { name, account, agentId } = this.person;
    const accountField = {
      id: 'person-account',
      label: msg('Cuenta de trabajo (correo)'),
      value: account,
      maxLength: 254,
      names: ['signInName'],
      change: (text: string) => {
        this.person = { ...this.person, account: text };
      },
    };
    return html`
      ${quickForm({
        fields: [
          {
            id: 'person-name',
            label: msg('Nombre de la persona'),
            value: name,
            maxLength: 200,
            names: ['name'],
            change: (text) => {
              this.person = { ...this.person, name: text };
            },
          },
          ...(this.#byDirectory ? [accountField] : []),
          {
            id: 'person-id',
            label: this.#byDirectory ? msg('Código') : msg('Usuario, en minúsculas'),
            value: agentId,
            maxLength: 64,
            names: this.#byDirectory ? ['agentId'] : ['agentId', 'signInName'],
            change: (text) => {
              this.person = { ...this.person, agentId: text };
            },
          },
        ],
        words: msg('Agregar agente'),
        saving: this.#addingPerson,
        submit: this.#addPerson,
      })}
      <p class="done said" role="status">${this.#addingPerson.saved ? msg(str`Agregado: ${this.added}`) : nothing}</p>
      <p>
        ${
          this.#signIn === 'password'
            ? msg(
                'Para que puedan entrar, invítelas con un enlace. También los supervisores y los equipos se ponen en:',
              )
            : msg('Cómo entra cada quien, los supervisores y los equipos:')
        }
        <a href="/people">${msg('Personas')}</a>
      </p>
    `;
  }

  #phone({ mappings, unmapped, agents, accounts }: Phones): TemplateResult {
    return html`
      ${
        mappings.length > 0
          ? html`<ul class="rows">
              ${mappings
                .slice(0, 5)
                .map(
                  ({ endpointId, agentId, label }) =>
                    html`<li>${msg(str`${label || endpointId} es de ${nameOf(agentId, agents)}`)}</li>`,
                )}
            </ul>`
          : nothing
      }
      ${
        unmapped.length === 0
          ? html`<p role="status">${msg('Llame a un teléfono de la oficina: apenas suene, aparece aquí para decir de quién es.')}</p>`
          : html`<cmw-unmapped-phones
              .api=${this.api.phones}
              .phones=${unmapped}
              .agents=${agents}
              .accounts=${accounts}
              .holders=${new Set(mappings.map(({ agentId }) => agentId))}
              .timeZone=${this.me?.timeZone ?? defaultZone}
              @mapped=${this.#read}
            ></cmw-unmapped-phones>`
      }
      <p>${msg('Agregarlos a mano o desde una tabla:')} <a href="/phones">${msg('Teléfonos')}</a></p>
    `;
  }

  #contacts(): TemplateResult {
    const { name, number } = this.contact;
    return html`
      <p>${msg('Desde una hoja de cálculo:')} <a href="/contact-imports">${msg('Importar contactos')}</a></p>
      <p>${msg('O uno a mano, para la prueba: por ejemplo usted, con su celular.')}</p>
      ${quickForm({
        fields: [
          {
            id: 'contact-name',
            label: msg('Nombre del contacto'),
            value: name,
            maxLength: 200,
            names: ['name'],
            change: (text) => {
              this.contact = { ...this.contact, name: text };
            },
          },
          {
            id: 'contact-number',
            label: msg('Su teléfono'),
            value: number,
            maxLength: 64,
            names: ['numbers[0]', 'numbers'],
            change: (text) => {
              this.contact = { ...this.contact, number: text };
            },
          },
        ],
        words: msg('Agregar contacto'),
        saving: this.#addingContact,
        submit: this.#addContact,
      })}
      <p class="done said" role="status">${this.#addingContact.saved ? msg(str`Agregado: ${this.added}`) : nothing}</p>
      ${this.#unreadNumber()}
    `;
  }

  /** A test call from a number that lacks a digit would find nobody. */
  #unreadNumber(): TemplateResult | typeof nothing {
    const contact = this.addedContact;
    const phone = contact?.phones?.find(isUnread);
    if (!contact || !phone) return nothing;
    return html`<p class="problem" role="alert">
      ${msg(str`«${phone.text}» no se entiende como teléfono: con él no se reconoce a quien llama.`)}
      <a href=${contactAddress(contact.contactId)}>${msg('Corregirlo')}</a>
    </p>`;
  }

  #call({ mappings, agents }: Phones): TemplateResult {
    const [first] = mappings;
    const mine = mappings.some(({ agentId }) => agentId === this.me?.id);
    if (!first) return html`<p>${msg('Primero diga de quién es un teléfono.')}</p>`;
    return html`
      <p>
        ${msg(str`Llame desde su celular al teléfono de ${nameOf(first.agentId, agents)}. La llamada aparece en su escritorio apenas suena.`)}
      </p>
      ${
        mine
          ? html`<form
              novalidate
              class="quick"
              @submit=${(event: Event) => {
                event.preventDefault();
                const number = this.dialled.trim();
                if (number) askToDial(this, { number, who: number });
              }}
            >
              <div class="field">
                <label for="test-number">${msg('O llame usted, desde su teléfono, a este número')}</label>
                <input
                  id="test-number"
                  inputmode="tel"
                  maxlength="64"
                  autocomplete="off"
                  .value=${this.dialled}
                  @input=${(event: InputEvent) => {
                    this.dialled = (event.target as HTMLInputElement).value;
                  }}
                />
              </div>
              <button>${msg('Llamar')}</button>
            </form>`
          : nothing
      }
      <p><a href="/">${msg('Ver el escritorio')}</a></p>
    `;
  }

  readonly #read = async (): Promise<void> => {
    await Promise.all([this.#steps.read(), this.#phones.read()]);
  };

  /** The button that was pressed goes; the focus moves to what is named. */
  async #decide(decision: Parameters<FirstStepsApi['decide']>[0], next: string): Promise<void> {
    await this.#deciding.ask(async () => this.#steps.take(await this.api.decide(decision)));
    if (this.#deciding.error) await this.#read();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(next)?.focus();
  }

  readonly #addPerson = async (): Promise<void> => {
    await this.#addingPerson.save(async () => {
      const [name, agentId] = [this.person.name.trim(), this.person.agentId.trim()];
      // The API would replace them.
      if ((await this.api.phones.agents()).some((agent) => agent.agentId === agentId)) {
        const taken = this.#byDirectory
          ? msg('Ya hay una persona con ese código.')
          : msg('Ya hay una persona con ese usuario.');
        throw new ApiError(400, { errors: { agentId: [taken] } });
      }

      const signInName = this.#byDirectory ? this.person.account.trim() : agentId;
      // The API would take the code, with which nobody is found in the directory.
      if (!signInName && this.#byDirectory) {
        throw new ApiError(400, { errors: { signInName: [msg('Escriba la cuenta de trabajo.')] } });
      }

      await this.api.addAgent({ agentId, name, signInName });
      this.added = name;
      this.person = { name: '', account: '', agentId: '' };
    });
    await this.#read();
  };

  readonly #addContact = async (): Promise<void> => {
    await this.#addingContact.save(async () => {
      const [name, number] = [this.contact.name.trim(), this.contact.number.trim()];
      this.addedContact = undefined;
      this.addedContact = await this.api.addContact({ name, numbers: number ? [number] : [] });
      this.added = name || number;
      this.contact = { name: '', number: '' };
    });
    await this.#read();
  };

  static override styles = [
    base,
    buttons,
    fields,
    pageFrame,
    css`
      :host {
        max-inline-size: 56rem;
      }

      .bar,
      .head {
        justify-content: space-between;
      }

      .steps {
        display: grid;
        gap: var(--cmw-space-4);
      }

      .number {
        color: var(--cmw-quiet);
        font-variant-numeric: tabular-nums;
      }

      [data-state='done'] {
        background: none;
      }

      .quick {
        display: flex;
        flex-wrap: wrap;
        align-items: start;
        gap: var(--cmw-space-2) var(--cmw-space-3);
      }

      .quick .field {
        flex: 1 1 12rem;
      }

      .quick button {
        margin-block-start: 1.5rem;
      }

      .done {
        color: var(--cmw-live);
      }

      .problem {
        display: grid;
        justify-items: start;
        gap: var(--cmw-space-2);
        color: var(--cmw-bad);
      }

      .skip {
        justify-self: start;
        margin-inline-start: calc(-1 * var(--cmw-space-4));
        color: var(--cmw-quiet);
        font: var(--cmw-type-label);
      }
    `,
  ];
}

const nameOf = (agentId: string, agents: readonly AgentName[]): string =>
  agents.find((agent) => agent.agentId === agentId)?.name ?? agentId;

function leftWords(left: number, { steps }: FirstSteps): string {
  if (left === 0) {
    return steps.some(({ step, state: now }) => step === 'call' && now === 'skipped')
      ? msg('No falta ningún paso.')
      : msg('Todo está listo: la primera llamada ya apareció en pantalla.');
  }

  return left === 1 ? msg('Falta un paso.') : msg(str`Faltan ${left} pasos.`);
}

function badge(now: 'open' | 'done' | 'skipped'): TemplateResult {
  switch (now) {
    case 'done':
      return html`<span class="badge good">${icons.check(14)}${msg('Listo')}</span>`;
    case 'skipped':
      return html`<span class="badge">${msg('Omitido')}</span>`;
    default:
      return html`<span class="badge warn">${icons.clock(14)}${msg('Pendiente')}</span>`;
  }
}

function stepWords(step: FirstStep): { readonly title: string; readonly about: string } {
  switch (step) {
    case 'account':
      return {
        title: msg('La cuenta del operador responde'),
        about: msg('Una consulta real dice si la dirección, el usuario y la contraseña son correctos.'),
      };
    case 'webhook':
      return {
        title: msg('El operador envía los avisos'),
        about: msg('Copie la dirección y désela al operador. Después haga una llamada: el primer aviso aparece aquí.'),
      };
    case 'people':
      return {
        title: msg('Las personas'),
        about: msg('Quienes contestan. Si trabaja sin nadie más, omita este paso.'),
      };
    case 'phones':
      return {
        title: msg('De quién es cada teléfono'),
        about: msg('Así cada llamada aparece en la pantalla de quien la contesta.'),
      };
    case 'contacts':
      return {
        title: msg('Los contactos'),
        about: msg('Con ellos la pantalla dice quién llama.'),
      };
    default:
      return {
        title: msg('Una llamada de prueba'),
        about: msg('La primera llamada que aparece en la pantalla de un agente.'),
      };
  }
}
