import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { asApiError } from '../api/api-error.js';
import { Watching } from '../base/observable.js';
import { pageFrame } from '../design/page-frame.js';
import { pagedBody, pagedList } from '../design/paged-list.js';
import { base, buttons } from '../design/shared.js';
import { plainWords } from '../i18n/plain-words.js';
import { timeWords } from '../i18n/times.js';
import type { HeldMessage, HeldMessages } from './held.js';

/** Messages that wait for a decision: to be retried, or deleted. Fires `decided` after each. */
@localized()
@customElement('cmw-held-list')
export class HeldList extends LitElement {
  @property({ attribute: false }) messages!: HeldMessages;
  @property({ attribute: false }) now = 0;
  @property({ attribute: false }) timeZone = '';
  @property() empty = '';

  /** The one that is being decided about. */
  @state() private busy: string | undefined;
  /** The one that is to be deleted, once somebody says so again. */
  @state() private asked: string | undefined;
  /** What was refused, and why. */
  @state() private refused: readonly [key: string, words: string] | undefined;
  @state() private done = '';

  constructor() {
    super();
    new Watching(this, () => this.messages);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('messages') && !this.messages.loaded) void this.messages.read();
  }

  protected override render(): TemplateResult {
    const { items } = this.messages;
    const rows = items.length > 0 ? [html`<ul class="rows">${repeat(items, ({ key }) => key, this.#row)}</ul>`] : [];
    return html`
      <p role="status" tabindex="-1" class="quiet small said">${this.done}</p>
      ${pagedBody(this.messages, rows, { failed: msg('No se pudo leer la lista.'), empty: this.empty, hint: '' })}
    `;
  }

  readonly #row = (message: HeldMessage): TemplateResult => {
    const { key, at, title, text } = message;
    const busy = this.busy === key;
    const when = timeWords(at, this.now, this.timeZone);
    return html`
      <li tabindex="-1">
        <p>${title}</p>
        <p class="quiet small"><time datetime=${at}>${when}</time></p>
        ${
          text
            ? html`<details>
                <summary>${msg('Contenido')}</summary>
                <pre tabindex="0" aria-label=${msg('Contenido')}>${text}</pre>
              </details>`
            : nothing
        }
        ${this.refused?.[0] === key ? html`<p class="failed" role="alert">${this.refused[1]}</p>` : nothing}
        ${
          this.asked === key
            ? html`<div class="bar" role="group" aria-label=${msg('Confirmar')}>
                <p>${msg('Se borra para siempre.')}</p>
                <button class="sure" aria-disabled=${busy} @click=${() => this.#decide(message, message.remove, msg('Se borró.'))}>
                  ${msg('Sí, borrar')}
                </button>
                <button @click=${() => this.#ask(undefined)}>${msg('Cancelar')}</button>
              </div>`
            : html`<div class="bar">
                <button aria-disabled=${busy} @click=${() => this.#decide(message, message.retry, msg('Se envió otra vez.'))}>
                  ${msg('Reintentar')}<span class="visually-hidden"> ${msg(str`el de ${when}`)}</span>
                </button>
                <button class="bare" aria-disabled=${busy} @click=${() => this.#ask(key)}>
                  ${msg('Borrar')}<span class="visually-hidden"> ${msg(str`el de ${when}`)}</span>
                </button>
              </div>`
        }
      </li>
    `;
  };

  async #ask(key: string | undefined): Promise<void> {
    const before = this.asked;
    this.asked = key;
    this.refused = undefined;
    await this.updateComplete;
    const row = this.#place(key ?? before ?? '');
    row?.querySelector<HTMLElement>(key ? '.sure' : '.bare')?.focus();
  }

  async #decide(message: HeldMessage, act: () => Promise<void>, done: string): Promise<void> {
    if (this.busy !== undefined) return;
    const { key } = message;
    this.busy = key;
    this.refused = undefined;
    this.done = '';
    try {
      await act();
      this.#drop(key, done);
    } catch (error) {
      const failure = asApiError(error);
      // Somebody else has decided.
      if (failure.status === 404) this.#drop(key, plainWords(failure));
      else this.refused = [key, plainWords(failure)];
    } finally {
      this.busy = undefined;
      this.asked = undefined;
    }

    this.dispatchEvent(new CustomEvent('decided'));
  }

  /** The row that had the focus goes: the next one gets it, or what says what was done. */
  #drop(key: string, done: string): void {
    const place = this.messages.items.findIndex((item) => item.key === key);
    this.messages.drop(key);
    this.done = done;
    const next = this.messages.items[Math.min(place, this.messages.items.length - 1)];
    void this.updateComplete.then(() =>
      (next ? this.#place(next.key) : this.renderRoot.querySelector<HTMLElement>('[role="status"]'))?.focus(),
    );
  }

  #place(key: string): HTMLElement | undefined {
    const place = this.messages.items.findIndex((item) => item.key === key);
    return this.renderRoot.querySelectorAll<HTMLElement>('.rows > li')[place];
  }

  static override styles = [
    base,
    buttons,
    pageFrame,
    pagedList,
    css`
      :host {
        max-inline-size: none;
        padding: 0;
        gap: var(--cmw-space-2);
      }

      .failed {
        color: var(--cmw-bad);
      }

      .bare {
        color: var(--cmw-bad);
      }
    `,
  ];
}
