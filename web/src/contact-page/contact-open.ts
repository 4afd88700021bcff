import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import type { ContactsApi, OpenPromise } from '../api/contacts-api.js';
import type { FollowUp, PromiseInput } from '../api/types.js';
import { Reading } from '../base/reading.js';
import { Ticking } from '../base/ticking.js';
import * as icons from '../design/icons.js';
import { pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons, fields } from '../design/shared.js';
import { currencySign, dayAndTime, daysBetween, money, overdueWords, shortDay } from '../i18n/format.js';
import { decidedWords } from '../work-list/decided-words.js';
import { soundAmount } from '../wrap-up/wrap-up-text.js';

interface Open {
  readonly followUps: readonly FollowUp[];
  readonly promises: readonly OpenPromise[];
}

/**
 * What is open with a contact, whoever noted it. Who may, says that it is done. Fires `decided` once something is.
 */
@localized()
@customElement('cmw-contact-open')
export class ContactOpen extends LitElement {
  @property({ attribute: false }) api!: Pick<
    ContactsApi,
    'followUps' | 'promises' | 'closeFollowUp' | 'decidePromise' | 'now'
  >;
  @property({ attribute: false }) contactId = '';
  /** Changes where it is to be read again. */
  @property({ attribute: false }) version = '';
  @property({ attribute: false }) agentId: string | undefined;
  /** True for who decides for others. */
  @property({ type: Boolean }) team = false;
  @property({ attribute: false }) timeZone = '';

