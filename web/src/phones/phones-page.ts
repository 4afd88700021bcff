import { localized, msg, str } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { AgentName, Mapping, MappingTie, UnmappedPhone } from '../api/phone-types.js';
import type { PhonesApi } from '../api/phones-api.js';
import type { OperatorAccount } from '../api/settings-types.js';
import { isAdmin, type Me } from '../api/types.js';
import { mayClose } from '../base/leaving.js';
import { Reading, Repeating } from '../base/reading.js';
import { Saving } from '../base/saving.js';
import { refusalNotice } from '../design/editor.js';
import * as icons from '../design/icons.js';
import { pageFrame, readingBody } from '../design/page-frame.js';
import { recordRows } from '../design/record-rows.js';
import { askRows, pageOfRows, rowPager, rowPages, rowsAsked } from '../design/row-pages.js';
import { base, buttons, fields } from '../design/shared.js';
import { formatLocale } from '../i18n/locale.js';
import { hasWords } from '../i18n/search-words.js';
import { defaultZone } from '../i18n/times.js';
import './phone-form.js';
import './phones-file.js';
import { nameIn, phoneName, shiftWords, tieWords } from './phone-words.js';
import { phoneRowStyles } from './phones-page-styles.js';
import '../operator/unmapped-phones.js';

const tiesEveryMs = 3_000;
const newsEveryMs = 20_000;
/** A result of a search for earlier calls is told so long. */
const toldForMs = 24 * 3_600_000;

/** Whose the operator's phones are: an administrator changes each in its place. */
@localized()
@customElement('cmw-phones-page')
export class PhonesPage extends LitElement {
  @property({ attribute: false }) api!: PhonesApi;
  @property({ attribute: false }) me: Me | undefined;
  /** The query of the address. */
  @property({ attribute: false }) search = '';

  /** The endpoint whose form is open; empty for a new phone. */
  @state() private editing: string | undefined;
  @state() private removing: string | undefined;
  @state() private said = '';

  readonly #mappings = new Reading<readonly Mapping[]>(this, () => this.api.mappings());
  readonly #agents = new Reading<readonly AgentName[]>(this, () => this.api.agents());
  readonly #accounts = new Reading<readonly OperatorAccount[]>(this, () => this.api.accounts());
  readonly #unmapped = new Reading<readonly UnmappedPhone[]>(this, () => this.api.unmapped());
  readonly #ties = new Reading<readonly MappingTie[]>(this, () => this.api.ties());
  readonly #saving = new Saving(this);

  constructor() {
    super();
    const isUnderWay = () => this.#ties.value?.some(({ state }) => state === 'queued' || state === 'running') === true;
    new Repeating(this, tiesEveryMs, isUnderWay, () => this.#ties.read());
    new Repeating(
      this,
      newsEveryMs,
      () => this.#may,
      () => this.#unmapped.read(),
    );
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('me') && this.#may && !this.#mappings.value) void this.#readAll();
  }

  protected override render(): TemplateResult {
    return html`
      <div class="bar title">
        <h1 tabindex="-1">${msg('Teléfonos')}</h1>
        <a href="/administration">${msg('Administración')}</a>
      </div>
      ${this.me && !this.#may ? html`<p>${msg('Esta página es de un administrador.')}</p>` : nothing}
      ${this.#may ? this.#content() : nothing}
    `;
  }

  #content(): TemplateResult {
    const agents = this.#agents.value ?? [];
    const mappings = this.#mappings.value ?? [];
    return html`
      <p class="quiet">
        ${msg('De quién es cada teléfono de la central: así llega cada llamada al escritorio de esa persona. Un cambio vale desde la próxima llamada.')}
      </p>
      <p class="said" role="status">${this.said}</p>
      <cmw-unmapped-phones
        .api=${this.api}
        .phones=${(this.#accounts.value && this.#unmapped.value) ?? []}
        .agents=${agents}
        .accounts=${this.#accounts.value ?? []}
        .holders=${new Set(mappings.flatMap(agentsOf))}
        .timeZone=${this.me?.timeZone ?? defaultZone}
        @mapped=${(event: CustomEvent<Mapping>) => this.#mapped(event.detail)}
      ></cmw-unmapped-phones>
      <section aria-labelledby="phones">
        <div class="bar">
          <h2 id="phones" tabindex="-1">${msg('Teléfonos asignados')}</h2>
          <input
            type="search"
            class="find"
            aria-label=${msg('Buscar por agente, teléfono o etiqueta')}
            placeholder=${msg('Buscar')}
            .value=${live(rowsAsked(this.search).query)}
            @input=${this.#find}
          />
          <button class="primary add" aria-expanded=${this.editing === ''} @click=${() => this.#edit('')}>
            ${msg('Agregar un teléfono')}
          </button>
        </div>
        ${this.editing === '' && this.#accounts.value ? this.#form(undefined) : nothing}
        ${
          this.#accounts.error && !this.#accounts.value
            ? readingBody(this.#accounts, msg('No se pudieron leer las cuentas.'), () => nothing)
            : nothing
        }
        ${
          this.#agents.error && !this.#agents.value
            ? readingBody(this.#agents, msg('No se pudieron leer los agentes.'), () => nothing)
            : nothing
        }
        ${readingBody(this.#mappings, msg('No se pudieron leer los teléfonos.'), (all) => this.#list(all, agents))}
      </section>
      <cmw-phones-file .api=${this.api} @imported=${this.#imported}></cmw-phones-file>
    `;
  }

