import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ContactsApi } from '../api/contacts-api.js';
import type { Contact } from '../api/types.js';
import { saveFile } from '../base/save-file.js';
import { Saving } from '../base/saving.js';
import { editorStyles, refusalNotice, textField, tick } from '../design/editor.js';
import { pageFrame } from '../design/page-frame.js';
import { base, buttons, fields } from '../design/shared.js';
import { zonedTime } from '../i18n/format.js';

/** The API takes no longer reference. */
const longestReference = 100;

/**
 * What a person may ask for by law: all that is kept of them as a file, and that it is erased. For administrators.
 * Fires `erased` once the erasure was begun.
 */
@localized()
@customElement('cmw-personal-data')
export class PersonalData extends LitElement {
  @property({ attribute: false }) api!: Pick<ContactsApi, 'personalData' | 'erase' | 'now'>;
  @property({ attribute: false }) contact!: Contact;
  @property({ attribute: false }) timeZone = '';

  /** True while it is asked whether the person is to be erased. */
  @state() private asking = false;
  @state() private reference = '';
  @state() private sure = false;
  readonly #exporting = new Saving(this);
  readonly #erasing = new Saving(this);

  protected override render(): TemplateResult {
    return html`
      <h2 id="title" tabindex="-1">${msg('Datos personales')}</h2>
      <p class="quiet small">
        ${msg('Lo que la ley 8968 permite pedir a la persona: ver todo lo que se guarda de ella, y que se borre.')}
      </p>
      <p class="bar">
        <button class="download" aria-disabled=${this.#exporting.busy} @click=${this.#export}>
          ${this.#exporting.busy ? msg('Preparando el archivo…') : msg('Descargar todos sus datos')}
        </button>
        ${
          this.asking
            ? nothing
            : html`<button class="bare delete" @click=${this.#ask}>${msg('Borrar todos sus datos')}</button>`
        }
      </p>
      <p class="quiet" role="status">${this.#exporting.saved ? msg('El archivo se descargó. Entréguelo de forma segura.') : ''}</p>
      ${refusalNotice(this.#exporting, { again: this.#export })} ${this.asking ? this.#question() : nothing}
    `;
  }

  #question(): TemplateResult {
    const fault = this.#erasing.fault('reference');
    const unconfirmed = this.#erasing.fault('confirmed');
    return html`
      <form novalidate @submit=${this.#erase} aria-labelledby="sure">
        <h3 id="sure" class="sure" tabindex="-1">${msg('¿Borrar todo lo que se guarda de esta persona?')}</h3>
        <p>
          ${msg('Se borran el contacto, los números, las notas, lo pendiente y las copias que quedaron en importaciones, auditoría y avisos. Sus llamadas conservan la hora, la duración, el costo y el agente, sin decir con quién fueron. No se puede deshacer.')}
        </p>
        ${textField({
          id: 'reference',
          label: msg('Referencia de la solicitud'),
          value: this.reference,
          maxLength: longestReference,
          fault,
          change: (value) => {
            this.reference = value;
            this.#erasing.typed();
          },
        })}
        <p class="quiet small">
          ${msg('Por ejemplo, el número de oficio. Se conserva en el protocolo: no escriba el nombre, la cédula ni el teléfono.')}
        </p>
        ${tick(
          msg('Verifiqué la identidad de quien lo pide, y entiendo que no se puede deshacer.'),
          this.sure,
          (sure) => {
            this.sure = sure;
          },
        )}
        <span class="field-error" id="confirmed-error">${unconfirmed}</span>
        ${refusalNotice(this.#erasing, { again: () => this.#erase() })}
        <p class="bar">
          <button class="danger" type="submit" aria-disabled=${this.#erasing.busy || !this.sure}>${msg('Sí, borrar todo')}</button>
          <button class="bare" type="button" @click=${this.#cancel}>${msg('Cancelar')}</button>
        </p>
      </form>
    `;
  }

  readonly #export = async (): Promise<void> => {
    await this.#exporting.save(async () => {
      const file = await this.api.personalData(this.contact.contactId);
      const day = zonedTime(this.api.now(), this.timeZone).slice(0, 10);
      saveFile(file, `${msg('datos-personales')}-${day}.json`);
    });
  };

  readonly #ask = async (): Promise<void> => {
    this.asking = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.sure')?.focus();
  };

  readonly #cancel = async (): Promise<void> => {
    this.asking = false;
    this.sure = false;
    this.reference = '';
    this.#erasing.error = undefined;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.delete')?.focus();
  };

  readonly #erase = async (event?: Event): Promise<void> => {
    event?.preventDefault();
    if (!this.sure) return;
    await this.#erasing.save(async () => {
      await this.api.erase(this.contact.contactId, this.reference.trim(), this.contact.etag);
    });
    if (this.#erasing.saved) this.dispatchEvent(new CustomEvent('erased'));
  };

  static override styles = [
    base,
    buttons,
    fields,
    pageFrame,
    editorStyles,
    css`
      :host {
        display: grid;
        gap: var(--cmw-space-3);
        padding: 0;
      }

      form {
        display: grid;
        gap: var(--cmw-space-3);
        justify-items: stretch;
      }

      .check {
        display: flex;
        align-items: start;
        gap: var(--cmw-space-3);
        font: var(--cmw-type-body);
        cursor: pointer;
      }

      .check input {
        flex: none;
        inline-size: 1.125rem;
        min-block-size: 0;
        block-size: 1.125rem;
        margin: 0.15rem 0 0;
        accent-color: var(--cmw-accent);
      }

      .danger {
        border-color: transparent;
        background: var(--cmw-bad);
        color: var(--cmw-raised);
      }

      .danger[aria-disabled='true'] {
        opacity: 0.6;
      }

      .delete {
        color: var(--cmw-bad);
      }

      .sure:focus-visible,
      h2:focus-visible {
        outline: none;
      }
    `,
  ];
}