  /** The promise of which a part was paid, while it is written how much. */
  @state() private partly: string | undefined;
  @state() private wrongAmount = false;
  /** What is under way. */
  @state() private busy: string | undefined;
  @state() private refusal: { readonly id: string; readonly error: ApiError } | undefined;
  readonly #open = new Reading<Open>(this, async () => {
    const [followUps, promises] = await Promise.all([
      this.api.followUps(this.contactId),
      this.api.promises(this.contactId),
    ]);
    return { followUps, promises };
  });

  constructor() {
    super();
    new Ticking(this, 20_000);
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has('contactId') && !changes.has('version')) return;
    if (changes.has('contactId')) this.#open.clear();
    void this.#open.read();
  }

  protected override render(): TemplateResult {
    return html`
      <h2 id="title" tabindex="-1">${msg('Pendiente')}</h2>
      ${readingBody(this.#open, msg('No se pudo cargar lo pendiente.'), ({ followUps, promises }) =>
        followUps.length + promises.length === 0
          ? html`<p class="quiet">${msg('Nada pendiente con este contacto.')}</p>`
          : html`<ul class="rows">
              ${promises.map((promise) => this.#promise(promise))}${followUps.map((item) => this.#followUp(item))}
            </ul>`,
      )}
    `;
  }

  #promise(promise: OpenPromise): TemplateResult {
    const { promiseId, amount, currency } = promise;
    const days = daysBetween(Date.parse(promise.dueAt), this.api.now(), this.timeZone);
    const sum = money(amount, currency);
    const what = msg(str`Promesa de ${sum}`);
    return html`
      <li>
        <p><strong>${what}</strong></p>
        ${this.#when(shortDay(Date.parse(promise.dueAt), this.timeZone), days > 0 ? overdueWords(days) : '', promise)}
        ${
          this.#may(promise)
            ? html`<p class="bar">
                  <button aria-disabled=${this.busy !== undefined} aria-label=${msg(str`Pagó: ${what}`)} @click=${() => this.#decide(promise, { state: 'kept' })}>
                    ${icons.check(18)} ${msg('Pagó')}
                  </button>
                  <button
                    class="bare"
                    aria-expanded=${this.partly === promiseId}
                    aria-label=${msg(str`Pagó una parte: ${what}`)}
                    @click=${(event: Event) => this.#askAmount(event, promiseId)}
                  >
                    ${msg('Una parte')}
                  </button>
                  <button class="bare" aria-disabled=${this.busy !== undefined} aria-label=${msg(str`No pagó: ${what}`)} @click=${() => this.#decide(promise, { state: 'broken' })}>
                    ${msg('No pagó')}
                  </button>
                </p>
                ${this.partly === promiseId ? this.#amount(promise) : nothing}`
            : nothing
        }
        ${this.#refused(promiseId)}
      </li>
    `;
  }

  #followUp(item: FollowUp): TemplateResult {
    const at = Date.parse(item.dueAt);
    const days = daysBetween(at, this.api.now(), this.timeZone);
    const late = at > this.api.now() ? '' : days > 0 ? overdueWords(days) : msg('Vencido');
    const what = item.note || msg('Seguimiento');
    return html`
      <li>
        <p class="note"><strong>${what}</strong></p>
        ${this.#when(dayAndTime(at, this.timeZone), late, item)}
        ${
          this.#may(item)
            ? html`<p>
                <button
                  aria-disabled=${this.busy !== undefined}
                  aria-label=${msg(str`Hecho: ${what}`)}
                  @click=${() => this.#do(item.followUpId, () => this.api.closeFollowUp(item.followUpId))}
                >
                  ${icons.check(18)} ${msg('Hecho')}
                </button>
              </p>`
            : nothing
        }
        ${this.#refused(item.followUpId)}
      </li>
    `;
  }

  #when(due: string, late: string, { agentName, agentId }: Pick<FollowUp, 'agentName' | 'agentId'>): TemplateResult {
    return html`<p class=${late ? 'late small' : 'quiet small'}>
      ${[late, due, agentId === this.agentId ? '' : (agentName ?? '')].filter(Boolean).join(' · ')}
    </p>`;
  }

  #amount(promise: OpenPromise): TemplateResult {
    return html`
      <form novalidate @submit=${(event: Event) => this.#paid(event, promise)}>
        <div class="field">
          <label for="amount">${msg('Cuánto pagó')} (${currencySign(promise.currency)})</label>
          <input
            id="amount"
            inputmode="decimal"
            autocomplete="off"
            aria-invalid=${this.wrongAmount}
            aria-describedby="amount-error"
          />
          <span id="amount-error" class="field-error" role="alert"
            >${this.wrongAmount ? msg('Escriba un monto mayor que cero y menor que lo prometido.') : nothing}</span
          >
        </div>
        <p class="bar">
          <button type="submit">${msg('Guardar')}</button>
          <button type="button" class="bare" @click=${(event: Event) => this.#askAmount(event, promise.promiseId)}>${msg('Cancelar')}</button>
        </p>
      </form>
    `;
  }

  #refused(id: string): TemplateResult | typeof nothing {
    return this.refusal?.id === id
      ? html`<p class="late" role="alert">${decidedWords(this.refusal.error)}</p>`
      : nothing;
  }

  /** What another agent noted is theirs, or the supervisor's. */
  #may({ agentId }: { readonly agentId?: string }): boolean {
    return this.team || (agentId !== undefined && agentId === this.agentId);
  }

  async #askAmount({ currentTarget }: Event, promiseId: string): Promise<void> {
    const row = (currentTarget as HTMLElement).closest('li');
    this.wrongAmount = false;
    this.partly = this.partly === promiseId ? undefined : promiseId;
    await this.updateComplete;
    row?.querySelector<HTMLElement>(this.partly ? '#amount' : '[aria-expanded]')?.focus();
  }

  #paid(event: Event, promise: OpenPromise): void {
    event.preventDefault();
    const input = this.renderRoot.querySelector<HTMLInputElement>('#amount');
    const amount = soundAmount(input?.value ?? '');
    if (amount === null || amount >= promise.amount) {
      this.wrongAmount = true;
      input?.focus();
      return;
    }

    this.partly = undefined;
    void this.#decide(promise, { state: 'partly', amount });
  }

  /** Who was told what somebody else said meanwhile, and says it again, has read that. */
  #decide({ promiseId, etag }: OpenPromise, input: PromiseInput): Promise<void> {
    const told = this.refusal?.id === promiseId ? this.refusal.error.problem.promise?.etag : undefined;
    return this.#do(promiseId, () => this.api.decidePromise(promiseId, input, told ?? etag));
  }

  /** What is done disappears; the focus goes to the heading. */
  async #do(id: string, act: () => Promise<void>): Promise<void> {
    if (this.busy !== undefined) return;
    this.busy = id;
    this.refusal = undefined;
    try {
      await act();
      this.dispatchEvent(new CustomEvent('decided'));
    } catch (error) {
      this.refusal = { id, error: asApiError(error) };
    } finally {
      this.busy = undefined;
    }

    if (this.refusal) return;
    await this.#open.read();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#title')?.focus();
  }

  static override styles = [
    base,
    buttons,
    fields,
    pageFrame,
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

      .note {
        white-space: pre-line;
      }

      .late {
        color: var(--cmw-bad);
      }

      li button {
        min-block-size: 2.25rem;
        padding-inline: var(--cmw-space-3);
        font: var(--cmw-type-label);
      }
    `,
  ];
}
