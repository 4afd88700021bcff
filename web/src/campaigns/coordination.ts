import { msg } from '@lit/localize';
import { html } from 'lit';
import type { ApiClient } from '../api/api-client.js';
import { campaignsApi } from '../api/campaigns-api.js';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import './coordination-page.js';

/** What was agreed with the operator before campaigns call. */
export const page: Page<{ readonly api: ApiClient; readonly me: Me | undefined }> = {
  title: () => msg('Coordinación de campañas'),
  draw: ({ api, me }) => html`<cmw-coordination-page .api=${campaignsApi(api)} .me=${me}></cmw-coordination-page>`,
};
