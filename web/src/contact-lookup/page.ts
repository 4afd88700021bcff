import { msg } from '@lit/localize';
import { html } from 'lit';
import type { ApiClient } from '../api/api-client.js';
import { lookupApi } from '../api/lookup-api.js';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import './lookup-page.js';

/** Where a CRM is asked who calls, for an administrator. */
export const page: Page<{ readonly api: ApiClient; readonly me: Me | undefined }> = {
  title: () => msg('Consulta al CRM en cada llamada'),
  draw: ({ api, me }) => html`<cmw-contact-lookup-page .api=${lookupApi(api)} .me=${me}></cmw-contact-lookup-page>`,
};
