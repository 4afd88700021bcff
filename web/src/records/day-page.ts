import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type ApiError, asApiError } from '../api/api-error.js';
import type { Day, Mismatch } from '../api/record-types.js';
import type { RecordsApi } from '../api/records-api.js';
import { isAdmin, type Me } from '../api/types.js';
import { callAddress, dayAddress } from '../base/addresses.js';
import { Reading, Repeating } from '../base/reading.js';
import * as icons from '../design/icons.js';
import { pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';
import { addDays, dayWords, monthOf, monthWords, shortDayWords } from '../i18n/days.js';
import { clockTime, zonedTime } from '../i18n/format.js';
import { plainWords } from '../i18n/plain-words.js';
import { defaultZone, numberWords, timeWords } from '../i18n/times.js';
import { differences, healedWords, kindWords, meaningOf, shownState, stateBadge } from './day-words.js';
import { framed } from './frame.js';
import { monthPath } from './paths.js';

const everyMs = 3_000;

/** A day of an account: its counts, and each call that notifications and records do not tell alike. */
@localized()
@customElement('cmw-day-page')
export class DayPage extends LitElement {
  @property({ attribute: false }) api!: Pick<RecordsApi, 'day' | 'reconcile' | 'now'>;
  @property({ attribute: false }) me: Me | undefined;
  @property({ attribute: false }) account = '';
  @property({ attribute: false }) day = '';

  @state() private error: ApiError | undefined;
  @state() private busy = false;
  /** True from the press until the day is worked out. */
  @state() private waits = false;

  readonly #content = new Reading<Day>(this, () => this.api.day(this.account, this.day));
  #read = '';

  constructor() {
    super();
    new Repeating(
      this,
      everyMs,
      () => this.waits,
      () => this.#content.read(),
    );
  }

  protected override willUpdate(): void {
    if (this.waits && this.#content.value && this.#content.value.state !== 'pending') this.waits = false;
    const key = `${this.account} ${this.day}`;
    if (!this.me || !isAdmin(this.me) || key === this.#read) return;
    this.#read = key;
    this.#content.clear();
    this.error = undefined;
    this.waits = false;
    void this.#content.read();
  }

  protected override render(): TemplateResult {
    return framed(
      this.me,
      'reconciliation',
      msg(str`Conciliación: ${dayWords(this.day)}`),
      () => html`
        ${this.#steps()}
        ${readingBody(this.#content, msg('No se pudo leer el día.'), (day) => html`${this.#summary(day)}${this.#calls(day)}`)}
      `,
    );
  }

  #steps(): TemplateResult {
    const { account, day } = this;
    const [before, after, month] = [addDays(day, -1), addDays(day, 1), monthOf(day)];
    const today = zonedTime(this.api.now(), this.#timeZone).slice(0, 10);
    return html`
      <div class="bar">
        <a class="step" href=${monthPath(account, month)}>${icons.left(18)}<span class="capital">${monthWords(month)}</span></a>
        <span class="beside">
          <a class="step" href=${dayAddress(account, before)} aria-label=${msg(str`Día anterior: ${shortDayWords(before)}`)}>
            ${icons.left(18)}${shortDayWords(before)}
          </a>
          ${
            after <= today
              ? html`<a class="step" href=${dayAddress(account, after)} aria-label=${msg(str`Día siguiente: ${shortDayWords(after)}`)}>
                  ${shortDayWords(after)}${icons.right(18)}
                </a>`
              : nothing
          }
        </span>
      </div>
    `;
  }

  #summary(day: Day): TemplateResult {
    return html`
      <section aria-label=${msg('Cómo está el día')}>
        <div class="bar">
          ${stateBadge(shownState(day))}
          <span class="quiet">${msg(str`Cuenta ${day.account}`)}</span>
          <button class="primary again" aria-disabled=${this.busy || this.waits} @click=${this.#again}>
            ${actionOf(day)}
          </button>
        </div>
        <p aria-live="polite">
          ${this.waits ? msg('Se está pidiendo el día al operador. El resultado aparece aquí en unos segundos.') : meaningOf(day)}
        </p>
        ${this.error ? html`<p class="alert" role="alert">${plainWords(this.error)}</p>` : nothing}
        <dl class="facts">
          ${fact(msg('Llamadas'), day.total)} ${fact(msg('Coinciden'), day.matched)}
          ${fact(msg('Sin registro'), day.webhookOnly)} ${fact(msg('Sin aviso'), day.recordOnly)}
          ${fact(msg('No coinciden'), day.differing)} ${fact(msg('Corregidas'), day.healed)}
          ${day.aside > 0 ? fact(msg('Registros apartados'), day.aside) : nothing}
        </dl>
        ${
          day.aside > 0
            ? html`<p>
                ${msg('Hay registros de este día que no se pudieron leer.')}
                <a href="/call-records">${msg('Ver los registros apartados')}</a>
              </p>`
            : nothing
        }
        ${
          day.workedOutAt
            ? html`<p class="quiet small">${msg(str`Conciliado: ${timeWords(day.workedOutAt, this.api.now(), this.#timeZone)}`)}</p>`
            : nothing
        }
      </section>
    `;
  }

  #calls(day: Day): TemplateResult {
    const calls = day.calls ?? [];
    return html`
      <section aria-labelledby="calls">
        <h2 id="calls">${msg('Llamadas que no coinciden')}</h2>
        ${
          calls.length > 0
            ? html`<ul class="rows">${calls.map((call) => this.#call(call, day.account))}</ul>`
            : html`<div class="empty">
                <p>${day.state === 'pending' ? msg('El día no se ha conciliado') : msg('Ninguna llamada con diferencias')}</p>
                <p>
                  ${
                    day.state === 'pending'
                      ? day.unscheduled
                        ? msg(str`Presione «${actionOf(day)}» para hacerlo.`)
                        : msg(str`Presione «${actionOf(day)}» para no esperar.`)
                      : day.total > 0
                        ? msg('Los avisos y los registros dicen lo mismo de todas.')
                        : msg('Ese día no hubo llamadas.')
                  }
                </p>
              </div>`
        }
        ${day.moreCalls ? html`<p class="quiet">${msg(str`Y ${numberWords(day.moreCalls)} más.`)}</p>` : nothing}
      </section>
    `;
  }

  #call(call: Mismatch, account: string): TemplateResult {
    const time = clockTime(Date.parse(call.at), this.#timeZone);
    const isOpen = call.kind === 'webhookOnly' && !call.healedBy;
    return html`
      <li class="call">
        <a href=${callAddress({ account, callId: call.callId })} aria-label=${msg(str`Ver la llamada de las ${time}`)}>${time}</a>
        <span class="what">
          <strong>${kindWords(call)}</strong>
          ${differences(call).map((words) => html`<span>${words}</span>`)}
        </span>
        <span class="badge ${isOpen ? 'bad' : call.healedBy ? 'mended' : ''}">
          ${isOpen ? icons.alert(14) : call.healedBy ? icons.mended(14) : icons.check(14)}<span>${healedWords(call)}</span>
        </span>
      </li>
    `;
  }

  async #again(): Promise<void> {
    if (this.busy || this.waits) return;
    const { account, day } = this;
    this.busy = true;
    this.error = undefined;
    try {
      const started = await this.api.reconcile(account, day);
      if (account === this.account && day === this.day) {
        this.waits = started.state === 'pending';
        this.#content.take(started);
      }
    } catch (error) {
      this.error = asApiError(error);
    }
    this.busy = false;
  }

  get #timeZone(): string {
    return this.me?.timeZone ?? defaultZone;
  }

  static override styles = [
    base,
    buttons,
    pageFrame,
    css`
      .beside {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cmw-space-2);
        margin-inline-start: auto;
      }

      .again {
        margin-inline-start: auto;
      }

      .alert {
        padding: var(--cmw-space-3) var(--cmw-space-4);
        border-radius: var(--cmw-radius-s);
        background: var(--cmw-bad-ground);
        color: var(--cmw-bad);
      }

      .rows > .call {
        grid-template-columns: 6.5rem minmax(0, 1fr) auto;
        align-items: start;
        gap: var(--cmw-space-1) var(--cmw-space-3);
      }

      .what {
        display: grid;
      }

      .badge {
        white-space: normal;
      }

      @media (width < 40rem) {
        .rows > .call {
          grid-template-columns: minmax(0, 1fr);
        }

        .beside {
          margin-inline-start: 0;
        }
      }
    `,
  ];
}

const actionOf = (day: Day): string => (day.workedOutAt ? msg('Conciliar de nuevo') : msg('Conciliar'));

const fact = (words: string, count: number): TemplateResult =>
  html`<div><dt>${words}</dt><dd>${numberWords(count)}</dd></div>`;
