import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApiClient } from '../api/api-client.js';
import { type ApiError, failureOf } from '../api/api-error.js';
import type { DoNotCall } from '../api/do-not-call-api.js';
import type { Call, CallKey, Contact, ContactField, ContactPhone, FollowUp, NumberView } from '../api/types.js';
import { callAddress, contactAddress } from '../base/addresses.js';
import { Later, later } from '../base/later.js';
import { memory } from '../base/memory.js';
import { Watching } from '../base/observable.js';
import { keyOf } from '../calls/call-key.js';
import { directionShort, stateWords, talkerName } from '../calls/call-words.js';
import { mayOpen } from '../calls/may-open.js';
import * as icons from '../design/icons.js';
import { base, buttons } from '../design/shared.js';
import { askToDial } from '../dial/dial-event.js';
import { dueOf, type FollowUpsStore } from '../follow-ups/follow-ups-store.js';
import { dayAndTime, daysBetween, duration, money, overdueWords, shortDay, zonedTime } from '../i18n/format.js';
import { plainWords } from '../i18n/plain-words.js';
import type { OutcomesStore } from '../outcomes/outcomes-store.js';
import { hasNumber } from './add-number.js';
import { ContactEditor } from './contact-editor.js';
import { contactFacts } from './contact-facts.js';
import type { ContactForm } from './contact-form.js';
import { nameOf } from './contact-name.js';
import { externalLink } from './external-link.js';
import { notToCall, notToCallNotice } from './not-to-call-check.js';

const firstCalls = 4;
const moreCalls = 20;

/** A contact's file: numbers, open follow-ups, and what was agreed in each call. Fires `read` with the contact. */
@localized()
@customElement('cmw-contact-file')
export class ContactFile extends LitElement {
  @property({ attribute: false }) api!: ApiClient;
  @property({ attribute: false }) contactId!: string;
  /** The contact where it is being read anyway; asked once for each contact. */
  @property({ attribute: false }) known: (contactId: string) => Promise<Contact | undefined> = async () => undefined;
  /**
   * The contact's name, where something tells it that hears of changes: once it is told anew, and is not that of the
   * file, somebody has changed the contact.
   */
  @property({ attribute: false }) told: string | undefined;
  /** The call beside which the file is shown. It is left out of the last calls. */
  @property({ attribute: false }) but: CallKey | undefined;
  /** The signed-in agent. Follow-ups of other agents show their names. */
  @property({ attribute: false }) agentId: string | undefined;
  /** True for who sees the calls of others. */
  @property({ type: Boolean }) team = false;
  /** True if the agent has a phone to call from. */
  @property({ type: Boolean }) dials = false;
  @property({ attribute: false }) outcomes!: OutcomesStore;
  @property({ attribute: false }) followUps!: FollowUpsStore;
  @property({ attribute: false }) timeZone = 'America/Costa_Rica';
  @property({ attribute: false }) now: () => number = Date.now;
  @property({ attribute: false }) fields: readonly ContactField[] = [];
  /** True where the contact can be changed here. */
  @property({ type: Boolean }) editable = false;
  /** What the button of somebody who exists already says while the contact is changed. */
  @property({ attribute: false }) use = '';
  /** The number of the call, where it can be added to the contact. */
  @property({ attribute: false }) caller: NumberView | undefined;

  @state() private contact: Contact | undefined;
  @state() private calls: readonly Call[] = [];
  @state() private error: ApiError | undefined;
  @state() private next: string | undefined;
  /** The error of reading earlier calls. The rest of the file stays. */
  @state() private moreError: ApiError | undefined;
  @state() private open: readonly FollowUp[] = [];
  /** The contact while it is being changed. */
  @state() private editor: ContactEditor | undefined;
  /** What was done last, for a screen reader. */
  @state() private done = '';
  readonly #form = new Later(this, () => import('./contact-form.js'));
  /** False while nobody thinks of calling the contact: they are on the line. */
  @property({ type: Boolean }) callable = true;
  /** Which of its numbers must not be called. */
  @state() private listed: readonly DoNotCall[] = [];
  #contactId: string | undefined;
  #followed = '';

