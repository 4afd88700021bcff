import { msg } from '@lit/localize';
import { html } from 'lit';
import { campaignsApi } from '../api/campaigns-api.js';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import type { Desk } from '../desk/desk.js';
import './new-campaign-page.js';

/** A campaign that is being built. */
export const page: Page<{ readonly desk: Desk; readonly me: Me | undefined }> = {
  title: () => msg('Nueva campaña'),
  draw: ({ desk, me }) =>
    html`<cmw-new-campaign-page .api=${campaignsApi(desk.api)} .desk=${desk} .me=${me}></cmw-new-campaign-page>`,
};
