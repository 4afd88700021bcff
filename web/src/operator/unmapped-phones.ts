import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { AgentName, Mapping, UnmappedPhone } from '../api/phone-types.js';
import type { PhonesApi } from '../api/phones-api.js';
import type { OperatorAccount } from '../api/settings-types.js';
import { Saving } from '../base/saving.js';
import { refusalNotice } from '../design/editor.js';
import { pageFrame, pagePart } from '../design/page-frame.js';
import { base, buttons, fields } from '../design/shared.js';
import { timeWords } from '../i18n/times.js';

/** Agents without a phone are offered by a button of their own, if they are no more. */
const mostButtons = 3;

const mostRows = 50;

const keyOf = ({ account, endpointId }: UnmappedPhone): string => `${account} ${endpointId}`;

/** The phones that rang and that nobody has: one press says whose each is. It tells by the event `mapped`. */
@localized()
@customElement('cmw-unmapped-phones')
export class UnmappedPhones extends LitElement {
  @property({ attribute: false }) api!: Pick<PhonesApi, 'add' | 'now'>;
  @property({ attribute: false }) phones: readonly UnmappedPhone[] = [];
  @property({ attribute: false }) agents: readonly AgentName[] = [];
  /** The operator's accounts of the settings. */
  @property({ attribute: false }) accounts: readonly OperatorAccount[] = [];
  /** Those who have a phone. */
  @property({ attribute: false }) holders: ReadonlySet<string> = new Set();
  @property({ attribute: false }) timeZone = '';

  /** The agents and accounts that were chosen, by the phone's key. */
  @state() private chosen: Readonly<Record<string, string>> = {};
  /** The accounts of phones that came with an account id which no account lists. */
  @state() private chosenAccounts: Readonly<Record<string, string>> = {};
  /** The key of the phone that was to be mapped without its account. */
  @state() private lacksAccount: string | undefined;

  readonly #saving = new Saving(this);

  #again: () => unknown = () => {};

  protected override render(): TemplateResult | typeof nothing {
    if (this.phones.length === 0) return nothing;
    return html`
      <section aria-labelledby="title">
        <h2 id="title">${msg('Teléfonos que sonaron y no son de nadie')}</h2>
        <p class="quiet">
          ${msg('Diga de quién es cada uno. Vale desde la próxima llamada, y sus llamadas anteriores pasan a esa persona.')}
        </p>
        <ul class="rows">
          ${repeat(this.phones.slice(0, mostRows), keyOf, (phone) => this.#row(phone))}
        </ul>
        ${
          this.phones.length > mostRows
            ? html`<p class="quiet">${msg(str`Y ${this.phones.length - mostRows} más.`)}</p>`
            : nothing
        }
        ${refusalNotice(this.#saving, { again: () => this.#again() })}
      </section>
    `;
  }

  #row(phone: UnmappedPhone): TemplateResult {
    const { endpointId } = phone;
    const offered = this.#offered();
    const chosen = this.chosen[keyOf(phone)] ?? '';
    const seen = msg(str`Sonó por última vez: ${timeWords(phone.lastSeen, this.api.now(), this.timeZone)}`);
    return html`
      <li>
        <div class="bar">
          <strong>${endpointId}</strong>
          ${phone.phone && phone.phone !== endpointId ? html`<span class="number">${phone.phone}</span>` : nothing}
          <span class="quiet small">${seen}</span>
        </div>
        <div class="bar">
          ${this.#accountOf(phone) === undefined ? this.#accountChoice(phone) : nothing}
          ${
            // A button stays whose it is: where somebody is added meanwhile, a click in progress is not theirs.
            repeat(
              offered,
              ({ agentId }) => agentId,
              ({ agentId, name }) =>
                html`<button class="tonal" aria-label=${msg(str`El teléfono ${endpointId} es de ${name}`)} @click=${() => this.#map(phone, agentId)}>
                ${msg(str`Es de ${name}`)}
              </button>`,
            )
          }
          <select
            aria-label=${msg(str`De quién es el teléfono ${endpointId}`)}
            @change=${(event: Event) => {
              this.chosen = { ...this.chosen, [keyOf(phone)]: (event.target as HTMLSelectElement).value };
            }}
          >
            <option value="" ?selected=${chosen === ''}>${msg('Elija el agente')}</option>
            ${this.agents.map(
              ({ agentId, name }) => html`<option value=${agentId} ?selected=${agentId === chosen}>${name}</option>`,
            )}
          </select>
          <button
            aria-disabled=${!chosen || this.#saving.busy}
            aria-label=${msg(str`Asignar el teléfono ${endpointId}`)}
            @click=${() => chosen && this.#map(phone, chosen)}
          >
            ${msg('Asignar')}
          </button>
        </div>
      </li>
    `;
  }

  /** Whose account the phone's calls are; undefined where somebody has to say it. */
  #accountOf({ account }: UnmappedPhone): string | undefined {
    const { accounts } = this;
    if (accounts.length === 0) return account;
    const listed = accounts.find((one) => one.account === account || one.accountIds.includes(account));
    return (listed ?? (accounts.length === 1 ? accounts[0] : undefined))?.account;
  }

  #accountChoice(phone: UnmappedPhone): TemplateResult {
    const { endpointId } = phone;
    const key = keyOf(phone);
    const chosen = this.chosenAccounts[key] ?? '';
    const lacks = this.lacksAccount === key;
    return html`
      <select
        class="account"
        aria-label=${msg(str`De qué cuenta es el teléfono ${endpointId}`)}
        aria-invalid=${lacks}
        aria-describedby=${lacks ? 'account-error' : nothing}
        @change=${(event: Event) => {
          this.chosenAccounts = { ...this.chosenAccounts, [key]: (event.target as HTMLSelectElement).value };
          this.lacksAccount = undefined;
        }}
      >
        <option value="" ?selected=${chosen === ''}>${msg('Elija la cuenta')}</option>
        ${this.accounts.map(({ account }) => html`<option value=${account} ?selected=${account === chosen}>${account}</option>`)}
      </select>
      ${lacks ? html`<span class="field-error" id="account-error">${msg('Elija la cuenta.')}</span>` : nothing}
    `;
  }

  /** In a small office whoever administers it takes calls too; in a larger one only the agents are offered. */
  #offered(): readonly AgentName[] {
    const free = this.agents.filter(({ agentId }) => !this.holders.has(agentId));
    const agents = free.filter(({ roles }) => roles?.includes('agent') !== false);
    return [free, agents].find(({ length }) => length <= mostButtons) ?? [];
  }

  async #map(phone: UnmappedPhone, agentId: string): Promise<void> {
    const account = this.#accountOf(phone) ?? (this.chosenAccounts[keyOf(phone)] || undefined);
    this.lacksAccount = account === undefined ? keyOf(phone) : undefined;
    if (account === undefined) return this.#focusFault();
    this.#again = () => this.#map(phone, agentId);
    await this.#saving.save(async () => {
      const mapping: Mapping = await this.api.add(phone.endpointId, {
        account,
        agentId,
        shifts: [],
        phone: phone.phone ?? '',
        label: '',
        callerId: '',
        private: false,
        primary: !this.holders.has(agentId),
      });
      this.dispatchEvent(new CustomEvent('mapped', { detail: mapping }));
    });
  }

  async #focusFault(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  static override styles = [
    base,
    buttons,
    fields,
    pageFrame,
    pagePart,
    css`
      select {
        inline-size: min(100%, 16rem);
      }

      .problem {
        display: grid;
        justify-items: start;
        gap: var(--cmw-space-2);
        color: var(--cmw-bad);
      }
    `,
  ];
}
