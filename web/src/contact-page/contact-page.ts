import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import type { ContactMerge, ContactsApi } from '../api/contacts-api.js';
import type { DoNotCall } from '../api/do-not-call-api.js';
import { type Contact, isAdmin, type Me, seesTeam } from '../api/types.js';
import { contactAddress } from '../base/addresses.js';
import { memory } from '../base/memory.js';
import { Reading } from '../base/reading.js';
import { backTo } from '../base/way-back.js';
import { ContactEditor } from '../contacts/contact-editor.js';
import { contactFacts } from '../contacts/contact-facts.js';
import type { ContactForm } from '../contacts/contact-form.js';
import { externalLink } from '../contacts/external-link.js';
import '../contacts/contact-form.js';
import { nameOf } from '../contacts/contact-name.js';
import { notToCall, notToCallNotice } from '../contacts/not-to-call-check.js';
import * as icons from '../design/icons.js';
import { fact, pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';
import type { Desk } from '../desk/desk.js';
import { askToDial } from '../dial/dial-event.js';
import { addDays } from '../i18n/days.js';
import { zonedTime } from '../i18n/format.js';
import { plainWords } from '../i18n/plain-words.js';
import { defaultZone } from '../i18n/times.js';
import './contact-calls.js';
import './contact-charges.js';
import './contact-merging.js';
import './contact-open.js';
import { phonesOf } from './joined.js';
import type { MergeCompare } from './merge-compare.js';
import './merge-compare.js';
import './personal-data.js';
import { mergedWords } from './undone-words.js';

/** A contact: who it is, what was talked, what is open and what was charged, and who may be the same person. */
@localized()
@customElement('cmw-contact-page')
export class ContactPage extends LitElement {
  @property({ attribute: false }) api!: ContactsApi;
  @property({ attribute: false }) desk!: Pick<Desk, 'api' | 'outcomes' | 'contactFields'>;
  @property({ attribute: false }) me: Me | undefined;
  @property({ attribute: false }) contactId = '';

  /** The contact while it is changed. */
  @state() private editor: ContactEditor | undefined;
  /** The contact beside which this one is shown. */
  @state() private other: Contact | undefined;
  /** What was done last. */
  @state() private said = '';
  /** True while it is asked whether the contact is to be deleted. */
  @state() private deleting = false;
  @state() private busy = false;
  @state() private refusal: ApiError | undefined;
  @state() private deleted = false;
  /** True where all that is kept of the person is being erased. */
  @state() private erased = false;
  /** Raised where what was talked or noted is to be read again. */
  @state() private round = 0;
  /** Which of its numbers must not be called. */
  @state() private listed: readonly DoNotCall[] = [];
  readonly #contact = new Reading<Contact>(this, async () => {
    const contact = await this.api.contact(this.contactId);
    // Both are drawn at once, so that nothing moves.
    this.listed = await notToCall(this.desk.api, contact.numbers);
    return contact;
  });
  #read = '';

  /** The key `e` changes the contact, as at a card. */
  press(key: string): boolean {
    return key === 'e' && this.#edit();
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (!this.me) return;
    if (changes.has('me')) void this.desk.outcomes.read();
    const key = `${this.me.id} ${this.contactId}`;
    if (key !== this.#read) {
      this.#read = key;
      this.#contact.clear();
      this.editor = undefined;
      this.other = undefined;
      this.listed = [];
      this.said = '';
      this.deleting = false;
      this.deleted = false;
      this.erased = false;
      this.refusal = undefined;
      void this.#readContact();
    }
  }

  protected override render(): TemplateResult {
    const contact = this.#contact.value;
    return html`
      <p class="way"><a href="/contacts" @click=${backTo('/contacts')}>${icons.left(18)}${msg('Contactos')}</a></p>
      <h1 tabindex="-1">${contact && !this.erased ? nameOf(contact) : msg('Contacto')}</h1>
      ${
        this.erased
          ? html`<p class="notice" role="status">
              ${msg('Se está borrando todo lo que se guarda de esta persona.')}
              <a href="/personal-data">${msg('Ver el protocolo')}</a>
            </p>`
          : this.deleted
            ? html`<p class="notice" role="status">${msg('El contacto se eliminó.')}</p>`
            : this.#contact.error?.status === 404
              ? html`<p class="notice" role="alert">${msg('Este contacto no existe, o fue eliminado.')}</p>`
              : readingBody(this.#contact, msg('No se pudo leer el contacto.'), (one) => this.#parts(one))
      }
    `;
  }

  #parts(contact: Contact): TemplateResult {
    const { me } = this;
    const team = me !== undefined && seesTeam(me);
    const { contactId } = contact;
    const version = `${contact.etag ?? ''} ${this.round}`;
    return html`
      <p class="said" role="status">${this.said ? html`${icons.check(18)} ${this.said}` : nothing}</p>
      ${this.#file(contact)} ${this.other ? this.#comparison(contact, this.other) : nothing}
      <div class="columns">
        <section class="calls" aria-labelledby="calls">
          <div class="bar">
            <h2 id="calls">${msg('Llamadas')}</h2>
            <a class="all" href=${this.#historyOf(contactId)}>${msg('Ver sus llamadas en el historial')}</a>
          </div>
          <cmw-contact-calls
            .api=${this.api}
            .contactId=${contactId}
            .version=${version}
            .outcomes=${this.desk.outcomes}
            .agentId=${me?.id}
            .team=${team}
            .timeZone=${this.#timeZone}
          ></cmw-contact-calls>
        </section>
        <div class="beside">
          <section aria-label=${msg('Pendiente')}>
            <cmw-contact-open
              .api=${this.api}
              .contactId=${contactId}
              .version=${contact.etag ?? ''}
              .agentId=${me?.id}
              .team=${team}
              .timeZone=${this.#timeZone}
              @decided=${() => this.round++}
            ></cmw-contact-open>
          </section>
          <section aria-label=${msg('Cargos de gestión')}>
            <cmw-contact-charges
              .api=${this.api}
              .contactId=${contactId}
              .version=${contact.etag ?? ''}
              .agentId=${me?.id}
              .team=${team}
              .timeZone=${this.#timeZone}
            ></cmw-contact-charges>
          </section>
          <section aria-label=${msg('Posibles duplicados')}>
            <cmw-contact-merging
              .api=${this.api}
              .client=${this.desk.api}
              .contact=${contact}
              .fields=${this.desk.contactFields}
              .merges=${team}
              .timeZone=${this.#timeZone}
              .other=${this.other}
              @compare=${(event: CustomEvent<Contact>) => this.#compare(event.detail)}
              @changed=${(event: CustomEvent<string>) => this.#moved(contactId, event.detail)}
            ></cmw-contact-merging>
          </section>
          ${team ? this.#removal(contact) : nothing}
          ${
            me && isAdmin(me)
              ? html`<section aria-label=${msg('Datos personales')}>
                  <cmw-personal-data
                    .api=${this.api}
                    .contact=${contact}
                    .timeZone=${this.#timeZone}
                    @erased=${() => this.#wasErased(contact)}
                  ></cmw-personal-data>
                </section>`
              : nothing
          }
        </div>
      </div>
    `;
  }

  #comparison(contact: Contact, other: Contact): TemplateResult {
    return html`
      <section aria-label=${msg('Unir dos contactos en uno')}>
        <cmw-merge-compare
          .api=${this.api}
          .one=${contact}
          .other=${other}
          .fields=${this.desk.contactFields}
          @merged=${(event: CustomEvent<ContactMerge>) => this.#moved(event.detail.contactId, mergedWords(event.detail))}
          @cancel=${this.#stopComparing}
        ></cmw-merge-compare>
      </section>
    `;
  }

  async #compare(other: Contact): Promise<void> {
    this.other = other;
    this.said = '';
    await this.updateComplete;
    const panel = this.renderRoot.querySelector<MergeCompare>('cmw-merge-compare');
    await panel?.updateComplete;
    panel?.focus();
  }

  readonly #stopComparing = async (): Promise<void> => {
    this.other = undefined;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('cmw-contact-merging')?.focus();
  };

  #file(contact: Contact): TemplateResult {
    const today = zonedTime(this.api.now(), this.#timeZone).slice(0, 10);
    const merged = contact.merged?.length ?? 0;
    if (this.editor) {
      return html`
        <section aria-label=${msg('Datos')}>
          <cmw-contact-form
            .api=${this.desk.api}
            .editor=${this.editor}
            .fields=${this.desk.contactFields}
            .use=${msg('Abrir')}
            @saved=${(event: CustomEvent<Contact>) => this.#saved(event.detail)}
            @use=${(event: CustomEvent<Contact>) => this.#go(event.detail)}
            @cancel=${this.#close}
          ></cmw-contact-form>
        </section>
      `;
    }

    return html`
      <section aria-label=${msg('Datos')}>
        ${notToCallNotice(this.listed, this.#timeZone)}
        <ul class="numbers" aria-label=${msg('Teléfonos')}>
          ${phonesOf(contact).map((phone) => html`<li>${this.#number(contact, phone)}</li>`)}
        </ul>
        <dl class="facts">
          ${contactFacts(contact, this.desk.contactFields, today).map(([name, value]) => fact(name, value))}
          ${contact.document ? fact(msg('Cédula o identificación'), contact.document) : nothing}
          ${contact.email ? fact(msg('Correo'), contact.email) : nothing}
        </dl>
        ${merged > 0 ? html`<p class="quiet small">${joinsWords(merged)}</p>` : nothing}
        <p class="bar">
          <button class="edit" aria-keyshortcuts="e" @click=${this.#edit}>
            ${icons.pencil(18)} ${memory.get(this.#place(contact)) === null ? msg('Editar contacto') : msg('Seguir editando')}
          </button>
          ${externalLink(contact)}
          <a class="jump" href="#other" hidden></a>
        </p>
      </section>
    `;
  }

  #number(contact: Contact, { kind, text, display }: ReturnType<typeof phonesOf>[number]): TemplateResult {
    if (kind === 'invalid') {
      return html`${text} <span class="quiet">${msg('no se entiende y no se marca')}</span>`;
    }

    const shown = kind === 'number' ? display : text;
    if (kind !== 'number' || !this.me?.endpoints.length) return html`<span class="number">${shown}</span>`;
    return html`<button
      class="number"
      aria-label=${msg(str`Llamar a ${nameOf(contact)} al ${shown}`)}
      @click=${() => askToDial(this, { number: text, contactId: contact.contactId, who: nameOf(contact) })}
    >
      ${icons.outgoing(18)} ${shown}
    </button>`;
  }

  #removal(contact: Contact): TemplateResult {
    const merged = contact.merged?.length ?? 0;
    return html`
      <section aria-label=${msg('Eliminar contacto')}>
        ${
          this.deleting
            ? html`
                <h2 class="sure" tabindex="-1">${msg(str`¿Eliminar a ${nameOf(contact)}?`)}</h2>
                <p>
                  ${msg('Se borran sus datos, y sus teléfonos ya no se reconocen. Sus llamadas quedan en el historial, y lo pendiente en la lista de cada agente. No se puede deshacer.')}
                </p>
                ${merged > 0 ? html`<p>${msg('También se borran los contactos que se unieron a este.')}</p>` : nothing}
                ${this.refusal ? html`<p class="late" role="alert">${plainWords(this.refusal)}</p>` : nothing}
                <p class="bar">
                  <button class="danger" aria-disabled=${this.busy} @click=${() => this.#remove(contact)}>${msg('Sí, eliminar')}</button>
                  <button class="bare" @click=${this.#keep}>${msg('Cancelar')}</button>
                </p>
              `
            : html`<p><button class="bare delete" @click=${this.#askRemoval}>${msg('Eliminar contacto')}</button></p>`
        }
      </section>
    `;
  }

  /** False where there is nothing to change. */
  readonly #edit = (): boolean => {
    const contact = this.#contact.value;
    if (!contact || this.deleted || this.erased) return false;
    const place = this.#place(contact);
    this.said = '';
    this.editor ??= new ContactEditor({
      contact,
      store: (input, etag) => this.api.save(contact.contactId, input, etag),
      read: () => this.api.contact(contact.contactId),
      memory: { get: () => memory.get(place), set: (value) => memory.set(place, value) },
    });
    void this.#focusForm();
    return true;
  };

  async #focusForm(): Promise<void> {
    await this.updateComplete;
    const form = this.renderRoot.querySelector<ContactForm>('cmw-contact-form');
    await form?.updateComplete;
    form?.focus();
  }

  #saved(contact: Contact): void {
    this.#contact.take(contact);
    void notToCall(this.desk.api, contact.numbers).then((listed) => {
      if (contact.contactId === this.contactId) this.listed = listed;
    });
    this.said = msg('Contacto guardado.');
    void this.#close();
  }

  readonly #close = async (): Promise<void> => {
    this.editor = undefined;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.edit')?.focus();
  };

  /** Goes to another contact by a link, as the frame follows it. */
  async #go({ contactId }: Contact): Promise<void> {
    this.editor = undefined;
    await this.updateComplete;
    const link = this.renderRoot.querySelector<HTMLAnchorElement>('.jump');
    if (!link) return;
    link.href = contactAddress(contactId);
    link.click();
  }

  /** The contact is a part of another one, or no longer. Where another one stays, this is its page from now on. */
  async #moved(contactId: string, said: string): Promise<void> {
    if (contactId !== this.contactId) this.#rename(contactId);
    this.other = undefined;
    await this.#readContact();
    this.round++;
    this.said = said;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('h1')?.focus();
  }

  async #readContact(): Promise<void> {
    const read = this.#read;
    await this.#contact.read();
    const { value } = this.#contact;
    // The address can be that of a contact that was merged into this one.
    if (read === this.#read && value && value.contactId !== this.contactId) this.#rename(value.contactId);
  }

  #rename(contactId: string): void {
    this.contactId = contactId;
    this.#read = `${this.me?.id} ${contactId}`;
    // Where the page was left before the answer came, the address is another page's.
    if (this.isConnected) history.replaceState(history.state, '', contactAddress(contactId));
  }

  readonly #askRemoval = async (): Promise<void> => {
    this.deleting = true;
    this.refusal = undefined;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.sure')?.focus();
  };

  readonly #keep = async (): Promise<void> => {
    this.deleting = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.delete')?.focus();
  };

  async #remove(contact: Contact): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.refusal = undefined;
    try {
      await this.api.remove(contact.contactId, contact.etag);
      memory.set(this.#place(contact), null);
      this.deleted = true;
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('h1')?.focus();
    } catch (error) {
      this.refusal = asApiError(error);
      // What is to be deleted is what is seen.
      if (this.refusal.status === 412) void this.#readContact();
    } finally {
      this.busy = false;
    }
  }

  async #wasErased(contact: Contact): Promise<void> {
    memory.set(this.#place(contact), null);
    this.erased = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('h1')?.focus();
  }

  #historyOf(contactId: string): string {
    const from = addDays(zonedTime(this.api.now(), this.#timeZone).slice(0, 10), -365);
    return `/history?${new URLSearchParams({ contact: contactId, from })}`;
  }

  /** What is typed at a card goes on here. */
  #place({ contactId }: Contact): string {
    return `contact.${this.me?.id ?? ''}|${contactId}`;
  }

  get #timeZone(): string {
    return this.me?.timeZone ?? defaultZone;
  }

  static override styles = [
    base,
    buttons,
    pageFrame,
    css`
      .way a {
        display: inline-flex;
        align-items: center;
        font: var(--cmw-type-label);
        text-decoration: none;
      }

      .numbers {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cmw-space-2) var(--cmw-space-3);
      }

      .number {
        font-variant-numeric: tabular-nums;
      }

      .columns {
        display: grid;
        grid-template-columns: minmax(0, 1.35fr) minmax(0, 1fr);
        align-items: start;
        gap: var(--cmw-space-4);
      }

      .calls .bar {
        justify-content: space-between;
      }

      .all {
        font: var(--cmw-type-small);
      }

      .beside {
        display: grid;
        gap: var(--cmw-space-4);
      }

      .danger {
        border-color: transparent;
        background: var(--cmw-bad);
        color: var(--cmw-raised);
      }

      .danger:hover {
        background: var(--cmw-bad);
        text-decoration: underline;
      }

      .delete,
      .late {
        color: var(--cmw-bad);
      }

      .delete {
        margin-inline-start: calc(-1 * var(--cmw-space-4));
      }

      .said {
        display: flex;
        align-items: center;
        gap: var(--cmw-space-2);
        padding: var(--cmw-space-3) var(--cmw-space-4);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-live-ground);
        color: var(--cmw-live);
      }

      .sure:focus-visible {
        outline: none;
      }

      @media (width < 56rem) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
        }

        .beside {
          display: contents;
        }

        /* What is open is wanted before what was talked; the rest comes after it. */
        .beside > :first-child {
          order: -1;
        }

        .beside > :not(:first-child) {
          order: 1;
        }
      }
    `,
  ];
}

const joinsWords = (count: number): string =>
  count === 1 ? msg('Reúne a otro contacto que se le unió.') : msg(str`Reúne a ${count} contactos que se le unieron.`);