  constructor() {
    super();
    new Watching(this, () => this.outcomes);
    new Watching(this, () => this.followUps);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { contactId } = this;
    // If the agent's own follow-ups change, the contact's are read again.
    // Those of its calls from before it was merged, or of contacts that were merged into it, have other ids.
    const contact = contactId === this.#contactId ? this.contact : undefined;
    const own = this.followUps.forContact(contactId, contact?.contactId ?? contactId, ...(contact?.merged ?? []));
    const followed = JSON.stringify(own.map((item) => [item.followUpId, item.dueAt]));
    if (contactId !== this.#contactId) {
      this.#contactId = contactId;
      this.#followed = followed;
      this.contact = undefined;
      this.calls = [];
      this.open = [];
      this.listed = [];
      this.next = undefined;
      this.moreError = undefined;
      this.editor = undefined;
      this.done = '';
      void this.#read(contactId, this.known(contactId));
    } else if (followed !== this.#followed) {
      this.#followed = followed;
      void this.#readOpen(contactId);
    }
    if (changed.has('told') && this.contact) void this.#readChanged(contactId);
    if (changed.get('callable') === false && this.contact) void this.#readListed(this.contact);
  }

  /** Opens the form, and focuses it. False where there is nothing to change. */
  edit(): boolean {
    const { contact, editable } = this;
    if (!editable || !contact) return false;
    const place = this.#place;
    this.done = '';
    this.editor ??= new ContactEditor({
      contact,
      store: (input, etag) => this.api.saveContact(contact.contactId, input, etag),
      read: () => this.api.contact(contact.contactId),
      memory: { get: () => memory.get(place), set: (value) => memory.set(place, value) },
    });
    void this.#focusForm();
    return true;
  }

  /** Calls of the contact have come to light. */
  readAgain(): void {
    void this.#read(this.contactId);
  }

