import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { ApiClient } from '../api/api-client.js';
import { RecordsApi } from '../api/records-api.js';
import { isAdmin, type Me } from '../api/types.js';

/** What these pages need from the frame. */
export interface RecordsPlace {
  readonly api: ApiClient;
  readonly me: Me | undefined;
}

const apis = new WeakMap<ApiClient, RecordsApi>();

/** The same for the same client, so that a page that is drawn again does not read again. */
export function recordsApi(client: ApiClient): RecordsApi {
  const api = apis.get(client) ?? new RecordsApi(client);
  apis.set(client, api);
  return api;
}

export type RecordsPart = 'records' | 'reconciliation' | 'statement';

/** The links between these pages, and the page's own content, which is for an administrator. */
export function framed(
  me: Me | undefined,
  part: RecordsPart | undefined,
  title: string,
  content: () => unknown,
): TemplateResult {
  const mayRead = me !== undefined && isAdmin(me);
  return html`
    <nav aria-label=${msg('Registros del operador')}>
      ${link('/call-records', msg('Registros de llamada'), part === 'records')}
      ${link('/reconciliation', msg('Conciliación'), part === 'reconciliation')}
      ${link('/statements', msg('Estado de cuenta'), part === 'statement')}
      <a class="desk" href="/">${msg('Ir al escritorio')}</a>
    </nav>
    <h1 tabindex="-1">${title}</h1>
    ${me && !mayRead ? html`<p>${msg('Esta página es de un administrador.')}</p>` : nothing}
    ${mayRead ? content() : nothing}
  `;
}

const link = (href: string, words: string, isHere: boolean): TemplateResult =>
  html`<a href=${href} aria-current=${isHere ? 'page' : nothing}>${words}</a>`;

/** The account whose page it is, as links to the same page of the others; nothing where there is one account. */
export function accountLinks(
  accounts: readonly string[],
  account: string,
  path: (account: string) => string,
): TemplateResult | typeof nothing {
  if (accounts.length < 2) return nothing;
  return html`
    <div class="accounts" role="group" aria-label=${msg('Cuenta')}>
      ${accounts.map((one) => html`<a href=${path(one)} aria-current=${one === account ? 'true' : nothing}>${one}</a>`)}
    </div>
  `;
}
