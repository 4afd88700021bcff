import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type EndpointInput, type EventEndpoint, eventTypes } from '../api/event-types.js';
import { Saving } from '../base/saving.js';
import { Unsaved } from '../base/unsaved.js';
import { editorStyles, refusalNotice, textField, tick, tickStyles } from '../design/editor.js';
import { base, buttons, fields } from '../design/shared.js';
import { eventWords } from './words.js';

/** What is typed of an endpoint. */
interface Typed {
  readonly url: string;
  readonly description: string;
  readonly events: readonly string[];
  readonly enabled: boolean;
}

const none: Typed = { url: '', description: '', events: ['call.started', 'call.ended', 'call.missed'], enabled: true };

/** The form of an endpoint, a new one or one that is changed. It tells `closed` when it is done with. */
@localized()
@customElement('cmw-event-endpoint-form')
export class EndpointForm extends LitElement {
  /** Undefined for a new one. */
  @property({ attribute: false }) endpoint: EventEndpoint | undefined;
  /** Sends what was typed, over the version with this etag. Resolves with what is stored where the form may go on. */
  @property({ attribute: false }) send!: (
    input: EndpointInput,
    etag: string | undefined,
  ) => Promise<EventEndpoint | undefined>;

  @state() private typed: Typed = none;

  readonly #saving = new Saving(this);
  #stored: Typed = none;
  #etag: string | undefined;

  constructor() {
    super();
    new Unsaved(this, () => this.#isChanged);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('endpoint') || !this.endpoint) return;
    const isSame = sameTyped(typedOf(this.endpoint), this.#stored);
    // A test reads it again. What is typed stays, and is saved over what it was typed over.
    if (this.#isChanged && !isSame) return;
    this.#take(this.endpoint);
    if (!isSame) this.typed = this.#stored;
  }

  #take(endpoint: EventEndpoint): void {
    this.#stored = typedOf(endpoint);
    this.#etag = endpoint.etag;
  }

  get #isChanged(): boolean {
    return !sameTyped(this.typed, this.#stored);
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('input')?.focus();
  }

  protected override render(): TemplateResult {
    const { typed } = this;
    const fault = this.#saving.fault('events');
    // The form of a new one closes once it is there: what was typed meanwhile would be lost.
    const readOnly = !this.endpoint && this.#saving.busy;
    return html`
      <form novalidate @submit=${this.#submit}>
        ${textField({
          id: 'url',
          label: msg('Dirección de su sistema'),
          value: typed.url,
          maxLength: 2000,
          fault: this.#saving.fault('url'),
          readOnly,
          change: (url) => this.#type({ url }),
        })}
        ${textField({
          id: 'description',
          label: msg('Nombre (opcional)'),
          value: typed.description,
          maxLength: 100,
          fault: this.#saving.fault('description'),
          readOnly,
          change: (description) => this.#type({ description }),
        })}
        <fieldset ?disabled=${readOnly} aria-describedby="events-error">
          <legend>${msg('De qué se le avisa')}</legend>
          <div class="events">
            ${eventTypes.map((type) =>
              tick(`${eventWords(type)} (${type})`, typed.events.includes(type), (on) => this.#choose(type, on)),
            )}
          </div>
          <span class="field-error" id="events-error">${fault}</span>
        </fieldset>
        ${this.endpoint ? tick(msg('Encendido: se le envían eventos'), typed.enabled, (enabled) => this.#type({ enabled })) : nothing}
        ${refusalNotice(this.#saving, { again: () => this.#save(), keepMine: this.#keepMine, useOther: this.#useOther })}
        <div class="actions">
          <button type="button" @click=${this.#close}>${msg('Cancelar')}</button>
          <button class="primary" aria-disabled=${this.#saving.busy}>
            ${this.endpoint ? msg('Guardar') : msg('Agregar')}
          </button>
        </div>
      </form>
    `;
  }

  #type(values: Partial<Typed>): void {
    this.typed = { ...this.typed, ...values };
    this.#saving.typed();
  }

  #choose(type: string, on: boolean): void {
    this.#type({ events: eventTypes.filter((each) => (each === type ? on : this.typed.events.includes(each))) });
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    void this.#save();
  };

  async #save(etag = this.#etag): Promise<void> {
    const sent = this.typed;
    let goesOn = false;
    await this.#saving.save(async () => {
      const { url, description, events, enabled } = sent;
      const stored = await this.send(
        { url: url.trim(), events, enabled, ...(description.trim() ? { description } : {}) },
        etag,
      );
      if (stored) this.#take(stored);
      // What was typed while it was sent is still to be saved.
      goesOn = stored !== undefined && !sameTyped(this.typed, sent);
    });
    if (this.#saving.saved && !goesOn) this.#close();
  }

  /** Saves what was typed in the place of what another has stored meanwhile. */
  readonly #keepMine = (): Promise<void> => this.#save(this.endpoint?.etag);

  readonly #useOther = (): void => {
    if (this.endpoint) this.#take(this.endpoint);
    this.typed = this.#stored;
    this.#saving.rearranged();
  };

  readonly #close = (): void => {
    this.#stored = this.typed;
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

      .events {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr));
        gap: var(--cmw-space-1) var(--cmw-space-3);
      }
    `,
  ];
}

const sameTyped = (one: Typed, other: Typed): boolean => JSON.stringify(one) === JSON.stringify(other);

const typedOf = ({ url, description = '', events, enabled }: EventEndpoint): Typed => ({
  url,
  description,
  events,
  enabled,
});
