import type { ApiClient } from './api-client.js';
import type * as Api from './generated/api.js';
import { PhonesApi } from './phones-api.js';
import type { Contact, ContactInput } from './types.js';

export type FirstStep = Api.FirstStep;

/** What an installation still needs until the first call is on a screen. */
export type FirstSteps = Api.FirstStepsView;

/** Somebody as an administrator adds them. */
export interface NewAgent {
  readonly agentId: string;
  readonly name: string;
  readonly signInName: string;
}

/** The part of the API that leads from nothing to the first call. */
export class FirstStepsApi {
  readonly phones: PhonesApi;

  constructor(private readonly client: ApiClient) {
    this.phones = new PhonesApi(client);
  }

  steps(): Promise<FirstSteps> {
    return this.client.read('/api/first-steps');
  }

  decide(decision: { readonly hidden?: boolean; readonly skipped?: readonly FirstStep[] }): Promise<FirstSteps> {
    return this.client.change('/api/first-steps', { method: 'PUT', body: decision });
  }

  addContact(contact: ContactInput): Promise<Contact> {
    return this.client.change('/api/contacts', { method: 'POST', body: contact });
  }

  /** Adds somebody who takes calls; the caller has seen that nobody has this id. */
  addAgent({ agentId, name, signInName }: NewAgent): Promise<void> {
    return this.client.change(`/api/agents/${encodeURIComponent(agentId)}`, {
      method: 'PUT',
      body: { name, signInName, roles: ['agent'] },
    });
  }
}

const apis = new WeakMap<ApiClient, FirstStepsApi>();

/** The same for the same client, so that a page that is drawn again does not read again. */
export function firstStepsApi(client: ApiClient): FirstStepsApi {
  const api = apis.get(client) ?? new FirstStepsApi(client);
  apis.set(client, api);
  return api;
}
