import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApiClient } from '../api/api-client.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import type { ContactMerge, ContactsApi } from '../api/contacts-api.js';
import type { Contact, ContactField, Duplicate } from '../api/types.js';
import { contactAddress } from '../base/addresses.js';
import { Reading } from '../base/reading.js';
import { mainNumber, nameOf } from '../contacts/contact-name.js';
import { ContactOptions, contactOptionStyles } from '../contacts/contact-options.js';
import { pageFrame } from '../design/page-frame.js';
import { base, buttons, fields } from '../design/shared.js';
import { dayAndTime } from '../i18n/format.js';
import { plainWords } from '../i18n/plain-words.js';
import { phonesOf } from './joined.js';
import { mergedWords, undoneWords } from './undone-words.js';

/** The API reads so many numbers, in so many characters. */
const mostNumbers = 3;
const longestPhone = 64;

interface Known {
  readonly duplicates: readonly Duplicate[];
  readonly merges: readonly ContactMerge[];
}

/**
 * Who a contact may be as well. A supervisor can have two compared, and undo a merge for a day. Fires `compare` with the
 * other contact, and `changed` with what was done once the contact is another one.
 */
@localized()
@customElement('cmw-contact-merging')
export class ContactMerging extends LitElement {
  @property({ attribute: false }) api!: Pick<ContactsApi, 'duplicates' | 'merges' | 'finishMerge' | 'undoMerge'>;
  @property({ attribute: false }) client!: Pick<ApiClient, 'contacts'>;
  @property({ attribute: false }) contact!: Contact;
  @property({ attribute: false }) fields: readonly ContactField[] = [];
  /** True for who may merge. */
  @property({ type: Boolean }) merges = false;
  @property({ attribute: false }) timeZone = '';

