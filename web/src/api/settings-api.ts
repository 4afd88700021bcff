import type { ApiClient } from './api-client.js';
import type {
  AccountTest,
  ContactFieldList,
  DialCheck,
  DialRules,
  OperatorAccount,
  WebhookKey,
} from './settings-types.js';
import type { DeskRules, OutcomeList, Page, PauseReasonList, Retention, WrapUpFieldList } from './types.js';
import { overVersion } from './version.js';

export type StoredOutcomes = OutcomeList & { readonly etag?: string };

/** The part of the API by which an administrator decides for everybody. The API answers 412 if another was faster. */
export class SettingsApi {
  constructor(private readonly client: ApiClient) {}

  contactFields(): Promise<ContactFieldList> {
    return this.client.read('/api/contact-fields');
  }

  setContactFields({ fields, etag }: ContactFieldList): Promise<ContactFieldList> {
    return this.#put('/api/contact-fields', { fields }, etag);
  }

  outcomes(): Promise<StoredOutcomes> {
    return this.client.read('/api/outcomes');
  }

  setOutcomes({ items, etag }: StoredOutcomes): Promise<StoredOutcomes> {
    return this.#put('/api/outcomes', { items }, etag);
  }

  /** The fields that the office adds to the wrap-up. */
  wrapUpFields(): Promise<WrapUpFieldList> {
    return this.client.read('/api/wrap-up-fields');
  }

  setWrapUpFields({ items, etag }: WrapUpFieldList): Promise<WrapUpFieldList> {
    return this.#put('/api/wrap-up-fields', { items }, etag);
  }

  deskRules(): Promise<DeskRules> {
    return this.client.read('/api/desk-rules');
  }

  setDeskRules({ etag, ...rules }: DeskRules): Promise<DeskRules> {
    return this.#put('/api/desk-rules', rules, etag);
  }

  pauseReasons(): Promise<PauseReasonList> {
    return this.client.pauseReasons();
  }

  setPauseReasons({ items, etag }: PauseReasonList): Promise<PauseReasonList> {
    return this.#put('/api/pause-reasons', { items }, etag);
  }

  retention(): Promise<Retention> {
    return this.client.read('/api/retention');
  }

  setRetention(rules: Retention, etag: string | undefined): Promise<Retention> {
    return this.#put('/api/retention', rules, etag);
  }

  dialRules(): Promise<DialRules> {
    return this.client.read('/api/dial-rules');
  }

  setDialRules({ etag, ...rules }: DialRules): Promise<DialRules> {
    return this.#put('/api/dial-rules', rules, etag);
  }

  /** Whether a number would be dialled by these rules. */
  checkDial(number: string, rules: Omit<DialRules, 'etag'>): Promise<DialCheck> {
    return this.client.change('/api/dial-rules/check', { method: 'POST', body: { number, rules } });
  }

  async operatorAccounts(): Promise<readonly OperatorAccount[]> {
    return (await this.client.read<Page<OperatorAccount>>('/api/operator-accounts')).items;
  }

  /** Asks the operator once; it may have to wait for the account's turn. */
  testAccount(account: string): Promise<AccountTest> {
    return this.client.change(`/api/operator-accounts/${encodeURIComponent(account)}/test`, {
      method: 'POST',
      timeoutMs: 120_000,
    });
  }

  async webhookKeys(): Promise<readonly WebhookKey[]> {
    return (await this.client.read<Page<WebhookKey>>('/api/webhook-keys')).items;
  }

  /** The whole address for the operator, with its key. */
  webhookAddress(keyNumber: number): Promise<{ readonly address: string }> {
    return this.client.change(`/api/webhook-keys/${keyNumber}/address`, { method: 'POST' });
  }

  /** The current time by the server's clock. */
  now(): number {
    return this.client.now();
  }

  #put<T>(path: string, body: unknown, etag: string | undefined): Promise<T> {
    return this.client.change(path, {
      method: 'PUT',
      body,
      headers: overVersion(etag),
    });
  }
}

const apis = new WeakMap<ApiClient, SettingsApi>();

/** The same for the same client, so that a page that is drawn again does not read again. */
export function settingsApi(client: ApiClient): SettingsApi {
  const api = apis.get(client) ?? new SettingsApi(client);
  apis.set(client, api);
  return api;
}
