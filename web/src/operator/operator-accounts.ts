import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { SettingsApi } from '../api/settings-api.js';
import type { AccountTest, OperatorAccount } from '../api/settings-types.js';
import { Reading } from '../base/reading.js';
import { Saving } from '../base/saving.js';
import { refusalNotice } from '../design/editor.js';
import { fact, pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';
import { numberWords, timeWords } from '../i18n/times.js';
import { operatorStyles, whereWords } from './where.js';

/** The accounts at the operator: shown, and tested with one real request. Fires `tested`. */
@localized()
@customElement('cmw-operator-accounts')
export class OperatorAccounts extends LitElement {
  @property({ attribute: false }) api!: Pick<SettingsApi, 'operatorAccounts' | 'testAccount' | 'now'>;
  @property({ attribute: false }) timeZone = '';
  /** How people sign in: it tells where the settings are. */
  @property({ attribute: false }) signIn = 'password';

  /** The account that is being tested. */
  @state() private testing = '';
  @state() private results: ReadonlyMap<string, AccountTest> = new Map();

  readonly #accounts = new Reading(this, () => this.api.operatorAccounts());
  readonly #saving = new Saving(this);

  #again: () => unknown = () => {};

  protected override firstUpdated(): void {
    void this.#accounts.read();
  }

  protected override render(): TemplateResult {
    return html`
      ${readingBody(this.#accounts, msg('No se pudieron leer las cuentas.'), (accounts) =>
        accounts.length > 0
          ? html`<ul class="rows">${accounts.map((account) => this.#account(account))}</ul>`
          : html`<p>${msg('No hay ninguna cuenta en la configuración.')}</p>
              <p>${msg('Escriba el usuario y la contraseña que le dio el operador:')}</p>
              <pre tabindex="0">CallMyWay__Accounts__0__Username
CallMyWay__Accounts__0__Password</pre>`,
      )}
      ${refusalNotice(this.#saving, { again: () => this.#again() })}
      <p class="quiet small">${msg('Las cuentas y sus contraseñas no se cambian aquí.')} ${whereWords(this.signIn)}</p>
    `;
  }

  #account(account: OperatorAccount): TemplateResult {
    const name = account.account;
    const result = this.results.get(name) ?? account.lastTest;
    const busy = this.testing === name;
    return html`
      <li>
        <div class="bar">
          <strong>${name}</strong>
          <button aria-disabled=${this.testing !== ''} aria-label=${msg(str`Probar la cuenta ${name}`)} @click=${() => this.#test(name)}>
            ${busy ? msg('Probando…') : msg('Probar')}
          </button>
        </div>
        <dl class="facts">
          ${fact(msg('Contraseña'), account.hasPassword ? msg('Está en la configuración') : msg('Falta'))}
          ${fact(msg('Dirección del operador'), account.recordsAddress)}
          ${fact(msg('Códigos en los avisos'), account.accountIds.join(', '))}
          ${fact(msg('Moneda y zona'), `${account.currency} · ${account.timeZone}`)}
        </dl>
        <div role="status">
          ${busy ? html`<p class="quiet">${msg('Esperando el turno: el operador acepta una consulta cada 4 segundos.')}</p>` : result ? this.#result(result) : nothing}
        </div>
      </li>
    `;
  }

  #result(test: AccountTest): TemplateResult {
    const when = timeWords(test.at, this.api.now(), this.timeZone);
    const waited = numberWords(test.waitedSeconds);
    return html`
      <div class=${test.verdict === 'reached' ? 'verdict yes' : 'verdict'}>
        <p><strong>${test.title}</strong></p>
        <p>${test.detail}</p>
        <p class="small">${msg(str`Probada: ${when} · Esperó su turno ${waited} s`)}</p>
        ${
          test.answer
            ? html`<details>
                <summary>${msg('Lo que respondió el operador')}</summary>
                <pre tabindex="0">${test.answer}</pre>
              </details>`
            : nothing
        }
      </div>
    `;
  }

  async #test(account: string): Promise<void> {
    if (this.testing) return;
    this.testing = account;
    this.#again = () => this.#test(account);
    await this.#saving.ask(async () => {
      this.results = new Map([...this.results, [account, await this.api.testAccount(account)]]);
    });
    this.testing = '';
    this.dispatchEvent(new CustomEvent('tested'));
  }

  static override styles = [
    base,
    buttons,
    pageFrame,
    operatorStyles,
    css`
      .rows .bar {
        justify-content: space-between;
      }

      .facts {
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 14rem), 1fr));
      }

      .verdict {
        display: grid;
        gap: var(--cmw-space-1);
        padding: var(--cmw-space-3) var(--cmw-space-4);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-warn-ground);
        color: var(--cmw-warn);
      }

      .verdict.yes {
        background: var(--cmw-live-ground);
        color: var(--cmw-live);
      }
    `,
  ];
}
