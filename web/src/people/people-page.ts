import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { PeopleApi } from '../api/people-api.js';
import type { Account, Accounts, Person, Visitor } from '../api/people-types.js';
import { isAdmin, type Me } from '../api/types.js';
import { mayClose } from '../base/leaving.js';
import { Reading, Repeating } from '../base/reading.js';
import * as icons from '../design/icons.js';
import { pageFrame, readingBody } from '../design/page-frame.js';
import { recordRows } from '../design/record-rows.js';
import { askRows, pageOfRows, rowPager, rowPages, rowsAsked } from '../design/row-pages.js';
import { base, buttons, fields } from '../design/shared.js';
import { dayAndTime } from '../i18n/format.js';
import { hasWords } from '../i18n/search-words.js';
import { defaultZone, timeWords } from '../i18n/times.js';
import './directory-note.js';
import { peopleStyles } from './people-styles.js';
import { roleWords } from './people-words.js';
import './person-form.js';
import './person-panel.js';

const accountsEveryMs = 15_000;

/** Who works with the calls: an administrator adds, changes and removes people, and sees who can sign in. */
@localized()
@customElement('cmw-people-page')
export class PeoplePage extends LitElement {
  @property({ attribute: false }) api!: PeopleApi;
  @property({ attribute: false }) me: Me | undefined;
  /** The query of the address. */
  @property({ attribute: false }) search = '';

  /** Whose form is open; empty for somebody new. */
  @state() private editing: string | undefined;
  /** Whose panel is open. */
  @state() private opened: string | undefined;
  @state() private visitor: Visitor | undefined;
  @state() private said = '';

  readonly #people = new Reading<readonly Person[]>(this, () => this.api.people());
  readonly #accounts = new Reading<Accounts>(this, () => this.api.accounts());
  readonly #phones = new Reading<ReadonlyMap<string, readonly string[]>>(this, () => this.api.phones());

  constructor() {
    super();
    new Repeating(
      this,
      accountsEveryMs,
      () => this.#may,
      () => this.#accounts.read(),
    );
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('me') && this.#may && !this.#people.value) void this.#read();
  }

  protected override render(): TemplateResult {
    return html`
      <div class="bar title">
        <h1 tabindex="-1">${msg('Personas')}</h1>
        <a href="/administration">${msg('Administración')}</a>
      </div>
      ${this.me && !this.#may ? html`<p>${msg('Esta página es de un administrador.')}</p>` : nothing}
      ${this.#may ? this.#content() : nothing}
    `;
  }

