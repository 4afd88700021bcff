import { msg } from '@lit/localize';
import { html } from 'lit';
import type { ApiClient } from '../api/api-client.js';
import { campaignsApi } from '../api/campaigns-api.js';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import './campaigns-page.js';

/** The campaigns, the newest first. */
export const page: Page<{ readonly api: ApiClient; readonly me: Me | undefined }> = {
  title: () => msg('Campañas'),
  draw: ({ api, me }) => html`<cmw-campaigns-page .api=${campaignsApi(api)} .me=${me}></cmw-campaigns-page>`,
};
