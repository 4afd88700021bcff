import { msg, str } from '@lit/localize';
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { PullState } from '../api/record-types.js';
import type { RecordsApi } from '../api/records-api.js';
import { isAdmin, type Me } from '../api/types.js';
import { Reading } from '../base/reading.js';
import * as icons from '../design/icons.js';
import { addMonths, monthOf, monthWords } from '../i18n/days.js';
import { zonedTime } from '../i18n/format.js';
import { defaultZone } from '../i18n/times.js';
import { accountLinks } from './frame.js';

/** A page of an account and a month, which its address says; without them it is the first account and this month. */
export abstract class AccountMonth<T> extends LitElement {
  @property({ attribute: false }) api!: RecordsApi;
  @property({ attribute: false }) me: Me | undefined;
  @property({ attribute: false }) account: string | undefined;
  @property({ attribute: false }) month: string | undefined;

  protected readonly accounts = new Reading<readonly PullState[]>(this, () => this.api.states());
  protected readonly content = new Reading<T>(this, () => this.ask(this.shownAccount ?? '', this.shownMonth));
  #read = '';

  /** What the page shows of the month. */
  protected abstract ask(account: string, month: string): Promise<T>;

  protected abstract path(account: string, month: string): string;

  /** Called before another month is read. */
  protected forget(): void {
    this.content.clear();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.me || !isAdmin(this.me)) return;
    if (changed.has('me') && !this.accounts.value) void this.accounts.read();
    const account = this.shownAccount;
    if (account === undefined) return;
    const key = `${account} ${this.shownMonth}`;
    if (key === this.#read) return;
    this.#read = key;
    this.forget();
    void this.content.read();
  }

  protected get timeZone(): string {
    return this.me?.timeZone ?? defaultZone;
  }

  protected get today(): string {
    return zonedTime(this.api.now(), this.timeZone).slice(0, 10);
  }

  /** Undefined until it is known which accounts there are. */
  protected get shownAccount(): string | undefined {
    return this.account ?? this.accounts.value?.[0]?.account;
  }

  protected get shownMonth(): string {
    return this.month ?? monthOf(this.today);
  }

  /** The links to the months beside it, and to the other accounts. */
  protected steps(account: string, ...more: readonly unknown[]): TemplateResult {
    const month = this.shownMonth;
    const [before, after] = [addMonths(month, -1), addMonths(month, 1)];
    const names = (this.accounts.value ?? []).map((one) => one.account);
    return html`
      <div class="bar steps">
        <a class="step" href=${this.path(account, before)} aria-label=${msg(str`Mes anterior: ${monthWords(before)}`)}>
          ${icons.left(18)}<span class="capital">${monthWords(before)}</span>
        </a>
        ${
          month < monthOf(this.today)
            ? html`<a class="step" href=${this.path(account, after)} aria-label=${msg(str`Mes siguiente: ${monthWords(after)}`)}>
                <span class="capital">${monthWords(after)}</span>${icons.right(18)}
              </a>`
            : ''
        }
        ${more} ${accountLinks(names, account, (one) => this.path(one, month))}
      </div>
    `;
  }

  /** What stands in the place of the page where there is no account. */
  protected noAccount(): TemplateResult {
    return html`<div class="panel empty">
      <p>${msg('No hay cuentas del operador')}</p>
      <p>${msg('Agregue una en la configuración, con su usuario y su contraseña (CallMyWay:Accounts).')}</p>
    </div>`;
  }
}