  protected override render(): TemplateResult {
    if (this.error?.status === 404) {
      return html`<p class="quiet" role="status">
        ${msg('Este contacto fue eliminado.')} ${this.but ? msg('Elija con quién es la llamada.') : nothing}
      </p>`;
    }

    if (this.error) {
      return html`<p class="quiet" role="status">
        ${msg('No se pudo cargar la ficha del contacto.')} ${plainWords(this.error)}
        <button class="link" @click=${() => this.#read(this.contactId)}>${msg('Intentar de nuevo')}</button>
      </p>`;
    }

    const { contact } = this;
    if (!contact) return html`<div class="skeleton" role="status" aria-label=${msg('Cargando el contacto')}></div>`;
    const { open, but } = this;
    const before = this.calls.filter((call) => !but || keyOf(call) !== keyOf(but));
    return html`
      ${notToCallNotice(this.listed, this.timeZone)}
      ${this.editor ? this.#editing(this.editor) : html`${this.#facts(contact)} ${this.#changes(contact)}`}
      <p class="quiet said" role="status">${this.done}</p>
      ${
        open.length > 0
          ? html`<h4>${msg('Seguimientos abiertos')}</h4>
              <ul>${open.map((item) => this.#followUp(item))}</ul>`
          : nothing
      }
      <h4>${msg('Últimas llamadas')}</h4>
      ${
        before.length > 0
          ? html`<ol>${before.map((call) => this.#call(call))}</ol>`
          : html`<p class="quiet">
              ${but ? msg('Es la primera llamada registrada con este contacto.') : msg('Todavía no hay llamadas con este contacto.')}
            </p>`
      }
      ${this.moreError ? html`<p class="quiet" role="status">${plainWords(this.moreError)}</p>` : nothing}
      ${this.next ? html`<button class="link" @click=${this.#readMore}>${msg('Ver anteriores')}</button>` : nothing}
    `;
  }

  #facts(contact: Contact): TemplateResult | typeof nothing {
    const phones: readonly Pick<ContactPhone, 'text' | 'kind' | 'display'>[] =
      contact.phones ?? contact.numbers.map((text) => ({ text, kind: 'number', display: text }));
    const numbers = phones.map(({ text, kind, display }) => {
      if (kind === 'invalid')
        return html`<p>${text} <span class="quiet">${msg('no se entiende y no se marca')}</span></p>`;
      const shown = kind === 'number' ? display : text;
      return this.dials && kind === 'number'
        ? this.#number(contact, text, shown)
        : html`<p class=${kind === 'number' ? 'number' : nothing}>${shown}</p>`;
    });
    // Side by side, as each is a button.
    const facts: readonly (readonly [name: string, value: unknown, place?: string])[] = [
      ...contactFacts(contact, this.fields, zonedTime(this.now(), this.timeZone).slice(0, 10)),
      ...(numbers.length > 0 ? [[msg('Teléfonos'), numbers, this.but ? undefined : 'wide'] as const] : []),
      ...(contact.document ? [[msg('Cédula o identificación'), contact.document] as const] : []),
      ...(contact.email ? [[msg('Correo'), contact.email] as const] : []),
    ];
    return facts.length > 0
      ? html`<dl>${facts.map(([name, value, place]) => html`<div class=${place ?? nothing}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
      : nothing;
  }

  #changes(contact: Contact): TemplateResult | typeof nothing {
    const { caller } = this;
    if (!this.editable) return nothing;
    return html`
      ${
        caller?.e164 && !hasNumber(contact, caller.e164)
          ? html`<cmw-add-number
              .api=${this.api}
              .contact=${contact}
              .number=${caller}
              @added=${(event: CustomEvent<Contact>) => this.#saved(event.detail, msg(str`Se agregó ${caller.display}.`))}
            ></cmw-add-number>`
          : nothing
      }
      <p class="changes">
        <button class="link edit" aria-keyshortcuts="e" @click=${this.edit}>
          ${memory.get(this.#place) === null ? msg('Editar contacto') : msg('Seguir editando')}
        </button>
        <a href=${contactAddress(contact.contactId)}>${msg('Ver toda la ficha')}</a>
        ${externalLink(contact)}
      </p>
    `;
  }

  #editing(editor: ContactEditor): TemplateResult {
    return html`
      ${this.#form.notice}
      <cmw-contact-form
        .api=${this.api}
        .editor=${editor}
        .fields=${this.fields}
        .use=${this.use}
        @saved=${(event: CustomEvent<Contact>) => this.#saved(event.detail, msg('Contacto guardado.'))}
        @use=${(event: CustomEvent<Contact>) => this.#tell('use-contact', event.detail)}
        @cancel=${this.#close}
      ></cmw-contact-form>
    `;
  }

  get #place(): string {
    return `contact.${this.agentId ?? ''}|${this.contactId}`;
  }

  async #focusForm(): Promise<void> {
    await this.#form.fetch();
    await this.updateComplete;
    const form = this.renderRoot.querySelector<ContactForm>('cmw-contact-form');
    await form?.updateComplete;
    form?.focus();
  }

  #saved(contact: Contact, done: string): void {
    this.contact = contact;
    void this.#readListed(contact);
    this.done = done;
    void this.#close();
    this.#tell('contact-saved', contact);
  }

  async #close(): Promise<void> {
    this.editor = undefined;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.edit')?.focus();
  }

  #tell(type: 'contact-saved' | 'use-contact', contact: Contact): void {
    if (type === 'use-contact') this.editor = undefined;
    this.dispatchEvent(new CustomEvent(type, { detail: contact, bubbles: true, composed: true }));
  }

  #number(contact: Contact, number: string, shown: string): TemplateResult {
    return html`<button
      class=${this.but ? 'link number' : 'number'}
      title=${msg('Llamar')}
      aria-label=${msg(str`Llamar a ${nameOf(contact)} al ${shown}`)}
      @click=${() => askToDial(this, { number, contactId: contact.contactId, who: nameOf(contact) })}
    >
      ${this.but ? nothing : icons.outgoing(18)} ${shown}
    </button>`;
  }

  #followUp(item: FollowUp): TemplateResult {
    const overdue = dueOf(item, this.now(), this.timeZone) === 'overdue';
    const days = daysBetween(Date.parse(item.dueAt), this.now(), this.timeZone);
    return html`
      <li>
        <p class=${overdue ? 'line overdue' : 'line'}>
          ${overdue ? html`${days > 0 ? overdueWords(days) : msg('Vencido')} · ` : nothing}${dayAndTime(Date.parse(item.dueAt), this.timeZone)}${
            item.agentName && item.agentId !== this.agentId ? ` · ${item.agentName}` : nothing
          }
        </p>
        ${item.note ? html`<p class="note">${item.note}</p>` : nothing}
      </li>
    `;
  }

  #call(call: Call): TemplateResult {
    const { wrapUp } = call;
    const lasted = call.state === 'ended' && call.connectedAt ? call.durationSeconds : undefined;
    const talker = talkerName(call);
    // How it went names who took it in the viewer's place, unless it says how long it lasted.
    const who = lasted === undefined && talker === call.answeredBy?.name ? undefined : talker;
    const went =
      lasted !== undefined
        ? [duration(lasted), ...(call.noted ? [stateWords(call)] : [])].join(' · ')
        : stateWords(call);
    const at = dayAndTime(Date.parse(call.startedAt), this.timeZone);
    const agreed = [
      wrapUp?.promise?.amount
        ? `${money(wrapUp.promise.amount, wrapUp.promise.currency ?? 'CRC')}${wrapUp.promise.dueAt ? ` · ${shortDay(Date.parse(wrapUp.promise.dueAt), this.timeZone)}` : ''}`
        : '',
      wrapUp?.charge?.amount
        ? `${money(wrapUp.charge.amount, wrapUp.charge.currency ?? 'CRC')} · ${wrapUp.charge.concept ?? ''}`
        : '',
    ].filter(Boolean);
    return html`
      <li>
        <p class="line">
          ${mayOpen(call, this.team, this.agentId) ? html`<a href=${callAddress(call)}>${at}</a>` : at} · ${directionShort(call.direction)} · ${went}
        </p>
        ${call.outcome ? html`<p class="what">${this.outcomes.label(call.outcome)}</p>` : nothing}
        ${who && (wrapUp ?? call.answeredBy ?? call).agentId !== this.agentId ? html`<p class="line">${who}</p>` : nothing}
        ${agreed.map((line) => html`<p>${line}</p>`)} ${this.outcomes.fieldLines(wrapUp?.fields).map((line) => html`<p>${line}</p>`)}
        ${wrapUp?.notes ? html`<p class="note">${wrapUp.notes}</p>` : nothing}
      </li>
    `;
  }

  async #read(contactId: string, known?: Promise<Contact | undefined>): Promise<void> {
    const { told } = this;
    this.error = undefined;
    try {
      const [[contact, listed], calls, open] = await Promise.all([
        this.#contact(contactId, known),
        this.api.contactCalls(contactId, firstCalls),
        this.api.contactFollowUps(contactId),
      ]);
      if (contactId !== this.#contactId) return;
      this.contact = contact;
      this.listed = listed ?? [];
      this.calls = calls.items;
      this.next = calls.next ?? undefined;
      this.open = open;
      this.dispatchEvent(new CustomEvent<Contact>('read', { detail: contact }));
      // The call was over while the file was read.
      if (!listed) void this.#readListed(contact);
      // It was changed while it was read.
      if (told !== this.told) void this.#readChanged(contactId);
    } catch (error) {
      if (contactId !== this.#contactId) return;
      this.error = failureOf(error);
      // The session has ended. After the sign-in the desk reads its lists, and this file is read again with them.
      if (!this.error) this.#contactId = undefined;
    }
  }

  /** The contact, and which of its numbers must not be called, if that is asked: drawn at once, so that nothing moves. */
  async #contact(
    contactId: string,
    known?: Promise<Contact | undefined>,
  ): Promise<readonly [Contact, readonly DoNotCall[] | undefined]> {
    const contact = (await known) ?? (await this.api.contact(contactId));
    return [contact, this.callable ? await notToCall(this.api, contact.numbers) : undefined];
  }

  /** What is typed in the form stays: there both changes are joined when it is saved. */
  async #readChanged(contactId: string): Promise<void> {
    const { told, contact: before } = this;
    if (!told || !before || told === nameOf(before)) return;
    // If this fails, the earlier file stays.
    const contact = await this.api.contact(contactId).catch(() => undefined);
    // What was saved here meanwhile is newer.
    if (!contact || before !== this.contact || told !== this.told) return;
    this.contact = contact;
    this.dispatchEvent(new CustomEvent<Contact>('read', { detail: contact }));
    void this.#readListed(contact);
  }

  async #readListed(contact: Contact): Promise<void> {
    if (!this.callable) return;
    const listed = await notToCall(this.api, contact.numbers);
    if (contact === this.contact) this.listed = listed;
  }

  async #readOpen(contactId: string): Promise<void> {
    // If this fails, the earlier follow-ups stay. The next change reads them again.
    const open = await this.api.contactFollowUps(contactId).catch(() => this.open);
    if (contactId === this.#contactId) this.open = open;
  }

  async #readMore(): Promise<void> {
    const { contactId, next } = this;
    this.moreError = undefined;
    try {
      const page = await this.api.contactCalls(contactId, moreCalls, next);
      if (contactId !== this.#contactId || next !== this.next) return;
      this.calls = [...this.calls, ...page.items];
      this.next = page.next ?? undefined;
    } catch (error) {
      if (contactId === this.#contactId) this.moreError = failureOf(error);
    }
  }

  static override styles = [
    base,
    buttons,
    later,
    css`
      :host {
        overflow-wrap: anywhere;
      }

      cmw-contact-form,
      cmw-add-number,
      .changes {
        margin-block-end: var(--cmw-space-4);
      }

      .said:not(:empty) {
        margin-block-end: var(--cmw-space-4);
      }

      .changes a {
        color: var(--cmw-accent);
        font: var(--cmw-type-small);
      }

      .changes {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--cmw-space-2) var(--cmw-space-3);
      }

      dl {
        display: grid;
        gap: var(--cmw-space-2) var(--cmw-space-4);
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 8.5rem), 1fr));
        margin: 0 0 var(--cmw-space-4);
      }

      dt,
      .line,
      .quiet {
        color: var(--cmw-quiet);
        font: var(--cmw-type-small);
      }

      dd {
        margin: 0;
        font-variant-numeric: tabular-nums;
      }

      .wide {
        grid-column: 1 / -1;
      }

      .wide dd {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cmw-space-2) var(--cmw-space-3);
        margin-block: var(--cmw-space-1);
      }

      .line a {
        color: inherit;
      }

      .line a:hover {
        color: var(--cmw-accent);
      }

      .number {
        font-variant-numeric: tabular-nums;
      }

      .link.number {
        margin-inline-end: var(--cmw-space-3);
      }

      h4 {
        margin: 0 0 var(--cmw-space-2);
        font: var(--cmw-type-label);
      }

      ul,
      ol {
        display: grid;
        gap: var(--cmw-space-3);
        margin-block-end: var(--cmw-space-4);
      }

      li {
        padding-inline-start: var(--cmw-space-3);
        border-inline-start: 2px solid var(--cmw-line);
      }

      .overdue {
        color: var(--cmw-bad);
        font-weight: 600;
      }

      .what {
        font: var(--cmw-type-strong);
      }

      .note {
        display: -webkit-box;
        overflow: hidden;
        white-space: pre-line;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 4;
      }

      .skeleton {
        min-block-size: 10rem;
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-sunken);
        opacity: 0.6;
      }

      button.link {
        min-block-size: 1.75rem;
        padding: 0;
        border: 0;
        background: none;
        color: var(--cmw-accent);
        font: var(--cmw-type-label);
        text-decoration: underline;
        text-underline-offset: 0.15em;
      }
    `,
  ];
}
