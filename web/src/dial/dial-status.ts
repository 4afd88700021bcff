import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { FocusBefore } from '../base/focus-before.js';
import { Watching } from '../base/observable.js';
import * as icons from '../design/icons.js';
import { base, buttons } from '../design/shared.js';
import { plainWords } from '../i18n/plain-words.js';
import type { Dialler, Dialling } from './dialler.js';
import { uncertainWords } from './uncertain-words.js';

/** The state of the agent's click, until its call has a card. */
@localized()
@customElement('cmw-dial-status')
export class DialStatus extends LitElement {
  @property({ attribute: false }) dialler!: Dialler;
  /** What this floats at the bottom of. Other things that float there stay above it. */
  @property({ attribute: false }) frame = document.documentElement;

  readonly #before = new FocusBefore(this);
  readonly #sized = new ResizeObserver(([entry]) => {
    const height = (entry?.target as HTMLElement).offsetHeight;
    const { style } = this.frame;
    if (height > 0) style.setProperty('--cmw-dial-status', `calc(${height}px + var(--cmw-space-3))`);
    else style.removeProperty('--cmw-dial-status');
  });

  constructor() {
    super();
    new Watching(this, () => this.dialler);
  }

  /** The buttons are about to go. */
  protected override willUpdate(_changes: PropertyValues<this>): void {
    if (!this.dialler.current) this.#before.giveBack();
    else if (this.dialler.placing && this.#before.hasFocus) this.#place?.focus();
  }

  protected override firstUpdated(): void {
    this.#sized.observe(this.#place as HTMLElement);
  }

  protected override render(): TemplateResult {
    const now = this.dialler.current;
    const bad = now?.error !== undefined || now?.dial?.state === 'refused' || now?.dial?.state === 'unknown';
    return html`
      <div role="status" tabindex="-1" class=${now ? (bad ? 'shown bad' : 'shown') : ''}>
        ${now ? html`<span class="glyph">${icons.outgoing(20)}</span><p>${words(now)}</p>${this.#actions(now)}` : nothing}
      </div>
    `;
  }

  get #place(): HTMLElement | null {
    return this.renderRoot.querySelector('div');
  }

  #actions(now: Dialling): TemplateResult | typeof nothing {
    if (this.dialler.placing) return nothing;
    const busy = now.error?.status === 409;
    const again = busy || now.dial?.state === 'refused' || now.error?.uncertain;
    return html`
      <span class="actions">
        ${
          again
            ? html`<button @click=${() => this.dialler.retry(busy)}>
                ${busy ? msg('Llamar de todos modos') : msg('Intentar de nuevo')}
              </button>`
            : nothing
        }
        <button class="bare" @click=${() => this.dialler.dismiss()}>${msg('Cerrar')}</button>
      </span>
    `;
  }

  static override styles = [
    base,
    buttons,
    css`
      div.shown {
        position: fixed;
        inset-block-end: var(--cmw-space-4);
        inset-inline-start: 50%;
        z-index: 16;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--cmw-space-2) var(--cmw-space-3);
        inline-size: max-content;
        max-inline-size: min(44rem, calc(var(--cmw-frame, 100vw) - 2rem));
        padding: var(--cmw-space-3) var(--cmw-space-4);
        border: 1px solid var(--cmw-line);
        border-radius: var(--cmw-radius-l);
        background: var(--cmw-raised);
        box-shadow: var(--cmw-shadow-menu);
        translate: -50%;
        overflow-wrap: anywhere;
      }

      .glyph {
        color: var(--cmw-accent);
      }

      .bad .glyph {
        color: var(--cmw-bad);
      }

      p {
        flex: 1 1 14rem;
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cmw-space-2);
        margin-inline-start: auto;
      }
    `,
  ];
}

function words({ click, dial, error }: Dialling): string {
  if (error?.uncertain) return uncertainWords(click.who);
  if (error) {
    const why = error.status === 429 ? (error.problem.detail ?? plainWords(error)) : fieldWords(error);
    return msg(str`No se llamó a ${click.who}. ${why}`);
  }

  if (!dial) return msg(str`Solicitando la llamada a ${click.who}…`);
  switch (dial.state) {
    case 'refused':
      return msg(str`No se llamó a ${click.who}. ${dial.message ?? ''}`);
    case 'unknown':
      return msg(str`Llamada a ${click.who}: ${dial.message ?? ''}`);
    default:
      return dial.order === 'contactFirst'
        ? msg(str`Llamando primero a ${click.who}. Su teléfono timbrará después.`)
        : msg(str`Conteste su teléfono: después se llamará a ${click.who}.`);
  }
}

/** The error of the one field that was given, which says more than a general error. */
const fieldWords = (error: Dialling['error'] & object): string =>
  Object.values(error.problem.errors ?? {})
    .flat()
    .join(' ') || plainWords(error);
