import { msg } from '@lit/localize';
import { html } from 'lit';
import { campaignsApi } from '../api/campaigns-api.js';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import type { Desk } from '../desk/desk.js';
import './work-page.js';

/** The desk with the next contact of a campaign. */
export const page: Page<{ readonly desk: Desk; readonly me: Me | undefined }> = {
  title: () => msg('Trabajar campañas'),
  draw: ({ desk, me }) =>
    html`<cmw-campaign-work-page .api=${campaignsApi(desk.api)} .desk=${desk} .me=${me}></cmw-campaign-work-page>`,
};