  #list(all: readonly Mapping[], agents: readonly AgentName[]): TemplateResult {
    const { query, page } = rowsAsked(this.search);
    const changing = this.editing ? all.find(({ endpointId }) => endpointId === this.editing) : undefined;
    const found = pageOfRows(matching(all, agents, query), page, changing);
    if (found.rows.length === 0) {
      return html`<div class="empty">
        <p>${all.length === 0 ? msg('Todavía no hay teléfonos asignados') : msg('Ningún teléfono coincide')}</p>
        <p>${
          all.length === 0
            ? msg('Agregue uno, o haga sonar un teléfono: aparecerá aquí para decir de quién es.')
            : msg('Busque por otro nombre, código o número.')
        }</p>
      </div>`;
    }

    return html`
      <ul class="rows phones">
        ${repeat(found.rows, keyOf, (mapping) => this.#row(mapping, agents))}
      </ul>
      ${rowPager(found, (to) => this.#turn(to))}
    `;
  }

  #row(mapping: Mapping, agents: readonly AgentName[]): TemplateResult {
    const { endpointId } = mapping;
    const name = phoneName(mapping);
    if (this.editing === endpointId) return html`<li>${this.#form(mapping)}</li>`;
    const tie = this.#ties.value?.find((one) => one.endpointId === endpointId);
    const told = tie && this.api.now() - Date.parse(tie.finishedAt ?? tie.createdAt) < toldForMs ? tieWords(tie) : '';
    return html`
      <li>
        <div class="line">
          <strong>${nameIn(agents, mapping.agentId)}</strong>
          <span>${name}</span>
          <span class="number">${mapping.phone === endpointId ? '' : mapping.phone}</span>
          <span class="badges">${badges(mapping)}</span>
          <span class="actions">
            <button id=${`edit-${endpointId}`} aria-label=${msg(str`Cambiar el teléfono ${name}`)} @click=${() => this.#edit(endpointId)}>
              ${msg('Cambiar')}
            </button>
            <button
              class="bare"
              aria-label=${msg(str`Quitar el teléfono ${name}`)}
              aria-expanded=${this.removing === endpointId}
              @click=${() => this.#ask(endpointId)}
            >
              ${msg('Quitar')}
            </button>
          </span>
        </div>
        ${mapping.shifts?.map((shift) => html`<span class="quiet small">${shiftWords(shift, agents)}</span>`)}
        ${
          mapping.sharesPhoneWith
            ? html`<span class="warn small">
                ${msg(str`El mismo número tiene también: ${mapping.sharesPhoneWith.join(', ')}. Una llamada que solo traiga el número suena en todos.`)}
              </span>`
            : nothing
        }
        ${told ? html`<span class="quiet small">${told}</span>` : nothing}
        ${this.removing === endpointId ? this.#removal(mapping, agents) : nothing}
      </li>
    `;
  }

  #removal(mapping: Mapping, agents: readonly AgentName[]): TemplateResult {
    const names = agentsOf(mapping).map((agentId) => nameIn(agents, agentId));
    return html`
      <div class="removal" role="group" aria-label=${msg(str`Quitar ${phoneName(mapping)}`)} @keydown=${this.#escape}>
        <p>
          ${msg(str`Las próximas llamadas de este teléfono no le aparecerán a ${new Intl.ListFormat(formatLocale(), { type: 'disjunction' }).format(names)}. Las que ya tiene siguen siendo suyas.`)}
        </p>
        <div class="bar">
          <button class="primary" aria-disabled=${this.#saving.busy} @click=${() => this.#remove(mapping)}>${msg('Quitar el teléfono')}</button>
          <button @click=${() => this.#keep(mapping.endpointId)}>${msg('Cancelar')}</button>
        </div>
        ${refusalNotice(this.#saving, { again: () => this.#removeAgain(mapping) })}
      </div>
    `;
  }

  #form(mapping: Mapping | undefined): TemplateResult {
    return html`<cmw-phone-form
      .api=${this.api}
      .mapping=${mapping}
      .agents=${this.#agents.value ?? []}
      .accounts=${(this.#accounts.value ?? []).map(({ account }) => account)}
      @saved=${(event: CustomEvent<Mapping | undefined>) => this.#saved(event.detail, mapping)}
      @cancel=${() => this.#leave(mapping?.endpointId)}
    ></cmw-phone-form>`;
  }

  get #may(): boolean {
    return this.me !== undefined && isAdmin(this.me);
  }

  #find(event: InputEvent): void {
    askRows('/phones', (event.target as HTMLInputElement).value);
    this.search = location.search;
  }

  async #turn(page: number): Promise<void> {
    askRows('/phones', rowsAsked(this.search).query, page);
    this.search = location.search;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#phones')?.focus();
  }

  async #readAll(): Promise<void> {
    await Promise.all([
      this.#mappings.read(),
      this.#agents.read(),
      this.#accounts.read(),
      this.#unmapped.read(),
      this.#ties.read(),
    ]);
  }

  /** What was typed in another row is lost only where that is agreed to. */
  #edit(endpointId: string): void {
    if (this.editing !== undefined && (this.editing === endpointId || !mayClose())) return;
    this.said = '';
    this.removing = undefined;
    this.editing = endpointId;
  }

  async #ask(endpointId: string): Promise<void> {
    this.#saving.rearranged();
    this.said = '';
    this.removing = this.removing === endpointId ? undefined : endpointId;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.removal .primary')?.focus();
  }

  readonly #escape = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.removing) void this.#keep(this.removing);
  };

  /** Closes the form, and goes back to where it was opened. */
  async #leave(endpointId: string | undefined): Promise<void> {
    this.editing = undefined;
    await this.#keep(endpointId);
  }

  /** Closes the question whether a phone goes. A form of another one stays as it is. */
  async #keep(endpointId: string | undefined): Promise<void> {
    this.removing = undefined;
    await this.updateComplete;
    const at = endpointId === undefined ? '.add' : `[id="edit-${CSS.escape(endpointId)}"]`;
    (this.renderRoot.querySelector<HTMLElement>(at) ?? this.renderRoot.querySelector<HTMLElement>('.add'))?.focus();
  }

  async #saved(mapping: Mapping | undefined, before: Mapping | undefined): Promise<void> {
    this.said = mapping ? msg(str`Guardado: ${phoneName(mapping)}. Vale desde la próxima llamada.`) : '';
    await Promise.all([this.#mappings.read(), this.#unmapped.read(), this.#ties.read()]);
    await this.#leave(mapping?.endpointId ?? before?.endpointId);
  }

  async #mapped(mapping: Mapping): Promise<void> {
    const name = nameIn(this.#agents.value ?? [], mapping.agentId);
    this.said = msg(str`El teléfono ${mapping.endpointId} es de ${name}. Vale desde la próxima llamada.`);
    await Promise.all([this.#mappings.read(), this.#unmapped.read(), this.#ties.read()]);
    await this.#keep(mapping.endpointId);
  }

  async #remove(mapping: Mapping): Promise<void> {
    await this.#saving.save(async () => {
      await this.api.remove(mapping);
      this.said = msg(str`Se quitó el teléfono ${phoneName(mapping)}.`);
      await this.#mappings.read();
    });
    if (!this.#saving.error) await this.#keep(undefined);
  }

  /** Reads it again first where somebody has changed it, so that it is known what is removed. */
  async #removeAgain(mapping: Mapping): Promise<void> {
    if (this.#saving.error?.status !== 412) return this.#remove(mapping);
    this.#saving.rearranged();
    await this.#mappings.read();
  }

  readonly #imported = async (): Promise<void> => {
    await Promise.all([this.#mappings.read(), this.#unmapped.read(), this.#ties.read()]);
  };

  static override styles = [base, buttons, fields, pageFrame, recordRows, rowPages, phoneRowStyles];
}

const keyOf = ({ endpointId }: Mapping): string => endpointId;

const agentsOf = ({ agentId, shifts }: Mapping): readonly string[] => [
  ...new Set([agentId, ...(shifts ?? []).map((shift) => shift.agentId)]),
];

const badges = (mapping: Mapping): readonly TemplateResult[] => [
  ...(mapping.primary ? [html`<span class="badge good">${icons.check(14)}${msg('Principal')}</span>`] : []),
  ...(mapping.private ? [html`<span class="badge">${icons.hidden(14)}${msg('Oculto')}</span>`] : []),
  ...(mapping.callerId && !mapping.private
    ? [html`<span class="badge">${msg(str`Sale como ${mapping.callerId}`)}</span>`]
    : []),
  ...(mapping.shifts ? [html`<span class="badge mended">${icons.clock(14)}${msg('Turnos')}</span>`] : []),
];

/** The phones that a text is found in, by the names of their agents. */
function matching(all: readonly Mapping[], agents: readonly AgentName[], query: string): readonly Mapping[] {
  const has = hasWords(query);
  const named = all.map((mapping) => ({
    mapping,
    name: nameIn(agents, mapping.agentId),
    text: [
      ...agentsOf(mapping).map((id) => nameIn(agents, id)),
      mapping.endpointId,
      mapping.phone,
      mapping.label,
      mapping.callerId,
    ].join(' '),
  }));
  return named
    .filter(({ text }) => has(text))
    .sort((a, b) => a.name.localeCompare(b.name) || Number(b.mapping.primary) - Number(a.mapping.primary))
    .map(({ mapping }) => mapping);
}
