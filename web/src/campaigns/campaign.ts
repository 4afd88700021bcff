import { msg } from '@lit/localize';
import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import { campaignsApi } from '../api/campaigns-api.js';
import type { Me } from '../api/types.js';
import { partOf } from '../base/addresses.js';
import type { Page } from '../base/page.js';
import type { Desk } from '../desk/desk.js';
import './campaign-page.js';

/** One campaign. */
export const page: Page<{ readonly desk: Desk; readonly me: Me | undefined }> = {
  title: () => msg('Campaña'),
  // The page changes its own address, which the frame does not see.
  draw: ({ desk, me }, { campaignId }) =>
    html`<cmw-campaign-page
      .api=${campaignsApi(desk.api)}
      .outcomes=${desk.outcomes}
      .me=${me}
      .campaignId=${partOf(campaignId) ?? ''}
      .search=${live(location.search)}
    ></cmw-campaign-page>`,
};