  #content(): TemplateResult {
    return html`
      <p class="quiet">
        ${msg('Quién trabaja con las llamadas y qué puede ver: un agente, lo suyo; un supervisor, lo de su equipo (sin equipo, lo de todos); un administrador, todo.')}
      </p>
      <p class="said" role="status">${this.said}</p>
      ${
        this.#byDirectory
          ? html`<cmw-directory-note
              .visitors=${this.#accounts.value?.visitors ?? []}
              .now=${this.api.now()}
              .timeZone=${this.#timeZone}
              @add=${(event: CustomEvent<Visitor>) => this.#add(event.detail)}
            ></cmw-directory-note>`
          : nothing
      }
      <section aria-labelledby="people">
        <div class="bar">
          <h2 id="people" tabindex="-1">${msg('Las personas de la oficina')}</h2>
          <input
            type="search"
            class="find"
            aria-label=${msg('Buscar por nombre, usuario o equipo')}
            placeholder=${msg('Buscar')}
            .value=${live(rowsAsked(this.search).query)}
            @input=${this.#find}
          />
          <button class="primary add" aria-expanded=${this.editing === ''} @click=${() => this.#add(undefined)}>
            ${msg('Agregar a alguien')}
          </button>
        </div>
        ${this.editing === '' ? this.#form(undefined) : nothing}
        ${
          this.#accounts.error
            ? readingBody(this.#accounts, msg('No se pudo leer quién puede entrar.'), () => nothing)
            : nothing
        }
        ${readingBody(this.#people, msg('No se pudieron leer las personas.'), (all) => this.#list(all))}
      </section>
    `;
  }

  #list(all: readonly Person[]): TemplateResult {
    const { query, page } = rowsAsked(this.search);
    const open = this.editing || this.opened;
    const changing = open ? all.find(({ agentId }) => agentId === open) : undefined;
    const found = pageOfRows(matching(all, query), page, changing);
    if (found.rows.length === 0) {
      return html`<div class="empty">
        <p>${msg('Nadie coincide')}</p>
        <p>${msg('Busque por otro nombre, usuario o equipo.')}</p>
      </div>`;
    }

    return html`
      <ul class="rows people">
        ${repeat(found.rows, idOf, (person) => this.#row(person))}
      </ul>
      ${rowPager(found, (to) => this.#turn(to))}
    `;
  }

  #row(person: Person): TemplateResult {
    const { agentId, name } = person;
    if (this.editing === agentId) return html`<li>${this.#form(person)}</li>`;
    const account = this.#accounts.value?.items.find((one) => one.agentId === agentId);
    const phones = this.#phones.value?.get(agentId) ?? [];
    return html`
      <li>
        <div class="line">
          <strong>${name}${agentId === this.me?.id ? html` <span class="quiet">${msg('(usted)')}</span>` : nothing}</strong>
          <span>${person.signInName}</span>
          <span>${[person.roles.map(roleWords).join(', '), person.team, person.language === 'en' ? 'English' : undefined].filter(Boolean).join(' · ')}</span>
          <span class="badges">${account ? this.#badges(account) : nothing}</span>
          <span class="actions">
            <button id=${`edit-${agentId}`} aria-label=${msg(str`Cambiar a ${name}`)} @click=${() => this.#edit(agentId)}>
              ${msg('Cambiar')}
            </button>
            <button
              id=${`more-${agentId}`}
              class="bare"
              aria-expanded=${this.opened === agentId}
              aria-label=${msg(str`Más: cuenta y pendientes de ${name}`)}
              @click=${() => this.#open(agentId)}
            >
              ${msg('Más')}
            </button>
          </span>
        </div>
        ${
          phones.length > 0
            ? html`<span class="quiet small">${msg(str`Teléfonos: ${phones.join(', ')}`)}</span>`
            : nothing
        }
        ${
          this.opened === agentId
            ? html`<cmw-person-panel
                .api=${this.api}
                .person=${person}
                .account=${account}
                .others=${(this.#people.value ?? []).filter((other) => other.agentId !== agentId)}
                .isSelf=${agentId === this.me?.id}
                .byDirectory=${this.#byDirectory}
                .timeZone=${this.#timeZone}
                .reread=${this.#reread}
                @changed=${() => Promise.all([this.#accounts.read(), this.#phones.read()])}
                @removed=${() => this.#removed(person)}
              ></cmw-person-panel>`
            : nothing
        }
      </li>
    `;
  }

  #badges(account: Account): readonly TemplateResult[] {
    const { state: stands, lastSignInAt, lockedUntil, inviteExpiresAt } = account;
    const time = (at: string) => timeWords(at, this.api.now(), this.#timeZone);
    return [
      ...(lockedUntil
        ? [html`<span class="badge bad">${icons.alert(14)}${msg(str`Bloqueado hasta ${time(lockedUntil)}`)}</span>`]
        : []),
      ...(stands === 'none'
        ? [
            html`<span class="badge warn">${icons.alert(14)}${this.#byDirectory ? msg('Nunca ha entrado') : msg('Sin contraseña')}</span>`,
          ]
        : []),
      ...(inviteExpiresAt
        ? [
            html`<span class="badge mended">${icons.clock(14)}${msg(str`Invitado hasta ${dayAndTime(Date.parse(inviteExpiresAt), this.#timeZone)}`)}</span>`,
          ]
        : []),
      ...(stands === 'active'
        ? [
            lastSignInAt
              ? html`<span class="badge good">${icons.check(14)}${msg(str`Entró: ${time(lastSignInAt)}`)}</span>`
              : html`<span class="badge">${msg('Tiene contraseña')}</span>`,
          ]
        : []),
    ];
  }

  #form(person: Person | undefined): TemplateResult {
    const teams = (this.#people.value ?? []).flatMap(({ team }) => (team ? [team] : []));
    return html`<cmw-person-form
      .api=${this.api}
      .person=${person}
      .visitor=${person ? undefined : this.visitor}
      .teams=${[...new Set(teams)].sort()}
      .isSelf=${person?.agentId === this.me?.id}
      .byDirectory=${this.#byDirectory}
      @saved=${(event: CustomEvent<Person | undefined>) => this.#saved(event.detail, person)}
      @cancel=${() => this.#leave(person && `edit-${person.agentId}`)}
    ></cmw-person-form>`;
  }

  get #may(): boolean {
    return this.me !== undefined && isAdmin(this.me);
  }

  get #byDirectory(): boolean {
    return this.me?.host?.signIn === 'entra';
  }

  get #timeZone(): string {
    return this.me?.timeZone ?? defaultZone;
  }

  #find(event: InputEvent): void {
    askRows('/people', (event.target as HTMLInputElement).value);
    this.search = location.search;
  }

  async #turn(page: number): Promise<void> {
    askRows('/people', rowsAsked(this.search).query, page);
    this.search = location.search;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#people')?.focus();
  }

  readonly #reread = async (): Promise<boolean> => {
    await this.#people.read();
    return this.#people.error === undefined;
  };

  async #read(): Promise<void> {
    await Promise.all([this.#people.read(), this.#accounts.read(), this.#phones.read()]);
  }

  async #add(visitor: Visitor | undefined): Promise<void> {
    if (!this.#closes()) return;
    // A form that is open has another one's data, and goes first.
    this.editing = undefined;
    await this.updateComplete;
    this.visitor = visitor;
    this.editing = '';
  }

  #edit(agentId: string): void {
    if (this.#closes()) this.editing = agentId;
  }

  /** Closes what is open. False where something is typed there that is to stay. */
  #closes(): boolean {
    if ((this.editing !== undefined || this.opened !== undefined) && !mayClose()) return false;
    this.said = '';
    this.opened = undefined;
    return true;
  }

  #open(agentId: string): void {
    const wasOpen = this.opened === agentId;
    if (!this.#closes()) return;
    this.editing = undefined;
    this.opened = wasOpen ? undefined : agentId;
  }

  /** Closes the form, and goes back to where it was opened. */
  async #leave(id: string | undefined): Promise<void> {
    this.editing = undefined;
    await this.updateComplete;
    const at = id === undefined ? '.add' : `[id="${CSS.escape(id)}"]`;
    (this.renderRoot.querySelector<HTMLElement>(at) ?? this.renderRoot.querySelector<HTMLElement>('.add'))?.focus();
  }

  async #saved(person: Person | undefined, before: Person | undefined): Promise<void> {
    this.said = person ? msg(str`Guardado: ${person.name}.`) : '';
    await this.#read();
    // Who is new has no password yet: that is next.
    const isNew = person !== undefined && before === undefined && !this.#byDirectory;
    this.opened = isNew ? person.agentId : undefined;
    const id = person?.agentId ?? before?.agentId;
    await this.#leave(id && `${isNew ? 'more' : 'edit'}-${id}`);
  }

  async #removed(person: Person): Promise<void> {
    this.opened = undefined;
    this.said = msg(str`Se quitó a ${person.name}.`);
    await this.#read();
    await this.#leave(undefined);
  }

  static override styles = [base, buttons, fields, pageFrame, recordRows, rowPages, peopleStyles];
}

const idOf = ({ agentId }: Person): string => agentId;

function matching(all: readonly Person[], query: string): readonly Person[] {
  const has = hasWords(query);
  const isWanted = ({ name, signInName, agentId, team }: Person) => has([name, signInName, agentId, team].join(' '));
  return all.filter(isWanted).sort((a, b) => a.name.localeCompare(b.name));
}