  /** The contact beside which this one is shown. */
  @property({ attribute: false }) other: Contact | undefined;
  /** True while another contact is looked for. */
  @state() private looking = false;
  @state() private busy = false;
  @state() private error: ApiError | undefined;
  @state() private said = '';
  readonly #known = new Reading<Known>(this, async () => {
    const { contact } = this;
    const [duplicates, merges] = await Promise.all([
      this.api.duplicates(questionOf(contact)),
      this.merges ? this.api.merges(contact.contactId) : [],
    ]);
    return { duplicates, merges };
  });
  readonly #options = new ContactOptions(this, {
    api: () => this.client,
    fields: () => this.fields,
    pick: (contact) => this.#compare(contact),
  });
  #read: string | undefined;

  /** To where the comparison was asked for. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('li button, .look')?.focus();
  }

  protected override willUpdate(_changes: PropertyValues<this>): void {
    const key = `${this.contact.contactId} ${this.contact.etag} ${this.merges}`;
    if (key === this.#read) return;
    if (!this.#read?.startsWith(`${this.contact.contactId} `)) this.#known.clear();

    this.#read = key;
    void this.#known.read();
  }

  protected override render(): TemplateResult {
    const { value, error } = this.#known;
    return html`
      <h2>${msg('Posibles duplicados')}</h2>
      <p class="quiet said" role="status">${this.said}</p>
      ${this.error ? html`<p class="notice" role="alert">${plainWords(this.error)}</p>` : nothing}
      ${(value?.merges ?? []).map((merge) => this.#merge(merge))}
      ${
        error
          ? html`<div class="notice" role="alert">
              <p>${msg('No se pudo buscar quién se le parece.')} ${plainWords(error)}</p>
              <button @click=${() => this.#known.read()}>${msg('Intentar de nuevo')}</button>
            </div>`
          : nothing
      }
      ${this.#others(value?.duplicates)}
      ${this.merges ? this.#search() : nothing}
    `;
  }

  #others(duplicates: readonly Duplicate[] | undefined): TemplateResult | typeof nothing {
    if (!duplicates) return html`<div class="skeleton" role="status" aria-label=${msg('Cargando')}></div>`;
    if (duplicates.length === 0) return html`<p class="quiet">${msg('Nadie se le parece.')}</p>`;
    return html`<ul class="rows">${duplicates.map((duplicate) => this.#duplicate(duplicate))}</ul>`;
  }

  #duplicate(duplicate: Duplicate): TemplateResult {
    const name = nameOf(duplicate);
    const details = [mainNumber(duplicate), duplicate.document, ...duplicate.by.map(byWords)].filter(Boolean);
    return html`
      <li>
        <p><a href=${contactAddress(duplicate.contactId)}>${name}</a></p>
        <p class="quiet small">${details.join(' · ')}</p>
        ${
          this.merges
            ? html`<p>
                <button
                  class="small"
                  aria-label=${msg(str`Comparar y unir: ${name}`)}
                  aria-expanded=${this.other?.contactId === duplicate.contactId}
                  @click=${() => this.#compare(duplicate)}
                >
                  ${msg('Comparar y unir')}
                </button>
              </p>`
            : nothing
        }
      </li>
    `;
  }

  #merge(merge: ContactMerge): TemplateResult {
    const name = nameOf(merge.merged);
    const at = dayAndTime(Date.parse(merge.at), this.timeZone);
    const who = merge.byName ?? merge.by;
    if (merge.state === 'unfinished') {
      return html`<div class="notice">
        <p>${msg(str`La unión con «${name}» no terminó.`)}</p>
        <button aria-disabled=${this.busy} @click=${() => this.#finish(merge)}>${msg('Terminar la unión')}</button>
      </div>`;
    }

    if (!merge.undoableUntil)
      return html`<p class="quiet small">${msg(str`Unido con «${name}» el ${at}, por ${who}.`)}</p>`;
    const until = dayAndTime(Date.parse(merge.undoableUntil), this.timeZone);
    return html`<div class="notice">
      <p>${msg(str`Unido con «${name}» el ${at}, por ${who}. Se puede deshacer hasta el ${until}`)}</p>
      <button aria-disabled=${this.busy} aria-label=${msg(str`Deshacer la unión con ${name}`)} @click=${() => this.#undo(merge)}>
        ${msg('Deshacer la unión')}
      </button>
    </div>`;
  }

  #search(): TemplateResult {
    if (!this.looking)
      return html`<p><button class="look" @click=${this.#look}>${msg('Unir con otro contacto…')}</button></p>`;
    return html`
      <div class="looking">
        <div class="field">${this.#options.input('search', msg('Con quién se une'))}</div>
        ${this.#options.list()} ${this.#options.said()}
        <p><button class="bare" @click=${this.#stopLooking}>${msg('Cancelar')}</button></p>
      </div>
    `;
  }

  readonly #look = async (): Promise<void> => {
    this.looking = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#search')?.focus();
  };

  readonly #stopLooking = async (): Promise<void> => {
    this.looking = false;
    this.#options.clear();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.look')?.focus();
  };

  #compare(contact: Contact): void {
    this.said = '';
    this.error = undefined;
    this.#options.clear();
    this.looking = false;
    if (contact.contactId === this.contact.contactId) {
      this.said = msg('Es el mismo contacto: elija otro.');
      return;
    }

    this.dispatchEvent(new CustomEvent<Contact>('compare', { detail: contact }));
  }

  #finish(merge: ContactMerge): Promise<void> {
    return this.#ask(async () => {
      await this.api.finishMerge(merge);
      this.#tell(mergedWords(merge));
    });
  }

  #undo(merge: ContactMerge): Promise<void> {
    return this.#ask(async () => {
      const { notTakenBack } = await this.api.undoMerge(merge.mergeId);
      this.#tell(undoneWords(nameOf(merge.merged), notTakenBack, this.fields));
    });
  }

  async #ask(act: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.said = '';
    this.error = undefined;
    try {
      await act();
    } catch (error) {
      this.error = asApiError(error);
    } finally {
      this.busy = false;
    }

    await this.#known.read();
  }

  #tell(words: string): void {
    this.dispatchEvent(new CustomEvent<string>('changed', { detail: words }));
  }

  static override styles = [
    base,
    buttons,
    fields,
    pageFrame,
    contactOptionStyles,
    css`
      :host {
        gap: var(--cmw-space-3);
        max-inline-size: none;
        margin: 0;
        padding: 0;
      }

      .skeleton {
        min-block-size: 4rem;
      }

      .rows,
      .rows > li {
        max-block-size: none;
        overflow: visible;
        border: 0;
        border-radius: 0;
        cursor: auto;
      }

      .rows > li {
        padding-inline: 0;
      }

      .rows > li:hover {
        background: none;
      }

      .rows > li + li {
        border-block-start: 1px solid var(--cmw-line);
      }

      li button {
        min-block-size: 2.25rem;
        padding-inline: var(--cmw-space-3);
        font: var(--cmw-type-label);
      }

    `,
  ];
}

/** Of what is asked who else has it. A contact has a name or a number. */
function questionOf(contact: Contact) {
  const phone = phonesOf(contact)
    .filter(({ kind }) => kind === 'number')
    .slice(0, mostNumbers)
    .map(({ display }) => display)
    .join(' / ')
    .slice(0, longestPhone);
  const name = contact.name.slice(0, 200);
  return {
    ...(name ? { name } : {}),
    ...(phone || !name ? { phone: phone || (contact.numbers[0] ?? '').slice(0, longestPhone) } : {}),
    ...(contact.document ? { document: contact.document } : {}),
    except: contact.contactId,
  };
}

function byWords(by: Duplicate['by'][number]): string {
  switch (by) {
    case 'document':
      return msg('misma identificación');
    case 'phone':
      return msg('mismo teléfono');
    default:
      return msg('nombre parecido');
  }
}
